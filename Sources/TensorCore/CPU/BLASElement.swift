import CKernels
internal import COpenBLAS

/// Two pools would fight for the cores: the work is shared here, not in BLAS.
let singleThreadedBLAS: Void = openblas_set_num_threads(1)

/// The types that BLAS multiplies matrices of.
protocol BLASElement: BitwiseCopyable {
    static var zero: Self { get }
    static var one: Self { get }
    /// `c = alpha · op(a) op(b)`, added to `c` if `accumulate`, row by row: op(a) is m × k, op(b) k × n.
    static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ accumulate: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
    /// `y += op(a) x`
    static func gemv(
        _ t: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Self>, _ lda: Int32,
        _ x: UnsafePointer<Self>, _ step: Int32, _ y: UnsafeMutablePointer<Self>)
    /// `Σ x · y`
    static func dot(
        _ count: Int32, _ x: UnsafePointer<Self>, _ xStep: Int32, _ y: UnsafePointer<Self>, _ yStep: Int32
    ) -> Self
    /// `y += x`
    static func add(_ y: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ count: Int)
}

private func operation(_ transposes: Bool) -> CBLAS_TRANSPOSE { transposes ? CblasTrans : CblasNoTrans }

extension Float: BLASElement {
    static var one: Float { 1 }
    static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ accumulate: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
    ) {
        if ck_sgemm(
            transposesA, transposesB, Int64(m), Int64(n), Int64(k), alpha, a, Int64(lda), b, Int64(ldb), accumulate, c,
            Int64(ldc))
        {
            return
        }
        cblas_sgemm(
            CblasRowMajor, operation(transposesA), operation(transposesB), Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b,
            Int32(ldb), accumulate ? 1 : 0, c, Int32(ldc))
    }
    static func gemv(
        _ t: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Float>, _ lda: Int32,
        _ x: UnsafePointer<Float>, _ step: Int32, _ y: UnsafeMutablePointer<Float>
    ) {
        cblas_sgemv(CblasRowMajor, t, m, n, 1, a, lda, x, step, 1, y, 1)
    }
    static func dot(
        _ count: Int32, _ x: UnsafePointer<Self>, _ xStep: Int32, _ y: UnsafePointer<Self>, _ yStep: Int32
    ) -> Self {
        cblas_sdot(count, x, xStep, y, yStep)
    }
    static func add(_ y: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ count: Int) {
        cblas_saxpy(Int32(count), 1, x, 1, y, 1)
    }
}

extension Double: BLASElement {
    static var one: Double { 1 }
    static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ accumulate: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
    ) {
        cblas_dgemm(
            CblasRowMajor, operation(transposesA), operation(transposesB), Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b,
            Int32(ldb), accumulate ? 1 : 0, c, Int32(ldc))
    }
    static func gemv(
        _ t: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Double>, _ lda: Int32,
        _ x: UnsafePointer<Double>, _ step: Int32, _ y: UnsafeMutablePointer<Double>
    ) {
        cblas_dgemv(CblasRowMajor, t, m, n, 1, a, lda, x, step, 1, y, 1)
    }
    static func dot(
        _ count: Int32, _ x: UnsafePointer<Self>, _ xStep: Int32, _ y: UnsafePointer<Self>, _ yStep: Int32
    ) -> Self {
        cblas_ddot(count, x, xStep, y, yStep)
    }
    static func add(_ y: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ count: Int) {
        cblas_daxpy(Int32(count), 1, x, 1, y, 1)
    }
}

struct ComplexFloat: BLASElement {
    var re: Float, im: Float

    static let zero = ComplexFloat(re: 0, im: 0)
    static let one = ComplexFloat(re: 1, im: 0)

    static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ accumulate: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
    ) {
        var (alpha, beta) = (alpha, accumulate ? one : zero)
        cblas_cgemm(
            CblasRowMajor, operation(transposesA), operation(transposesB), Int32(m), Int32(n), Int32(k), &alpha, a, Int32(lda), b,
            Int32(ldb), &beta, c, Int32(ldc))
    }
    static func gemv(
        _ t: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Self>, _ lda: Int32, _ x: UnsafePointer<Self>,
        _ step: Int32, _ y: UnsafeMutablePointer<Self>
    ) {
        var one = one
        cblas_cgemv(CblasRowMajor, t, m, n, &one, a, lda, x, step, &one, y, 1)
    }
    static func dot(
        _ count: Int32, _ x: UnsafePointer<Self>, _ xStep: Int32, _ y: UnsafePointer<Self>, _ yStep: Int32
    ) -> Self {
        var sum = zero
        cblas_cdotu_sub(count, x, xStep, y, yStep, &sum)
        return sum
    }
    static func add(_ y: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ count: Int) {
        var one = one
        cblas_caxpy(Int32(count), &one, x, 1, y, 1)
    }
}

struct ComplexDouble: BLASElement {
    var re: Double, im: Double

    static let zero = ComplexDouble(re: 0, im: 0)
    static let one = ComplexDouble(re: 1, im: 0)

    static func gemm(
        _ transposesA: Bool, _ transposesB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ accumulate: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
    ) {
        var (alpha, beta) = (alpha, accumulate ? one : zero)
        cblas_zgemm(
            CblasRowMajor, operation(transposesA), operation(transposesB), Int32(m), Int32(n), Int32(k), &alpha, a, Int32(lda), b,
            Int32(ldb), &beta, c, Int32(ldc))
    }
    static func gemv(
        _ t: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Self>, _ lda: Int32, _ x: UnsafePointer<Self>,
        _ step: Int32, _ y: UnsafeMutablePointer<Self>
    ) {
        var one = one
        cblas_zgemv(CblasRowMajor, t, m, n, &one, a, lda, x, step, &one, y, 1)
    }
    static func dot(
        _ count: Int32, _ x: UnsafePointer<Self>, _ xStep: Int32, _ y: UnsafePointer<Self>, _ yStep: Int32
    ) -> Self {
        var sum = zero
        cblas_zdotu_sub(count, x, xStep, y, yStep, &sum)
        return sum
    }
    static func add(_ y: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ count: Int) {
        var one = one
        cblas_zaxpy(Int32(count), &one, x, 1, y, 1)
    }
}
