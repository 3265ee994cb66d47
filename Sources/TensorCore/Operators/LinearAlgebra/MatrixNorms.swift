/// Norms of vectors and matrices, and condition numbers.
extension torch.linalg {
    /// The p-norm of all elements, or along dimensions.
    /// - Parameter dtype: the type to compute in, to which that of `x` converts without loss.
    public static func vectorNorm(
        _ x: Tensor, ord: Double = 2, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        check(
            x.dtype.isDifferentiable,
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got \(x.dtype.scalarName)",
            .notImplemented)
        checkDType("linalg.vector_norm", x, dtype)
        if ord < 0 || ord == .infinity { checkIdentity(x, ord, dim ?? []) }
        return Operators.norm(dtype.map { x.to($0) } ?? x, dim, keepdim: keepdim, ord)
    }

    /// Stops where there is no least or greatest element.
    private static func checkIdentity(_ x: Tensor, _ ord: Double, _ dim: [Int]) {
        check(
            !dim.isEmpty || x.numel > 0,
            "linalg.vector_norm cannot compute the \(text(ord)) norm on an empty tensor because the operation does "
                + "not have an identity")
        for axis in dim where x.ndim > 0 && x.size(axis) == 0 {
            fail(
                "linalg.vector_norm cannot compute the \(text(ord)) norm on the dimension \(axis)because this "
                    + "dimension is empty and the operation does not have an identity")
        }
    }

    private static func checkDType(_ name: String, _ x: Tensor, _ dtype: DType?) {
        guard let dtype else { return }
        let (own, wanted) = (x.dtype.scalarName, dtype.scalarName)
        check(dtype.isDifferentiable, "\(name): dtype should be floating point or complex, but got \(wanted)")
        check(
            x.dtype.isComplex == dtype.isComplex,
            "\(name): dtype should be \(x.dtype.isComplex ? "complex for complex" : "real for real") inputs, but got \(wanted)")
        check(
            DType.promote(x.dtype, dtype) == dtype,
            "\(name): the dtype of the input (\(own)) should be convertible without narrowing to the specified dtype "
                + "(\(wanted))")
    }

    /// The number as C's `%g` writes it.
    private static func text(_ ord: Double) -> String {
        ord.rounded() == ord && ord.magnitude < 1e6 ? "\(Int(ord))" : "\(ord)"
    }

    // MARK: Matrices

    /// The norms of matrices for the order `fro` (the 2-norm of all elements) or `nuc` (the sum of
    /// the singular values).
    public static func matrixNorm(
        _ A: Tensor, ord: String = "fro", dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        checkMatrixNorm(A, dim, dtype)
        check(["fro", "nuc"].contains(ord), "linalg.matrix_norm: Order \(ord) not supported.")
        if ord == "fro" { return vectorNorm(A, ord: 2, dim: dim, keepdim: keepdim, dtype: dtype) }
        A.checkFactorable("linalg.matrix_norm")
        return kept(svdvals(matricesLast(dtype.map { A.to($0) } ?? A, dim)).sum(dim: -1), A, dim, keepdim)
    }

    /// The norms of matrices for the order 1, −1 (columns' sums), ∞, −∞ (rows' sums), 2 or −2
    /// (largest or smallest singular value).
    public static func matrixNorm(
        _ A: Tensor, ord: Double, dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        checkMatrixNorm(A, dim, dtype)
        let size = abs(ord)
        check(size == 1 || size == 2 || size.isInfinite, "linalg.matrix_norm: Order \(text(ord)) not supported.")
        let values: Tensor
        if size == 2 {
            A.checkFactorable("linalg.matrix_norm")
            values = svdvals(matricesLast(dtype.map { A.to($0) } ?? A, dim))
        } else {
            let rows = matricesLast(A, size == 1 ? [dim[1], dim[0]] : dim)
            values = vectorNorm(rows, ord: 1, dim: [-1], dtype: dtype)
        }
        if ord > 0, values.size(-1) == 0 { return kept(values.sum(dim: -1), A, dim, keepdim) }
        return kept(ord > 0 ? values.amax(dim: [-1]) : values.amin(dim: [-1]), A, dim, keepdim)
    }

    private static func checkMatrixNorm(_ A: Tensor, _ dim: [Int], _ dtype: DType?) {
        A.checkMatrices("linalg.matrix_norm")
        A.checkFactorable("linalg.matrix_norm", lowPrecision: true)
        let given = dim.map(String.init)
        check(dim.count == 2, "linalg.matrix_norm: dim must be a 2-tuple. Got \(given.joined(separator: " "))")
        let axes = dim.map { A.normalized($0) }
        check(axes[0] != axes[1], "linalg.matrix_norm: dims must be different. Got (\(given.joined(separator: ", ")))")
        checkDType("linalg.matrix_norm", A, dtype)
    }

    private static func matricesLast(_ A: Tensor, _ dim: [Int]) -> Tensor {
        let axes = dim.map { A.normalized($0) }
        return A.permute((0..<A.ndim).filter { !axes.contains($0) } + axes)
    }

    private static func kept(_ result: Tensor, _ A: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        if !keepdim { return result }
        return dim.map { A.normalized($0) }.sorted().reduce(result) { $0.unsqueeze($1) }
    }

    // MARK: Either

    /// The 2-norm of all elements or along `dim`: of one or two dimensions.
    public static func norm(_ A: Tensor, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        vectorNorm(A, ord: 2, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    /// The vector norm along one dimension (or of a vector), the matrix norm over two.
    public static func norm(
        _ A: Tensor, ord: Double, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let axes = normDimensions(A, dim)
        return axes.count == 1
            ? vectorNorm(A, ord: ord, dim: axes, keepdim: keepdim, dtype: dtype)
            : matrixNorm(A, ord: ord, dim: axes, keepdim: keepdim, dtype: dtype)
    }
    /// The matrix norm of the order `fro` or `nuc`.
    public static func norm(
        _ A: Tensor, ord: String, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let axes = normDimensions(A, dim)
        A.checkMatrices("linalg.matrix_norm")
        return matrixNorm(A, ord: ord, dim: axes, keepdim: keepdim, dtype: dtype)
    }

    private static func normDimensions(_ A: Tensor, _ dim: [Int]?) -> [Int] {
        guard let dim else {
            check(
                A.ndim == 1 || A.ndim == 2,
                "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got \(A.ndim)D.")
            return Array(0..<A.ndim)
        }
        check(
            dim.count == 1 || dim.count == 2,
            "linalg.norm: If dim is specified, it must be of length 1 or 2. Got \(dim)")
        return dim
    }

    // MARK: Condition numbers

    /// The ratio of the largest singular value to the smallest.
    public static func cond(_ A: Tensor) -> Tensor { cond(A, p: 2) }
    /// The condition number with another matrix norm: that of A times that of its inverse, which is
    /// infinite for singular A.
    public static func cond(_ A: Tensor, p: Double) -> Tensor {
        check(A.ndim >= 2, "linalg.cond: The input tensor must have at least 2 dimensions.")
        let size = abs(p)
        check(
            size == 1 || size == 2 || size.isInfinite, "linalg.cond got an invalid norm type: \(text(p))", .valueError)
        if size != 2 { return cond(A, text(p)) { matrixNorm($0, ord: p) } }
        let S = svdvals(A)
        if S.numel == 0 { return S.newZeros(A.batchShape) }
        let (first, last) = (S.select(-1, 0), S.select(-1, S.size(-1) - 1))
        return p > 0 ? first / last : last / first
    }
    /// The condition number with the matrix norm `fro` or `nuc`.
    public static func cond(_ A: Tensor, p: String) -> Tensor {
        check(A.ndim >= 2, "linalg.cond: The input tensor must have at least 2 dimensions.")
        check(["fro", "nuc"].contains(p), "linalg.cond got an invalid norm type: \(p)", .valueError)
        return cond(A, p) { matrixNorm($0, ord: p) }
    }

    private static func cond(_ A: Tensor, _ p: String, _ norm: (Tensor) -> Tensor) -> Tensor {
        A.checkMatrices("linalg.cond(ord=\(p))", square: true)
        if A.numel == 0 { return torch.zeros(A.batchShape, dtype: A.dtype.real, device: A.device) }
        let (inverse, info) = invEx(A)
        let singular = (info != 0).unsqueeze(-1).unsqueeze(-1)
        return norm(A) * norm(inverse.maskedFill(singular, Double.infinity))
    }
}

extension torch {
    /// The norm of the order `fro` or `nuc` of a matrix, or over dimensions.
    public static func norm(
        _ x: Tensor, _ p: String, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        if p == "fro", (dim?.count ?? 0) <= 2 {
            return linalg.vectorNorm(x, ord: 2, dim: dim, keepdim: keepdim, dtype: dtype)
        }
        return linalg.matrixNorm(x, ord: p, dim: dim ?? Array(0..<x.ndim), keepdim: keepdim, dtype: dtype)
    }
}

extension Tensor {
    /// The norm of the order `fro` or `nuc` of a matrix, or over dimensions.
    public func norm(_ p: String, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        torch.norm(self, p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
}
