import CKernels

/// What a device must be able to do. Everything above it (views, strides, broadcasting, type
/// promotion, gradients) is the same for all devices.
///
/// Operands arrive with their types settled. A result has been allocated; it is written whole.
/// Where a method says "any strides", operands may be views of any kind, broadcast ones
/// (stride 0) included; a result never overlaps itself.
protocol Backend: AnyObject, Sendable {
    var device: Device { get }

    func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer?
    func deallocate(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int)

    /// Returns when all work queued so far is done.
    func synchronize()

    // MARK: Elementwise

    /// `out[i] = kernel(a[i])` for `count` elements that lie one after the other.
    func unary(
        _ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ out: UnsafeMutableRawPointer?, _ count: Int)

    /// `out[i] = kernel(a[i], b[i])`; an operand's step is 1, or 0 for one value used throughout.
    func binary(
        _ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ aStep: Int, _ b: UnsafeMutableRawPointer?, _ bStep: Int,
        _ out: UnsafeMutableRawPointer?, _ count: Int)

    /// The same for any strides. Operand 0 of the plan is the result.
    func unary(_ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan)
    func binary(_ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan)
    func ternary(_ kernel: ck_ternary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan)

    /// Copies with conversion between any two types (to bool: is it not zero; from complex to
    /// real: the real part). Operand 0 is the destination.
    func copy(to: DType, from: DType, _ plan: ElementwisePlan)

    /// Sets every element. Any strides.
    func fill(_ out: Tensor, _ value: Scalar)

    // MARK: Reductions

    /// Reduces the dimensions whose flag is set. `x` has any strides; `out` is contiguous with
    /// size 1 in the reduced dimensions, and has the type that the kernel accumulates to.
    /// - Parameter parameter: the correction of `var`, the exponent of `norm`.
    func reduce(_ kernel: ck_reduce, _ x: Tensor, _ reduced: [Bool], _ parameter: Double, _ out: Tensor)

    /// The extreme value along `dim` and its first position. `values` and `indices` (int64) are
    /// contiguous with size 1 there. A NaN counts as the extreme.
    func extremum(_ largest: Bool, _ x: Tensor, _ dim: Int, _ values: Tensor, _ indices: Tensor)

    /// A running reduction along `dim`, over `x` of any strides into contiguous `out` of its shape.
    func scan(_ kernel: ck_scan, _ x: Tensor, _ dim: Int, _ out: Tensor)

    // MARK: Rows. All operands are contiguous; a row is the last dimension.

    /// `softmax`, or its logarithm, of each row.
    func softmax(_ x: Tensor, logarithm: Bool, _ out: Tensor)
    /// The gradient for it: of `result`, with the result's gradient `grad`.
    func softmaxBackward(_ grad: Tensor, _ result: Tensor, logarithm: Bool, _ out: Tensor)

    /// `(x − mean) / √(variance + eps) · weight + bias` by groups. Statistics, one number for each group, are
    /// computed unless `given`. All contiguous, of one type, float32 or float64.
    func normalize(
        _ x: Tensor, _ groups: NormalizationGroups, given: Bool, _ weight: Tensor?, _ bias: Tensor?, _ mean: Tensor,
        _ variance: Tensor, _ out: Tensor)
    /// The gradients for it where statistics were computed; nil for those that are not wanted.
    func normalizeBackward(
        _ grad: Tensor, _ x: Tensor, _ groups: NormalizationGroups, _ weight: Tensor?, _ mean: Tensor, _ variance: Tensor,
        byInput: Tensor?, byWeight: Tensor?, byBias: Tensor?)

    /// Sorts each row; `values` may not be `x`; `indices` (int64) tells where each value came from.
    /// Equal values keep their order; NaN counts as larger than all. Shorter rows of `values` and
    /// `indices` get as many as they hold.
    func sort(_ x: Tensor, descending: Bool, _ values: Tensor, _ indices: Tensor)

    // MARK: Matrix products

    /// `out = a @ b` for (B, M, K) and (B, K, N) of any strides, one type, into a contiguous
    /// (B, M, N). With `accumulate`, adds to what `out` holds.
    func matmul(_ a: Tensor, _ b: Tensor, accumulate: Bool, _ out: Tensor)

    // MARK: Factorizations. Matrices lie column by column: a batch of m × n ones is a contiguous
    // (B, n, m). `info` (int32, B) is 0 where a matrix could be factored.

    /// Puts the Cholesky factor into one triangle of `a`; the other keeps what it holds.
    func cholesky(_ a: Tensor, upper: Bool, _ info: Tensor)
    /// Solves `A x = b` in place of `b`, given the Cholesky factor of A.
    func choleskySolve(_ a: Tensor, _ b: Tensor, upper: Bool)
    /// Puts L (below the diagonal, whose ones are not stored) and U into `a`; `pivots` (int32,
    /// (B, min(m, n)), from 1) tells which row each was exchanged with.
    func luFactor(_ a: Tensor, _ pivots: Tensor, _ info: Tensor)
    /// Solves `A x = b`, or with the conjugate transpose of A, in place of `b`, given `luFactor`'s results.
    func luSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, adjoint: Bool)
    /// Puts L and D of `L D Lᵀ` (`L D Lᴴ` if `hermitian`) into the lower triangle of `a`, which is
    /// all that is read of it.
    func ldlFactor(_ a: Tensor, _ pivots: Tensor, hermitian: Bool, _ info: Tensor)
    /// Solves `A x = b` in place of `b`, given `ldlFactor`'s results.
    func ldlSolve(_ a: Tensor, _ pivots: Tensor, _ b: Tensor, hermitian: Bool)
    /// Solves `A x = b` in place of `b` for triangular A.
    func triangularSolve(_ a: Tensor, _ b: Tensor, upper: Bool, unitDiagonal: Bool)
    /// Puts R and the Householder vectors below it into `a`, their factors into `tau`.
    func qrFactor(_ a: Tensor, _ tau: Tensor)
    /// The orthogonal matrix of the Householder vectors in `a`, in their place.
    func orthogonal(_ a: Tensor, _ tau: Tensor)
    /// Multiplies `other`, in its place, with the orthogonal matrix of the Householder vectors in
    /// `a` or its conjugate transpose, from the left or the right.
    func multiplyOrthogonal(_ a: Tensor, _ tau: Tensor, _ other: Tensor, left: Bool, adjoint: Bool)
    /// The singular values in descending order and, unless nil, the vectors. Destroys `a`.
    func svd(_ a: Tensor, _ values: Tensor, _ u: Tensor?, _ vh: Tensor?, _ info: Tensor)
    /// The eigenvalues of Hermitian matrices, of which one triangle is read, in ascending order;
    /// with `vectors` their eigenvectors take the place of `a`.
    func eigh(_ a: Tensor, upper: Bool, _ values: Tensor, vectors: Bool, _ info: Tensor)
    /// The complex eigenvalues and, unless nil, eigenvectors. Destroys `a`.
    func eig(_ a: Tensor, _ values: Tensor, _ vectors: Tensor?, _ info: Tensor)
    /// The least-squares solution of `A x = b` in place of the first rows of `b`, which has room for
    /// max(m, n) of them. `rank` (int32, B) and the singular values are written by the drivers that
    /// find them. Destroys `a`.
    func leastSquares(
        _ a: Tensor, _ b: Tensor, _ driver: LeastSquaresDriver, rcond: Double, _ rank: Tensor, _ values: Tensor,
        _ info: Tensor)

    /// Transforms each row of complex128 `x`, which is contiguous, in place and without scaling.
    func fourier(_ x: Tensor, inverse: Bool)

    // MARK: Indexing

    /// `out[o, k, i] = x[o, index[k], i]` along `dim`; index int64, 1-d, checked.
    func indexSelect(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor)
    /// `out[o, index[k], i] += source[o, k, i]`.
    func indexAdd(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor)
    /// `out[p] = x[p with index[p] at dim]`; shapes of `out` and `index` are equal.
    func gather(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor)
    /// `out[p with index[p] at dim] = source[p]`, or combined by `mode`.
    func scatter(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ mode: ck_scatter)
    /// Reads `x` at the points given by `indices` (int64, broadcast together to `indexShape`) for
    /// its leading `indices.count` dimensions. `out` is contiguous (indexShape + the rest of x).
    func index(_ x: Tensor, _ indices: [Tensor], _ out: Tensor)
    /// Writes `values` (shape of the read) there, or adds it.
    func indexPut(_ out: Tensor, _ indices: [Tensor], _ values: Tensor, accumulate: Bool)
    /// The positions of the elements of contiguous `x` that are not zero, as flat int64 offsets.
    func nonzero(_ x: Tensor) -> Tensor

    // MARK: Spatial windows. All operands are contiguous.

    /// Slides `weight` (O, C / groups, kernel) over `x` (N, C, sizes) into `out` (N, O, counts), which
    /// is the sum of products and `bias` (O). All of one type.
    func convolve(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor)
    /// The transposed map: `y` (N, O, counts) into `out` (N, C, sizes), plus `bias` (C).
    func convolveTransposed(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor)
    /// The sums of products of the elements of `x` (N, C, sizes) and `y` (N, O, counts) that a weight
    /// joins, into `out` (O, C / groups, kernel).
    func convolutionWeight(_ x: Tensor, _ y: Tensor, _ sliding: ck_sliding, groups: Int, _ out: Tensor)
    /// The largest values of windows over the last `windows.count` dimensions, and their positions
    /// (int64) in these dimensions flattened.
    func maxPool(_ x: Tensor, _ windows: [WindowSpans], _ values: Tensor, _ indices: Tensor)
    /// Adds `grad` to zeros where `indices` say; (*, spatial) as in `maxPool`, flattened to (planes, n).
    func planeScatter(_ grad: Tensor, _ indices: Tensor, _ out: Tensor)
    /// Applies a linear map along `dim`: float32 and float64.
    func resample(_ x: Tensor, _ dim: Int, _ taps: Taps, _ out: Tensor)
}

/// Numbers that a kernel takes beside its operands: a slope, a bound, a factor.
struct KernelParameters {
    var values: ck_params

    @inline(__always) init() { values = ck_params() }
    @inline(__always) init(_ a: Double, _ b: Double = 0, _ c: Double = 0) {
        values = ck_params(a: a, b: b, c: c, wide: 0)
    }

    /// Says that operand `index` is a float32 number beside operands of fewer bits.
    mutating func widen(_ index: Int) { values.wide |= 1 << index }
}

extension Device {
    /// The backend of this device. Stops with PyTorch's message where there is none.
    var backend: Backend {
        switch type {
        case .cpu: return CPUBackend.shared
        case .meta: return MetaBackend.shared
        case .cuda: torch.cuda.failWithoutBackend()
        }
    }
}
