/// Complex numbers and their parts.

final class ViewAsRealBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.contiguous().viewAsComplex() }
}

final class ViewAsComplexBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.contiguous().viewAsReal() }
}

extension Tensor {
    /// A view of the parts of a complex tensor as a last dimension of size 2.
    public func viewAsReal() -> Tensor {
        check(dtype.isComplex, "view_as_real is only supported for complex tensors", .typeError)
        var (sizes, strides) = (dims, steps)
        for i in 0..<strides.count { strides[i] *= 2 }
        sizes.append(2)
        strides.append(1)
        return reinterpreted(sizes, strides, offset * 2, dtype.real, ViewAsRealBackward0(self))
    }
    /// A view of a last dimension of size 2 as complex numbers.
    public func viewAsComplex() -> Tensor {
        refuseComplex("view_as_complex is not supported for complex tensors", .typeError)
        check(
            dtype == .float32 || dtype == .float64,
            "view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: \(dtype.scalarName)", .notImplemented)
        check(!dims.isEmpty, "Input tensor must have one or more dimensions")
        check(dims[dims.count - 1] == 2, "Tensor must have a last dimension of size 2")
        check(steps[dims.count - 1] == 1, "Tensor must have a last dimension with stride 1")
        var (sizes, strides) = (dims, steps)
        sizes.removeLast()
        strides.removeLast()
        for i in 0..<strides.count {
            check(strides[i] % 2 == 0, "Tensor must have a stride divisible by 2 for all but last dimension")
            strides[i] /= 2
        }
        check(offset % 2 == 0, "Tensor must have a storage_offset divisible by 2")
        return reinterpreted(sizes, strides, offset / 2, dtype.complex, ViewAsComplexBackward0(self))
    }

    /// A vector of all memory from the first element on: as real numbers if it holds complex ones,
    /// else as complex ones.
    func otherKind() -> Tensor {
        let count = storage.byteCount / dtype.size - offset
        if dtype.isComplex { return asStrided([count], [1]).viewAsReal().flatten() }
        return asStrided([count / 2, 2], [2, 1]).viewAsComplex()
    }

    /// The same memory as numbers of another type: a view that takes part in the graph.
    private func reinterpreted(
        _ sizes: Dims, _ strides: Dims, _ start: Int, _ type: DType, _ node: @autoclosure () -> Node
    ) -> Tensor {
        let result = Tensor(
            storage: storage, offset: start, dims: sizes, steps: strides, numel: sizes.product, dtype: type,
            contiguous: contiguousFlag)
        let root = base ?? self
        result.base = root
        result.generation = root.generation
        if self.node != nil, GradMode.isEnabled { node().produces(result) }
        return result
    }

    /// The real part: a view of a complex tensor; a real tensor itself.
    public var real: Tensor { dtype.isComplex ? viewAsReal().select(-1, 0) : self }
    /// The imaginary part, a view.
    public var imag: Tensor {
        check(dtype.isComplex, "imag is not implemented for tensors with non-complex dtypes.", .typeError)
        return viewAsReal().select(-1, 1)
    }
    /// The angle in the complex plane; for real numbers 0, or π below 0.
    public func angle() -> Tensor { Operators.angle(self) }
    public func conjPhysical() -> Tensor { conj() }
    @discardableResult public func conjPhysical_() -> Tensor { replace(with: clone().conj()) }
    public func resolveConj() -> Tensor { self }
    public func resolveNeg() -> Tensor { self }
    public func cfloat() -> Tensor { to(.complex64) }
    public func cdouble() -> Tensor { to(.complex128) }
}

extension torch {
    /// Complex numbers from their parts.
    public static func complex(_ real: Tensor, _ imag: Tensor) -> Tensor {
        checkParts(real, imag)
        return stack(broadcastTensors([real, imag]), dim: -1).viewAsComplex()
    }
    private static func checkParts(_ real: Tensor, _ imag: Tensor) {
        check(
            [real, imag].allSatisfy { $0.dtype == .float32 || $0.dtype == .float64 },
            "Expected both inputs to be Half, Float or Double tensors but got \(real.dtype.scalarName) and \(imag.dtype.scalarName)")
        check(
            real.dtype == imag.dtype,
            "Expected object of scalar type \(real.dtype.scalarName) but got scalar type \(imag.dtype.scalarName) for second argument")
    }
    /// Complex numbers from magnitude and angle.
    public static func polar(_ abs: Tensor, _ angle: Tensor) -> Tensor {
        checkParts(abs, angle)
        return FormulaNode.record("PolarBackward0", [abs, angle]) {
            complex(abs * angle.cos(), abs * angle.sin())
        } gradients: { g, c in
            // By the result alone, as in PyTorch: its sign is the direction, also of a negative magnitude.
            let result = polar(c.saved[0], c.saved[1])
            let turned = complex(-result.imag, result.real)
            return [(g.conj() * result.sgn()).real, (g.conj() * turned).real]
        }
    }
    public static func viewAsReal(_ x: Tensor) -> Tensor { x.viewAsReal() }
    public static func viewAsComplex(_ x: Tensor) -> Tensor { x.viewAsComplex() }
    public static func real(_ x: Tensor) -> Tensor { x.real }
    public static func imag(_ x: Tensor) -> Tensor { x.imag }
    public static func angle(_ x: Tensor) -> Tensor { x.angle() }
    public static func conj(_ x: Tensor) -> Tensor { x.conj() }
    public static func conjPhysical(_ x: Tensor) -> Tensor { x.conj() }
    public static func resolveConj(_ x: Tensor) -> Tensor { x }
    public static func resolveNeg(_ x: Tensor) -> Tensor { x }
    public static func isComplex(_ x: Tensor) -> Bool { x.dtype.isComplex }
    public static func isFloatingPoint(_ x: Tensor) -> Bool { x.dtype.isFloatingPoint }
}
