/// The values of a tensor between brackets. Only the elements that are shown are read.
private struct ValueText {
    let tensor: Tensor
    let options: PrintOptions
    /// Only the edges are shown.
    let isSummary: Bool
    private var format: ElementFormat
    /// For complex types: how the imaginary part is written.
    private var imaginaryFormat: ElementFormat?

    init(_ tensor: Tensor, _ options: PrintOptions) {
        self.tensor = tensor
        self.options = options
        isSummary = tensor.numel > options.threshold
        let type = tensor.dtype
        format = ElementFormat([], type.real, options)
        let shown = shownValues
        if type.isComplex {
            format = ElementFormat(shown.map { .float($0.double) }, type.real, options)
            imaginaryFormat = ElementFormat(shown.map { .float($0.imaginary) }, type.real, options)
        } else {
            format = ElementFormat(shown, type, options)
        }
    }

    func text(indent: Int) -> String {
        tensor.dims.isEmpty ? text(at: 0) : text(dimension: 0, offset: 0, indent: indent)
    }

    // MARK: Which elements

    /// What is shown of a dimension: positions, and nil for the gap.
    private func positions(_ dimension: Int) -> [Int?] {
        let size = tensor.dims[dimension]
        guard isSummary, size > 2 * options.edgeitems else { return Array(0..<size) }
        return Array(0..<options.edgeitems) + [nil] + Array((size - options.edgeitems)..<size)
    }

    private var shownValues: [Scalar] {
        var values: [Scalar] = []
        func collect(_ dimension: Int, _ offset: Int) {
            if dimension == tensor.dims.count {
                values.append(value(at: offset))
                return
            }
            for case let position? in positions(dimension) {
                collect(dimension + 1, offset + position * tensor.steps[dimension])
            }
        }
        collect(0, 0)
        return values
    }

    private func value(at offset: Int) -> Scalar {
        loadNumber(tensor.dtype, tensor.address! + offset * tensor.dtype.size)
    }

    // MARK: Text

    private func text(at offset: Int) -> String {
        let value = value(at: offset)
        guard let imaginaryFormat else { return format.padded(value) }
        let imaginary = imaginaryFormat.padded(.float(value.imaginary)).drop { $0 == " " }
        let sign = imaginary.hasPrefix("-") ? "" : "+"
        return format.padded(.float(value.double)) + sign + imaginary + "j"
    }

    private func text(dimension: Int, offset: Int, indent: Int) -> String {
        let step = tensor.steps[dimension]
        if dimension == tensor.dims.count - 1 { return row(dimension, offset, indent) }
        let parts = positions(dimension).map { position in
            position.map { text(dimension: dimension + 1, offset: offset + $0 * step, indent: indent + 1) } ?? "..."
        }
        // One blank line more for each dimension that ends.
        let gap = String(repeating: "\n", count: tensor.dims.count - dimension - 1)
        return "[" + parts.joined(separator: "," + gap + spaces(indent + 1)) + "]"
    }

    private func row(_ dimension: Int, _ offset: Int, _ indent: Int) -> String {
        var width = format.width + 2
        if let imaginaryFormat { width += imaginaryFormat.width + 1 }
        let perLine = Swift.max(1, (options.linewidth - indent) / width)
        let items: [String]
        if isSummary && options.edgeitems == 0 {
            items = ["..."]
        } else {
            items = positions(dimension).map { position in
                position.map { text(at: offset + $0 * tensor.steps[dimension]) } ?? " ..."
            }
        }
        let lines = stride(from: 0, to: items.count, by: perLine).map {
            items[$0..<Swift.min($0 + perLine, items.count)].joined(separator: ", ")
        }
        return "[" + lines.joined(separator: ",\n" + spaces(indent + 1)) + "]"
    }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

extension Tensor: CustomStringConvertible {
    /// The text that PyTorch's `repr` gives, byte for byte.
    public var description: String {
        let text = describedTensor
        return rare?.isParameter == true ? "Parameter containing:\n" + text : text
    }

    private var describedTensor: String {
        let options = PrintOptions.current
        let indent = 7
        if let contents = storage.contents {
            let text = contents.description(of: self)
            return Tensor.joined(
                "tensor(" + text.values, text.suffixes + historySuffixes, indent, options.linewidth,
                startLine: text.suffixesStartLine) + ")"
        }
        var suffixes: [String] = []
        if device.type != .cpu { suffixes.append("device='\(device)'") }
        let size = "size=(" + shape.map(String.init).joined(separator: ", ") + (ndim == 1 ? ",)" : ")")
        let type = "dtype=torch.\(dtype.name)"
        let values: String
        if address == nil && device.type == .meta {
            values = "..."
            suffixes.append(size)
            if dtype != .float32 { suffixes.append(type) }
        } else if numel == 0 {
            values = "[]"
            if ndim != 1 { suffixes.append(size) }
            if dtype != .float32 { suffixes.append(type) }
        } else {
            values = ValueText(self, options).text(indent: indent)
            if options.edgeitems == 0 { suffixes.append(size) }
            let isImplied = [.default, DType.default.complex, .int64, .bool].contains(dtype)
            if !isImplied { suffixes.append(type) }
        }
        return Tensor.joined("tensor(" + values, suffixes + historySuffixes, indent, options.linewidth) + ")"
    }

    private var historySuffixes: [String] {
        if let gradFn { return ["grad_fn=<\(gradFn.name)>"] }
        return requiresGrad ? ["requires_grad=True"] : []
    }

    /// The values between brackets, as they stand after `indent` characters of other text.
    func valuesText(indent: Int) -> String {
        numel == 0 ? "[]" : ValueText(self, PrintOptions.current).text(indent: indent)
    }

    /// Appends each suffix to the last line where it fits, else to a new one.
    private static func joined(
        _ text: String, _ suffixes: [String], _ indent: Int, _ width: Int, startLine: Bool = false
    ) -> String {
        var result = text
        var startLine = startLine
        // Counted as PyTorch counts, which is two more than there are.
        let lastLine = text.utf8.lastIndex(of: UInt8(ascii: "\n"))
        var length = lastLine.map { text.utf8.distance(from: $0, to: text.utf8.endIndex) + 1 } ?? text.utf8.count + 2
        for suffix in suffixes {
            if startLine || length + suffix.utf8.count + 2 > width {
                startLine = false
                result += ",\n" + spaces(indent) + suffix
                length = indent + suffix.utf8.count
            } else {
                result += ", " + suffix
                length += suffix.utf8.count + 2
            }
        }
        return result
    }
}

extension DefaultStringInterpolation {
    /// An optional tensor within a string: the tensor, or `nil`.
    public mutating func appendInterpolation(_ tensor: Tensor?) {
        appendLiteral(tensor?.description ?? "nil")
    }
}
