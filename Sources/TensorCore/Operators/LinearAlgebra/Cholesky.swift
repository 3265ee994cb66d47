/// Cholesky factors, and what is made of them.
extension torch.linalg {
    /// The triangular factor L with `L Lᴴ = A` of Hermitian positive-definite matrices; with
    /// `upper`, its conjugate transpose. Stops where a matrix is not positive-definite.
    public static func cholesky(_ A: Tensor, upper: Bool = false) -> Tensor {
        let (L, info) = choleskyEx(A, upper: upper)
        checkPositiveDefinite("linalg.cholesky", info)
        return L
    }

    /// The same with a status for each matrix (int32, 0 for success) in place of an error, unless
    /// `checkErrors`.
    public static func choleskyEx(_ A: Tensor, upper: Bool = false, checkErrors: Bool = false) -> (L: Tensor, info: Tensor) {
        A.checkMatrices("linalg.cholesky", square: true)
        check(
            A.dtype.isDifferentiable,
            "linalg.cholesky: Expected a floating point or complex tensor as input. Got \(A.dtype.scalarName)",
            .notImplemented)
        A.checkKernel("cholesky_cpu")
        let results = FactorNode.record("LinalgCholeskyExBackward0", [A]) {
            let work = A.columnMajor()
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.cholesky(work, upper: upper, info)
            let whole = work.matrices(A.batchShape)
            return [upper ? whole.triu() : whole.tril(), info.rows(A.batchShape)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil] }
            let L = upper ? c.results[0].mH : c.results[0]
            let phi = L.mH.matmul(upper ? g.mH : g).tril()
            let middle = (phi + phi.tril(-1).mH) * 0.5
            let right = solveTriangular(L.mH, middle, upper: true)
            return [solveTriangular(L, right, upper: false, left: false)]
        }
        if checkErrors { checkPositiveDefinite("linalg.cholesky_ex", results[1]) }
        return (results[0], results[1])
    }

    private static func checkPositiveDefinite(_ name: String, _ info: Tensor) {
        info.checkStatus(name) {
            "The factorization could not be completed because the input is not positive-definite (the leading "
                + "minor of order \($0) is not positive-definite)."
        }
    }
}

extension torch {
    /// Solves `A X = B` from the Cholesky factor of A, of which the triangle that `upper` names is read.
    public static func choleskySolve(_ B: Tensor, _ L: Tensor, upper: Bool = false) -> Tensor {
        check(B.ndim >= 2, "b should have at least 2 dimensions, but has \(B.ndim) dimensions instead")
        check(L.ndim >= 2, "u should have at least 2 dimensions, but has \(L.ndim) dimensions instead")
        checkSystem("cholesky_solve", B, L)
        let (l, b, batch) = broadcastBatches(L, B)
        return FormulaNode.record("CholeskySolveBackward0", [b, l]) {
            let work = b.columnMajor()
            l.backend.choleskySolve(l.readColumnMajor(), work, upper: upper)
            return work.matrices(batch)
        } gradients: { g, c in
            let gb = choleskySolve(g, c.saved[1], upper: upper)
            if !c.needs(1) { return [gb, nil] }
            // With A = L Lᴴ the gradient of A is −gb Xᴴ.
            let whole = gb.matmul(choleskySolve(c.saved[0], c.saved[1], upper: upper).mH)
            let both = -(whole + whole.mH)
            // As in PyTorch the other triangle has a gradient too, though its values are not read.
            return [gb, upper ? c.saved[1].matmul(both) : both.matmul(c.saved[1])]
        }
    }

    /// The inverse of A from its Cholesky factor.
    public static func choleskyInverse(_ L: Tensor, upper: Bool = false) -> Tensor {
        L.checkMatrices("cholesky_inverse", square: true)
        L.checkKernel("cholesky_inverse_out_cpu")
        return FormulaNode.record("CholeskyInverseBackward0", [L]) {
            let work = torch.eye(L.size(-1), dtype: L.dtype, device: L.device).expand(L.shape).columnMajor()
            L.backend.choleskySolve(L.readColumnMajor(), work, upper: upper)
            return work.matrices(L.batchShape)
        } gradients: { g, c in
            let L = c.saved[0]
            let inverse = choleskyInverse(L, upper: upper)
            let middle = -inverse.matmul(g + g.mH).matmul(inverse)
            return [upper ? L.matmul(middle) : middle.matmul(L)]
        }
    }

    /// Stops unless `A X = b` is a system of equations.
    static func checkSystem(_ name: String, _ b: Tensor, _ A: Tensor) {
        check(
            b.dtype == A.dtype,
            "Expected b and A to have the same dtype, but found b of type \(b.dtype.scalarName) and A of type "
                + "\(A.dtype.scalarName) instead.")
        check(
            A.size(-1) == A.size(-2),
            "A must be batches of square matrices, but they are \(A.size(-2)) by \(A.size(-1)) matrices")
        check(
            A.size(-2) == b.size(-2),
            "Incompatible matrix sizes for \(name): each A matrix is \(A.size(-1)) by \(A.size(-1)) but each b matrix "
                + "is \(b.size(-2)) by \(b.size(-1))")
        A.checkKernel(name + "_cpu")
    }
}
