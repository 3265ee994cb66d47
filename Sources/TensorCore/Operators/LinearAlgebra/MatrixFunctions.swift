/// Functions of square matrices: powers, exponentials, roots.
extension torch.linalg {
    /// Square matrices multiplied with themselves `n` times; a negative `n` takes the inverse's power.
    public static func matrixPower(_ A: Tensor, _ n: Int) -> Tensor {
        A.checkMatrices("linalg.matrix_power", square: true)
        if n == 0 {
            // It has a gradient too, of zeros.
            return FormulaNode.record("PowBackward0", [A]) {
                torch.eye(A.size(-1), dtype: A.dtype, device: A.device).expand(A.shape).clone()
            } gradients: { _, c in
                [torch.zerosLike(c.saved[0])]
            }
        }
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

    // MARK: The exponential

    /// The exponentials of square matrices: Taylor's polynomial of the matrix halved until that is
    /// as precise as the type, squared as often. (Bader, Blanes and Casas, 2019.)
    public static func matrixExp(_ A: Tensor) -> Tensor {
        A.checkMatrices("linalg.matrix_exp", square: true)
        A.checkFactorable("linalg.matrix_exp", lowPrecision: true)
        return FormulaNode.record("LinalgMatrixExpBackward0", [A]) {
            A.numel == 0 || A.device.type == .meta ? torch.emptyLike(A) : exponential(A)
        } gradients: { g, c in
            // The exponential of [Aᴴ g; 0 Aᴴ] has the gradient for its upper right block.
            let H = c.saved[0].mH
            let n = H.size(-1)
            let upper = torch.cat([H, g.expand(H.shape)], dim: -1)
            let lower = torch.cat([torch.zerosLike(H), H], dim: -1)
            return [matrixExp(torch.cat([upper, lower], dim: -2)).narrow(-2, 0, n).narrow(-1, n, n)]
        }
    }

    private static func exponential(_ A: Tensor) -> Tensor {
        let norms = matrixNorm(A.detach(), ord: 1)
        // Up to this norm, 18 terms are as precise as the type.
        let limit = A.dtype.real == .float64 ? 1.090863719290036 : 3.010066362817634
        let halvings = (norms / limit).log2().ceil().clamp(min: 0).unsqueeze(-1).unsqueeze(-1)
        let part = A * torch.exp2(-halvings)
        var result = taylor(part, degree: degree(Double(norms.max()), A.dtype))
        let most = Double(halvings.max())
        if !most.isFinite { return result }
        for i in 0..<Int(most) { result = torch.where(halvings > Double(i), result.matmul(result), result) }
        return result
    }

    /// How many terms are enough for matrices of this norm.
    private static func degree(_ norm: Double, _ type: DType) -> Int {
        let limits: [(Int, Double)] =
            type.real == .float64
            ? [(4, 3.397168839976962e-04), (8, 4.991228871115323e-02), (12, 2.996158913811580e-01)]
            : [(4, 5.116619363445086e-02), (8, 5.800524627688768e-01), (12, 1.461661507209034)]
        return limits.first { norm <= $0.1 }?.0 ?? 18
    }

    /// The polynomial's terms in groups of the first powers, so that few products are needed.
    private static func taylor(_ A: Tensor, degree: Int) -> Tensor {
        let unit = torch.eye(A.size(-1), dtype: A.dtype, device: A.device)
        let width = degree <= 4 ? 2 : degree <= 12 ? 4 : 6
        var powers = [unit, A]
        for _ in 2...width { powers.append(powers[powers.count - 1].matmul(A)) }
        var factors = [1.0]
        for i in 1...degree { factors.append(factors[i - 1] / Double(i)) }
        // The last group has the highest power as well.
        var start = degree - width
        func group(_ start: Int, _ count: Int) -> Tensor {
            (1..<count).reduce(powers[0] * factors[start]) { $0 + powers[$1] * factors[start + $1] }
        }
        var result = group(start, width + 1)
        while start > 0 {
            start -= width
            result = group(start, width) + powers[width].matmul(result)
        }
        return result
    }

    // MARK: Roots

    /// The Hermitian positive-definite roots of such matrices, of which the lower triangle is read.
    public static func matrixSqrth(_ A: Tensor) -> Tensor {
        A.checkMatrices("linalg.matrix_sqrth", square: true)
        A.checkFactorable("linalg.matrix_sqrth")
        return FactorNode.record("LinalgMatrixSqrthBackward0", [A]) {
            let (L, V) = eigh(A)
            return [V.matmul(L.sqrt().unsqueeze(-1).to(V.dtype) * V.mH)]
        } gradients: { c in
            [c.grads[0].map { sylvester(c.results[0], $0.hermitianPart) }]
        }[0]
    }

    /// X with `H X + X H = B` for Hermitian H.
    private static func sylvester(_ H: Tensor, _ B: Tensor) -> Tensor {
        let (L, V) = eigh(H)
        let sums = L.unsqueeze(-1) + L.unsqueeze(-2)
        return V.matmul(V.mH.matmul(B).matmul(V) / sums).matmul(V.mH)
    }

    /// `A = U H` with orthonormal columns in U (*, m, n) and Hermitian positive-semidefinite H
    /// (*, n, n), for m ≥ n.
    public static func polar(_ A: Tensor) -> (U: Tensor, H: Tensor) {
        A.checkMatrices("linalg.polar")
        check(
            A.size(-2) >= A.size(-1),
            "linalg.polar: input must have at least as many rows as columns, but got \(A.size(-2)) by \(A.size(-1)) matrices")
        A.checkFactorable("linalg.polar")
        let results = FactorNode.record("LinalgPolarBackward0", [A]) {
            let (W, S, Vh) = svd(A, fullMatrices: false)
            let H = Vh.mH.matmul(S.unsqueeze(-1).to(A.dtype) * Vh)
            return [W.matmul(Vh), (H + H.mH) * 0.5]
        } gradients: { c in
            // dA = dU H + U dH, where Uᴴ dU is skew.
            let (U, H) = (c.results[0], c.results[1])
            let gU = c.grads[0] ?? torch.zerosLike(U)
            var turn = U.mH.matmul(gU)
            let own = turn
            if let gH = c.grads[1] { turn = turn - gH.matmul(H) }
            let N = sylvester(H, turn)
            var inner = N - N.mH
            if let gH = c.grads[1] { inner = inner + gH }
            var g = U.matmul(inner)
            if U.size(-2) > U.size(-1) {
                // What of gU is outside U's columns; H is Hermitian.
                g = g + solveEx(H, gU - U.matmul(own), left: false).result
            }
            return [g]
        }
        return (results[0], results[1])
    }
}

extension torch {
    public static func cholesky(_ A: Tensor, upper: Bool = false) -> Tensor { linalg.cholesky(A, upper: upper) }
    public static func matrixPower(_ A: Tensor, _ n: Int) -> Tensor { linalg.matrixPower(A, n) }
    public static func matrixExp(_ A: Tensor) -> Tensor { linalg.matrixExp(A) }
    public static func adjoint(_ x: Tensor) -> Tensor { x.adjoint() }
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
    public func svd(some: Bool = true, computeUv: Bool = true) -> (U: Tensor, S: Tensor, V: Tensor) {
        torch.svd(self, some: some, computeUv: computeUv)
    }
    public func geqrf() -> (a: Tensor, tau: Tensor) { torch.geqrf(self) }
    public func orgqr(_ tau: Tensor) -> Tensor { torch.orgqr(self, tau) }
    public func ormqr(_ tau: Tensor, _ other: Tensor, left: Bool = true, transpose: Bool = false) -> Tensor {
        torch.ormqr(self, tau, other, left: left, transpose: transpose)
    }
    public func lu(pivot: Bool = true) -> (LU: Tensor, pivots: Tensor) { torch.lu(self, pivot: pivot) }
    public func triangularSolve(
        _ A: Tensor, upper: Bool = true, transpose: Bool = false, unitriangular: Bool = false
    ) -> (solution: Tensor, clonedCoefficient: Tensor) {
        torch.triangularSolve(self, A, upper: upper, transpose: transpose, unitriangular: unitriangular)
    }
    public func luSolve(_ LU: Tensor, _ pivots: Tensor) -> Tensor { torch.luSolve(self, LU, pivots) }
    public func matrixPower(_ n: Int) -> Tensor { torch.matrixPower(self, n) }
    public func matrixExp() -> Tensor { torch.matrixExp(self) }
}
