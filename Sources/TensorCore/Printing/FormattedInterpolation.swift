/// Numbers in strings with a format, as in Python's f-strings: `"loss \(loss, ".4f")"`.
extension DefaultStringInterpolation {
    /// - Parameter format: `[<>^][+][0][width][,][.precision][f|e|g|%|d]`.
    public mutating func appendInterpolation(_ value: some ScalarConvertible, _ format: String) {
        appendLiteral(NumberFormat(format).text(value.scalar))
    }

    /// The value of a tensor with one element.
    public mutating func appendInterpolation(_ tensor: Tensor, _ format: String) {
        check(
            tensor.numel == 1, "unsupported format string passed to a Tensor of \(tensor.numel) elements", .typeError)
        let tensor = tensor.device.type == .cpu ? tensor : tensor.to(.cpu)
        appendLiteral(NumberFormat(format).text(loadNumber(tensor.dtype, tensor.address!)))
    }

    /// Text filled up to a width: `"\(name, "<10")"`.
    public mutating func appendInterpolation(_ text: String, _ format: String) {
        appendLiteral(NumberFormat(format).aligned(text, "<"))
    }
}

/// A part of Python's format specifications.
private struct NumberFormat {
    private var alignment: Character?
    private var sign = false
    private var zeros = false
    private var width = 0
    private var groups = false
    private var precision: Int?
    private var kind: Character?

    init(_ format: String) {
        var rest = Substring(format)
        func take(_ allowed: String) -> Character? {
            guard let first = rest.first, allowed.contains(first) else { return nil }
            return rest.removeFirst()
        }
        func number() -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }
        alignment = take("<>^")
        sign = take("+") != nil
        zeros = take("0") != nil
        width = number() ?? 0
        groups = take(",") != nil
        if take(".") != nil { precision = number() ?? 0 }
        kind = take("feg%d")
        check(rest.isEmpty, "Invalid format specifier '\(format)'", .valueError)
    }

    func text(_ value: Scalar) -> String {
        let digits: String
        switch (value, kind) {
        case (.int(let v), nil), (.int(let v), "d"): digits = String(v)
        case (.bool(let v), nil): digits = v ? "true" : "false"
        case (_, "f"): digits = NumberText.fixed(value.double, precision ?? 6)
        case (_, "e"): digits = NumberText.scientific(value.double, precision ?? 6)
        case (_, "%"): digits = NumberText.fixed(value.double * 100, precision ?? 6) + "%"
        case (_, "d"): digits = String(value.int)
        case (_, "g"): digits = NumberText.general(value.double, precision ?? 6)
        default: digits = precision.map { NumberText.general(value.double, $0) } ?? "\(value.double)"
        }
        var result = groups ? grouped(digits) : digits
        if sign && !result.hasPrefix("-") { result = "+" + result }
        if zeros && alignment == nil && result.count < width {
            let start = result.prefix { $0 == "-" || $0 == "+" }
            let padding = String(repeating: "0", count: width - result.count)
            result = start + padding + result.dropFirst(start.count)
        }
        return aligned(result, ">")
    }

    func aligned(_ text: String, _ usual: Character) -> String {
        let missing = width - text.count
        if missing <= 0 { return text }
        let spaces = { String(repeating: " ", count: $0) }
        switch alignment ?? usual {
        case "<": return text + spaces(missing)
        case "^": return spaces(missing / 2) + text + spaces(missing - missing / 2)
        default: return spaces(missing) + text
        }
    }

    /// A comma between thousands.
    private func grouped(_ digits: String) -> String {
        let start = digits.prefix { $0 == "-" }
        let whole = digits.dropFirst(start.count).prefix { $0.isNumber }
        let rest = digits.dropFirst(start.count + whole.count)
        var result = ""
        for (i, digit) in whole.enumerated() {
            if i > 0 && (whole.count - i) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return start + result + rest
    }
}
