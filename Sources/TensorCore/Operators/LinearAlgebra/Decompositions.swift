/// QR, singular values and eigenvalues.
extension torch.linalg {
    /// `A = Q R` with orthonormal columns in Q and upper triangular R.
    /// - Parameter mode: `reduced` (Q m × k, k = min(m, n)), `complete` (m × m) or `r` (Q empty).
    public static func qr(_ A: Tensor, mode: String = "reduced") -> (Q: Tensor, R: Tensor) {
        A.checkMatrices("linalg.qr")
        check(
            ["reduced", "complete", "r"].contains(mode),
            "qr received unrecognized mode '\(mode)' but expected one of 'reduced' (default), 'r', or 'complete'")
        let (m, n) = (A.size(-2), A.size(-1))
        let k = Swift.min(m, n)
        let results = FactorNode.record("LinalgQrBackward0", [A]) {
            let work = A.columnMajor()
            let tau = Tensor(empty: [work.dims[0], k], A.dtype, A.backend)
            A.backend.qrFactor(work, tau)
            let columns = mode == "complete" ? m : k
            let R = work.matrices(A.batchShape).narrow(-2, 0, mode == "complete" ? m : k).upperPart()
            if mode == "r" { return [A.newEmpty([0]), R] }
            let room = torch.zeros(A.batchShape + [m, columns], dtype: A.dtype, device: A.device)
            let held = Swift.min(columns, n)
            room.narrow(-1, 0, held).copy_(work.matrices(A.batchShape).narrow(-1, 0, held))
            let vectors = room.columnMajor()
            A.backend.orthogonal(vectors, tau)
            return [vectors.matrices(A.batchShape), R]
        } gradients: { c in
            check(
                mode != "r",
                "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use "
                    + "linalg.qr(A, mode='reduced') if you are going to require the derivatives of the R factor.")
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
        let X = (gR.matmul(R.mH) - Q.mH.matmul(gQ)).upperPart()
        let symmetric = X + X.mH - X.matrixDiagonal.onDiagonal()
        return solveTriangular(R.mH, gQ + Q.matmul(symmetric), upper: false, left: false)
    }

    /// `A = U diag(S) Vh` with the singular values in descending order. Without `fullMatrices` U has
    /// min(m, n) columns and Vh as many rows.
    public static func svd(_ A: Tensor, fullMatrices: Bool = true) -> (U: Tensor, S: Tensor, Vh: Tensor) {
        A.checkMatrices("linalg.svd")
        let (m, n) = (A.size(-2), A.size(-1))
        let k = Swift.min(m, n)
        let results = FactorNode.record("LinalgSvdBackward0", [A]) {
            let work = A.columnMajor()
            let count = work.dims[0]
            let (rows, columns) = fullMatrices ? (m, n) : (k, k)
            let S = Tensor(empty: [count, k], A.dtype.real, A.backend)
            // Column by column: (B, columns of U, m) and (B, n, rows of Vh).
            let U = Tensor(empty: [count, rows, m], A.dtype, A.backend)
            let Vh = Tensor(empty: [count, n, columns], A.dtype, A.backend)
            let info = Tensor(empty: [count], .int32, A.backend)
            A.backend.svd(work, S, U, Vh, info)
            info.rows(A.batchShape).checkStatus("linalg.svd") {
                "The algorithm failed to converge because the input matrix is ill-conditioned or has too many "
                    + "repeated singular values (error code: \($0))."
            }
            return [U.matrices(A.batchShape), S.rows(A.batchShape), Vh.matrices(A.batchShape)]
        } gradients: { c in
            [svdGradient(
                c.results[0].narrow(-1, 0, k), c.results[1], c.results[2].narrow(-2, 0, k),
                c.grads[0]?.narrow(-1, 0, k), c.grads[1], c.grads[2]?.narrow(-2, 0, k))]
        }
        return (results[0], results[1], results[2])
    }

    private static func svdGradient(
        _ U: Tensor, _ S: Tensor, _ Vh: Tensor, _ gU: Tensor?, _ gS: Tensor?, _ gVh: Tensor?
    ) -> Tensor {
        if gU == nil, gVh == nil { return U.matmul(gS!.unsqueeze(-1).to(U.dtype) * Vh) }
        func skew(_ x: Tensor) -> Tensor { x - x.mH }
        let (m, n, k) = (U.size(-2), Vh.size(-1), S.size(-1))
        let (own, across) = (S.unsqueeze(-2), S.unsqueeze(-1))
        let unit = torch.eye(k, dtype: S.dtype, device: S.device)
        let gaps = (own * own - across * across) * (1 - unit) + unit
        var middle = (gS ?? torch.zerosLike(S)).onDiagonal().to(U.dtype)
        let left = gU.map { skew(U.mH.matmul($0)) }
        if let left {
            middle = middle + left / gaps * own
            if U.dtype.isComplex { middle = middle + (left.matrixDiagonal / (S * 2)).onDiagonal() }
        }
        if let gVh { middle = middle + across * (skew(Vh.matmul(gVh.mH)) / gaps) }
        var g = U.matmul(middle).matmul(Vh)
        if let gU, m > k {
            let scaled = gU / own
            g = g + (scaled - U.matmul(U.mH.matmul(scaled))).matmul(Vh)
        }
        if let gVh, n > k {
            let scaled = gVh / across
            g = g + U.matmul(scaled - scaled.matmul(Vh.mH).matmul(Vh))
        }
        return g
    }

    /// The singular values in descending order.
    public static func svdvals(_ A: Tensor) -> Tensor { svd(A, fullMatrices: false).S }

    /// The eigenvalues (ascending) and eigenvectors (columns) of Hermitian matrices, of which the
    /// triangle that `UPLO` names, `L` or `U`, is read.
    public static func eigh(_ A: Tensor, UPLO: String = "L") -> (eigenvalues: Tensor, eigenvectors: Tensor) {
        A.checkMatrices("linalg.eigh", square: true)
        check(
            ["L", "U"].contains(UPLO.uppercased()),
            "Expected UPLO argument to be 'L' or 'U', but got \(UPLO)")
        let results = FactorNode.record("LinalgEighBackward0", [A]) {
            let work = A.columnMajor()
            let values = Tensor(empty: [work.dims[0], work.dims[1]], A.dtype.real, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.eigh(work, upper: UPLO.uppercased() == "U", values, vectors: true, info)
            info.rows(A.batchShape).checkStatus("linalg.eigh") {
                "The algorithm failed to converge because the input matrix is ill-conditioned or has too many "
                    + "repeated eigenvalues (error code: \($0))."
            }
            return [values.rows(A.batchShape), work.matrices(A.batchShape)]
        } gradients: { c in
            let (L, V) = (c.results[0], c.results[1])
            guard let gV = c.grads[1] else {
                return [c.grads[0].map { V.matmul($0.unsqueeze(-1).to(V.dtype) * V.mH) }]
            }
            let unit = torch.eye(L.size(-1), dtype: L.dtype, device: L.device)
            let gaps = (L.unsqueeze(-2) - L.unsqueeze(-1)) * (1 - unit) + unit
            var middle = V.mH.matmul(gV) / gaps * (1 - unit)
            if let gL = c.grads[0] { middle = middle + gL.onDiagonal() }
            return [V.matmul(middle).matmul(V.mH)]
        }
        return (results[0], results[1])
    }

    /// The eigenvalues of Hermitian matrices in ascending order.
    public static func eigvalsh(_ A: Tensor, UPLO: String = "L") -> Tensor { eigh(A, UPLO: UPLO).eigenvalues }

    /// The complex eigenvalues and eigenvectors (columns, of length 1) of square matrices.
    public static func eig(_ A: Tensor) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
        A.checkMatrices("linalg.eig", square: true)
        let results = FactorNode.record("LinalgEigBackward0", [A]) {
            let work = A.detach().to(A.dtype.complex).columnMajor()
            let values = Tensor(empty: [work.dims[0], work.dims[1]], work.dtype, A.backend)
            let vectors = Tensor(empty: work.dims, work.dtype, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.eig(work, values, vectors, info)
            info.rows(A.batchShape).checkStatus("linalg.eig") {
                "The algorithm failed to converge because the input matrix is ill-conditioned or has too many "
                    + "repeated eigenvalues (error code: \($0))."
            }
            return [values.rows(A.batchShape), vectors.matrices(A.batchShape)]
        } gradients: { c in
            let (L, V) = (c.results[0], c.results[1])
            let unit = torch.eye(L.size(-1), dtype: L.dtype, device: L.device)
            var middle = (c.grads[0] ?? torch.zerosLike(L)).onDiagonal()
            if let gV = c.grads[1] {
                let inner = V.mH.matmul(gV)
                let diagonal = inner.matrixDiagonal
                let lengths = V.mH.matmul(V) * ((diagonal + diagonal.conj()) * 0.5).unsqueeze(-2)
                let gaps = (L.unsqueeze(-2) - L.unsqueeze(-1)).conj() * (1 - unit) + unit
                middle = middle + (inner - lengths) / gaps * (1 - unit)
            }
            let g = solve(V.mH, middle.matmul(V.mH))
            return [A.dtype.isComplex ? g : g.to(A.dtype)]
        }
        return (results[0], results[1])
    }

    /// The complex eigenvalues of square matrices.
    public static func eigvals(_ A: Tensor) -> Tensor { eig(A).eigenvalues }
}
