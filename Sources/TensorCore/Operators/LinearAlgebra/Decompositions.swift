/// Singular values and eigenvalues.
extension torch.linalg {
    /// `A = U diag(S) Vh` with the singular values in descending order. Without `fullMatrices` U has
    /// min(m, n) columns and Vh as many rows. `driver` chooses among algorithms on other devices.
    public static func svd(
        _ A: Tensor, fullMatrices: Bool = true, driver: String? = nil
    ) -> (U: Tensor, S: Tensor, Vh: Tensor) {
        check(
            driver == nil,
            "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend.")
        let results = svd(A, fullMatrices: fullMatrices, vectors: true)
        return (results[0], results[1], results[2])
    }

    /// The singular values in descending order.
    public static func svdvals(_ A: Tensor) -> Tensor {
        // The gradient needs the vectors.
        svd(A, fullMatrices: false, vectors: GradMode.isEnabled && A.node != nil)[1]
    }

    /// U, S and Vh; without `vectors` the first and the last are empty.
    private static func svd(_ A: Tensor, fullMatrices: Bool, vectors: Bool) -> [Tensor] {
        A.checkMatrices("linalg.svd")
        A.checkFactorable("linalg.svd")
        let (m, n) = (A.size(-2), A.size(-1))
        let k = Swift.min(m, n)
        return FactorNode.record("LinalgSvdBackward0", [A]) {
            let work = A.columnMajor()
            let count = work.dims[0]
            let (rows, columns) = fullMatrices ? (m, n) : (k, k)
            let S = Tensor(empty: [count, k], A.dtype.real, A.backend)
            // Column by column: (B, columns of U, m) and (B, n, rows of Vh).
            let U = Tensor(empty: vectors ? [count, rows, m] : [0], A.dtype, A.backend)
            let Vh = Tensor(empty: vectors ? [count, n, columns] : [0], A.dtype, A.backend)
            let info = Tensor(empty: [count], .int32, A.backend)
            A.backend.svd(work, S, vectors ? U : nil, vectors ? Vh : nil, info)
            info.rows(A.batchShape).checkStatus("linalg.svd") { code in
                "The algorithm failed to converge because the input matrix "
                    + (code < 0
                        ? "contained non-finite values."
                        : "is ill-conditioned or has too many repeated singular values (error code: \(code)).")
            }
            if !vectors { return [U, S.rows(A.batchShape), Vh] }
            if k == 0 {
                for x in [U, Vh] { x.copy_(torch.eye(x.dims[1], x.dims[2], dtype: A.dtype, device: A.device)) }
            }
            return [U.matrices(A.batchShape), S.rows(A.batchShape), Vh.matrices(A.batchShape)]
        } gradients: { c in
            if !c.grads.contains(where: { $0 != nil }) { return [nil] }
            return [
                svdGradient(
                    c.results[0].narrow(-1, 0, k), c.results[1], c.results[2].narrow(-2, 0, k),
                    c.grads[0]?.narrow(-1, 0, k), c.grads[1], c.grads[2]?.narrow(-2, 0, k))
            ]
        }
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
        var middle = (gS ?? torch.zerosLike(S)).diagEmbed().to(U.dtype)
        let left = gU.map { skew(U.mH.matmul($0)) }
        let right = gVh.map { skew(Vh.matmul($0.mH)) }
        checkPhases(
            left, right,
            "svd_backward: The singular vectors in the complex case are specified up to multiplication by e^{i phi}. "
                + "The specified loss function depends on this phase term, making it ill-defined.")
        if let left {
            middle = middle + left / gaps * own
            if U.dtype.isComplex { middle = middle + (left.matrixDiagonal / (S * 2)).diagEmbed() }
        }
        if let right { middle = middle + across * (right / gaps) }
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

    /// The eigenvalues (ascending) and eigenvectors (columns) of Hermitian matrices, of which the
    /// triangle that `UPLO` names, `L` or `U`, is read.
    public static func eigh(_ A: Tensor, UPLO: String = "L") -> (eigenvalues: Tensor, eigenvectors: Tensor) {
        let results = eigh(A, UPLO, vectors: true)
        return (results[0], results[1])
    }

    /// The eigenvalues of Hermitian matrices in ascending order.
    public static func eigvalsh(_ A: Tensor, UPLO: String = "L") -> Tensor {
        eigh(A, UPLO, vectors: GradMode.isEnabled && A.node != nil)[0]
    }

    private static func eigh(_ A: Tensor, _ UPLO: String, vectors: Bool) -> [Tensor] {
        A.checkMatrices("linalg.eigh", square: true)
        A.checkFactorable("linalg.eigh")
        check(
            ["L", "U"].contains(UPLO.uppercased()),
            "Expected UPLO argument to be 'L' or 'U', but got \(UPLO)")
        return FactorNode.record("LinalgEighBackward0", [A]) {
            let work = A.columnMajor()
            let values = Tensor(empty: [work.dims[0], work.dims[1]], A.dtype.real, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.eigh(work, upper: UPLO.uppercased() == "U", values, vectors: vectors, info)
            checkEigenvalues("linalg.eigh", info.rows(A.batchShape))
            return [values.rows(A.batchShape), vectors ? work.matrices(A.batchShape) : A.newEmpty([0])]
        } gradients: { c in
            let (L, V) = (c.results[0], c.results[1])
            guard let gV = c.grads[1] else {
                return [c.grads[0].map { V.matmul($0.unsqueeze(-1).to(V.dtype) * V.mH) }]
            }
            let unit = torch.eye(L.size(-1), dtype: L.dtype, device: L.device)
            let gaps = (L.unsqueeze(-2) - L.unsqueeze(-1)) * (1 - unit) + unit
            let inner = V.mH.matmul(gV)
            checkPhases(inner, nil, eigenvectorPhases("linalg_eigh_backward"))
            var middle = inner / gaps * (1 - unit)
            if let gL = c.grads[0] { middle = middle + gL.diagEmbed() }
            return [V.matmul(middle).matmul(V.mH).hermitianPart]
        }
    }

    /// Stops with `message` if complex vectors' gradients would change them by a phase: what the
    /// imaginary parts on the diagonals tell, which must cancel.
    private static func checkPhases(_ first: Tensor?, _ second: Tensor?, _ message: @autoclosure () -> String) {
        let phases = [first, second].compactMap { $0?.detach() }
        guard let any = phases.first, any.dtype.isComplex, any.device.type != .meta, any.numel > 0 else { return }
        let parts = phases.map(\.matrixDiagonal.imag)
        let rest = parts.dropFirst().reduce(parts[0], +).abs()
        let allowed = phases.count == 1 ? torch.zerosLike(rest) + 0.01 : parts[1].abs() * 0.01 + 0.01
        check(Bool((rest <= allowed).all()), message())
    }

    private static func eigenvectorPhases(_ name: String) -> String {
        "\(name): The eigenvectors in the complex case are specified up to multiplication by e^{i phi}. The specified "
            + "loss function depends on this quantity, so it is ill-defined."
    }

    private static func checkEigenvalues(_ name: String, _ info: Tensor) {
        info.checkStatus(name) {
            "The algorithm failed to converge because the input matrix is ill-conditioned or has too many "
                + "repeated eigenvalues (error code: \($0))."
        }
    }

    /// The complex eigenvalues and eigenvectors (columns, of length 1) of square matrices.
    public static func eig(_ A: Tensor) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
        let results = eig("linalg.eig", A, vectors: true)
        return (results[0], results[1])
    }

    /// The complex eigenvalues of square matrices.
    public static func eigvals(_ A: Tensor) -> Tensor {
        eig("linalg.eigvals", A, vectors: GradMode.isEnabled && A.node != nil)[0]
    }

    private static func eig(_ name: String, _ A: Tensor, vectors: Bool) -> [Tensor] {
        A.checkMatrices(name, square: true)
        check(A.dtype.isDifferentiable, "Unknown Complex ScalarType for \(A.dtype.scalarName)")
        A.checkFactorable(name)
        check(
            A.device.type == .meta || Bool(A.detach().isfinite().all()),
            "torch.linalg.eig: input tensor should not contain infs or NaNs.")
        return FactorNode.record("LinalgEigBackward0", [A]) {
            let work = A.columnMajor()
            let type = A.dtype.complex
            let values = Tensor(empty: [work.dims[0], work.dims[1]], type, A.backend)
            let own = Tensor(empty: vectors ? work.dims : [0], type, A.backend)
            let info = Tensor(empty: [work.dims[0]], .int32, A.backend)
            A.backend.eig(work, values, vectors ? own : nil, info)
            checkEigenvalues(name, info.rows(A.batchShape))
            return [values.rows(A.batchShape), vectors ? own.matrices(A.batchShape) : own]
        } gradients: { c in
            let (L, V) = (c.results[0], c.results[1])
            let unit = torch.eye(L.size(-1), dtype: L.dtype, device: L.device)
            var middle = (c.grads[0] ?? torch.zerosLike(L)).diagEmbed()
            if let gV = c.grads[1] {
                let inner = V.mH.matmul(gV)
                checkPhases(inner, nil, eigenvectorPhases("linalg_eig_backward"))
                let diagonal = inner.matrixDiagonal
                let lengths = V.mH.matmul(V) * ((diagonal + diagonal.conj()) * 0.5).unsqueeze(-2)
                let gaps = (L.unsqueeze(-2) - L.unsqueeze(-1)).conj() * (1 - unit) + unit
                middle = middle + (inner - lengths) / gaps * (1 - unit)
            }
            let g = solve(V.mH, middle.matmul(V.mH))
            return [A.dtype.isComplex ? g : g.real]
        }
    }
}

extension torch {
    /// `A = U diag(S) Vᴴ`: V itself, not its adjoint as of `linalg.svd`. Without `computeUv` U
    /// (m × m) and V (n × n) are zero.
    public static func svd(_ A: Tensor, some: Bool = true, computeUv: Bool = true) -> (U: Tensor, S: Tensor, V: Tensor) {
        check(A.ndim >= 2, "linalg.svd: input should have at least 2 dimensions, but has \(A.ndim) dimensions instead")
        if !computeUv {
            func nothing(_ n: Int) -> Tensor { A.newZeros(A.batchShape + [n, n]) }
            return (nothing(A.size(-2)), linalg.svdvals(A), nothing(A.size(-1)))
        }
        let (U, S, Vh) = linalg.svd(A, fullMatrices: !some)
        return (U, S, Vh.mH)
    }

    /// A singular value decomposition of rank `q` that is close to that of `A` (of `A − M`), from
    /// random vectors and `niter` iterations: U (*, m, q), S (*, q) and V (*, n, q). (Halko et al.,
    /// 2009, algorithm 5.1.)
    public static func svdLowrank(_ A: Tensor, q: Int = 6, niter: Int = 2, M: Tensor? = nil) -> (U: Tensor, S: Tensor, V: Tensor) {
        var a = M.map { A - $0 } ?? A
        let isWide = a.size(-2) < a.size(-1)
        if isWide { a = a.mH }
        var Q = linalg.qr(a.matmul(torch.randn([a.size(-1), q], dtype: A.dtype).to(A.device))).Q
        for _ in 0..<niter {
            Q = linalg.qr(a.mH.matmul(Q)).Q
            Q = linalg.qr(a.matmul(Q)).Q
        }
        let (U, S, Vh) = linalg.svd(Q.mH.matmul(a), fullMatrices: false)
        let (left, right) = (Q.matmul(U), Vh.mH)
        return isWide ? (right, S, left) : (left, S, right)
    }

    /// The principal components of the rows of `A` (*, m, n): `svdLowrank` of rank `q` (at most 6, m
    /// and n by default) of `A` less, with `center`, its rows' mean.
    public static func pcaLowrank(
        _ A: Tensor, q: Int? = nil, center: Bool = true, niter: Int = 2
    ) -> (U: Tensor, S: Tensor, V: Tensor) {
        let small = Swift.min(A.size(-2), A.size(-1))
        let rank = q ?? Swift.min(6, small)
        check(
            rank >= 0 && rank <= small,
            "q(=\(rank)) must be non-negative integer and not greater than min(m, n)=\(small)", .valueError)
        check(niter >= 0, "niter(=\(niter)) must be non-negative integer", .valueError)
        return svdLowrank(center ? A - A.mean(dim: [-2], keepdim: true) : A, q: rank, niter: niter)
    }
}
