/// Getting values out of a tensor.
extension Tensor {
    /// The value of a tensor of one element.
    @_disfavoredOverload
    public func item() -> Scalar {
        check(
            numel == 1,
            "a Tensor with \(numel) elements cannot be converted to Scalar")
        if dtype.isQuantized { return dequantize().item() }
        guard let address else { fail("Tensor.item() cannot be called on meta tensors") }
        return loadNumber(dtype, address)
    }
    /// The value of a tensor of one element, in the type the context asks for; Double where it
    /// asks for none.
    public func item() -> Double { (item() as Scalar).double }
    @_disfavoredOverload public func item() -> Float { Float((item() as Scalar).double) }
    @_disfavoredOverload public func item() -> Int { (item() as Scalar).int }
    @_disfavoredOverload public func item() -> Bool { (item() as Scalar).bool }

    /// All values, row by row.
    public func scalars() -> [Scalar] {
        let source = contiguousValues()
        guard numel > 0 else { return [] }
        guard let address = source.address else { fail("Cannot copy out of meta tensor; no data!", .notImplemented) }
        return withExtendedLifetime(source) {
            (0..<numel).map { loadNumber(dtype, address + $0 * dtype.size) }
        }
    }

    /// All values, row by row, converted.
    public func array() -> [Float] { copied(.float32) }
    @_disfavoredOverload public func array() -> [Double] { copied(.float64) }
    @_disfavoredOverload public func array() -> [Int] { copied(.int64) }
    @_disfavoredOverload public func array() -> [Bool] { copied(.bool) }
    @_disfavoredOverload public func array() -> [UInt8] { copied(.uint8) }

    private func copied<Element: BitwiseCopyable>(_ type: DType) -> [Element] {
        let source = converted(type).contiguousValues()
        guard source.numel > 0 else { return [] }
        guard let address = source.address else { fail("Cannot copy out of meta tensor; no data!", .notImplemented) }
        return withExtendedLifetime(source) {
            Array(UnsafeBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: source.numel))
        }
    }

    /// This tensor, or a contiguous copy without history.
    func contiguousValues() -> Tensor { contiguousFlag ? self : copied() }

    /// Nested arrays of the values (`Any`: a number, or an array of the same). PyTorch's `tolist`.
    public func tolist() -> Any {
        let values = scalars()
        func nested(_ dim: Int, _ start: Int, _ count: Int) -> Any {
            if dim == dims.count { return values[start].plain }
            let step = count / Swift.max(dims[dim], 1)
            return (0..<dims[dim]).map { nested(dim + 1, start + $0 * step, step) }
        }
        return nested(0, 0, numel)
    }

    /// Calls `body` with the values of a contiguous tensor of the matching type, to read or write.
    public func withUnsafeMutableValues<Element: BitwiseCopyable, R>(
        as type: Element.Type, _ body: (UnsafeMutableBufferPointer<Element>) throws -> R
    ) rethrows -> R {
        check(MemoryLayout<Element>.size == dtype.size, "a tensor of \(dtype.name) is not made of \(type)", .typeError)
        check(contiguousFlag, "values can be reached directly only in a contiguous tensor")
        guard let address else { fail("Cannot copy out of meta tensor; no data!", .notImplemented) }
        return try withExtendedLifetime(self) {
            try body(UnsafeMutableBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: numel))
        }
    }
}

extension Scalar {
    /// The value as Swift's own type.
    public var plain: Any {
        switch self {
        case .bool(let v): v
        case .int(let v): v
        case .float(let v): v
        case .complex(let re, let im): (re, im)
        }
    }

    /// The value as one of the types that convert to a scalar.
    func number<Number: ScalarConvertible>(_ type: Number.Type) -> Number {
        switch type {
        case is Int.Type: int as! Number
        case is Bool.Type: bool as! Number
        case is Float.Type: Float(double) as! Number
        case is Double.Type: double as! Number
        case is Scalar.Type: self as! Number
        default: fail("a tensor's value cannot be read as \(type)", .typeError)
        }
    }
}

// A tensor of one element converts, as `float(t)`, `int(t)` and `bool(t)` do in Python.
extension Double { public init(_ tensor: Tensor) { self = tensor.item() } }
extension Float { public init(_ tensor: Tensor) { self = tensor.item() } }
extension Int { public init(_ tensor: Tensor) { self = tensor.item() } }
extension Bool {
    public init(_ tensor: Tensor) {
        check(
            tensor.numel == 1,
            tensor.numel == 0
                ? "Boolean value of Tensor with no values is ambiguous"
                : "Boolean value of Tensor with more than one value is ambiguous")
        self = tensor.item()
    }
}

/// A tensor is a sequence of its parts along the first dimension.
extension Tensor: Sequence {
    public var count: Int {
        check(!dims.isEmpty, "len() of a 0-d tensor", .typeError)
        return dims[0]
    }

    public func makeIterator() -> AnyIterator<Tensor> {
        check(!dims.isEmpty, "iteration over a 0-d tensor", .typeError)
        var i = 0
        return AnyIterator {
            guard i < self.dims[0] else { return nil }
            i += 1
            return self.select(0, i - 1)
        }
    }
}
