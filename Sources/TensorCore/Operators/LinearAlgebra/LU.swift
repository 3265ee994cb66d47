/// LU factors with exchanges of rows, and the equations they solve.
extension torch.linalg {
    /// L (without its ones) and U in one matrix, and the exchanges of rows (int32, from 1). Stops
    /// where U has a zero on its diagonal.
    public static func luFactor(_ A: Tensor, pivot: Bool = true) -> (LU: Tensor, pivots: Tensor) {
        let result = luFactorEx(A, pivot: pivot)
        checkFactor("torch.linalg.lu_factor", result.info)
        return (result.LU, result.pivots)
    }

    /// The same with a status for each matrix in place of an error, unless `checkErrors`.
    public static func luFactorEx(
        _ A: Tensor, pivot: Bool = true, checkErrors: Bool = false
    ) -> (LU: Tensor, pivots: Tensor, info: Tensor) {
        checkOperand("torch.lu_factor", A, pivot)
        let (m, n) = (A.size(-2), A.size(-1))
        let results = FactorNode.record("LinalgLuFactorExBackward0", [A]) {
            factors(A)
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil] }
            let k = Swift.min(m, n)
            let (L, U) = (unitLower(c.results[0], k), c.results[0].narrow(-2, 0, k).triu())
            return [luGradient(L, U, c.results[1], g.narrow(-1, 0, k), g.narrow(-2, 0, k))]
        }
        if checkErrors { checkFactor("torch.linalg.lu_factor_ex", results[2]) }
        return (results[0], results[1], results[2])
    }

    /// P, L and U with `A = P L U`.
    public static func lu(_ A: Tensor, pivot: Bool = true) -> (P: Tensor, L: Tensor, U: Tensor) {
        checkOperand("linalg.lu", A, pivot)
        let k = Swift.min(A.size(-2), A.size(-1))
        let results = FactorNode.record("LinalgLuBackward0", [A]) {
            let parts = factors(A)
            return [unitLower(parts[0], k), parts[0].narrow(-2, 0, k).triu(), parts[1]]
        } gradients: { c in
            [luGradient(c.results[0], c.results[1], c.results[2], c.grads[0], c.grads[1])]
        }
        let P = permutationMatrix(permutation(results[2], rows: A.size(-2)), A.dtype)
        return (P, results[0], results[1])
    }

    /// LU, pivots and status, without history.
    static func factors(_ A: Tensor) -> [Tensor] {
        let work = A.columnMajor()
        let pivots = Tensor(empty: [work.dims[0], Swift.min(A.size(-2), A.size(-1))], .int32, A.backend)
        let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
        A.backend.luFactor(work, pivots, info)
        return [work.matrices(A.batchShape), pivots.rows(A.batchShape), info.rows(A.batchShape)]
    }

    /// L with its ones, of the first `k` columns.
    fileprivate static func unitLower(_ LU: Tensor, _ k: Int) -> Tensor {
        LU.narrow(-1, 0, k).tril(-1) + torch.eye(LU.size(-2), k, dtype: LU.dtype, device: LU.device)
    }

    private static func checkOperand(_ name: String, _ A: Tensor, _ pivot: Bool) {
        check(A.ndim >= 2, "\(name): Expected tensor with 2 or more dimensions. Got size: \(A.shape) instead")
        check(pivot, "linalg.lu_factor: LU without pivoting is not implemented on the CPU")
        A.checkKernel("lu_cpu")
    }

    private static func checkFactor(_ name: String, _ info: Tensor) {
        info.checkStatus(name, .runtimeError) {
            "U[\($0),\($0)] is zero and using it on lu_solve would result in a division by zero. If you still want "
                + "to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)"
        }
    }

    /// The gradient of A given those of L, whose diagonal and upper part count for nothing, and of U,
    /// whose lower part does.
    private static func luGradient(_ L: Tensor, _ U: Tensor, _ pivots: Tensor, _ gL: Tensor?, _ gU: Tensor?) -> Tensor {
        let (m, n, k) = (L.size(-2), U.size(-1), L.size(-1))
        let (gL, gU) = ((gL ?? torch.zerosLike(L)).tril(-1), (gU ?? torch.zerosLike(U)).triu())
        let (L1, U1) = (L.narrow(-2, 0, k), U.narrow(-1, 0, k))
        func inner(_ lower: Tensor, _ upper: Tensor) -> Tensor {
            let middle = lower.tril(-1) + upper.triu()
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
        return permutationMatrix(permutation(pivots, rows: m), L.dtype).matmul(g)
    }

    /// Where each row of `L U` came from, from LAPACK's exchanges: (*, m), int64.
    static func permutation(_ pivots: Tensor, rows m: Int) -> Tensor {
        let k = pivots.size(-1)
        let batch = Array(pivots.shape.dropLast())
        if pivots.device.type == .meta { return torch.empty(batch + [m], dtype: .int64, device: pivots.device) }
        let order = torch.arange(m).expand(batch + [m]).clone()
        let exchanges = pivots.contiguousRows()
        exchanges.withUnsafeMutableValues(as: Int32.self) { exchanges in
            order.withUnsafeMutableValues(as: Int.self) { order in
                for start in 0..<batch.reduce(1, *) {
                    for i in 0..<k { order.swapAt(start * m + i, start * m + Int(exchanges[start * k + i]) - 1) }
                }
            }
        }
        return order
    }

    /// P with `A = P L U`.
    static func permutationMatrix(_ order: Tensor, _ type: DType) -> Tensor {
        (torch.arange(order.size(-1), device: order.device).unsqueeze(-1) == order.unsqueeze(-2)).to(type)
    }

    /// Solves `A X = B` (`X A = B` if not `left`; with Aᴴ if `adjoint`) from `luFactor`'s results.
    public static func luSolve(
        _ LU: Tensor, _ pivots: Tensor, _ B: Tensor, left: Bool = true, adjoint: Bool = false
    ) -> Tensor {
        LU.checkMatrices("torch.linalg.lu_solve", square: true)
        check(pivots.dtype == .int32, "linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32")
        check(
            pivots.size(-1) == LU.size(-1),
            "linalg.lu_solve: Number of pivots per batch should be same as the dimension of the matrix")
        check(
            pivots.shape == Array(LU.shape.dropLast()),
            "linalg.lu_solve: Expected LU.shape[:-1] and pivots.shape to be the same, but got pivots with shape "
                + "\(pivots.shape) instead")
        checkSameTypes("linalg.lu_solve", LU, B, names: ("LU", "B"))
        checkProduct("linalg.lu_solve", LU, B, left: left)
        LU.checkKernel("lu_solve_cpu")
        // X A = B is Aᴴ Xᴴ = Bᴴ.
        if !left { return luSolve(LU, pivots, B.mH, adjoint: !adjoint).mH }
        let (lu, b, batch) = broadcastBatches(LU, B)
        let order = pivots.expand(batch + [LU.size(-1)])
        return FactorNode.record("LinalgLuSolveBackward0", [lu, b]) {
            [luSolved(lu, order, b, adjoint: adjoint)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil, nil] }
            let (LU, X) = (c.inputs[0], c.results[0])
            let gb = luSolve(LU, order, g, adjoint: !adjoint)
            if !c.needs(0) { return [nil, gb] }
            let k = LU.size(-1)
            let (L, U) = (unitLower(LU, k), LU.triu())
            // The gradient of P L U, whose rows P puts back.
            let whole = adjoint ? -X.matmul(gb.mH) : -gb.matmul(X.mH)
            let R = permutationMatrix(permutation(order, rows: k), LU.dtype).mT.matmul(whole)
            return [R.matmul(U.mH).tril(-1) + L.mH.matmul(R).triu(), gb]
        }[0]
    }

    /// The solution, without history; LU and pivots have B's batch shape.
    static func luSolved(_ LU: Tensor, _ pivots: Tensor, _ B: Tensor, adjoint: Bool = false) -> Tensor {
        let work = B.columnMajor()
        B.backend.luSolve(LU.readColumnMajor(), pivots.contiguousRows(), work, adjoint: adjoint)
        return work.matrices(B.batchShape)
    }
}

extension torch {
    public static func luSolve(_ B: Tensor, _ LU: Tensor, _ pivots: Tensor) -> Tensor { linalg.luSolve(LU, pivots, B) }

    /// The packed LU factors and exchanges of rows, as `linalg.luFactorEx` gives them.
    public static func lu(_ A: Tensor, pivot: Bool = true) -> (LU: Tensor, pivots: Tensor) {
        let result = linalg.luFactorEx(A, pivot: pivot)
        return (result.LU, result.pivots)
    }
    /// The same with each matrix's status, 0 for success.
    public static func lu(_ A: Tensor, pivot: Bool = true, getInfos: Bool) -> (LU: Tensor, pivots: Tensor, infos: Tensor) {
        let result = linalg.luFactorEx(A, pivot: pivot)
        return (result.LU, result.pivots, result.info)
    }

    /// P, L and U from `linalg.luFactor`'s results; what is not to be unpacked is empty.
    public static func luUnpack(
        _ LU: Tensor, _ pivots: Tensor, unpackData: Bool = true, unpackPivots: Bool = true
    ) -> (P: Tensor, L: Tensor, U: Tensor) {
        check(
            LU.ndim >= 2,
            "torch.lu_unpack: Expected tensor with 2 or more dimensions. Got size: \(LU.shape) instead")
        check(
            !unpackPivots || pivots.dtype == .int32,
            "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\n"
                + "Note: this function is intended to be used with the output produced by torch.linalg.lu_factor")
        let (m, n) = (LU.size(-2), LU.size(-1))
        let k = Swift.min(m, n)
        let expected = LU.batchShape + [k]
        check(
            !unpackPivots || pivots.shape == expected,
            "Expected LU_pivots to have shape \(expected) but got \(pivots.shape) instead.", .valueError)
        let P =
            unpackPivots
            ? linalg.permutationMatrix(linalg.permutation(pivots, rows: m), LU.dtype) : LU.newEmpty([0])
        if !unpackData { return (P, LU.newEmpty([0]), LU.newEmpty([0])) }
        let results = FactorNode.record("LuUnpackBackward0", [LU]) {
            [linalg.unitLower(LU.detach(), k), LU.detach().narrow(-2, 0, k).triu()]
        } gradients: { c in
            let gL = c.grads[0].map { $0.tril(-1).widened(m, n) }
            let gU = c.grads[1].map { $0.triu().widened(m, n) }
            guard let gL, let gU else { return [gL ?? gU] }
            return [gL + gU]
        }
        return (P, results[0], results[1])
    }
}
