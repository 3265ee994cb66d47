/// PyTorch takes the arguments of `torch.` functions by position as well as by name. The declarations that compute
/// have one of the two forms; these are the others: `torch.topk(x, 2, 1)` beside `torch.topk(x, 2, dim: 1)`.
extension torch {
    public static func all(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        all(input, dim: dim, keepdim: keepdim)
    }
    public static func all(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        all(input, dim: dim, keepdim: keepdim)
    }
    public static func all(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        all(input, dim: dim, keepdim: keepdim)
    }
    public static func all(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        all(input, dim: dim, keepdim: keepdim)
    }
    public static func allclose(
        _ input: Tensor, _ other: Tensor, _ rtol: Double, atol: Double = 1e-8, equalNan: Bool = false
    ) -> Bool {
        allclose(input, other, rtol: rtol, atol: atol, equalNan: equalNan)
    }
    public static func amax(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        amax(input, dim: dim, keepdim: keepdim)
    }
    public static func amax(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        amax(input, dim: dim, keepdim: keepdim)
    }
    public static func amax(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        amax(input, dim: dim, keepdim: keepdim)
    }
    public static func amax(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        amax(input, dim: dim, keepdim: keepdim)
    }
    public static func amin(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        amin(input, dim: dim, keepdim: keepdim)
    }
    public static func amin(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        amin(input, dim: dim, keepdim: keepdim)
    }
    public static func amin(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        amin(input, dim: dim, keepdim: keepdim)
    }
    public static func amin(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        amin(input, dim: dim, keepdim: keepdim)
    }
    public static func any(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        any(input, dim: dim, keepdim: keepdim)
    }
    public static func any(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        any(input, dim: dim, keepdim: keepdim)
    }
    public static func any(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        any(input, dim: dim, keepdim: keepdim)
    }
    public static func any(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        any(input, dim: dim, keepdim: keepdim)
    }
    public static func argmax(_ input: Tensor, _ dim: Int?, keepdim: Bool = false) -> Tensor {
        argmax(input, dim: dim, keepdim: keepdim)
    }
    public static func argmax(_ input: Tensor, _ dim: Int?, _ keepdim: Bool) -> Tensor {
        argmax(input, dim: dim, keepdim: keepdim)
    }
    public static func argmin(_ input: Tensor, _ dim: Int?, keepdim: Bool = false) -> Tensor {
        argmin(input, dim: dim, keepdim: keepdim)
    }
    public static func argmin(_ input: Tensor, _ dim: Int?, _ keepdim: Bool) -> Tensor {
        argmin(input, dim: dim, keepdim: keepdim)
    }
    public static func argsort(_ input: Tensor, _ dim: Int, descending: Bool = false, stable: Bool = false) -> Tensor {
        argsort(input, dim: dim, descending: descending, stable: stable)
    }
    public static func argsort(_ input: Tensor, _ dim: Int, _ descending: Bool, stable: Bool = false) -> Tensor {
        argsort(input, dim: dim, descending: descending, stable: stable)
    }
    public static func bincount(_ input: Tensor, _ weights: Tensor?, minlength: Int = 0) -> Tensor {
        bincount(input, weights: weights, minlength: minlength)
    }
    public static func bincount(_ input: Tensor, _ weights: Tensor?, _ minlength: Int) -> Tensor {
        bincount(input, weights: weights, minlength: minlength)
    }
    public static func cdist(
        _ x1: Tensor, _ x2: Tensor, _ p: Double, computeMode: String = "use_mm_for_euclid_dist_if_necessary"
    ) -> Tensor {
        cdist(x1, x2, p: p, computeMode: computeMode)
    }
    public static func chunk(_ input: Tensor, _ chunks: Int, _ dim: Int) -> [Tensor] { chunk(input, chunks, dim: dim) }
    public static func combinations(_ input: Tensor, _ r: Int, withReplacement: Bool = false) -> Tensor {
        combinations(input, r: r, withReplacement: withReplacement)
    }
    public static func concat(_ tensors: [Tensor], _ dim: Int) -> Tensor { concat(tensors, dim: dim) }
    public static func countNonzero(_ input: Tensor, _ dim: Int) -> Tensor { countNonzero(input, dim: [dim]) }
    public static func countNonzero(_ input: Tensor, _ dim: [Int]) -> Tensor { countNonzero(input, dim: dim) }
    public static func cross(_ input: Tensor, _ other: Tensor, _ dim: Int?) -> Tensor { cross(input, other, dim: dim) }
    public static func cummax(_ input: Tensor, _ dim: Int) -> (values: Tensor, indices: Tensor) { cummax(input, dim: dim) }
    public static func cummin(_ input: Tensor, _ dim: Int) -> (values: Tensor, indices: Tensor) { cummin(input, dim: dim) }
    public static func cumprod(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        cumprod(input, dim: dim, dtype: dtype)
    }
    public static func cumsum(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        cumsum(input, dim: dim, dtype: dtype)
    }
    public static func diag(_ input: Tensor, _ diagonal: Int) -> Tensor { diag(input, diagonal: diagonal) }
    public static func diagEmbed(_ input: Tensor, _ offset: Int, dim1: Int = -2, dim2: Int = -1) -> Tensor {
        diagEmbed(input, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func diagflat(_ input: Tensor, _ offset: Int) -> Tensor { diagflat(input, offset: offset) }
    public static func diagonal(_ input: Tensor, _ offset: Int, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        diagonal(input, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func diagonal(_ input: Tensor, _ offset: Int, _ dim1: Int, dim2: Int = 1) -> Tensor {
        diagonal(input, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func diagonal(_ input: Tensor, _ offset: Int, _ dim1: Int, _ dim2: Int) -> Tensor {
        diagonal(input, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func diff(
        _ input: Tensor, _ n: Int, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil
    ) -> Tensor {
        diff(input, n: n, dim: dim, prepend: prepend, append: append)
    }
    public static func diff(
        _ input: Tensor, _ n: Int, _ dim: Int, prepend: Tensor? = nil, append: Tensor? = nil
    ) -> Tensor {
        diff(input, n: n, dim: dim, prepend: prepend, append: append)
    }
    public static func dist(_ input: Tensor, _ other: Tensor, _ p: Double) -> Tensor { dist(input, other, p: p) }
    public static func flatten(_ input: Tensor, _ startDim: Int, endDim: Int = -1) -> Tensor {
        flatten(input, startDim: startDim, endDim: endDim)
    }
    public static func flatten(_ input: Tensor, _ startDim: Int, _ endDim: Int) -> Tensor {
        flatten(input, startDim: startDim, endDim: endDim)
    }
    public static func histc(_ input: Tensor, _ bins: Int, min: Double = 0, max: Double = 0) -> Tensor {
        histc(input, bins: bins, min: min, max: max)
    }
    public static func histc(_ input: Tensor, _ bins: Int, _ min: Double, max: Double = 0) -> Tensor {
        histc(input, bins: bins, min: min, max: max)
    }
    public static func histc(_ input: Tensor, _ bins: Int, _ min: Double, _ max: Double) -> Tensor {
        histc(input, bins: bins, min: min, max: max)
    }
    public static func isclose(
        _ input: Tensor, _ other: Tensor, _ rtol: Double, atol: Double = 1e-8, equalNan: Bool = false
    ) -> Tensor {
        isclose(input, other, rtol: rtol, atol: atol, equalNan: equalNan)
    }
    public static func kthvalue(
        _ input: Tensor, _ k: Int, _ dim: Int, keepdim: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        kthvalue(input, k, dim: dim, keepdim: keepdim)
    }
    public static func kthvalue(
        _ input: Tensor, _ k: Int, _ dim: Int, _ keepdim: Bool
    ) -> (values: Tensor, indices: Tensor) {
        kthvalue(input, k, dim: dim, keepdim: keepdim)
    }
    public static func logSoftmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        logSoftmax(input, dim: dim, dtype: dtype)
    }
    public static func logcumsumexp(_ input: Tensor, _ dim: Int) -> Tensor { logcumsumexp(input, dim: dim) }
    public static func logit(_ input: Tensor, _ eps: Double?) -> Tensor { logit(input, eps: eps) }
    public static func logspace(
        _ start: Double, _ end: Double, _ steps: Int, _ base: Double, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        logspace(start, end, steps, base: base, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func logsumexp(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        logsumexp(input, dim: dim, keepdim: keepdim)
    }
    public static func logsumexp(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        logsumexp(input, dim: dim, keepdim: keepdim)
    }
    public static func max(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        max(input, dim, keepdim: keepdim)
    }
    public static func mean(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        mean(input, dim: dim, keepdim: keepdim)
    }
    public static func mean(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        mean(input, dim: dim, keepdim: keepdim)
    }
    public static func mean(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        mean(input, dim: dim, keepdim: keepdim)
    }
    public static func mean(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        mean(input, dim: dim, keepdim: keepdim)
    }
    public static func median(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        median(input, dim: dim, keepdim: keepdim)
    }
    public static func median(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        median(input, dim: dim, keepdim: keepdim)
    }
    public static func min(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        min(input, dim, keepdim: keepdim)
    }
    public static func mode(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        mode(input, dim: dim, keepdim: keepdim)
    }
    public static func mode(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        mode(input, dim: dim, keepdim: keepdim)
    }
    public static func multinomial(
        _ input: Tensor, _ numSamples: Int, _ replacement: Bool, generator: Generator? = nil
    ) -> Tensor {
        multinomial(input, numSamples, replacement: replacement, generator: generator)
    }
    public static func nanToNum(_ input: Tensor, _ nan: Double, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
        nanToNum(input, nan: nan, posinf: posinf, neginf: neginf)
    }
    public static func nanmean(_ input: Tensor, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        nanmean(input, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func nanmean(_ input: Tensor, _ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        nanmean(input, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func nanmean(_ input: Tensor, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        nanmean(input, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func nanmean(_ input: Tensor, _ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        nanmean(input, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func nanmedian(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        nanmedian(input, dim: dim, keepdim: keepdim)
    }
    public static func nanmedian(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        nanmedian(input, dim: dim, keepdim: keepdim)
    }
    public static func nanquantile(
        _ input: Tensor, _ q: some TensorOperand, _ dim: Int?, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func nanquantile(
        _ input: Tensor, _ q: some TensorOperand, _ dim: Int?, _ keepdim: Bool, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func norm(
        _ input: Tensor, _ p: String, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func norm(
        _ input: Tensor, _ p: String, _ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, _ p: String, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(input, p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, _ p: String, _ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(input, p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func normal(_ mean: Double, _ std: Double, _ size: [Int], generator: Generator? = nil) -> Tensor {
        normal(mean, std, size: size, generator: generator)
    }
    public static func quantile(
        _ input: Tensor, _ q: some TensorOperand, _ dim: Int?, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func quantile(
        _ input: Tensor, _ q: some TensorOperand, _ dim: Int?, _ keepdim: Bool, interpolation: String = "linear"
    ) -> Tensor {
        quantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func repeatInterleave(_ input: Tensor, _ repeats: Int, _ dim: Int?) -> Tensor {
        repeatInterleave(input, repeats, dim: dim)
    }
    public static func roll(_ input: Tensor, _ shifts: Int, _ dims: [Int]) -> Tensor { roll(input, [shifts], dims) }
    public static func scatterReduce(
        _ input: Tensor, _ dim: Int, _ index: Tensor, _ src: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(input, dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public static func selectScatter(_ input: Tensor, _ src: Tensor, _ dim: Int, _ index: Int) -> Tensor {
        selectScatter(input, src, dim: dim, index: index)
    }
    public static func sliceScatter(
        _ input: Tensor, _ src: Tensor, _ dim: Int, start: Int? = nil, end: Int? = nil, step: Int = 1
    ) -> Tensor {
        sliceScatter(input, src, dim: dim, start: start, end: end, step: step)
    }
    public static func softmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        softmax(input, dim: dim, dtype: dtype)
    }
    public static func sort(
        _ input: Tensor, _ dim: Int, descending: Bool = false, stable: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        sort(input, dim: dim, descending: descending, stable: stable)
    }
    public static func sort(
        _ input: Tensor, _ dim: Int, _ descending: Bool, stable: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        sort(input, dim: dim, descending: descending, stable: stable)
    }
    public static func split(_ tensor: Tensor, _ splitSizeOrSections: Int, _ dim: Int) -> [Tensor] {
        split(tensor, splitSizeOrSections, dim: dim)
    }
    public static func std(_ input: Tensor, _ dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        std(input, dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func stdMean(
        _ input: Tensor, _ dim: Int, correction: Double = 1, keepdim: Bool = false
    ) -> (std: Tensor, mean: Tensor) {
        stdMean(input, dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func stdMean(
        _ input: Tensor, _ dim: [Int]?, correction: Double = 1, keepdim: Bool = false
    ) -> (std: Tensor, mean: Tensor) {
        stdMean(input, dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func sum(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        sum(input, dim: dim, keepdim: keepdim)
    }
    public static func sum(_ input: Tensor, _ dim: [Int], keepdim: Bool = false) -> Tensor {
        sum(input, dim: dim, keepdim: keepdim)
    }
    public static func sum(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        sum(input, dim: dim, keepdim: keepdim)
    }
    public static func sum(_ input: Tensor, _ dim: [Int], _ keepdim: Bool) -> Tensor {
        sum(input, dim: dim, keepdim: keepdim)
    }
    public static func takeAlongDim(_ input: Tensor, _ indices: Tensor, _ dim: Int?) -> Tensor {
        takeAlongDim(input, indices, dim: dim)
    }
    public static func tensorSplit(_ input: Tensor, _ indicesOrSections: Int, _ dim: Int) -> [Tensor] {
        tensorSplit(input, indicesOrSections, dim: dim)
    }
    public static func topk(
        _ input: Tensor, _ k: Int, _ dim: Int, largest: Bool = true, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        topk(input, k, dim: dim, largest: largest, sorted: sorted)
    }
    public static func topk(
        _ input: Tensor, _ k: Int, _ dim: Int, _ largest: Bool, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        topk(input, k, dim: dim, largest: largest, sorted: sorted)
    }
    public static func topk(
        _ input: Tensor, _ k: Int, _ dim: Int, _ largest: Bool, _ sorted: Bool
    ) -> (values: Tensor, indices: Tensor) {
        topk(input, k, dim: dim, largest: largest, sorted: sorted)
    }
    public static func tril(_ input: Tensor, _ diagonal: Int) -> Tensor { tril(input, diagonal: diagonal) }
    public static func trilIndices(
        _ row: Int, _ col: Int, _ offset: Int, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        trilIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func triu(_ input: Tensor, _ diagonal: Int) -> Tensor { triu(input, diagonal: diagonal) }
    public static func triuIndices(
        _ row: Int, _ col: Int, _ offset: Int, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        triuIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func vander(_ x: Tensor, _ N: Int?, increasing: Bool = false) -> Tensor {
        vander(x, N: N, increasing: increasing)
    }
    public static func vander(_ x: Tensor, _ N: Int?, _ increasing: Bool) -> Tensor {
        vander(x, N: N, increasing: increasing)
    }
    public static func `var`(_ input: Tensor, _ dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        torch.var(input, dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func varMean(
        _ input: Tensor, _ dim: Int, correction: Double = 1, keepdim: Bool = false
    ) -> (var: Tensor, mean: Tensor) {
        varMean(input, dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func varMean(
        _ input: Tensor, _ dim: [Int]?, correction: Double = 1, keepdim: Bool = false
    ) -> (var: Tensor, mean: Tensor) {
        varMean(input, dim: dim, correction: correction, keepdim: keepdim)
    }
}
