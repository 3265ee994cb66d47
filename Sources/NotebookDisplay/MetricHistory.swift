import Charts

/// The numbers of one metric, in at most a thousand stretches however long the training: what is
/// drawn costs the same after a million steps.
struct MetricHistory {
    private struct Stretch {
        var step: Double
        var low: Double
        var high: Double
        var smoothed: Double
        var count: Int
    }

    private static let mostStretches = 1000
    private var stretches: [Stretch] = []
    /// How many numbers a full stretch has.
    private var length = 1
    private var total = 0.0
    private var weight = 0.0
    private let smoothing: Double?
    private static let usualSmoothing = 0.9
    /// Fewer numbers can be read as they are.
    private static let leastSmoothed = 50
    private(set) var count = 0
    private(set) var last = Double.nan

    /// - Parameter smoothing: the part of the mean so far that a new number leaves as it was; by
    ///   default only many numbers are smoothed.
    init(smoothing: Double?) {
        self.smoothing = smoothing
        stretches.reserveCapacity(MetricHistory.mostStretches)
    }

    mutating func add(_ value: Double, step: Double) {
        count += 1
        last = value
        if value.isFinite {
            let smoothing = smoothing ?? MetricHistory.usualSmoothing
            total = total * smoothing + value * (1 - smoothing)
            weight = weight * smoothing + (1 - smoothing)
        }
        if let end = stretches.indices.last, stretches[end].count < length {
            stretches[end].low = min(stretches[end].low, value)
            stretches[end].high = max(stretches[end].high, value)
            stretches[end].smoothed = smoothed
            stretches[end].count += 1
            return
        }
        if stretches.count == MetricHistory.mostStretches { halve() }
        stretches.append(Stretch(step: step, low: value, high: value, smoothed: smoothed, count: 1))
    }

    /// The mean of the newest numbers, older ones counting less.
    private var smoothed: Double { weight > 0 ? total / weight : last }

    private mutating func halve() {
        for i in 0..<stretches.count / 2 {
            let a = stretches[2 * i], b = stretches[2 * i + 1]
            stretches[i] = Stretch(
                step: a.step, low: min(a.low, b.low), high: max(a.high, b.high), smoothed: b.smoothed,
                count: a.count + b.count)
        }
        stretches.removeLast(stretches.count - stretches.count / 2)
        length *= 2
    }

    var steps: [Double] { stretches.map(\.step) }
    var lows: [Double] { stretches.map(\.low) }
    var highs: [Double] { stretches.map(\.high) }
    /// The curve: the mean of the newest numbers at each step, or the numbers themselves.
    var curve: [Double] { isSmoothed ? stretches.map(\.smoothed) : lows }
    /// Whether the curve differs from the numbers. A number that is logged rarely is one to be read.
    var isSmoothed: Bool {
        if let smoothing { return smoothing > 0 || length > 1 }
        return count > MetricHistory.leastSmoothed
    }
}
