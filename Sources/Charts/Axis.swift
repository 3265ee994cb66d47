import Glibc

/// How an axis places numbers.
public enum AxisScale: Sendable {
    case linear
    /// In powers of ten; numbers that are not positive are left out.
    case log
}

/// An axis: which numbers it spans and where its ticks are.
struct Axis {
    let scale: AxisScale
    /// In numbers, on a logarithmic axis in powers of ten.
    let low: Double
    let high: Double

    /// - Parameters:
    ///   - data: what must be seen.
    ///   - limits: what the user wants instead.
    ///   - margins: the parts of the span that are added at the low and the high end.
    init(
        _ data: ClosedRange<Double>?, limits: ClosedRange<Double>?, scale: AxisScale,
        margins: (low: Double, high: Double) = (0, 0)
    ) {
        self.scale = scale
        let range = limits ?? data ?? (scale == .log ? 1...10 : 0...1)
        var low = range.lowerBound, high = range.upperBound
        if scale == .log {
            high = log10(high > 0 ? high : 1)
            low = low > 0 ? log10(low) : high - 1
        }
        if low == high {
            let space = scale == .log ? 0.5 : low == 0 ? 1 : abs(low) * 0.1
            (low, high) = (low - space, high + space)
        } else if limits == nil {
            let span = high - low
            (low, high) = (low - span * margins.low, high + span * margins.high)
        }
        self.low = low
        self.high = high
    }

    /// Where a number lies, from 0 at the low end to 1 at the high end; NaN if it has no place.
    func position(_ value: Double) -> Double {
        let value = scale == .log ? (value > 0 ? log10(value) : .nan) : value
        return (value - low) / (high - low)
    }

    struct Tick {
        let value: Double
        /// Empty for a small tick.
        let label: String
    }

    /// Ticks at round numbers.
    ///
    /// - Parameters:
    ///   - count: how many may have a label.
    ///   - isCounted: only at whole numbers, as for rows and columns.
    func ticks(_ count: Int, isCounted: Bool = false) -> [Tick] {
        if scale == .log && high - low >= 1 { return logarithmicTicks(count) }
        let (low, high) = scale == .log ? (pow(10, low), pow(10, high)) : (low, high)
        var step = Axis.roundStep((high - low) / Double(max(count, 1)))
        if isCounted { step = step < 1 ? 1 : step == 2.5 ? 5 : step }
        let first = (low / step - 1e-9).rounded(.up), last = (high / step + 1e-9).rounded(.down)
        guard step > 0, first <= last, last - first < 100 else { return [] }
        return stride(from: first, through: last, by: 1).map { i in
            let value = i * step
            return Tick(value: value, label: Axis.label(value, step: step, largest: max(abs(low), abs(high))))
        }
    }

    /// Powers of ten, and where there are fewer than three of them, a few numbers in between.
    private func logarithmicTicks(_ count: Int) -> [Tick] {
        let first = Int(low.rounded(.up)), last = Int(high.rounded(.down))
        let stepping = max(1, (last - first + count) / max(count, 1))
        let candidates = ((first - 1)...last).flatMap { power in (1...9).map { (digit: $0, power: power) } }
            .filter { (-1e-9...1 + 1e-9).contains(position(Axis.number($0))) }
        let between = last - first < 2 ? [[1, 2, 5], [1, 3]] : []
        let digits = between.first { digits in candidates.count { digits.contains($0.digit) } <= count } ?? [1]
        let isLabeled = { (c: (digit: Int, power: Int)) in digits.contains(c.digit) && (c.power - first) % stepping == 0 }
        // One notation for all: as they are, unless one would be long.
        let isPlain = candidates.allSatisfy { !isLabeled($0) || (-3...4).contains($0.power) }
        return candidates.filter { stepping == 1 || isLabeled($0) }.map { candidate in
            Tick(
                value: Axis.number(candidate),
                label: !isLabeled(candidate) ? ""
                    : isPlain ? NumberText.short(Axis.number(candidate), 6) : Axis.power(candidate))
        }
    }

    private static func number(_ tick: (digit: Int, power: Int)) -> Double { Double(tick.digit) * pow(10, Double(tick.power)) }

    /// `10⁻⁴`, `2·10⁵`.
    private static func power(_ tick: (digit: Int, power: Int)) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        let raised = String(tick.power.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } }
        return (tick.digit == 1 ? "" : "\(tick.digit)·") + "10" + (tick.power < 0 ? "⁻" : "") + String(raised)
    }

    /// The next of 1, 2, 2.5, 5 and 10 times a power of ten.
    static func roundStep(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 0 }
        let magnitude = pow(10, log10(rough).rounded(.down))
        for factor in [1, 2, 2.5, 5] where rough <= factor * magnitude * (1 + 1e-9) { return factor * magnitude }
        return 10 * magnitude
    }

    /// A tick's number with as many digits as tell it from its neighbours.
    private static func label(_ value: Double, step: Double, largest: Double) -> String {
        if abs(value) < step * 1e-6 { return "0" }
        if largest >= 1e6 || step < 1e-5 {
            let digits = max(1, Int((log10(largest) - log10(step)).rounded(.up)) + 1)
            return shortExponent(NumberText.short(value, min(digits + 1, 12)))
        }
        var digits = 0
        while digits < 6, abs((step * pow(10, Double(digits))).rounded() - step * pow(10, Double(digits))) > 1e-6 { digits += 1 }
        return NumberText.fixed(value, digits)
    }

    /// `1e+06` as `1e6`.
    private static func shortExponent(_ text: String) -> String {
        guard let e = text.firstIndex(of: "e") else { return text }
        let exponent = Int(text[text.index(after: e)...].drop { $0 == "+" }) ?? 0
        return "\(text[..<e])e\(exponent)"
    }
}
