import Glibc

/// Numbers as people read them.
package enum NumberText {
    /// With this many digits after the point.
    package static func fixed(_ value: Double, _ digits: Int) -> String { format("%.*f", digits, value) }

    /// With about this many digits, without zeros at the end: `0.0012`, `3.14`, `1.2e+09`.
    package static func short(_ value: Double, _ digits: Int = 4) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        return format("%.*g", digits, value)
    }

    /// A whole number with its digits in groups: `1,234,567`.
    package static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (i, digit) in digits.enumerated() {
            if i > 0 && (digits.count - i) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// A number of things: `1 element`, `1,234 elements`.
    ///
    /// - Parameter many: the word for several, by default with an s.
    package static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
    }

    /// A rate or the like to three digits, large ones in groups: `0.25`, `12.3`, `48,310`.
    package static func amount(_ value: Double) -> String {
        value >= 100 && value < 1e15 ? grouped(Int(value.rounded())) : short(value, 3)
    }

    /// An amount of memory: `512 B`, `1.5 KiB`, `4 GiB`.
    package static func bytes(_ count: Int) -> String {
        var value = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if value < 1024 { return "\(short(value)) \(unit)" }
            value /= 1024
        }
        return "\(short(value)) TiB"
    }

    /// A time as a clock shows it: `00:07`, `1:02:03`.
    package static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let total = Int(max(0, seconds).rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let minutes = two(total / 60 % 60) + ":" + two(total % 60)
        return total >= 3600 ? "\(total / 3600):\(minutes)" : minutes
    }

    private static func format(_ format: String, _ digits: Int, _ value: Double) -> String {
        withVaList([Int32(digits), value]) { arguments in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
                let count = vsnprintf(buffer.baseAddress!, buffer.count, format, arguments)
                return String(decoding: UnsafeRawBufferPointer(buffer).prefix(Int(count)), as: UTF8.self)
            }
        }
    }
}
