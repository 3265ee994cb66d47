internal import COpenBLAS

/// Factorizations by LAPACK, a batch's matrices shared among the threads.
extension CPUBackend {
    func cholesky(_ a: Tensor, upper: Bool, _ info: Tensor) {
        let potrf = routine(a.dtype, spotrf_, dpotrf_, cpotrf_, zpotrf_)
        eachMatrix(a, info) { a, info in
            var (n, uplo) = (Int32(a.columns), triangle(upper))
            potrf(&uplo, &n, a.address, &n, info)
        }
    }

    func luFactor(_ a: Tensor, _ pivots: Tensor, _ info: Tensor) {
        let getrf = routine(a.dtype, sgetrf_, dgetrf_, cgetrf_, zgetrf_)
        eachMatrix(a, info) { a, info in
            var (m, n, lda) = (Int32(a.rows), Int32(a.columns), a.leading)
            getrf(&m, &n, a.address, &lda, pivots.int32s! + a.index * pivots.dims[1], info)
        }
    }

    func triangularSolve(_ a: Tensor, _ b: Tensor, upper: Bool, unitDiagonal: Bool) {
        let (uplo, diagonal) = (upper ? CblasUpper : CblasLower, unitDiagonal ? CblasUnit : CblasNonUnit)
        eachMatrix(b) { b, _ in
            let (m, n) = (Int32(b.rows), Int32(b.columns))
            let left = a.address! + b.index * a.dims[1] * a.dims[2] * a.dtype.size
            switch a.dtype {
            case .float32:
                cblas_strsm(
                    CblasColMajor, CblasLeft, uplo, CblasNoTrans, diagonal, m, n, 1,
                    left.assumingMemoryBound(to: Float.self), b.leading, b.address.assumingMemoryBound(to: Float.self),
                    b.leading)
            case .float64:
                cblas_dtrsm(
                    CblasColMajor, CblasLeft, uplo, CblasNoTrans, diagonal, m, n, 1,
                    left.assumingMemoryBound(to: Double.self), b.leading,
                    b.address.assumingMemoryBound(to: Double.self), b.leading)
            case .complex64:
                let one: [Float] = [1, 0]
                cblas_ctrsm(
                    CblasColMajor, CblasLeft, uplo, CblasNoTrans, diagonal, m, n, one, left, b.leading, b.address,
                    b.leading)
            default:
                let one: [Double] = [1, 0]
                cblas_ztrsm(
                    CblasColMajor, CblasLeft, uplo, CblasNoTrans, diagonal, m, n, one, left, b.leading, b.address,
                    b.leading)
            }
        }
    }

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

    /// Calls `body` for each matrix of a batch with what is to hold its status: an element of
    /// `info`, or nowhere if the routine cannot fail.
    private func eachMatrix(
        _ a: Tensor, _ info: Tensor? = nil, _ body: (MatrixPlace, UnsafeMutablePointer<Int32>) -> Void
    ) {
        _ = singleThreadedBLAS
        if let info { fill(info, .int(0)) }
        if a.dims[0] == 0 || a.dims[1] == 0 || a.dims[2] == 0 { return }
        let size = a.dims[1] * a.dims[2] * a.dtype.size
        let work = a.dims[1] * a.dims[2] * Swift.min(a.dims[1], a.dims[2])
        parallel(a.dims[0], grain: Swift.max(1, 65536 / work)) { range in
            for i in range {
                let place = MatrixPlace(index: i, address: a.address! + i * size, rows: a.dims[2], columns: a.dims[1])
                var unused: Int32 = 0
                if let info { body(place, info.int32s! + i) } else { body(place, &unused) }
            }
        }
    }

    /// Calls the routine twice: to ask how much memory it works best with, and with that.
    private func withWorkspace(_ type: DType, _ call: (UnsafeMutableRawPointer, Int32) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { answer in
            call(answer.baseAddress!, -1)
            let best =
                type.real == .float32
                ? Int(answer.load(as: Float.self).rounded(.up)) : Int(answer.load(as: Double.self))
            let work = UnsafeMutableRawPointer.allocate(byteCount: Swift.max(best, 1) * type.size, alignment: 16)
            call(work, Int32(Swift.max(best, 1)))
            work.deallocate()
        }
    }
}

/// One matrix of a batch, column by column.
private struct MatrixPlace {
    let index: Int
    let address: UnsafeMutableRawPointer
    let rows: Int, columns: Int
    /// The distance between columns.
    var leading: Int32 { Int32(Swift.max(rows, 1)) }
}

private func routine<Routine>(
    _ type: DType, _ float: Routine, _ double: Routine, _ complexFloat: Routine, _ complexDouble: Routine
) -> Routine {
    switch type {
    case .float32: float
    case .float64: double
    case .complex64: complexFloat
    default: complexDouble
    }
}

private func letter(_ character: Unicode.Scalar) -> CChar { CChar(character.value) }
private func triangle(_ upper: Bool) -> CChar { letter(upper ? "U" : "L") }

extension Tensor {
    fileprivate var int32s: UnsafeMutablePointer<Int32>? { address?.assumingMemoryBound(to: Int32.self) }

    /// The address of a part along the first dimension.
    fileprivate func row(_ index: Int) -> UnsafeMutableRawPointer {
        address! + index * dims.product(1..<dims.count) * dtype.size
    }
}
