import TensorCore

// Settings as Python writes them in a module's printed text.

/// Numbers as Python writes a tuple: `(5,)`, `(2, 3)`.
func tuple(_ values: [Int]) -> String {
    "(" + values.map(String.init).joined(separator: ", ") + (values.count == 1 ? ",)" : ")")
}

/// A number as Python writes a float: `1.0`, `1e-05`.
func pythonFloat(_ value: Double) -> String {
    let text = "\(value)"
    guard let e = text.firstIndex(of: "e") else { return text }
    let mantissa = text[..<e].hasSuffix(".0") ? text[..<e].dropLast(2) : text[..<e]
    var exponent = text[text.index(after: e)...]
    let sign = exponent.hasPrefix("-") ? "-" : "+"
    if exponent.hasPrefix("-") || exponent.hasPrefix("+") { exponent = exponent.dropFirst() }
    return mantissa + "e" + sign + (exponent.count < 2 ? "0" : "") + exponent
}

/// `True` or `False`.
func python(_ flag: Bool) -> String { flag ? "True" : "False" }

/// Sizes as they were given: `3`, or `(3, 5)`.
func python(_ sizes: any SpatialSizes) -> String {
    sizes.givenCount.map { tuple(sizes.sizes($0)) } ?? "\(sizes.sizes(1)[0])"
}

/// Sizes as they were given: `3`, or `(None, 5)`.
func python(_ sizes: any AdaptiveSizes) -> String {
    guard let count = sizes.givenCount else { return "\(sizes.counts([0])[0])" }
    // The size of an input that is kept.
    let kept = -1
    let texts = sizes.counts([Int](repeating: kept, count: count)).map { $0 == kept ? "None" : "\($0)" }
    return "(" + texts.joined(separator: ", ") + (count == 1 ? ",)" : ")")
}

/// A number as it was given: `3`, or `3.0`.
func python(_ number: Scalar) -> String {
    switch number {
    case .bool(let flag): python(flag)
    case .int(let value): "\(value)"
    case .float(let value): pythonFloat(value)
    case .complex(let real, let imaginary): "(\(pythonFloat(real))+\(pythonFloat(imaginary))j)"
    }
}
