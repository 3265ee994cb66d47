/// PyTorch takes the arguments of a tensor's methods by position as well as by name. The declarations that compute
/// have one of the two forms; these are the others: `torch.topk(x, 2, 1)` beside `torch.topk(x, 2, dim: 1)`.
extension Tensor {
    public func all(_ dim: [Int], keepdim: Bool = false) -> Tensor { all(dim: dim, keepdim: keepdim) }
    public func all(_ dim: Int, _ keepdim: Bool) -> Tensor { all(dim, keepdim: keepdim) }
    public func all(_ dim: [Int], _ keepdim: Bool) -> Tensor { all(dim: dim, keepdim: keepdim) }
    public func allclose(_ other: Tensor, _ rtol: Double, atol: Double = 1e-8, equalNan: Bool = false) -> Bool {
        allclose(other, rtol: rtol, atol: atol, equalNan: equalNan)
    }
    public func amax(_ dim: [Int], keepdim: Bool = false) -> Tensor { amax(dim: dim, keepdim: keepdim) }
    public func amax(_ dim: Int, _ keepdim: Bool) -> Tensor { amax(dim, keepdim: keepdim) }
    public func amax(_ dim: [Int], _ keepdim: Bool) -> Tensor { amax(dim: dim, keepdim: keepdim) }
    public func amin(_ dim: [Int], keepdim: Bool = false) -> Tensor { amin(dim: dim, keepdim: keepdim) }
    public func amin(_ dim: Int, _ keepdim: Bool) -> Tensor { amin(dim, keepdim: keepdim) }
    public func amin(_ dim: [Int], _ keepdim: Bool) -> Tensor { amin(dim: dim, keepdim: keepdim) }
    public func any(_ dim: [Int], keepdim: Bool = false) -> Tensor { any(dim: dim, keepdim: keepdim) }
    public func any(_ dim: Int, _ keepdim: Bool) -> Tensor { any(dim, keepdim: keepdim) }
    public func any(_ dim: [Int], _ keepdim: Bool) -> Tensor { any(dim: dim, keepdim: keepdim) }
    public func argmax(_ dim: Int?, _ keepdim: Bool) -> Tensor { argmax(dim, keepdim: keepdim) }
    public func argmin(_ dim: Int?, _ keepdim: Bool) -> Tensor { argmin(dim, keepdim: keepdim) }
    public func argsort(_ dim: Int, _ descending: Bool, stable: Bool = false) -> Tensor {
        argsort(dim, descending: descending, stable: stable)
    }
    public func bincount(_ weights: Tensor?, minlength: Int = 0) -> Tensor {
        bincount(weights: weights, minlength: minlength)
    }
    public func bincount(_ weights: Tensor?, _ minlength: Int) -> Tensor {
        bincount(weights: weights, minlength: minlength)
    }
    public func chunk(_ chunks: Int, _ dim: Int) -> [Tensor] { chunk(chunks, dim: dim) }
    public func countNonzero(_ dim: Int) -> Tensor { countNonzero(dim: dim) }
    public func countNonzero(_ dim: [Int]) -> Tensor { countNonzero(dim: dim) }
    public func cross(_ other: Tensor, _ dim: Int?) -> Tensor { cross(other, dim: dim) }
    public func diagEmbed(_ offset: Int, dim1: Int = -2, dim2: Int = -1) -> Tensor {
        diagEmbed(offset: offset, dim1: dim1, dim2: dim2)
    }
    public func diagonal(_ offset: Int, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        diagonal(offset: offset, dim1: dim1, dim2: dim2)
    }
    public func diagonal(_ offset: Int, _ dim1: Int, dim2: Int = 1) -> Tensor {
        diagonal(offset: offset, dim1: dim1, dim2: dim2)
    }
    public func diagonal(_ offset: Int, _ dim1: Int, _ dim2: Int) -> Tensor {
        diagonal(offset: offset, dim1: dim1, dim2: dim2)
    }
    public func diff(_ n: Int, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil) -> Tensor {
        diff(n: n, dim: dim, prepend: prepend, append: append)
    }
    public func diff(_ n: Int, _ dim: Int, prepend: Tensor? = nil, append: Tensor? = nil) -> Tensor {
        diff(n: n, dim: dim, prepend: prepend, append: append)
    }
    public func histc(_ bins: Int, min: Double = 0, max: Double = 0) -> Tensor { histc(bins: bins, min: min, max: max) }
    public func histc(_ bins: Int, _ min: Double, max: Double = 0) -> Tensor { histc(bins: bins, min: min, max: max) }
    public func histc(_ bins: Int, _ min: Double, _ max: Double) -> Tensor { histc(bins: bins, min: min, max: max) }
    public func isclose(_ other: Tensor, _ rtol: Double, atol: Double = 1e-8, equalNan: Bool = false) -> Tensor {
        isclose(other, rtol: rtol, atol: atol, equalNan: equalNan)
    }
    public func kthvalue(_ k: Int, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        kthvalue(k, dim: dim, keepdim: keepdim)
    }
    public func kthvalue(_ k: Int, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        kthvalue(k, dim: dim, keepdim: keepdim)
    }
    public func logit(_ eps: Double?) -> Tensor { logit(eps: eps) }
    @discardableResult public func logit_(_ eps: Double?) -> Tensor { logit_(eps: eps) }
    public func logsumexp(_ dim: Int, keepdim: Bool = false) -> Tensor { logsumexp(dim: dim, keepdim: keepdim) }
    public func logsumexp(_ dim: [Int], keepdim: Bool = false) -> Tensor { logsumexp(dim: dim, keepdim: keepdim) }
    public func logsumexp(_ dim: Int, _ keepdim: Bool) -> Tensor { logsumexp(dim: dim, keepdim: keepdim) }
    public func logsumexp(_ dim: [Int], _ keepdim: Bool) -> Tensor { logsumexp(dim: dim, keepdim: keepdim) }
    public func max(_ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) { max(dim, keepdim: keepdim) }
    public func mean(_ dim: [Int], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        mean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func mean(_ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        mean(dim, keepdim: keepdim, dtype: dtype)
    }
    public func mean(_ dim: [Int], _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        mean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func median(_ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) { median(dim, keepdim: keepdim) }
    public func min(_ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) { min(dim, keepdim: keepdim) }
    public func mode(_ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) { mode(dim, keepdim: keepdim) }
    public func multinomial(_ numSamples: Int, _ replacement: Bool, generator: Generator? = nil) -> Tensor {
        multinomial(numSamples, replacement: replacement, generator: generator)
    }
    public func nanToNum(_ nan: Double, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
        nanToNum(nan: nan, posinf: posinf, neginf: neginf)
    }
    public func nanmean(_ dim: Int, keepdim: Bool = false) -> Tensor { nanmean(dim: dim, keepdim: keepdim) }
    public func nanmean(_ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        nanmean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func nanmean(_ dim: Int, _ keepdim: Bool) -> Tensor { nanmean(dim: dim, keepdim: keepdim) }
    public func nanmean(_ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        nanmean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func nanmedian(_ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        nanmedian(dim, keepdim: keepdim)
    }
    public func nanquantile(
        _ q: some TensorOperand, _ dim: Int?, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func nanquantile(
        _ q: some TensorOperand, _ dim: Int?, _ keepdim: Bool, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func norm(_ p: String, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public func norm(_ p: String, _ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func norm(_ p: String, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public func norm(_ p: String, _ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func quantile(
        _ q: some TensorOperand, _ dim: Int?, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func quantile(
        _ q: some TensorOperand, _ dim: Int?, _ keepdim: Bool, interpolation: String = "linear"
    ) -> Tensor {
        quantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func repeatInterleave(_ repeats: Int, _ dim: Int?) -> Tensor { repeatInterleave(repeats, dim: dim) }
    public func roll(_ shifts: Int, _ dims: [Int]) -> Tensor { roll([shifts], dims) }
    @discardableResult public func put_(_ index: Tensor, _ source: Tensor, _ accumulate: Bool) -> Tensor {
        put_(index, source, accumulate: accumulate)
    }
    @discardableResult public func scatterReduce_(
        _ dim: Int, _ index: Tensor, _ src: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor { scatterReduce_(dim, index, src, reduce: reduce, includeSelf: includeSelf) }
    public func scatterReduce(
        _ dim: Int, _ index: Tensor, _ src: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public func sliceScatter(_ src: Tensor, _ dim: Int, start: Int? = nil, end: Int? = nil, step: Int = 1) -> Tensor {
        sliceScatter(src, dim: dim, start: start, end: end, step: step)
    }
    public func sort(_ dim: Int, _ descending: Bool, stable: Bool = false) -> (values: Tensor, indices: Tensor) {
        sort(dim, descending: descending, stable: stable)
    }
    public func std(_ dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        std(dim: dim, correction: correction, keepdim: keepdim)
    }
    public func std(_ dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        std(dim: dim, correction: correction, keepdim: keepdim)
    }
    public func sum(_ dim: [Int], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        sum(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func sum(_ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor { sum(dim, keepdim: keepdim, dtype: dtype) }
    public func sum(_ dim: [Int], _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        sum(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func takeAlongDim(_ indices: Tensor, _ dim: Int?) -> Tensor { takeAlongDim(indices, dim: dim) }
    public func tensorSplit(_ indicesOrSections: Int, _ dim: Int) -> [Tensor] { tensorSplit(indicesOrSections, dim: dim) }
    public func topk(_ k: Int, _ dim: Int, largest: Bool = true, sorted: Bool = true) -> (values: Tensor, indices: Tensor) {
        topk(k, dim: dim, largest: largest, sorted: sorted)
    }
    public func topk(_ k: Int, _ dim: Int, _ largest: Bool, sorted: Bool = true) -> (values: Tensor, indices: Tensor) {
        topk(k, dim: dim, largest: largest, sorted: sorted)
    }
    public func topk(_ k: Int, _ dim: Int, _ largest: Bool, _ sorted: Bool) -> (values: Tensor, indices: Tensor) {
        topk(k, dim: dim, largest: largest, sorted: sorted)
    }
    public func `var`(_ dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        self.`var`(dim: dim, correction: correction, keepdim: keepdim)
    }
    public func `var`(_ dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        self.`var`(dim: dim, correction: correction, keepdim: keepdim)
    }
}
