/// Systems of linear equations and inverses.
extension torch.linalg {
    // MARK: Triangular systems

    /// Solves `A X = B` (`X A = B` if not `left`) for triangular A, of which the other triangle is
    /// not read (nor the diagonal, taken for ones, with `unitriangular`).
    public static func solveTriangular(
        _ A: Tensor, _ B: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
    ) -> Tensor {
        A.checkMatrices("linalg.solve_triangular", square: true)
        checkSameTypes("linalg.solve_triangular", A, B)
        checkProduct("linalg.solve_triangular", A, B, left: left)
        A.checkKernel("triangular_solve_cpu")
        if !left { return solveTriangular(A.mT, B.mT, upper: !upper, unitriangular: unitriangular).mT }
        let (a, b, batch) = broadcastBatches(A, B)
        return FactorNode.record("LinalgSolveTriangularBackward0", [a, b]) {
            let work = b.columnMajor()
            a.backend.triangularSolve(a.readColumnMajor(), work, upper: upper, unitDiagonal: unitriangular)
            return [work.matrices(batch)]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil, nil] }
            let gb = solveTriangular(c.inputs[0].mH, g, upper: !upper, unitriangular: unitriangular)
            if !c.needs(0) { return [nil, gb] }
            let whole = -gb.matmul(c.results[0].mH)
            let shift = unitriangular ? 1 : 0
            return [upper ? whole.triu(shift) : whole.tril(-shift), gb]
        }[0]
    }

    static func checkSameTypes(_ name: String, _ A: Tensor, _ B: Tensor, names: (String, String) = ("A", "B")) {
        check(
            A.dtype == B.dtype,
            "\(name): Expected \(names.0) and \(names.1) to have the same dtype, but found \(names.0) of type "
                + "\(A.dtype.scalarName) and \(names.1) of type \(B.dtype.scalarName) instead")
    }

    static func checkProduct(_ name: String, _ A: Tensor, _ B: Tensor, left: Bool) {
        check(B.ndim >= 2, "\(name): The input tensor B must have at least 2 dimensions.")
        check(
            A.size(-1) == B.size(left ? -2 : -1),
            "\(name): Incompatible shapes of A and B for the equation \(left ? "AX" : "XA") = B "
                + "(\(A.size(-2))x\(A.size(-1)) and \(B.size(-2))x\(B.size(-1)))")
    }

    // MARK: Linear systems

    /// Solves `A X = B` (`X A = B` if not `left`) for square A. B is a batch of matrices, or of
    /// vectors if it has the shape of A without its last dimension. Stops where A is singular.
    public static func solve(_ A: Tensor, _ B: Tensor, left: Bool = true) -> Tensor {
        let (X, info) = solveEx(A, B, left: left)
        checkSolved("torch.linalg.solve", info)
        return X
    }

    /// The same with a status for each matrix in place of an error, unless `checkErrors`.
    public static func solveEx(
        _ A: Tensor, _ B: Tensor, left: Bool = true, checkErrors: Bool = false
    ) -> (result: Tensor, info: Tensor) {
        A.checkMatrices("linalg.solve", square: true)
        A.checkFactorable("linalg.solve")
        checkSameTypes("linalg.solve", A, B)
        let isVector = B.ndim == 1 || (A.ndim - 1 == B.ndim && B.shape == Array(A.shape.dropLast()))
        let matrices = isVector ? B.unsqueeze(-1) : B
        checkProduct("linalg.solve", A, matrices, left: left)
        let (X, info) = left ? solved(A, matrices) : solved(A.mT, matrices.mT)
        if checkErrors { checkSolved("torch.linalg.solve_ex", info) }
        let result = left ? X : X.mT
        return (isVector ? result.squeeze(-1) : result, info)
    }

    private static func checkSolved(_ name: String, _ info: Tensor) {
        info.checkStatus(name) { _ in "The solver failed because the input matrix is singular." }
    }

    private static func solved(_ A: Tensor, _ B: Tensor) -> (Tensor, Tensor) {
        // One factorization of A serves all right-hand sides that it is broadcast to, and the gradient.
        let batch = broadcastDims(Dims(B.batchShape), Dims(A.batchShape)).array
        let (n, k) = (B.size(-2), B.size(-1))
        let b = B.expand(batch + [n, k])
        func solved(_ parts: [Tensor], _ b: Tensor, adjoint: Bool) -> Tensor {
            luSolved(parts[0].expand(batch + [n, n]), parts[1].expand(batch + [n]), b, adjoint: adjoint)
        }
        let results = FactorNode.record("LinalgSolveExBackward0", [A, b]) {
            let parts = factors(A)
            return [solved(parts, b, adjoint: false), parts[2], parts[0], parts[1]]
        } gradients: { c in
            guard let g = c.grads[0] else { return [nil, nil] }
            let gb =
                GradMode.isEnabled
                ? solveEx(c.inputs[0].mH, g).result : solved([c.results[2], c.results[3]], g, adjoint: true)
            return [c.needs(0) ? -gb.matmul(c.results[0].mH) : nil, gb]
        }
        return (results[0], results[1])
    }

    /// The inverses of square matrices. Stops where one is singular.
    public static func inv(_ A: Tensor) -> Tensor {
        let (X, info) = invEx(A)
        checkInverted("linalg.inv", info)
        return X
    }

    /// The same with a status for each matrix in place of an error, unless `checkErrors`.
    public static func invEx(_ A: Tensor, checkErrors: Bool = false) -> (inverse: Tensor, info: Tensor) {
        A.checkMatrices("linalg.inv", square: true)
        A.checkFactorable("linalg.inv")
        let results = FactorNode.record("LinalgInvExBackward0", [A]) {
            let parts = factors(A)
            let unit = torch.eye(A.size(-1), dtype: A.dtype, device: A.device).expand(A.shape)
            return [luSolved(parts[0], parts[1], unit), parts[2]]
        } gradients: { c in
            let X = c.results[0].mH
            return [c.grads[0].map { -X.matmul($0).matmul(X) }]
        }
        if checkErrors { checkInverted("linalg.inv_ex", results[1]) }
        return (results[0], results[1])
    }

    private static func checkInverted(_ name: String, _ info: Tensor) {
        info.checkStatus(name) {
            "The diagonal element \($0) is zero, the inversion could not be completed because the input matrix is singular."
        }
    }

    // MARK: Systems between tensors

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
        check(ind > 0, "Expected a strictly positive integer for 'ind', but got \(ind)")
        let (left, right) = (Array(A.shape.prefix(ind)), Array(A.shape.dropFirst(ind)))
        let (m, n) = (left.reduce(1, *), right.reduce(1, *))
        check(
            m == n,
            "Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got \(n) != \(m)")
        return inv(A.reshape([m, n])).reshape(right + left)
    }
}

extension torch {
    public static func inverse(_ A: Tensor) -> Tensor { linalg.inv(A) }

    /// Solves a triangular system; also gives the matrix back, as PyTorch does.
    public static func triangularSolve(
        _ B: Tensor, _ A: Tensor, upper: Bool = true, transpose: Bool = false, unitriangular: Bool = false
    ) -> (solution: Tensor, clonedCoefficient: Tensor) {
        for (x, name) in [(B, "b"), (A, "A")] {
            check(
                x.ndim >= 2,
                "torch.triangular_solve: Expected \(name) to have at least 2 dimensions, but it has \(x.ndim) dimensions instead")
        }
        checkSystem("triangular_solve", B, A)
        let (a, b, _) = broadcastBatches(A, B)
        let X = linalg.solveTriangular(
            transpose ? a.mT : a, b, upper: upper != transpose, unitriangular: unitriangular)
        return (X, a.clone())
    }
}
