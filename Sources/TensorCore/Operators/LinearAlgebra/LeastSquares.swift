/// Pseudoinverses, ranks and least squares.
extension torch.linalg {
    /// The Moore–Penrose inverses. Singular values up to max(`atol`, `rtol` · largest) count as 0;
    /// `rtol` is max(m, n) times the type's precision unless an `atol` above 0 is given. Both are
    /// numbers, or tensors with one for each matrix. With `hermitian`, A is taken to be so.
    public static func pinv(
        _ A: Tensor, atol: (any TensorOperand)? = nil, rtol: (any TensorOperand)? = nil, hermitian: Bool = false
    ) -> Tensor {
        check(
            A.ndim >= 2 && A.dtype.isLAPACKType,
            "linalg.pinv(\(A.dtype.scalarName){\(A.shape)}): expected a tensor with 2 or more dimensions of float, "
                + "double, cfloat or cdouble types")
        return FactorNode.record("LinalgPinvBackward0", [A]) {
            if A.numel == 0 { return [A.newZeros(A.batchShape + [A.size(-1), A.size(-2)])] }
            let (left, values, right): (Tensor, Tensor, Tensor)
            if hermitian {
                let (L, V) = eigh(A)
                (left, values, right) = (V, L, V.mH)
            } else {
                (left, values, right) = svd(A, fullMatrices: false)
            }
            let limit = tolerance("linalg.pinv", A, values.abs(), atol, rtol)
            let inverse = torch.where(values.abs() > limit, values.reciprocal(), torch.zerosLike(values))
            return [right.mH.matmul(inverse.unsqueeze(-1).to(A.dtype) * left.mH)]
        } gradients: { c in
            [c.grads[0].map { pinvGradient($0, c.results[0], c.inputs[0]) }]
        }[0]
    }

    /// The gradient of A whose pseudoinverse P has the gradient `grad`.
    private static func pinvGradient(_ grad: Tensor, _ P: Tensor, _ A: Tensor) -> Tensor {
        let g = grad.mH
        if A.size(-2) <= A.size(-1) {
            let K = g.matmul(P)
            let KP = K.matmul(P.mH)
            return KP - P.matmul(K).mH - A.matmul(P).matmul(KP) + P.mH.matmul(P).matmul(g - K.matmul(A))
        }
        let K = P.matmul(g)
        let PK = P.mH.matmul(K)
        return PK - K.matmul(P).mH + (g - A.matmul(K)).matmul(P).matmul(P.mH) - PK.matmul(P).matmul(A)
    }

    /// What counts as 0 among the magnitudes of A's singular values (*, k): (*, 1).
    private static func tolerance(
        _ name: String, _ A: Tensor, _ magnitudes: Tensor, _ atol: (any TensorOperand)?, _ rtol: (any TensorOperand)?
    ) -> Tensor {
        func limit(_ operand: (any TensorOperand)?, _ what: String) -> Tensor? {
            guard let operand else { return nil }
            let limit = operand.tensor(beside: magnitudes)
            check(
                !limit.dtype.isComplex,
                "\(name): \(what) tensor of complex type is not supported. Got \(limit.dtype.scalarName)")
            return limit.to(magnitudes.device).to(magnitudes.dtype).unsqueeze(-1)
        }
        let absolute = limit(atol, "atol") ?? torch.zeros([1], dtype: magnitudes.dtype, device: magnitudes.device)
        let usual = Double(Swift.max(A.size(-1), A.size(-2))) * A.dtype.precision
        let relative = limit(rtol, "rtol") ?? torch.where(absolute > 0, torch.zerosLike(absolute), usual)
        return torch.maximum(absolute, magnitudes.amax(dim: [-1], keepdim: true) * relative)
    }

    /// How many singular values are above max(`atol`, `rtol` · largest), with `pinv`'s defaults.
    public static func matrixRank(
        _ A: Tensor, atol: (any TensorOperand)? = nil, rtol: (any TensorOperand)? = nil, hermitian: Bool = false
    ) -> Tensor {
        A.checkMatrices("torch.linalg.matrix_rank", operand: "input")
        check(A.dtype.isLAPACKType, "This function doesn't handle types other than float and double")
        if A.numel == 0 { return torch.zeros(A.batchShape, dtype: .int64, device: A.device) }
        let magnitudes = hermitian ? eigvalsh(A.detach()).abs() : svdvals(A.detach())
        return (magnitudes > tolerance("torch.linalg.matrix_rank", A, magnitudes, atol, rtol)).sum(dim: -1)
    }

    /// The least-squares solution of `A X = B` for batches of matrices, or vectors B of A's shape
    /// without its last dimension; with the residuals' squared norms (of full-rank A with more rows
    /// than columns, and not for `gelsy`; else empty), the ranks (empty for `gels`) and the singular
    /// values (for `gelsd` and `gelss`; else empty).
    /// - Parameters:
    ///   - rcond: singular values up to this times the largest count as 0; the type's precision times
    ///     max(m, n) by default.
    ///   - driver: LAPACK's routine: `gels` for full rank, `gelsy`, `gelsd` or `gelss` for any.
    public static func lstsq(
        _ A: Tensor, _ B: Tensor, rcond: Double? = nil, driver: String? = nil
    ) -> (solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor) {
        let name = "torch.linalg.lstsq"
        check(A.ndim >= 2, "\(name): input must have at least 2 dimensions.")
        check(B.ndim >= 1, "\(name): other must have at least 1 dimension.")
        check(
            [0, 1].contains(A.ndim - B.ndim),
            "\(name): input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1")
        let isVector = A.ndim - 1 == B.ndim
        let b = isVector ? B.unsqueeze(-1) : B
        check(
            A.size(-2) == b.size(-2),
            "\(name): input.size(-2) should match other.size(\(isVector ? -1 : -2))")
        check(
            A.dtype == b.dtype,
            "\(name): Expected input and other to have the same dtype, but got input's dtype \(A.dtype.scalarName) "
                + "and other's dtype \(b.dtype.scalarName)")
        check(A.dtype.isLAPACKType, "This function doesn't handle types other than float and double")
        let routine = LeastSquaresDriver(rawValue: driver ?? "gelsy")
        check(routine != nil, "\(name): parameter `driver` should be one of (gels, gelsy, gelsd, gelss)")
        _ = broadcastDims(Dims(A.batchShape), Dims(b.batchShape))
        let results = leastSquares(A, b, rcond, routine!)
        return (isVector ? results[0].squeeze(-1) : results[0], results[1], results[2], results[3].detach())
    }

    private static func leastSquares(
        _ A: Tensor, _ B: Tensor, _ rcond: Double?, _ driver: LeastSquaresDriver
    ) -> [Tensor] {
        let (a, b, batch) = broadcastBatches(A, B)
        let (m, n, k) = (a.size(-2), a.size(-1), b.size(-1))
        return FactorNode.record("LinalgLstsqBackward0", [a, b]) {
            let (work, count) = (a.columnMajor(), batch.reduce(1, *))
            // The solution takes the place of b, and may be longer.
            let x = Tensor(empty: [count, k, Swift.max(m, n)], a.dtype, a.backend)
            x.fill_(0)
            x.narrow(2, 0, m).copy_(b.columnMajor())
            let rank = Tensor(empty: [count], .int32, a.backend)
            rank.fill_(0)
            let values = Tensor(empty: [count, Swift.min(m, n)], a.dtype.real, a.backend)
            let info = Tensor(empty: [count], .int32, a.backend)
            let limit = rcond ?? a.dtype.precision * Double(Swift.max(m, n))
            a.backend.leastSquares(work, x, driver, rcond: limit, rank, values, info)
            info.rows(batch).checkStatus("torch.linalg.lstsq") {
                "The least squares solution could not be computed because the input matrix does not have full rank "
                    + "(error code: \($0))."
            }
            let isFull = driver == .gels || a.device.type == .meta || Bool((rank == n).all())
            let rest = x.narrow(2, Swift.min(n, m), m - Swift.min(n, m))
            let residuals =
                m > n && isFull && driver != .gelsy
                ? rest.abs().square().sum(dim: -1).rows(batch) : torch.empty([0], dtype: a.dtype.real, device: a.device)
            return [
                m == 0 ? a.newZeros(batch + [n, k]) : x.matrices(batch).narrow(-2, 0, n).clone(), residuals,
                driver == .gels
                    ? torch.empty([0], dtype: .int64, device: a.device) : rank.to(.int64).rows(batch),
                driver == .gelsd || driver == .gelss
                    ? values.rows(batch) : torch.empty([0], dtype: a.dtype.real, device: a.device),
            ]
        } gradients: { c in
            let (A, B, X) = (c.inputs[0], c.inputs[1], c.results[0])
            var (gA, gB): (Tensor?, Tensor?)
            if let g = c.grads[0] {
                let P = pinv(A)
                gA = c.needs(0) ? pinvGradient(g.matmul(B.mH), P, A) : nil
                gB = P.mH.matmul(g)
            }
            if let g = c.grads[1], g.numel > 0 {
                // X is where the residual does not change with it.
                let rest = 2 * g.unsqueeze(-2) * (A.matmul(X) - B)
                let own = rest.matmul(X.mH)
                (gA, gB) = (gA.map { $0 + own } ?? own, gB.map { $0 - rest } ?? -rest)
            }
            return [gA, gB]
        }
    }
}

/// LAPACK's routines for least squares: by QR for full rank, by QR with exchanges of columns, by
/// singular values found by divide and conquer, or by QR iterations.
enum LeastSquaresDriver: String {
    case gels, gelsy, gelsd, gelss
}

extension torch {
    public static func pinverse(_ A: Tensor, rcond: Double = 1e-15) -> Tensor { linalg.pinv(A, rtol: rcond) }
}
