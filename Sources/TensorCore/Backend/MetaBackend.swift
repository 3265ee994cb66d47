import CKernels

/// The `meta` device: tensors have shapes and types but no values, so every kernel is a no-op.
class MetaBackend: Backend, @unchecked Sendable {
    static let shared = MetaBackend()

    var device: Device { .meta }

    func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? { nil }
    func deallocate(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) {}
    func synchronize() {}

    func unary(
        _ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ out: UnsafeMutableRawPointer?, _ count: Int
    ) {}
    func binary(
        _ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ aStep: Int, _ b: UnsafeMutableRawPointer?, _ bStep: Int,
        _ out: UnsafeMutableRawPointer?, _ count: Int
    ) {}
    func unary(_ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {}
    func binary(_ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {}
    func ternary(_ kernel: ck_ternary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {}
    func copy(to: DType, from: DType, _ plan: ElementwisePlan) {}
    func fill(_ out: Tensor, _ value: Scalar) {}
    func reduce(_ kernel: ck_reduce, _ x: Tensor, _ reduced: [Bool], _ parameter: Double, _ out: Tensor) {}
    func extremum(_ largest: Bool, _ x: Tensor, _ dim: Int, _ values: Tensor, _ indices: Tensor) {}
    func scan(_ kernel: ck_scan, _ x: Tensor, _ dim: Int, _ out: Tensor) {}
    func softmax(_ x: Tensor, logarithm: Bool, _ out: Tensor) {}
    func softmaxBackward(_ grad: Tensor, _ result: Tensor, logarithm: Bool, _ out: Tensor) {}
    func normalize(
        _ x: Tensor, _ groups: NormalizationGroups, given: Bool, _ weight: Tensor?, _ bias: Tensor?, _ mean: Tensor,
        _ variance: Tensor, _ out: Tensor
    ) {}
    func normalizeBackward(
        _ grad: Tensor, _ x: Tensor, _ groups: NormalizationGroups, _ weight: Tensor?, _ mean: Tensor, _ variance: Tensor,
        byInput: Tensor?, byWeight: Tensor?, byBias: Tensor?
    ) {}
    func sort(_ x: Tensor, descending: Bool, _ values: Tensor, _ indices: Tensor) {}
    func matmul(_ a: Tensor, _ b: Tensor, accumulate: Bool, _ out: Tensor) {}
    func cholesky(_ a: Tensor, upper: Bool, _ info: Tensor) {}
    func choleskySolve(_ a: Tensor, _ b: Tensor, upper: Bool) {}
    func luFactor(_ a: Tensor, _ pivots: Tensor, _ info: Tensor) {}
    func luSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, adjoint: Bool) {}
    func ldlFactor(_ a: Tensor, _ pivots: Tensor, hermitian: Bool, _ info: Tensor) {}
    func ldlSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, hermitian: Bool) {}
    func triangularSolve(_ a: Tensor, _ b: Tensor, upper: Bool, unitDiagonal: Bool) {}
    func qrFactor(_ a: Tensor, _ tau: Tensor) {}
    func orthogonal(_ a: Tensor, _ tau: Tensor) {}
    func multiplyOrthogonal(_ a: Tensor, _ tau: Tensor, _ other: Tensor, left: Bool, adjoint: Bool) {}
    func svd(_ a: Tensor, _ values: Tensor, _ u: Tensor?, _ vh: Tensor?, _ info: Tensor) {}
    func eigh(_ a: Tensor, upper: Bool, _ values: Tensor, vectors: Bool, _ info: Tensor) {}
    func eig(_ a: Tensor, _ values: Tensor, _ vectors: Tensor?, _ info: Tensor) {}
    func leastSquares(
        _ a: Tensor, _ b: Tensor, _ driver: LeastSquaresDriver, rcond: Double, _ rank: Tensor, _ values: Tensor,
        _ info: Tensor
    ) {}
    func fourier(_ x: Tensor, inverse: Bool) {}
    func indexSelect(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor) {}
    func indexAdd(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor) {}
    func gather(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor) {}
    func scatter(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ mode: ck_scatter) {}
    func index(_ x: Tensor, _ indices: [Tensor], _ out: Tensor) {}
    func indexPut(_ out: Tensor, _ indices: [Tensor], _ values: Tensor, accumulate: Bool) {}
    func convolve(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor) {}
    func convolveTransposed(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor
    ) {}
    func convolutionWeight(_ x: Tensor, _ y: Tensor, _ sliding: ck_sliding, groups: Int, _ out: Tensor) {}
    func maxPool(_ x: Tensor, _ windows: [WindowSpans], _ values: Tensor, _ indices: Tensor) {}
    func planeScatter(_ grad: Tensor, _ indices: Tensor, _ out: Tensor) {}
    func resample(_ x: Tensor, _ dim: Int, _ taps: Taps, _ out: Tensor) {}
    func nonzero(_ x: Tensor) -> Tensor {
        fail("nonzero: the result's size depends on values, which the meta device has not", .notImplemented)
    }
}
