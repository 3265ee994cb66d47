/// QR factors, and products of the Householder reflections they are made of.
extension torch.linalg {
    /// `A = Q R` with orthonormal columns in Q and upper triangular R.
    /// - Parameter mode: `reduced` (Q m × k, k = min(m, n)), `complete` (m × m) or `r` (Q empty).
    public static func qr(_ A: Tensor, mode: String = "reduced") -> (Q: Tensor, R: Tensor) {
        A.checkMatrices("linalg.qr")
        A.checkFactorable("linalg.qr")
        check(
            ["reduced", "complete", "r"].contains(mode),
            "qr received unrecognized mode '\(mode)' but expected one of 'reduced' (default), 'r', or 'complete'")
        let (m, n) = (A.size(-2), A.size(-1))
        let k = Swift.min(m, n)
        let columns = mode == "complete" ? m : k
        let results = FactorNode.record("LinalgQrBackward0", [A]) {
            let (work, tau) = reflections(A)
            let R = work.matrices(A.batchShape).narrow(-2, 0, columns).triu()
            if mode == "r" { return [A.newEmpty([0]), R] }
            // Q has room for all its columns; the reflections are in the first of them.
            let vectors = Tensor(empty: [work.dims[0], columns, m], A.dtype, A.backend)
            let held = Swift.min(columns, n)
            vectors.narrow(1, 0, held).copy_(work.narrow(1, 0, held))
            if columns > held { vectors.narrow(1, held, columns - held).fill_(0) }
            A.backend.orthogonal(vectors, tau)
            if k == 0 { vectors.copy_(torch.eye(columns, m, dtype: A.dtype, device: A.device)) }
            return [vectors.matrices(A.batchShape), R]
        } gradients: { c in
            check(
                mode != "r",
                "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use "
                    + "linalg.qr(A, mode='reduced') if you are going to differentiate through linalg.qr.")
            check(
                mode == "reduced" || m <= n,
                "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.")
            return [qrGradient(c.inputs[0], c.results[0], c.results[1], c.grads[0], c.grads[1])]
        }
        return (results[0], results[1])
    }

    private static func qrGradient(_ A: Tensor, _ Q: Tensor, _ R: Tensor, _ gQ: Tensor?, _ gR: Tensor?) -> Tensor {
        let (m, n) = (A.size(-2), A.size(-1))
        let (gQ, gR) = (gQ ?? torch.zerosLike(Q), gR ?? torch.zerosLike(R))
        if m < n {
            // R = [R1 R2] with R2 = Qᴴ A2: the gradient of a square matrix's QR, and A2's own.
            let (A2, gR2) = (A.narrow(-1, m, n - m), gR.narrow(-1, m, n - m))
            let first = qrGradient(
                A.narrow(-1, 0, m), Q, R.narrow(-1, 0, m), gQ + A2.matmul(gR2.mH), gR.narrow(-1, 0, m))
            return torch.cat([first, Q.matmul(gR2)], dim: -1)
        }
        let X = (gR.matmul(R.mH) - Q.mH.matmul(gQ)).triu()
        let diagonal = X.matrixDiagonal
        let symmetric = X + X.mH - (diagonal.dtype.isComplex ? diagonal.real : diagonal).to(X.dtype).diagEmbed()
        return solveTriangular(R.mH, gQ + Q.matmul(symmetric), upper: false, left: false)
    }

    /// R with the Householder vectors below it, column by column, and their factors.
    fileprivate static func reflections(_ A: Tensor) -> (Tensor, Tensor) {
        let work = A.columnMajor()
        let tau = Tensor(empty: [work.dims[0], Swift.min(A.size(-2), A.size(-1))], A.dtype, A.backend)
        A.backend.qrFactor(work, tau)
        return (work, tau)
    }

    /// The first n columns of the product of the reflections `1 − tauᵢ vᵢ vᵢᴴ`: vᵢ are the columns of
    /// `A` (*, m, n) below the diagonal, which counts as 1; `tau` is (*, k) with k ≤ n ≤ m.
    public static func householderProduct(_ A: Tensor, _ tau: Tensor) -> Tensor {
        let name = "torch.linalg.householder_product"
        check(A.ndim >= 2, "\(name): input must have at least 2 dimensions.")
        check(A.size(-2) >= A.size(-1), "\(name): input.shape[-2] must be greater than or equal to input.shape[-1]")
        check(A.size(-1) >= tau.size(-1), "\(name): input.shape[-1] must be greater than or equal to tau.shape[-1]")
        checkFactors(name, A, tau)
        check(
            A.dtype == tau.dtype,
            "\(name): tau dtype \(tau.dtype.scalarName) does not match input dtype \(A.dtype.scalarName)")
        A.checkKernel("orgqr_cpu")
        return FormulaNode.record("LinalgHouseholderProductBackward0", [A, tau]) {
            let work = A.columnMajor()
            A.backend.orthogonal(work, tau.contiguousRows())
            if tau.numel == 0 { work.copy_(torch.eye(A.size(-1), A.size(-2), dtype: A.dtype, device: A.device)) }
            return work.matrices(A.batchShape)
        } gradients: { g, c in
            let unit = torch.eye(A.size(-2), A.size(-1), dtype: A.dtype, device: A.device)
            return reflectionGradients(c.saved[0], c.saved[1], unit.expand(A.shape), g)
        }
    }

    fileprivate static func checkFactors(_ name: String, _ A: Tensor, _ tau: Tensor) {
        check(
            A.ndim - tau.ndim == 1,
            "\(name): Expected tau to have one dimension less than input, but got tau.ndim equal to \(tau.ndim) and "
                + "input.ndim is equal to \(A.ndim)")
        let batch = Array(tau.shape.dropLast())
        check(
            batch == A.batchShape,
            "\(name): Expected batch dimensions of tau to be equal to input.shape[:-2], but got \(batch)")
    }

    /// The gradients of the vectors in `A` and of `tau` where the reflections' product with `X` has
    /// the gradient `g`.
    fileprivate static func reflectionGradients(_ A: Tensor, _ tau: Tensor, _ X: Tensor, _ g: Tensor) -> [Tensor] {
        let (m, k) = (A.size(-2), tau.size(-1))
        if k == 0 { return [torch.zerosLike(A), torch.zerosLike(tau)] }
        let unit = torch.eye(m, k, dtype: A.dtype, device: A.device)
        let vectors = A.narrow(-1, 0, k).tril(-1) + unit
        func vector(_ i: Int) -> Tensor { vectors.narrow(-1, i, 1) }
        func factor(_ i: Int) -> Tensor { tau.narrow(-1, i, 1).unsqueeze(-1) }
        // What the reflections after each one make of X.
        var after = [X]
        for i in (1..<k).reversed() {
            let (v, x) = (vector(i), after[after.count - 1])
            after.append(x - factor(i) * v.matmul(v.mH.matmul(x)))
        }
        // What the adjoints of those before each one make of the gradient.
        var before = g
        var (vectorGradients, factorGradients): ([Tensor], [Tensor]) = ([], [])
        for i in 0..<k {
            let (v, t, x) = (vector(i), factor(i).conj(), after[k - 1 - i])
            let (gx, xg) = (before.matmul(x.mH.matmul(v)), x.matmul(before.mH.matmul(v)))
            factorGradients.append(-v.mH.matmul(gx).squeeze(-1))
            vectorGradients.append(-(t * gx) - factor(i) * xg)
            before = before - t * v.matmul(v.mH.matmul(before))
        }
        let whole = torch.cat(vectorGradients, dim: -1).tril(-1)
        return [whole.widened(m, A.size(-1)), torch.cat(factorGradients, dim: -1)]
    }
}

extension torch {
    /// R and, below it, the vectors of the Householder reflections; and the reflections' factors.
    public static func geqrf(_ A: Tensor) -> (a: Tensor, tau: Tensor) {
        check(A.ndim >= 2, "torch.geqrf: input must have at least 2 dimensions.")
        A.checkKernel("geqrf_cpu")
        let results = FactorNode.record("GeqrfBackward0", [A]) {
            let (work, tau) = linalg.reflections(A)
            return [work.matrices(A.batchShape), tau.rows(A.batchShape)]
        } gradients: { _ in
            fail("the derivative for 'geqrf' is not implemented.", .notImplemented)
        }
        return (results[0], results[1])
    }

    public static func orgqr(_ A: Tensor, _ tau: Tensor) -> Tensor { linalg.householderProduct(A, tau) }

    /// `other` multiplied with the square matrix Q of `geqrf`'s results: `Q other`, or `other Q` if
    /// not `left`; with `transpose` the conjugate transpose of Q.
    public static func ormqr(
        _ A: Tensor, _ tau: Tensor, _ other: Tensor, left: Bool = true, transpose: Bool = false
    ) -> Tensor {
        let name = "torch.ormqr"
        check(A.ndim >= 2, "\(name): input must have at least 2 dimensions.")
        check(other.ndim >= 2, "\(name): other must have at least 2 dimensions.")
        let side = left ? -2 : -1
        check(
            other.size(side) >= tau.size(-1),
            "\(name): other.shape[\(side)] must be greater than or equal to tau.shape[-1]")
        check(
            tau.size(-1) == Swift.min(other.size(side), A.size(-1)),
            "\(name): tau.shape[-1] must be equal to min(other.shape[\(side)], input.shape[-1])")
        check(
            other.size(side) == A.size(-2), "\(name): other.shape[\(side)] must be equal to input.shape[-2]")
        linalg.checkFactors(name, A, tau)
        check(
            A.ndim == other.ndim,
            "\(name): Expected other to have the same number of dimensions as input, but got other.ndim equal to "
                + "\(other.ndim) and input.ndim is equal to \(A.ndim)")
        check(
            other.batchShape == A.batchShape,
            "\(name): Expected batch dimensions of other to be equal to input.shape[:-2], but got \(other.batchShape)")
        for (x, what) in [(tau, "tau"), (other, "other")] {
            check(
                x.dtype == A.dtype,
                "\(name): Expected input and \(what) to have the same dtype, but input has dtype\(A.dtype.scalarName) "
                    + "and \(what) has dtype \(x.dtype.scalarName)")
        }
        A.checkKernel("ormqr_cpu")
        return FormulaNode.record("OrmqrBackward0", [A, tau, other]) {
            let work = other.columnMajor()
            A.backend.multiplyOrthogonal(
                A.readColumnMajor(), tau.contiguousRows(), work, left: left, adjoint: transpose)
            return work.matrices(other.batchShape)
        } gradients: { g, c in
            let (A, tau, other) = (c.saved[0], c.saved[1], c.saved[2])
            let own = c.needs(2) ? ormqr(A, tau, g, left: left, transpose: !transpose) : nil
            if !c.needs(0), !c.needs(1) { return [nil, nil, own] }
            // `other Q` is the adjoint of `Qᴴ otherᴴ`; `Qᴴ X` has the gradient that `Q g` has for X.
            let (x, h) = left ? (other, g) : (other.mH, g.mH)
            let gradients =
                left == transpose
                ? linalg.reflectionGradients(A, tau, h, x) : linalg.reflectionGradients(A, tau, x, h)
            return [gradients[0], gradients[1], own]
        }
    }

    public static func qr(_ A: Tensor, some: Bool = true) -> (Q: Tensor, R: Tensor) {
        linalg.qr(A, mode: some ? "reduced" : "complete")
    }
}
