/// How the elements of one tensor are written: all in the same notation and width.
struct ElementFormat {
    private enum Notation {
        /// Integers and bool, as they are.
        case plain
        /// Whole floating-point numbers: `3.`
        case whole
        case fixed, scientific
    }

    private var notation: Notation
    private(set) var width = 1
    private let precision: Int

    /// Finds notation and width for the values that will be shown.
    init(_ values: [Scalar], _ type: DType, _ options: PrintOptions) {
        precision = options.precision
        notation = .plain
        guard type.isFloatingPoint else {
            for value in values { width = Swift.max(width, text(value).utf8.count) }
            return
        }
        notation = .whole
        let significant = values.lazy.map(\.double).filter { $0.isFinite && $0 != 0 }
        guard let first = significant.first else {
            return
        }
        var (least, largest) = (first.magnitude, first.magnitude)
        var isWhole = true
        for value in significant {
            least = Swift.min(least, value.magnitude)
            largest = Swift.max(largest, value.magnitude)
            if value != value.rounded(.up) { isWhole = false }
        }
        if options.sciMode ?? (largest / least > 1000 || largest > 1e8 || least < 1e-4) {
            notation = .scientific
        } else if !isWhole {
            notation = .fixed
        }
        for value in significant { width = Swift.max(width, text(value).utf8.count) }
    }

    /// The element, filled up with spaces on the left.
    func padded(_ value: Scalar) -> String {
        let text = text(value)
        return String(repeating: " ", count: Swift.max(width - text.utf8.count, 0)) + text
    }

    private func text(_ value: Scalar) -> String {
        switch value {
        case .bool(let v): v ? "True" : "False"
        case .int(let v): String(v)
        case .float(let v), .complex(let v, _): text(v)
        }
    }

    private func text(_ value: Double) -> String {
        switch notation {
        case .scientific: NumberText.scientific(value, precision)
        case .fixed: NumberText.fixed(value, precision)
        case .whole, .plain: NumberText.fixed(value, 0) + (value.isFinite ? "." : "")
        }
    }
}
