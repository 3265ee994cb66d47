/// What is made of the factorizations: pseudoinverses, ranks, norms, powers.
extension torch.linalg {
    /// The Moore–Penrose inverses. Singular values up to max(`atol`, `rtol` · largest) count as 0;
    /// `rtol` is max(m, n) times the type's precision unless an `atol` is given.
    public static func pinv(_ A: Tensor, atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false) -> Tensor {
        A.checkMatrices("linalg.pinv", square: hermitian)
        return FactorNode.record("LinalgPinvBackward0", [A]) {
            let (U, S, Vh) = svd(A, fullMatrices: false)
            if S.size(-1) == 0 { return [A.newZeros(A.batchShape + [A.size(-1), A.size(-2)])] }
            let limit = tolerance(A, S, atol, rtol)
            let inverse = torch.where(S > limit, S.reciprocal(), torch.zerosLike(S))
            return [Vh.mH.matmul(inverse.unsqueeze(-1).to(A.dtype) * U.mH)]
        } gradients: { c in
            guard let g = c.grads[0]?.mH else { return [nil] }
            let (A, P) = (c.inputs[0], c.results[0])
            if A.size(-2) <= A.size(-1) {
                let K = g.matmul(P)
                let KP = K.matmul(P.mH)
                return [
                    KP - P.matmul(K).mH - A.matmul(P).matmul(KP) + P.mH.matmul(P).matmul(g - K.matmul(A))
                ]
            }
            let K = P.matmul(g)
            let PK = P.mH.matmul(K)
            return [
                PK - K.matmul(P).mH + (g - A.matmul(K)).matmul(P).matmul(P.mH) - PK.matmul(P).matmul(A)
            ]
        }[0]
    }

    /// What counts as 0 among the singular values S (*, k) of A: (*, 1).
    private static func tolerance(_ A: Tensor, _ S: Tensor, _ atol: Double?, _ rtol: Double?) -> Tensor {
        let precision = S.dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
        let relative = rtol ?? (atol ?? 0 > 0 ? 0 : Double(Swift.max(A.size(-1), A.size(-2))) * precision)
        return (S.amax(dim: [-1], keepdim: true) * relative).clamp(min: .float(atol ?? 0))
    }

    /// How many singular values are above max(`atol`, `rtol` · largest).
    public static func matrixRank(_ A: Tensor, atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false) -> Tensor {
        let S = svdvals(A.detach())
        if S.size(-1) == 0 { return torch.zeros(A.batchShape, dtype: .int64) }
        return (S > tolerance(A, S, atol, rtol)).sum(dim: -1)
    }

    /// The least-squares solution of `A X = B`, with the residuals' squared norms (of full-rank A
    /// with more rows than columns; else empty), the ranks and the singular values (for the drivers
    /// `gelsd` and `gelss`; else empty).
    public static func lstsq(
        _ A: Tensor, _ B: Tensor, rcond: Double? = nil, driver: String = "gelsy"
    ) -> (solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor) {
        A.checkMatrices("torch.linalg.lstsq")
        check(
            ["gels", "gelsy", "gelsd", "gelss"].contains(driver),
            "torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)")
        let isVector = A.ndim - 1 == B.ndim && B.shape == Array(A.shape.dropLast())
        let b = isVector ? B.unsqueeze(-1) : B
        check(
            b.ndim >= 2 && A.size(-2) == b.size(-2),
            "torch.linalg.lstsq: input.size(-2) should match other.size(-2)")
        let solution = pinv(A, rtol: rcond).matmul(b)
        let (m, n) = (A.size(-2), A.size(-1))
        let S = svdvals(A.detach())
        let rank = S.size(-1) == 0 ? torch.zeros(A.batchShape, dtype: .int64) : (S > tolerance(A, S, nil, rcond)).sum(dim: -1)
        let isFull = A.device.type == .meta || Bool((rank == n).all())
        let rest = A.matmul(solution) - b
        let residuals = m > n && isFull ? rest.abs().square().sum(dim: -2) : torch.empty([0], dtype: A.dtype.real)
        return (
            isVector ? solution.squeeze(-1) : solution, residuals,
            driver == "gels" ? torch.empty([0], dtype: .int64) : rank,
            driver == "gelsd" || driver == "gelss" ? S : torch.empty([0], dtype: A.dtype.real)
        )
    }

    // MARK: Norms

    /// The p-norm of all elements, or along dimensions.
    public static func vectorNorm(
        _ x: Tensor, ord: Double = 2, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let operand = dtype.map { x.to($0) } ?? x
        check(
            operand.dtype.isDifferentiable,
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got \(operand.dtype.scalarName)")
        return Operators.norm(operand, dim, keepdim: keepdim, ord)
    }

    /// The norms of matrices for the order `fro` or `nuc`.
    public static func matrixNorm(
        _ A: Tensor, ord: String = "fro", dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let operand = dtype.map { A.to($0) } ?? A
        check(["fro", "nuc"].contains(ord), "linalg.matrix_norm: Order \(ord) not supported.")
        if ord == "fro" { return vectorNorm(operand, ord: 2, dim: dim, keepdim: keepdim) }
        return kept(svdvals(matricesLast(operand, dim)).sum(dim: -1), operand, dim, keepdim)
    }

    /// The norms of matrices for the order 1, −1 (columns' sums), ∞, −∞ (rows' sums), 2 or −2
    /// (largest or smallest singular value).
    public static func matrixNorm(
        _ A: Tensor, ord: Double, dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let operand = matricesLast(dtype.map { A.to($0) } ?? A, dim)
        let result: Tensor
        switch abs(ord) {
        case 2:
            let S = svdvals(operand)
            result = ord > 0 ? S.amax(dim: [-1]) : S.amin(dim: [-1])
        case 1, Double.infinity:
            let sums = operand.abs().sum(dim: abs(ord) == 1 ? -2 : -1)
            result = ord > 0 ? sums.amax(dim: [-1]) : sums.amin(dim: [-1])
        default: fail("linalg.matrix_norm: Order \(ord) not supported.")
        }
        return kept(result, A, dim, keepdim)
    }

    private static func matricesLast(_ A: Tensor, _ dim: [Int]) -> Tensor {
        check(dim.count == 2, "linalg.matrix_norm: dim must be a 2-tuple. Got \(dim)")
        check(A.ndim >= 2, "linalg.matrix_norm: The input tensor A must have at least 2 dimensions.")
        let axes = dim.map { A.normalized($0) }
        check(axes[0] != axes[1], "linalg.matrix_norm: dims must be different. Got (\(dim[0]), \(dim[1]))")
        return A.permute((0..<A.ndim).filter { !axes.contains($0) } + axes)
    }

    private static func kept(_ result: Tensor, _ A: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        if !keepdim { return result }
        return dim.map { A.normalized($0) }.sorted().reduce(result) { $0.unsqueeze($1) }
    }

    /// The 2-norm of all elements or along `dim`: of one or two dimensions.
    public static func norm(_ A: Tensor, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        vectorNorm(A, ord: 2, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    /// The vector norm along one dimension (or of a vector), the matrix norm over two.
    public static func norm(
        _ A: Tensor, ord: Double, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        let axes = dim ?? Array(0..<A.ndim)
        check(
            axes.count == 1 || axes.count == 2,
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got \(A.ndim)D.")
        return axes.count == 1
            ? vectorNorm(A, ord: ord, dim: axes, keepdim: keepdim, dtype: dtype)
            : matrixNorm(A, ord: ord, dim: axes, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(
        _ A: Tensor, ord: String, dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }

    /// The ratio of the largest singular value to the smallest.
    public static func cond(_ A: Tensor) -> Tensor { cond(A, p: 2) }
    /// The condition number with another matrix norm: that of A times that of its inverse.
    public static func cond(_ A: Tensor, p: Double) -> Tensor {
        if abs(p) == 2 {
            let S = svdvals(A)
            let (first, last) = (S.select(-1, 0), S.select(-1, S.size(-1) - 1))
            return p > 0 ? first / last : last / first
        }
        return matrixNorm(A, ord: p) * matrixNorm(inv(A), ord: p)
    }
    public static func cond(_ A: Tensor, p: String) -> Tensor { matrixNorm(A, ord: p) * matrixNorm(inv(A), ord: p) }

    // MARK: Powers

    /// Square matrices multiplied with themselves `n` times; a negative `n` takes the inverse's power.
    public static func matrixPower(_ A: Tensor, _ n: Int) -> Tensor {
        check(A.ndim >= 2, "linalg.matrix_power: The input tensor A must have at least 2 dimensions.")
        check(
            A.size(-1) == A.size(-2),
            "linalg.matrix_power: A must be batches of square matrices, but they are \(A.size(-2)) by \(A.size(-1)) matrices")
        if n == 0 { return torch.eye(A.size(-1), dtype: A.dtype, device: A.device).expand(A.shape).clone() }
        var base = n < 0 ? inv(A) : A
        var result: Tensor?
        var rest = abs(n)
        while rest > 0 {
            if rest & 1 == 1 { result = result.map { $0.matmul(base) } ?? base }
            rest >>= 1
            if rest > 0 { base = base.matmul(base) }
        }
        return result! === A ? A.clone() : result!
    }

    /// The exponentials of square matrices: the series, of a part so small that it converges fast,
    /// squared as often as the part was halved.
    public static func matrixExp(_ A: Tensor) -> Tensor {
        A.checkMatrices("linalg.matrix_exp", square: true)
        if A.numel == 0 { return A.clone() }
        let norm: Double = A.device.type == .meta ? 0 : Double(matrixNorm(A.detach(), ord: 1).max())
        let halvings = norm > 0.5 && norm.isFinite ? Int(log2(norm / 0.5).rounded(.up)) : 0
        let part = A * scale(halvings)
        let unit = torch.eye(A.size(-1), dtype: A.dtype, device: A.device)
        // Horner's scheme: terms beyond the 14th are below the precision of float64.
        var result = unit + part / 14
        for term in (1..<14).reversed() { result = unit + part.matmul(result) / term }
        for _ in 0..<halvings { result = result.matmul(result) }
        return result
    }

    private static func scale(_ halvings: Int) -> Double { (0..<halvings).reduce(1.0) { value, _ in value / 2 } }
    private static func log2(_ x: Double) -> Double {
        let exponent = Double(x.exponent)
        return x.significand > 1 ? exponent + 1 : exponent
    }
}

extension torch {
    public static func cholesky(_ A: Tensor, upper: Bool = false) -> Tensor { linalg.cholesky(A, upper: upper) }

    /// Solves `A X = B` from the Cholesky factor of A.
    public static func choleskySolve(_ B: Tensor, _ L: Tensor, upper: Bool = false) -> Tensor {
        let factor = upper ? L.mH : L
        let y = linalg.solveTriangular(factor, B, upper: false)
        return linalg.solveTriangular(factor.mH, y, upper: true)
    }

    /// The inverse of A from its Cholesky factor.
    public static func choleskyInverse(_ L: Tensor, upper: Bool = false) -> Tensor {
        choleskySolve(torch.eye(L.size(-1), dtype: L.dtype, device: L.device), L, upper: upper)
    }

    public static func inverse(_ A: Tensor) -> Tensor { linalg.inv(A) }
    public static func pinverse(_ A: Tensor, rcond: Double = 1e-15) -> Tensor { linalg.pinv(A, rtol: rcond) }
    public static func det(_ A: Tensor) -> Tensor { linalg.det(A) }
    public static func slogdet(_ A: Tensor) -> (sign: Tensor, logabsdet: Tensor) { linalg.slogdet(A) }

    /// The logarithms of the determinants; NaN for negative ones.
    public static func logdet(_ A: Tensor) -> Tensor {
        let (sign, logarithm) = linalg.slogdet(A)
        return sign.log() + logarithm
    }

    public static func qr(_ A: Tensor, some: Bool = true) -> (Q: Tensor, R: Tensor) {
        linalg.qr(A, mode: some ? "reduced" : "complete")
    }
    /// `A = U diag(S) Vᵀ`: V itself, not its transpose as of `linalg.svd`.
    public static func svd(_ A: Tensor, some: Bool = true) -> (U: Tensor, S: Tensor, V: Tensor) {
        let (U, S, Vh) = linalg.svd(A, fullMatrices: !some)
        return (U, S, Vh.mH)
    }
    public static func luSolve(_ B: Tensor, _ LU: Tensor, _ pivots: Tensor) -> Tensor { linalg.luSolve(LU, pivots, B) }
    public static func matrixPower(_ A: Tensor, _ n: Int) -> Tensor { linalg.matrixPower(A, n) }
    public static func matrixExp(_ A: Tensor) -> Tensor { linalg.matrixExp(A) }

    /// Solves a triangular system; also gives the matrix back, as PyTorch does.
    public static func triangularSolve(
        _ B: Tensor, _ A: Tensor, upper: Bool = true, transpose: Bool = false, unitriangular: Bool = false
    ) -> (solution: Tensor, clonedCoefficient: Tensor) {
        let X = linalg.solveTriangular(
            transpose ? A.mT : A, B, upper: upper != transpose, unitriangular: unitriangular)
        return (X, A.clone())
    }
}

extension Tensor {
    public func cholesky(upper: Bool = false) -> Tensor { torch.cholesky(self, upper: upper) }
    public func choleskySolve(_ L: Tensor, upper: Bool = false) -> Tensor { torch.choleskySolve(self, L, upper: upper) }
    public func choleskyInverse(upper: Bool = false) -> Tensor { torch.choleskyInverse(self, upper: upper) }
    public func inverse() -> Tensor { torch.inverse(self) }
    public func pinverse(rcond: Double = 1e-15) -> Tensor { torch.pinverse(self, rcond: rcond) }
    public func det() -> Tensor { torch.det(self) }
    public func slogdet() -> (sign: Tensor, logabsdet: Tensor) { torch.slogdet(self) }
    public func logdet() -> Tensor { torch.logdet(self) }
    public func qr(some: Bool = true) -> (Q: Tensor, R: Tensor) { torch.qr(self, some: some) }
    public func svd(some: Bool = true) -> (U: Tensor, S: Tensor, V: Tensor) { torch.svd(self, some: some) }
    public func luSolve(_ LU: Tensor, _ pivots: Tensor) -> Tensor { torch.luSolve(self, LU, pivots) }
    public func matrixPower(_ n: Int) -> Tensor { torch.matrixPower(self, n) }
    public func matrixExp() -> Tensor { torch.matrixExp(self) }
}
