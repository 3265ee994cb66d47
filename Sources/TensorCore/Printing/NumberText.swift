import Glibc

/// Numbers as text, rounded correctly, as C's `printf` does.
enum NumberText {
    /// `%.*f`: fixed notation with `precision` digits after the point.
    static func fixed(_ value: Double, _ precision: Int) -> String { format("%.*f", value, precision) }

    /// `%.*e`: scientific notation, the exponent with at least two digits.
    static func scientific(_ value: Double, _ precision: Int) -> String { format("%.*e", value, precision) }

    /// `%.*g`: the shorter of both, with `precision` digits in all.
    static func general(_ value: Double, _ precision: Int) -> String { format("%.*g", value, precision) }

    private static func format(_ pattern: String, _ value: Double, _ precision: Int) -> String {
        // A NaN has no sign here, as in Python.
        if value.isNaN { return "nan" }
        return withVaList([Int32(precision), value]) { arguments in
            // The largest number has 309 digits before the point.
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 330 + precision) { buffer in
                let length = vsnprintf(buffer.baseAddress!, buffer.count, pattern, arguments)
                return String(decoding: UnsafeRawBufferPointer(buffer)[..<Int(length)], as: UTF8.self)
            }
        }
    }
}
