/// Matrices in the last two dimensions: their parts, their checks, their arrangement for LAPACK.
extension Tensor {
    /// The last two dimensions exchanged. A tensor without dimensions is its own transpose.
    public var mT: Tensor { exchanged("tensor.mT") }
    /// The conjugate transpose of the last two dimensions.
    public var mH: Tensor { exchanged("tensor.mH").conj() }
    /// The conjugate transpose of the last two dimensions.
    public func adjoint() -> Tensor { exchanged("tensor.adjoint()").conj() }
    /// The conjugate transpose of a matrix.
    public var H: Tensor {
        check(
            ndim == 0 || ndim == 2,
            "tensor.H is only supported on matrices (2-D tensors). Got \(ndim)-D tensor."
                + (ndim > 2 ? " For batches of matrices, consider using tensor.mH" : ""))
        return exchanged("tensor.H").conj()
    }

    private func exchanged(_ name: String) -> Tensor {
        check(ndim != 1, "\(name) is only supported on matrices or batches of matrices. Got 1-D tensor.")
        return ndim == 0 ? self : transpose(-2, -1)
    }

    /// The dimensions before the last two.
    var batchShape: [Int] { Array(shape.dropLast(2)) }

    /// A copy without history as LAPACK reads it: (B, n, m) for a batch of m × n.
    func columnMajor() -> Tensor {
        let (m, n) = (size(-2), size(-1))
        let out = Tensor(empty: Dims([batchShape.reduce(1, *), n, m]), dtype, backend)
        Tensor(viewing: out, dims: Dims(batchShape + [n, m]), steps: Dims(batchShape + [n, m]).contiguousStrides, offset: 0)
            .copyValues(from: detach().mT)
        return out
    }

    /// The same for a routine that only reads: without a copy where the matrices lie so already.
    func readColumnMajor() -> Tensor {
        if !mT.isContiguous() { return columnMajor() }
        let shape = Dims([batchShape.reduce(1, *), size(-1), size(-2)])
        return Tensor(viewing: self, dims: shape, steps: shape.contiguousStrides, offset: offset)
    }

    /// A tensor with a row for each matrix (*, k), one after the other: (B, k).
    func contiguousRows() -> Tensor {
        let shape = Dims([shape.dropLast().reduce(1, *), size(-1)])
        let rows = detach().contiguous()
        return Tensor(viewing: rows, dims: shape, steps: shape.contiguousStrides, offset: rows.offset)
    }

    /// What `columnMajor` arranged, as a batch of matrices again.
    func matrices(_ batch: [Int]) -> Tensor {
        let rank = batch.count + 2
        let whole = Dims(batch + [dims[1], dims[2]])
        var (sizes, strides) = (whole, whole.contiguousStrides)
        (sizes[rank - 2], sizes[rank - 1]) = (whole[rank - 1], whole[rank - 2])
        let steps = strides
        (strides[rank - 2], strides[rank - 1]) = (steps[rank - 1], steps[rank - 2])
        return Tensor(viewing: self, dims: sizes, steps: strides, offset: 0)
    }

    /// A fresh result of one row for each matrix, in the batch's shape.
    func rows(_ batch: [Int]) -> Tensor {
        let shape = Dims(batch + Array(self.shape.dropFirst()))
        return Tensor(viewing: self, dims: shape, steps: shape.contiguousStrides, offset: 0)
    }

    /// The mean of the matrix and its conjugate transpose.
    var hermitianPart: Tensor { (self + mH) * 0.5 }

    /// The matrices in the first corner of larger ones, zero elsewhere.
    func widened(_ rows: Int, _ columns: Int) -> Tensor {
        var result = self
        if columns > size(-1) {
            result = torch.cat([result, newZeros(batchShape + [size(-2), columns - size(-1)])], dim: -1)
        }
        if rows > size(-2) { result = torch.cat([result, newZeros(batchShape + [rows - size(-2), columns])], dim: -2) }
        return result
    }

    /// The diagonals of the last two dimensions.
    var matrixDiagonal: Tensor { diagonal(offset: 0, dim1: -2, dim2: -1) }

    /// Stops unless this is a batch of matrices.
    func checkMatrices(_ name: String, square: Bool = false, operand: String = "A") {
        check(ndim >= 2, "\(name): The input tensor \(operand) must have at least 2 dimensions.")
        check(
            !square || size(-1) == size(-2),
            "\(name): A must be batches of square matrices, but they are \(size(-2)) by \(size(-1)) matrices")
    }

    /// Stops unless the elements are floating-point or complex numbers, and of a type LAPACK knows
    /// unless `lowPrecision` ones will do.
    func checkFactorable(_ name: String, lowPrecision: Bool = false) {
        check(
            dtype.isDifferentiable,
            "\(name): Expected a floating point or complex tensor as input. Got \(dtype.scalarName)", .notImplemented)
        check(
            lowPrecision || dtype.isLAPACKType, "\(name): Low precision dtypes not supported. Got \(dtype.scalarName)",
            .notImplemented)
    }

    /// Stops, as a kernel of this name would, unless LAPACK knows the type.
    func checkKernel(_ kernel: String) {
        check(dtype.isLAPACKType, "\"\(kernel)\" not implemented for '\(dtype.scalarName)'", .notImplemented)
    }

    /// Stops with `message` where a status, on a device with values, tells of failure.
    func checkStatus(_ name: String, _ kind: FailureKind = .linearAlgebra, _ message: (Int) -> String) {
        guard device.type != .meta, numel > 0 else { return }
        let codes: [Int] = to(.int64).reshape([-1]).array()
        guard let batch = codes.firstIndex(where: { $0 != 0 }) else { return }
        let place = ndim == 0 ? "" : "(Batch element \(batch)): "
        fail("\(name): \(place)\(message(codes[batch]))", kind)
    }
}

extension DType {
    /// Whether LAPACK has routines for it.
    var isLAPACKType: Bool { self == .float32 || self == .float64 || isComplex }
    /// The distance from 1 to the next number, of a complex type's parts.
    var precision: Double { real == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne) }
}

/// Square matrices and right-hand sides of one batch shape.
func broadcastBatches(_ A: Tensor, _ B: Tensor) -> (A: Tensor, B: Tensor, batch: [Int]) {
    let batch = broadcastDims(Dims(B.batchShape), Dims(A.batchShape)).array
    return (A.expand(batch + [A.size(-2), A.size(-1)]), B.expand(batch + [B.size(-2), B.size(-1)]), batch)
}
