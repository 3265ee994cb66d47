/// Determinants by LU factors.
extension torch.linalg {
    /// The determinants of square matrices.
    public static func det(_ A: Tensor) -> Tensor {
        A.checkMatrices("linalg.det", square: true)
        A.checkFactorable("linalg.det")
        return FactorNode.record("LinalgDetBackward0", [A]) {
            let parts = factors(A)
            return [parts[0].matrixDiagonal.prod(dim: -1) * sign(of: parts[1]).to(A.dtype), parts[0], parts[1]]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil] }
            let (A, det) = (c.inputs[0], c.results[0])
            // Cofactors from the inverse: where that is not far from singular, it is the same
            // factorization that the determinant is of, so that the smallest pivot cancels.
            if A.device.type != .meta, isSingular(c.results[1], det) { return [g.matrixwise * cofactors(A)] }
            let diagonal = (g * det.conj()).unsqueeze(-1).expand(det.shape + [A.size(-1)]).diagEmbed()
            return [
                GradMode.isEnabled
                    ? solve(A.mH, diagonal) : luSolved(c.results[1], c.results[2], diagonal, adjoint: true)
            ]
        }[0]
    }

    /// Whether a pivot is zero, or so small that another factorization would give another.
    private static func isSingular(_ LU: Tensor, _ det: Tensor) -> Bool {
        let isZero = LU.detach().matrixDiagonal == 0
        if Bool(isZero.any()) { return true }
        return GradMode.isEnabled && Bool((det.detach().abs() < 100 * det.dtype.precision).any())
    }

    /// The gradient of the determinant of any matrix: with `A = U diag(S) Vh`, those of S's product.
    private static func cofactors(_ A: Tensor) -> Tensor {
        let (U, S, Vh) = svd(A, fullMatrices: false)
        let n = S.size(-1)
        let own = torch.eye(n, dtype: .bool, device: S.device)
        let others = torch.where(own, torch.onesLike(S).unsqueeze(-1), S.unsqueeze(-2)).prod(dim: -1)
        let turn = (det(U) * det(Vh)).conj()
        return (U * others.unsqueeze(-2).to(U.dtype)).matmul(Vh) * turn.matrixwise
    }

    /// −1 where an odd number of rows was exchanged, else 1.
    private static func sign(of pivots: Tensor) -> Tensor {
        let own = torch.arange(pivots.size(-1), device: pivots.device) + 1
        let count = (pivots.to(.int64) != own).sum(dim: -1)
        return 1 - (count % 2) * 2
    }

    /// The determinants' signs (complex numbers of magnitude 1) and the logarithms of their magnitudes.
    public static func slogdet(_ A: Tensor) -> (sign: Tensor, logabsdet: Tensor) { slogdet("linalg.slogdet", A) }

    fileprivate static func slogdet(_ name: String, _ A: Tensor) -> (sign: Tensor, logabsdet: Tensor) {
        A.checkMatrices(name, square: true)
        A.checkFactorable(name)
        let results = FactorNode.record("LinalgSlogdetBackward0", [A]) {
            let parts = factors(A)
            let diagonal = parts[0].matrixDiagonal
            return [
                diagonal.sgn().prod(dim: -1) * sign(of: parts[1]).to(A.dtype), diagonal.abs().log().sum(dim: -1),
                parts[0], parts[1],
            ]
        } gradients: { c in
            let A = c.inputs[0]
            var weight = c.grads[1]?.to(A.dtype)
            if let g = c.grads[0], A.dtype.isComplex {
                let turn = g.conj() * c.results[0]
                let part = (turn.conj() - turn) * 0.5
                weight = weight.map { $0 + part } ?? part
            }
            guard let weight else { return [nil] }
            let diagonal = weight.unsqueeze(-1).expand(weight.shape + [A.size(-1)]).diagEmbed()
            return [
                GradMode.isEnabled
                    ? solveEx(A.mH, diagonal).result : luSolved(c.results[2], c.results[3], diagonal, adjoint: true)
            ]
        }
        return (results[0], results[1])
    }
}

extension torch {
    public static func det(_ A: Tensor) -> Tensor { linalg.det(A) }
    public static func slogdet(_ A: Tensor) -> (sign: Tensor, logabsdet: Tensor) { linalg.slogdet(A) }

    /// The logarithms of the determinants; NaN for negative ones.
    public static func logdet(_ A: Tensor) -> Tensor {
        let (sign, logarithm) = linalg.slogdet("logdet", A)
        return A.dtype.isComplex ? sign.log() + logarithm : torch.where(sign == -1, Double.nan, logarithm)
    }
}

extension Tensor {
    /// A number for each matrix of a batch, to multiply the whole matrix with.
    fileprivate var matrixwise: Tensor { unsqueeze(-1).unsqueeze(-1) }
}
