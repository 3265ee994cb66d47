/// Factors of symmetric and Hermitian matrices that need not be positive-definite.
extension torch.linalg {
    /// L and D of `A = L D Lᵀ` (`L D Lᴴ` if `hermitian`) in one matrix, of which the lower triangle
    /// of A is read, and the exchanges of rows (int32).
    public static func ldlFactor(_ A: Tensor, hermitian: Bool = false) -> (LD: Tensor, pivots: Tensor) {
        let result = ldlFactorEx(A, hermitian: hermitian)
        checkFactor("torch.linalg.ldl_factor", result.info)
        return (result.LD, result.pivots)
    }

    /// The same with a status for each matrix in place of an error, unless `checkErrors`.
    public static func ldlFactorEx(
        _ A: Tensor, hermitian: Bool = false, checkErrors: Bool = false
    ) -> (LD: Tensor, pivots: Tensor, info: Tensor) {
        A.checkMatrices("torch.linalg.ldl_factor_ex", square: true)
        A.checkFactorable("torch.linalg.ldl_factor_ex")
        let results = FactorNode.record("NotImplemented", [A]) {
            let work = A.columnMajor()
            let pivots = Tensor(empty: [work.dims[0], work.dims[1]], .int32, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.ldlFactor(work, pivots, hermitian: hermitian, info)
            return [work.matrices(A.batchShape).tril(), pivots.rows(A.batchShape), info.rows(A.batchShape)]
        } gradients: { _ in
            fail("derivative for aten::linalg_ldl_factor_ex is not implemented")
        }
        if checkErrors { checkFactor("torch.linalg.ldl_factor_ex", results[2]) }
        return (results[0], results[1], results[2])
    }

    private static func checkFactor(_ name: String, _ info: Tensor) {
        info.checkStatus(name, .runtimeError) {
            "D[\($0),\($0)] is zero and using it in ldl_solve would result in a division by zero."
        }
    }

    /// Solves `A X = B` from `ldlFactor`'s results.
    public static func ldlSolve(_ LD: Tensor, _ pivots: Tensor, _ B: Tensor, hermitian: Bool = false) -> Tensor {
        LD.checkMatrices("torch.linalg.ldl_solve", square: true)
        LD.checkFactorable("torch.linalg.ldl_solve")
        check(
            pivots.shape == Array(LD.shape.dropLast()),
            "torch.linalg.ldl_solve: Expected LD.shape[:-1] and pivots.shape to be the same, but got pivots with "
                + "shape \(pivots.shape) instead")
        check(
            pivots.dtype.isIntegral && pivots.dtype != .bool,
            "torch.linalg.ldl_solve: Expected pivots to be integers. Got \(pivots.dtype.scalarName)")
        torch.checkSystem("torch.linalg.ldl_solve", B, LD)
        let (ld, b, batch) = broadcastBatches(LD, B)
        let order = pivots.to(.int32).expand(batch + [LD.size(-1)])
        return FactorNode.record("NotImplemented", [ld, b]) {
            let work = b.columnMajor()
            b.backend.ldlSolve(ld.readColumnMajor(), order.contiguousRows(), work, hermitian: hermitian)
            return [work.matrices(batch)]
        } gradients: { _ in
            fail("derivative for aten::linalg_ldl_solve is not implemented")
        }[0]
    }
}
