/// Arguments of a tensor's methods by name where the declaration that computes has them by position:
/// `torch.gather(x, dim: 1, index: i)` beside `torch.gather(x, 1, i)`.
extension Tensor {
    public func broadcastTo(shape: [Int]) -> Tensor { broadcastTo(shape) }
    public func chunk(chunks: Int, dim: Int = 0) -> [Tensor] { chunk(chunks, dim: dim) }
    public func clamp(_ min: Scalar?, max: Scalar?) -> Tensor { clamp(min, max) }
    public func diagonalScatter(src: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        diagonalScatter(src, offset: offset, dim1: dim1, dim2: dim2)
    }
    public func dist(_ other: Tensor, p: Double) -> Tensor { dist(other, p) }
    public func dsplit(indicesOrSections: Int) -> [Tensor] { dsplit(indicesOrSections) }
    public func flatten(_ startDim: Int, endDim: Int) -> Tensor { flatten(startDim, endDim) }
    public func flatten(endDim: Int, startDim: Int = 0) -> Tensor { flatten(startDim, endDim) }
    public func floatPower(exponent: some TensorOperand) -> Tensor { floatPower(exponent) }
    public func gather(dim: Int, index: Tensor) -> Tensor { gather(dim, index) }
    public func gather(_ dim: Int, index: Tensor) -> Tensor { gather(dim, index) }
    public func hsplit(indicesOrSections: Int) -> [Tensor] { hsplit(indicesOrSections) }
    public func indexAdd(dim: Int, index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(dim, index, source, alpha: alpha)
    }
    public func indexAdd(_ dim: Int, index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(dim, index, source, alpha: alpha)
    }
    public func indexAdd(_ dim: Int, _ index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(dim, index, source, alpha: alpha)
    }
    public func indexFill(dim: Int, index: Tensor, value: some TensorOperand) -> Tensor { indexFill(dim, index, value) }
    public func indexFill(_ dim: Int, index: Tensor, value: some TensorOperand) -> Tensor { indexFill(dim, index, value) }
    public func indexFill(_ dim: Int, _ index: Tensor, value: some TensorOperand) -> Tensor { indexFill(dim, index, value) }
    public func indexSelect(dim: Int, index: Tensor) -> Tensor { indexSelect(dim, index) }
    public func indexSelect(_ dim: Int, index: Tensor) -> Tensor { indexSelect(dim, index) }
    public func kthvalue(k: Int, dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        kthvalue(k, dim: dim, keepdim: keepdim)
    }
    public func maskedFill(mask: Tensor, value: some TensorOperand) -> Tensor { maskedFill(mask, value) }
    public func maskedFill(_ mask: Tensor, value: some TensorOperand) -> Tensor { maskedFill(mask, value) }
    public func maskedSelect(mask: Tensor) -> Tensor { maskedSelect(mask) }
    public func multinomial(numSamples: Int, replacement: Bool = false, generator: Generator? = nil) -> Tensor {
        multinomial(numSamples, replacement: replacement, generator: generator)
    }
    public func nanquantile(
        q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func narrow(dim: Int, start: Int, length: Int) -> Tensor { narrow(dim, start, length) }
    public func narrow(_ dim: Int, start: Int, length: Int) -> Tensor { narrow(dim, start, length) }
    public func narrow(_ dim: Int, _ start: Int, length: Int) -> Tensor { narrow(dim, start, length) }
    public func norm(p: String, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public func norm(_ p: String, dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public func permute(dims: [Int]) -> Tensor { permute(dims) }
    public func pow(exponent: some ScalarConvertible) -> Tensor { pow(exponent) }
    public func quantile(
        q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public func renorm(p: Double, dim: Int, maxnorm: Double) -> Tensor { renorm(p, dim, maxnorm) }
    public func renorm(_ p: Double, dim: Int, maxnorm: Double) -> Tensor { renorm(p, dim, maxnorm) }
    public func renorm(_ p: Double, _ dim: Int, maxnorm: Double) -> Tensor { renorm(p, dim, maxnorm) }
    public func repeatInterleave(repeats: Int, dim: Int? = nil) -> Tensor { repeatInterleave(repeats, dim: dim) }
    public func reshape(shape: [Int]) -> Tensor { reshape(shape) }
    public func roll(_ shifts: Int, dims: [Int]) -> Tensor { roll([shifts], dims) }
    public func rot90(k: Int, dims: [Int] = [0, 1]) -> Tensor { rot90(k, dims) }
    public func rot90(_ k: Int, dims: [Int]) -> Tensor { rot90(k, dims) }
    public func scatter(dim: Int, index: Tensor, src: Tensor) -> Tensor { scatter(dim, index, src) }
    public func scatter(_ dim: Int, index: Tensor, src: Tensor) -> Tensor { scatter(dim, index, src) }
    public func scatter(_ dim: Int, _ index: Tensor, src: Tensor) -> Tensor { scatter(dim, index, src) }
    public func scatterAdd(dim: Int, index: Tensor, src: Tensor) -> Tensor { scatterAdd(dim, index, src) }
    public func scatterAdd(_ dim: Int, index: Tensor, src: Tensor) -> Tensor { scatterAdd(dim, index, src) }
    public func scatterAdd(_ dim: Int, _ index: Tensor, src: Tensor) -> Tensor { scatterAdd(dim, index, src) }
    public func scatterReduce(_ dim: Int, index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true) -> Tensor {
        scatterReduce(dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public func scatterReduce(
        _ dim: Int, _ index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public func select(dim: Int, index: Int) -> Tensor { select(dim, index) }
    public func select(_ dim: Int, index: Int) -> Tensor { select(dim, index) }
    public func selectScatter(src: Tensor, dim: Int, index: Int) -> Tensor { selectScatter(src, dim, index) }
    public func selectScatter(_ src: Tensor, dim: Int, index: Int) -> Tensor { selectScatter(src, dim, index) }
    public func selectScatter(_ src: Tensor, _ dim: Int, index: Int) -> Tensor { selectScatter(src, dim, index) }
    public func sliceScatter(src: Tensor, dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1) -> Tensor {
        sliceScatter(src, dim: dim, start: start, end: end, step: step)
    }
    public func swapaxes(axis0: Int, axis1: Int) -> Tensor { swapaxes(axis0, axis1) }
    public func swapaxes(_ axis0: Int, axis1: Int) -> Tensor { swapaxes(axis0, axis1) }
    public func swapdims(dim0: Int, dim1: Int) -> Tensor { swapdims(dim0, dim1) }
    public func swapdims(_ dim0: Int, dim1: Int) -> Tensor { swapdims(dim0, dim1) }
    public func take(index: Tensor) -> Tensor { take(index) }
    public func takeAlongDim(indices: Tensor, dim: Int? = nil) -> Tensor { takeAlongDim(indices, dim: dim) }
    public func tensorSplit(indicesOrSections: Int, dim: Int = 0) -> [Tensor] { tensorSplit(indicesOrSections, dim: dim) }
    public func tile(dims: [Int]) -> Tensor { tile(dims) }
    public func topk(
        k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        topk(k, dim: dim, largest: largest, sorted: sorted)
    }
    public func transpose(dim0: Int, dim1: Int) -> Tensor { transpose(dim0, dim1) }
    public func transpose(_ dim0: Int, dim1: Int) -> Tensor { transpose(dim0, dim1) }
    public func unbind(dim: Int) -> [Tensor] { unbind(dim) }
    public func unflatten(dim: Int, sizes: [Int]) -> Tensor { unflatten(dim, sizes) }
    public func unflatten(_ dim: Int, sizes: [Int]) -> Tensor { unflatten(dim, sizes) }
    public func vsplit(indicesOrSections: Int) -> [Tensor] { vsplit(indicesOrSections) }
}
