/// Factors by Cholesky and LU, and the equations they solve.
extension torch.linalg {
    // MARK: Cholesky

    /// The triangular factor L with `L Lᴴ = A` of Hermitian positive-definite matrices; with
    /// `upper`, its conjugate transpose.
    public static func cholesky(_ A: Tensor, upper: Bool = false) -> Tensor {
        let (L, info) = factor("linalg.cholesky", A, upper)
        info.checkStatus("linalg.cholesky") {
            "The factorization could not be completed because the input is not positive-definite (the leading "
                + "minor of order \($0) is not positive-definite)."
        }
        return L
    }

    /// The same with a status for each matrix (int32, 0 for success) in place of an error.
    public static func choleskyEx(_ A: Tensor, upper: Bool = false, checkErrors: Bool = false) -> (L: Tensor, info: Tensor) {
        checkErrors ? (cholesky(A, upper: upper), torch.zeros(A.batchShape, dtype: .int32)) : factor("linalg.cholesky_ex", A, upper)
    }

    private static func factor(_ name: String, _ A: Tensor, _ upper: Bool) -> (L: Tensor, info: Tensor) {
        A.checkMatrices(name, square: true)
        let results = FactorNode.record("LinalgCholeskyExBackward0", [A]) {
            let work = A.columnMajor()
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.cholesky(work, upper: upper, info)
            let whole = work.matrices(A.batchShape)
            return [upper ? whole.upperPart() : whole.lowerPart(), info.rows(A.batchShape)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil] }
            let L = upper ? c.results[0].mH : c.results[0]
            let phi = L.mH.matmul(upper ? g.mH : g).lowerPart()
            let middle = (phi + phi.lowerPart(-1).mH) * 0.5
            let right = solveTriangular(L.mH, middle, upper: true)
            return [solveTriangular(L, right, upper: false, left: false)]
        }
        return (results[0], results[1])
    }

    // MARK: Triangular systems

    /// Solves `A X = B` (`X A = B` if not `left`) for triangular A, of which the other triangle is
    /// not read (nor the diagonal, taken for ones, with `unitriangular`).
    public static func solveTriangular(
        _ A: Tensor, _ B: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
    ) -> Tensor {
        A.checkMatrices("linalg.solve_triangular", square: true)
        checkSameTypes("linalg.solve_triangular", A, B)
        if !left {
            return solveTriangular(A.mT, B.mT, upper: !upper, unitriangular: unitriangular).mT
        }
        checkProduct("linalg.solve_triangular", A, B)
        let batch = broadcastDims(Dims(A.batchShape), Dims(B.batchShape)).array
        let (n, k) = (B.size(-2), B.size(-1))
        let (a, b) = (A.expand(batch + [n, n]), B.expand(batch + [n, k]))
        return FactorNode.record("LinalgSolveTriangularBackward0", [a, b]) {
            let work = b.columnMajor()
            a.backend.triangularSolve(a.columnMajor(), work, upper: upper, unitDiagonal: unitriangular)
            return [work.matrices(batch)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil, nil] }
            let gb = solveTriangular(c.inputs[0].mH, g, upper: !upper, unitriangular: unitriangular)
            if !c.needs(0) { return [nil, gb] }
            let whole = -gb.matmul(c.results[0].mH)
            let shift = unitriangular ? 1 : 0
            return [upper ? whole.upperPart(shift) : whole.lowerPart(-shift), gb]
        }[0]
    }

    private static func checkSameTypes(_ name: String, _ A: Tensor, _ B: Tensor) {
        check(
            A.dtype == B.dtype,
            "\(name): Expected A and B to have the same dtype, but found A of type \(A.dtype.scalarName) and B of "
                + "type \(B.dtype.scalarName) instead")
    }

    private static func checkProduct(_ name: String, _ A: Tensor, _ B: Tensor) {
        check(B.ndim >= 2, "\(name): The input tensor B must have at least 2 dimensions.")
        check(
            A.size(-1) == B.size(-2),
            "\(name): Incompatible shapes of A and B for the equation AX = B (\(A.size(-2))x\(A.size(-1)) and "
                + "\(B.size(-2))x\(B.size(-1)))")
    }

    // MARK: LU

    /// L and U of `P A = L U` with what `luFactor` tells beside them; the gradient is theirs.
    static func luParts(_ name: String, _ A: Tensor) -> (L: Tensor, U: Tensor, pivots: Tensor, info: Tensor) {
        A.checkMatrices(name)
        let (m, n) = (A.size(-2), A.size(-1))
        let k = Swift.min(m, n)
        let results = FactorNode.record("LinalgLuBackward0", [A]) {
            let work = A.columnMajor()
            let pivots = Tensor(empty: [work.dims[0], k], .int32, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.luFactor(work, pivots, info)
            let whole = work.matrices(A.batchShape)
            let unit = torch.eye(m, k, dtype: A.dtype, device: A.device)
            return [
                whole.narrow(-1, 0, k).lowerPart(-1) + unit, whole.narrow(-2, 0, k).upperPart(),
                pivots.rows(A.batchShape), info.rows(A.batchShape),
            ]
        } gradients: { c in
            let (L, U) = (c.results[0], c.results[1])
            let (gL, gU) = (c.grads[0] ?? torch.zerosLike(L), c.grads[1] ?? torch.zerosLike(U))
            let order = permutation(c.results[2], rows: m)
            let P = permutationMatrix(order, L.dtype)
            let (L1, U1) = (L.narrow(-2, 0, k), U.narrow(-1, 0, k))
            func inner(_ lower: Tensor, _ upper: Tensor) -> Tensor {
                let middle = lower.lowerPart(-1) + upper.upperPart()
                let left = solveTriangular(L1.mH, middle, upper: true, unitriangular: true)
                return solveTriangular(U1.mH, left, upper: false, left: false)
            }
            var g: Tensor
            if m > k {
                let (gL1, gL2) = (gL.narrow(-2, 0, k), gL.narrow(-2, k, m - k))
                let L2 = L.narrow(-2, k, m - k)
                g = torch.cat(
                    [
                        inner(L1.mH.matmul(gL1), gU.matmul(U.mH) - L2.mH.matmul(gL2)),
                        solveTriangular(U1.mH, gL2, upper: false, left: false),
                    ], dim: -2)
            } else {
                let gU1 = gU.narrow(-1, 0, k)
                let (U2, gU2) = (U.narrow(-1, k, n - k), gU.narrow(-1, k, n - k))
                g = inner(L1.mH.matmul(gL) - gU2.matmul(U2.mH), gU1.matmul(U1.mH))
                if n > k {
                    g = torch.cat([g, solveTriangular(L1.mH, gU2, upper: true, unitriangular: true)], dim: -1)
                }
            }
            g = P.matmul(g)
            return [g]
        }
        return (results[0], results[1], results[2], results[3])
    }

    /// Where each row of `L U` came from, from LAPACK's exchanges: (*, m), int64.
    static func permutation(_ pivots: Tensor, rows m: Int) -> Tensor {
        let k = pivots.size(-1)
        let batch = Array(pivots.shape.dropLast())
        if pivots.device.type == .meta { return torch.empty(batch + [m], dtype: .int64, device: pivots.device) }
        let exchanges: [Int] = pivots.to(.int64).reshape([-1]).array()
        var all: [Int] = []
        for start in 0..<batch.reduce(1, *) {
            var order = Array(0..<m)
            for i in 0..<k { order.swapAt(i, exchanges[start * k + i] - 1) }
            all += order
        }
        return Tensor(all, shape: batch + [m])
    }

    /// P with `A = P L U`.
    static func permutationMatrix(_ order: Tensor, _ type: DType) -> Tensor {
        (torch.arange(order.size(-1)).to(order.device).unsqueeze(-1) == order.unsqueeze(-2)).to(type)
    }

    /// P, L and U with `A = P L U`.
    public static func lu(_ A: Tensor, pivot: Bool = true) -> (P: Tensor, L: Tensor, U: Tensor) {
        check(pivot, "linalg.lu: LU without pivoting is not implemented on the CPU")
        let parts = luParts("linalg.lu", A)
        return (permutationMatrix(permutation(parts.pivots, rows: A.size(-2)), A.dtype), parts.L, parts.U)
    }

    /// L (without its ones) and U in one matrix, and the exchanges of rows (int32, from 1).
    public static func luFactor(_ A: Tensor, pivot: Bool = true) -> (LU: Tensor, pivots: Tensor) {
        let result = luFactorEx(A, pivot: pivot)
        result.info.checkStatus("torch.linalg.lu_factor") {
            "U[\($0),\($0)] is zero and using it on lu_solve would result in a division by zero. If you still want "
                + "to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)"
        }
        return (result.LU, result.pivots)
    }

    /// The same with a status for each matrix in place of an error.
    public static func luFactorEx(_ A: Tensor, pivot: Bool = true) -> (LU: Tensor, pivots: Tensor, info: Tensor) {
        check(pivot, "linalg.lu_factor: LU without pivoting is not implemented on the CPU")
        let parts = luParts("torch.linalg.lu_factor", A)
        let (m, n) = (A.size(-2), A.size(-1))
        func widened(_ x: Tensor, _ rows: Int, _ columns: Int) -> Tensor {
            var shape = x.shape
            (shape[shape.count - 2], shape[shape.count - 1]) = (rows, columns)
            return x.newZeros(shape)
        }
        let lower = parts.L.lowerPart(-1)
        let L = n > m ? torch.cat([lower, widened(lower, m, n - m)], dim: -1) : lower
        let U = m > n ? torch.cat([parts.U, widened(parts.U, m - n, n)], dim: -2) : parts.U
        return (L + U, parts.pivots, parts.info)
    }

    /// Solves `A X = B` (`X A = B` if not `left`; with Aᴴ if `adjoint`) from `luFactor`'s results.
    public static func luSolve(
        _ LU: Tensor, _ pivots: Tensor, _ B: Tensor, left: Bool = true, adjoint: Bool = false
    ) -> Tensor {
        LU.checkMatrices("torch.linalg.lu_solve", square: true)
        if !left { return luSolve(LU, pivots, B.mH, adjoint: !adjoint).mH }
        checkProduct("torch.linalg.lu_solve", LU, B)
        let P = permutationMatrix(permutation(pivots, rows: LU.size(-1)), LU.dtype)
        if adjoint {
            let y = solveTriangular(LU.mH, B, upper: false)
            return P.matmul(solveTriangular(LU.mH, y, upper: true, unitriangular: true))
        }
        let y = solveTriangular(LU, P.mT.matmul(B), upper: false, unitriangular: true)
        return solveTriangular(LU, y, upper: true)
    }

    // MARK: Linear systems

    /// Solves `A X = B` (`X A = B` if not `left`) for square A. B is a batch of matrices, or of
    /// vectors if it has the shape of A without its last dimension.
    public static func solve(_ A: Tensor, _ B: Tensor, left: Bool = true) -> Tensor {
        let (X, info) = solveEx(A, B, left: left)
        info.checkStatus("torch.linalg.solve") { _ in "The solver failed because the input matrix is singular." }
        return X
    }

    /// The same with a status for each matrix in place of an error.
    public static func solveEx(_ A: Tensor, _ B: Tensor, left: Bool = true) -> (result: Tensor, info: Tensor) {
        A.checkMatrices("linalg.solve", square: true)
        checkSameTypes("linalg.solve", A, B)
        let isVector = B.ndim == 1 || (A.ndim - 1 == B.ndim && B.shape == Array(A.shape.dropLast()))
        if isVector {
            check(left, "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False.")
            let (X, info) = solveEx(A, B.unsqueeze(-1))
            return (X.squeeze(-1), info)
        }
        if !left {
            let (X, info) = solveEx(A.mT, B.mT)
            return (X.mT, info)
        }
        checkProduct("linalg.solve", A, B)
        let batch = broadcastDims(Dims(A.batchShape), Dims(B.batchShape)).array
        let (n, k) = (B.size(-2), B.size(-1))
        let b = B.expand(batch + [n, k])
        let results = FactorNode.record("LinalgSolveExBackward0", [A, b]) {
            let factors = luFactorEx(A)
            let shape = batch + [n, n]
            let order = factors.pivots.expand(batch + [n])
            return [luSolve(factors.LU.expand(shape), order, b), factors.info]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil, nil] }
            let gb = solve(c.inputs[0].mH, g)
            return [c.needs(0) ? -gb.matmul(c.results[0].mH) : nil, gb]
        }
        return (results[0], results[1])
    }

    /// The inverses of square matrices.
    public static func inv(_ A: Tensor) -> Tensor {
        let (X, info) = invEx(A)
        info.checkStatus("linalg.inv") {
            "The diagonal element \($0) is zero, the inversion could not be completed because the input matrix is singular."
        }
        return X
    }

    /// The same with a status for each matrix in place of an error.
    public static func invEx(_ A: Tensor, checkErrors: Bool = false) -> (inverse: Tensor, info: Tensor) {
        A.checkMatrices("linalg.inv", square: true)
        if checkErrors { return (inv(A), torch.zeros(A.batchShape, dtype: .int32)) }
        let results = FactorNode.record("LinalgInvExBackward0", [A]) {
            let factors = luFactorEx(A)
            let unit = torch.eye(A.size(-1), dtype: A.dtype, device: A.device).expand(A.shape)
            return [luSolve(factors.LU, factors.pivots, unit), factors.info]
        } gradients: { c in
            let X = c.results[0].mH
            return [c.grads[0].map { -X.matmul($0).matmul(X) }]
        }
        return (results[0], results[1])
    }

    // MARK: Determinants

    /// The determinants of square matrices.
    public static func det(_ A: Tensor) -> Tensor {
        A.checkMatrices("linalg.det", square: true)
        return FactorNode.record("LinalgDetBackward0", [A]) {
            let factors = luFactorEx(A)
            return [factors.LU.matrixDiagonal.prod(dim: -1) * sign(of: factors.pivots).to(A.dtype)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil] }
            let weight = (g * c.results[0].conj()).unsqueeze(-1).unsqueeze(-1)
            return [inv(c.inputs[0]).mH * weight]
        }[0]
    }

    /// −1 where an odd number of rows was exchanged, else 1.
    private static func sign(of pivots: Tensor) -> Tensor {
        let own = torch.arange(pivots.size(-1)).to(pivots.device) + 1
        let count = (pivots.to(.int64) != own).sum(dim: -1)
        return 1 - (count % 2) * 2
    }

    /// The determinants' signs (complex numbers of magnitude 1) and the logarithms of their magnitudes.
    public static func slogdet(_ A: Tensor) -> (sign: Tensor, logabsdet: Tensor) {
        A.checkMatrices("linalg.slogdet", square: true)
        let results = FactorNode.record("LinalgSlogdetBackward0", [A]) {
            let factors = luFactorEx(A)
            let diagonal = factors.LU.matrixDiagonal
            return [
                diagonal.sgn().prod(dim: -1) * sign(of: factors.pivots).to(A.dtype), diagonal.abs().log().sum(dim: -1),
            ]
        } gradients: { c in
            var weight = c.grads[1]
            if let g = c.grads[0], c.inputs[0].dtype.isComplex {
                let turn = g.conj() * c.results[0]
                let part = (turn.conj() - turn) * 0.5
                weight = weight.map { $0 + part } ?? part
            }
            return [weight.map { inv(c.inputs[0]).mH * $0.unsqueeze(-1).unsqueeze(-1) }]
        }
        return (results[0], results[1])
    }

    /// Solves `tensordot(A, X, X.ndim) = B`; `dims` of A move to its end first.
    public static func tensorsolve(_ A: Tensor, _ B: Tensor, dims: [Int]? = nil) -> Tensor {
        var a = A
        for (i, dim) in (dims ?? []).map({ A.normalized($0) }).enumerated() {
            // Those moved before leave their places.
            let shift = dims![..<i].count { A.normalized($0) < dim }
            a = a.movedim(dim - shift, -1)
        }
        let rest = Array(a.shape[B.ndim...])
        let size = rest.reduce(1, *)
        check(
            size == B.numel,
            "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), "
                + "but got \(size) != \(B.numel)")
        return solve(a.reshape([B.numel, size]), B.flatten()).reshape(rest)
    }

    /// The inverse of `A` as a map between tensors of its first `ind` dimensions and of the others.
    public static func tensorinv(_ A: Tensor, ind: Int = 2) -> Tensor {
        check(ind > 0, "Expected a strictly positive integer for 'ind'")
        let (left, right) = (Array(A.shape.prefix(ind)), Array(A.shape.dropFirst(ind)))
        let (m, n) = (left.reduce(1, *), right.reduce(1, *))
        check(
            m == n,
            "Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got \(n) != \(m)")
        return inv(A.reshape([m, n])).reshape(right + left)
    }
}
