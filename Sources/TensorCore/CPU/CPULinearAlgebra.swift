internal import COpenBLAS

/// Factors of square matrices, and the equations they solve.
extension CPUBackend {
    func cholesky(_ a: Tensor, upper: Bool, _ info: Tensor) {
        let potrf = routine(a.dtype, spotrf_, dpotrf_, cpotrf_, zpotrf_)
        eachMatrix(a, info) { a, info in
            var (n, uplo) = (Int32(a.columns), triangle(upper))
            potrf(&uplo, &n, a.address, &n, info)
        }
    }

    func choleskySolve(_ a: Tensor, _ b: Tensor, upper: Bool) {
        let potrs = routine(a.dtype, spotrs_, dpotrs_, cpotrs_, zpotrs_)
        eachMatrix(b) { b, info in
            var (n, k, lda, uplo) = (Int32(b.rows), Int32(b.columns), b.leading, triangle(upper))
            potrs(&uplo, &n, &k, a.row(b.index), &lda, b.address, &lda, info)
        }
    }

    func luFactor(_ a: Tensor, _ pivots: Tensor, _ info: Tensor) {
        let getrf = routine(a.dtype, sgetrf_, dgetrf_, cgetrf_, zgetrf_)
        eachMatrix(a, info) { a, info in
            var (m, n, lda) = (Int32(a.rows), Int32(a.columns), a.leading)
            getrf(&m, &n, a.address, &lda, pivots.int32s(a.index), info)
        }
    }

    func luSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, adjoint: Bool) {
        let getrs = routine(a.dtype, sgetrs_, dgetrs_, cgetrs_, zgetrs_)
        eachMatrix(b) { b, info in
            var (n, k, lda, form) = (Int32(b.rows), Int32(b.columns), b.leading, letter(adjoint ? "C" : "N"))
            getrs(&form, &n, &k, a.row(b.index), &lda, pivots.int32s(b.index), b.address, &lda, info)
        }
    }

    func ldlFactor(_ a: Tensor, _ pivots: Tensor, hermitian: Bool, _ info: Tensor) {
        let type = a.dtype
        let sytrf =
            hermitian
            ? routine(type, ssytrf_, dsytrf_, chetrf_, zhetrf_) : routine(type, ssytrf_, dsytrf_, csytrf_, zsytrf_)
        eachMatrix(a, info) { a, info in
            var (n, lda, uplo) = (Int32(a.columns), a.leading, triangle(false))
            withWorkspace(type) { work, size in
                var size = size
                sytrf(&uplo, &n, a.address, &lda, pivots.int32s(a.index), work, &size, info)
            }
        }
    }

    func ldlSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, hermitian: Bool) {
        let type = a.dtype
        let sytrs =
            hermitian
            ? routine(type, ssytrs_, dsytrs_, chetrs_, zhetrs_) : routine(type, ssytrs_, dsytrs_, csytrs_, zsytrs_)
        eachMatrix(b) { b, info in
            var (n, k, lda, uplo) = (Int32(b.rows), Int32(b.columns), b.leading, triangle(false))
            sytrs(&uplo, &n, &k, a.row(b.index), &lda, pivots.int32s(b.index), b.address, &lda, info)
        }
    }

    func triangularSolve(_ a: Tensor, _ b: Tensor, upper: Bool, unitDiagonal: Bool) {
        let (uplo, diagonal) = (upper ? CblasUpper : CblasLower, unitDiagonal ? CblasUnit : CblasNonUnit)
        eachMatrix(b) { b, _ in
            let (m, n) = (Int32(b.rows), Int32(b.columns))
            let left = a.row(b.index)
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

    func leastSquares(
        _ a: Tensor, _ b: Tensor, _ driver: LeastSquaresDriver, rcond: Double, _ rank: Tensor, _ values: Tensor,
        _ info: Tensor
    ) {
        let (type, columns) = (a.dtype, b.dims[1])
        eachMatrix(a, info) { a, info in
            var (m, n, k, lda) = (Int32(a.rows), Int32(a.columns), Int32(columns), a.leading)
            var ldb = Int32(Swift.max(a.rows, a.columns))
            let (x, ranks, s) = (b.row(a.index), rank.int32s(a.index), values.row(a.index))
            let small = Swift.min(a.rows, a.columns)
            // What LAPACK's documentation of `iwork` and `rwork` asks for at most, with the subproblems' size 25.
            let levels = 1 + (Swift.max(small / 26, 1).bitWidth - Swift.max(small / 26, 1).leadingZeroBitCount)
            var integers = [Int32](repeating: 0, count: Swift.max(a.columns, 3 * small * levels + 11 * small))
            var reals = [Double](
                repeating: 0,
                count: type.isComplex
                    ? Swift.max(a.rows, a.columns) * (12 + 50 + 8 * levels) + 75 * columns + 676 + a.columns * columns
                        + 2 * columns : 0)
            var limit = type.real == .float32 ? [UInt64(Float(rcond).bitPattern)] : [rcond.bitPattern]
            withWorkspace(type) { work, size in
                var size = size
                switch driver {
                case .gels:
                    var form = letter("N")
                    routine(type, sgels_, dgels_, cgels_, zgels_)(
                        &form, &m, &n, &k, a.address, &lda, x, &ldb, work, &size, info)
                case .gelsy where type.isComplex:
                    (type == .complex64 ? cgelsy_ : zgelsy_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, &integers, &limit, ranks, work, &size, &reals, info)
                case .gelsy:
                    (type == .float32 ? sgelsy_ : dgelsy_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, &integers, &limit, ranks, work, &size, info)
                case .gelsd where type.isComplex:
                    (type == .complex64 ? cgelsd_ : zgelsd_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, s, &limit, ranks, work, &size, &reals, &integers, info)
                case .gelsd:
                    (type == .float32 ? sgelsd_ : dgelsd_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, s, &limit, ranks, work, &size, &integers, info)
                case .gelss where type.isComplex:
                    (type == .complex64 ? cgelss_ : zgelss_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, s, &limit, ranks, work, &size, &reals, info)
                case .gelss:
                    (type == .float32 ? sgelss_ : dgelss_)(
                        &m, &n, &k, a.address, &lda, x, &ldb, s, &limit, ranks, work, &size, info)
                }
            }
        }
    }
}
