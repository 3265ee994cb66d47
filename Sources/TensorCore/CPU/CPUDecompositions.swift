internal import COpenBLAS

/// QR, singular values and eigenvalues.
extension CPUBackend {
    func qrFactor(_ a: Tensor, _ tau: Tensor) {
        let geqrf = routine(a.dtype, sgeqrf_, dgeqrf_, cgeqrf_, zgeqrf_)
        eachMatrix(a) { a, info in
            var (m, n, lda) = (Int32(a.rows), Int32(a.columns), a.leading)
            withWorkspace(tau.dtype) { work, size in
                var size = size
                geqrf(&m, &n, a.address, &lda, tau.row(a.index), work, &size, info)
            }
        }
    }

    func orthogonal(_ a: Tensor, _ tau: Tensor) {
        let orgqr = routine(a.dtype, sorgqr_, dorgqr_, cungqr_, zungqr_)
        eachMatrix(a) { a, info in
            var (m, n, k, lda) = (Int32(a.rows), Int32(a.columns), Int32(tau.dims[1]), a.leading)
            withWorkspace(tau.dtype) { work, size in
                var size = size
                orgqr(&m, &n, &k, a.address, &lda, tau.row(a.index), work, &size, info)
            }
        }
    }

    func multiplyOrthogonal(_ a: Tensor, _ tau: Tensor, _ other: Tensor, left: Bool, adjoint: Bool) {
        let ormqr = routine(a.dtype, sormqr_, dormqr_, cunmqr_, zunmqr_)
        let back = adjoint ? (a.dtype.isComplex ? "C" : "T") : "N"
        eachMatrix(other) { c, info in
            var (m, n, k, ldc) = (Int32(c.rows), Int32(c.columns), Int32(tau.dims[1]), c.leading)
            var (side, form, lda) = (letter(left ? "L" : "R"), letter(Unicode.Scalar(back)!), Int32(Swift.max(a.dims[2], 1)))
            withWorkspace(tau.dtype) { work, size in
                var size = size
                ormqr(
                    &side, &form, &m, &n, &k, a.row(c.index), &lda, tau.row(c.index), c.address, &ldc, work, &size, info)
            }
        }
    }

    func svd(_ a: Tensor, _ values: Tensor, _ u: Tensor?, _ vh: Tensor?, _ info: Tensor) {
        let type = a.dtype
        eachMatrix(a, info) { a, info in
            var (m, n, lda) = (Int32(a.rows), Int32(a.columns), a.leading)
            let (small, large) = (Swift.min(a.rows, a.columns), Swift.max(a.rows, a.columns))
            // All vectors, or as many as there are values.
            var job = u == nil ? letter("N") : letter(u!.dims[1] == a.rows && vh!.dims[2] == a.columns ? "A" : "S")
            var (ldu, ldv) = (Int32(Swift.max(u?.dims[2] ?? 1, 1)), Int32(Swift.max(vh?.dims[2] ?? 1, 1)))
            var integers = [Int32](repeating: 0, count: 8 * small)
            let (s, left, right) = (values.row(a.index), u?.row(a.index), vh?.row(a.index))
            // What LAPACK's documentation of `rwork` asks for at most.
            var reals = [Double](
                repeating: 0, count: type.isComplex ? small * Swift.max(5 * small + 7, 2 * large + 2 * small + 1) : 0)
            withWorkspace(type) { work, size in
                var size = size
                if type.isComplex {
                    (type == .complex64 ? cgesdd_ : zgesdd_)(
                        &job, &m, &n, a.address, &lda, s, left, &ldu, right, &ldv, work, &size, &reals, &integers, info)
                } else {
                    (type == .float32 ? sgesdd_ : dgesdd_)(
                        &job, &m, &n, a.address, &lda, s, left, &ldu, right, &ldv, work, &size, &integers, info)
                }
            }
        }
    }

    func eigh(_ a: Tensor, upper: Bool, _ values: Tensor, vectors: Bool, _ info: Tensor) {
        let type = a.dtype
        eachMatrix(a, info) { a, info in
            var (n, job, uplo) = (Int32(a.columns), letter(vectors ? "V" : "N"), triangle(upper))
            let count = a.columns
            var integers = [Int32](repeating: 0, count: 3 + 5 * count)
            var integerCount = Int32(integers.count)
            var reals = [Double](repeating: 0, count: type.isComplex ? 1 + 5 * count + 2 * count * count : 0)
            var realCount = Int32(reals.count)
            let w = values.row(a.index)
            withWorkspace(type) { work, size in
                var size = size
                if type.isComplex {
                    (type == .complex64 ? cheevd_ : zheevd_)(
                        &job, &uplo, &n, a.address, &n, w, work, &size, &reals, &realCount, &integers, &integerCount,
                        info)
                } else {
                    (type == .float32 ? ssyevd_ : dsyevd_)(
                        &job, &uplo, &n, a.address, &n, w, work, &size, &integers, &integerCount, info)
                }
            }
        }
    }

    func eig(_ a: Tensor, _ values: Tensor, _ vectors: Tensor?, _ info: Tensor) {
        switch a.dtype {
        case .float32: realEig(a, values, vectors, info, Float.self)
        case .float64: realEig(a, values, vectors, info, Double.self)
        default: complexEig(a, values, vectors, info)
        }
    }

    private func complexEig(_ a: Tensor, _ values: Tensor, _ vectors: Tensor?, _ info: Tensor) {
        let type = a.dtype
        eachMatrix(a, info) { a, info in
            var (n, none, job, one) = (Int32(a.columns), letter("N"), letter(vectors == nil ? "N" : "V"), Int32(1))
            var reals = [Double](repeating: 0, count: 2 * a.columns)
            let (w, v) = (values.row(a.index), vectors?.row(a.index))
            withWorkspace(type) { work, size in
                var size = size
                (type == .complex64 ? cgeev_ : zgeev_)(
                    &none, &job, &n, a.address, &n, w, nil, &one, v, &n, work, &size, &reals, info)
            }
        }
    }

    /// LAPACK gives real and imaginary parts apart. A conjugate pair's first vector is `u + iv`,
    /// with u and v in the pair's two columns; its second is the conjugate.
    private func realEig<Part: BinaryFloatingPoint & BitwiseCopyable>(
        _ a: Tensor, _ values: Tensor, _ vectors: Tensor?, _ info: Tensor, _ part: Part.Type
    ) {
        let type = a.dtype
        let geev = type == .float32 ? sgeev_ : dgeev_
        eachMatrix(a, info) { a, info in
            let count = a.columns
            var (n, none, job, one) = (Int32(count), letter("N"), letter(vectors == nil ? "N" : "V"), Int32(1))
            var (re, im) = ([Part](repeating: 0, count: count), [Part](repeating: 0, count: count))
            var columns = [Part](repeating: 0, count: vectors == nil ? 1 : count * count)
            withWorkspace(type) { work, size in
                var size = size
                geev(&none, &job, &n, a.address, &n, &re, &im, nil, &one, &columns, &n, work, &size, info)
            }
            let w = values.row(a.index).assumingMemoryBound(to: Part.self)
            for i in 0..<count { (w[2 * i], w[2 * i + 1]) = (re[i], im[i]) }
            guard let v = vectors?.row(a.index).assumingMemoryBound(to: Part.self) else { return }
            for j in 0..<count {
                // The pair's first column, and whether this is its second.
                let (first, sign): (Int, Part) = im[j] < 0 ? (j - 1, -1) : (j, 1)
                for i in 0..<count {
                    let place = 2 * (j * count + i)
                    v[place] = columns[first * count + i]
                    v[place + 1] = im[j] == 0 ? 0 : sign * columns[(first + 1) * count + i]
                }
            }
        }
    }
}
