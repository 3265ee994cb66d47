/// Arguments of `torch.` functions by name where the declaration that computes has them by position:
/// `torch.gather(x, dim: 1, index: i)` beside `torch.gather(x, 1, i)`.
extension torch {
    public static func broadcastTo(_ input: Tensor, shape: [Int]) -> Tensor { broadcastTo(input, shape) }
    public static func bucketize(
        _ input: Tensor, boundaries: Tensor, outInt32: Bool = false, right: Bool = false
    ) -> Tensor {
        bucketize(input, boundaries, outInt32: outInt32, right: right)
    }
    public static func chunk(_ input: Tensor, chunks: Int, dim: Int = 0) -> [Tensor] { chunk(input, chunks, dim: dim) }
    public static func clamp(_ input: Tensor, _ min: Scalar?, max: Scalar?) -> Tensor { clamp(input, min, max) }
    public static func countNonzero(_ input: Tensor, dim: Int) -> Tensor { countNonzero(input, dim: [dim]) }
    public static func cumulativeTrapezoid(_ y: Tensor, x: Tensor?, dx: Double = 1, dim: Int = -1) -> Tensor {
        cumulativeTrapezoid(y, x, dx: dx, dim: dim)
    }
    public static func diagonalScatter(
        _ input: Tensor, src: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1
    ) -> Tensor {
        diagonalScatter(input, src, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func dsplit(_ input: Tensor, indicesOrSections: Int) -> [Tensor] { dsplit(input, indicesOrSections) }
    public static func empty(
        size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        empty(size, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func eye(
        _ n: Int, m: Int?, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        eye(n, m, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func eye(
        n: Int, m: Int? = nil, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        eye(n, m, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func floatPower(_ input: Tensor, exponent: some TensorOperand) -> Tensor { floatPower(input, exponent) }
    public static func full(
        size: [Int], fillValue: some ScalarConvertible, dtype: DType? = nil, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        full(size, fillValue, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func full(
        _ size: [Int], fillValue: some ScalarConvertible, dtype: DType? = nil, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        full(size, fillValue, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func fullLike(
        _ input: Tensor, fillValue: some ScalarConvertible, dtype: DType? = nil, requiresGrad: Bool = false
    ) -> Tensor {
        fullLike(input, fillValue, dtype: dtype, requiresGrad: requiresGrad)
    }
    public static func gather(_ input: Tensor, dim: Int, index: Tensor) -> Tensor { gather(input, dim, index) }
    public static func gather(_ input: Tensor, _ dim: Int, index: Tensor) -> Tensor { gather(input, dim, index) }
    public static func gradient(_ input: Tensor, dim: Int, spacing: Double = 1, edgeOrder: Int = 1) -> [Tensor] {
        gradient(input, spacing: spacing, dim: [dim], edgeOrder: edgeOrder)
    }
    public static func histogram(
        _ input: Tensor, bins: Int, range: (Double, Double)? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: Tensor) {
        histogram(input, bins, range: range, weight: weight, density: density)
    }
    public static func histogramdd(
        _ input: Tensor, bins: Int, range: [Double]? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: [Tensor]) {
        histogramdd(input, bins, range: range, weight: weight, density: density)
    }
    public static func hsplit(_ input: Tensor, indicesOrSections: Int) -> [Tensor] { hsplit(input, indicesOrSections) }
    public static func indexAdd(_ input: Tensor, dim: Int, index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(input, dim, index, source, alpha: alpha)
    }
    public static func indexAdd(_ input: Tensor, _ dim: Int, index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(input, dim, index, source, alpha: alpha)
    }
    public static func indexAdd(_ input: Tensor, _ dim: Int, _ index: Tensor, source: Tensor, alpha: Double = 1) -> Tensor {
        indexAdd(input, dim, index, source, alpha: alpha)
    }
    public static func indexFill(_ input: Tensor, dim: Int, index: Tensor, value: some TensorOperand) -> Tensor {
        indexFill(input, dim, index, value)
    }
    public static func indexFill(_ input: Tensor, _ dim: Int, index: Tensor, value: some TensorOperand) -> Tensor {
        indexFill(input, dim, index, value)
    }
    public static func indexFill(_ input: Tensor, _ dim: Int, _ index: Tensor, value: some TensorOperand) -> Tensor {
        indexFill(input, dim, index, value)
    }
    public static func indexSelect(_ input: Tensor, dim: Int, index: Tensor) -> Tensor { indexSelect(input, dim, index) }
    public static func indexSelect(_ input: Tensor, _ dim: Int, index: Tensor) -> Tensor { indexSelect(input, dim, index) }
    public static func kthvalue(
        _ input: Tensor, k: Int, dim: Int = -1, keepdim: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        kthvalue(input, k, dim: dim, keepdim: keepdim)
    }
    public static func linspace(
        start: Double, end: Double, steps: Int, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        linspace(start, end, steps, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func linspace(
        _ start: Double, end: Double, steps: Int, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        linspace(start, end, steps, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func linspace(
        _ start: Double, _ end: Double, steps: Int, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        linspace(start, end, steps, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func logspace(
        start: Double, end: Double, steps: Int, base: Double = 10, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        logspace(start, end, steps, base: base, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func logspace(
        _ start: Double, end: Double, steps: Int, base: Double = 10, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        logspace(start, end, steps, base: base, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func logspace(
        _ start: Double, _ end: Double, steps: Int, base: Double = 10, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        logspace(start, end, steps, base: base, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func maskedFill(_ input: Tensor, mask: Tensor, value: some TensorOperand) -> Tensor {
        maskedFill(input, mask, value)
    }
    public static func maskedFill(_ input: Tensor, _ mask: Tensor, value: some TensorOperand) -> Tensor {
        maskedFill(input, mask, value)
    }
    public static func maskedSelect(_ input: Tensor, mask: Tensor) -> Tensor { maskedSelect(input, mask) }
    public static func matrixPower(_ input: Tensor, n: Int) -> Tensor { matrixPower(input, n) }
    public static func multinomial(
        _ input: Tensor, numSamples: Int, replacement: Bool = false, generator: Generator? = nil
    ) -> Tensor {
        multinomial(input, numSamples, replacement: replacement, generator: generator)
    }
    public static func nanmean(_ input: Tensor, dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        nanmean(input, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func nanquantile(
        _ input: Tensor, q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        nanquantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func narrow(_ input: Tensor, dim: Int, start: Int, length: Int) -> Tensor {
        narrow(input, dim, start, length)
    }
    public static func narrow(_ input: Tensor, _ dim: Int, start: Int, length: Int) -> Tensor {
        narrow(input, dim, start, length)
    }
    public static func narrow(_ input: Tensor, _ dim: Int, _ start: Int, length: Int) -> Tensor {
        narrow(input, dim, start, length)
    }
    public static func norm(
        _ input: Tensor, p: String, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, p, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, _ p: String, dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(input, p, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func normal(mean: Double, std: Double, size: [Int], generator: Generator? = nil) -> Tensor {
        normal(mean, std, size: size, generator: generator)
    }
    public static func normal(_ mean: Double, std: Double, size: [Int], generator: Generator? = nil) -> Tensor {
        normal(mean, std, size: size, generator: generator)
    }
    public static func ones(
        size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        ones(size, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func permute(_ input: Tensor, dims: [Int]) -> Tensor { permute(input, dims) }
    public static func pow(_ input: Tensor, exponent: some ScalarConvertible) -> Tensor { pow(input, exponent) }
    public static func quantile(
        _ input: Tensor, q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantile(input, q, dim: dim, keepdim: keepdim, interpolation: interpolation)
    }
    public static func rand(
        size: [Int], generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        rand(size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randint(
        low: Int, high: Int, size: [Int], generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randint(low, high, size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randint(
        _ low: Int, high: Int, size: [Int], generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randint(low, high, size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randint(
        _ low: Int, _ high: Int, size: [Int], generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randint(low, high, size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randn(
        size: [Int], generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randn(size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randperm(
        n: Int, generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        randperm(n, generator: generator, dtype: dtype, device: device)
    }
    public static func renorm(_ input: Tensor, p: Double, dim: Int, maxnorm: Double) -> Tensor {
        renorm(input, p, dim, maxnorm)
    }
    public static func renorm(_ input: Tensor, _ p: Double, dim: Int, maxnorm: Double) -> Tensor {
        renorm(input, p, dim, maxnorm)
    }
    public static func renorm(_ input: Tensor, _ p: Double, _ dim: Int, maxnorm: Double) -> Tensor {
        renorm(input, p, dim, maxnorm)
    }
    public static func repeatInterleave(_ input: Tensor, repeats: Int, dim: Int? = nil) -> Tensor {
        repeatInterleave(input, repeats, dim: dim)
    }
    public static func reshape(_ input: Tensor, shape: [Int]) -> Tensor { reshape(input, shape) }
    public static func roll(_ input: Tensor, _ shifts: Int, dims: [Int]) -> Tensor { roll(input, [shifts], dims) }
    public static func rot90(_ input: Tensor, _ k: Int, dims: [Int]) -> Tensor { rot90(input, k, dims) }
    public static func rot90(_ input: Tensor, dims: [Int], k: Int = 1) -> Tensor { rot90(input, k, dims) }
    public static func scatter(_ input: Tensor, dim: Int, index: Tensor, src: Tensor) -> Tensor {
        scatter(input, dim, index, src)
    }
    public static func scatter(_ input: Tensor, _ dim: Int, index: Tensor, src: Tensor) -> Tensor {
        scatter(input, dim, index, src)
    }
    public static func scatter(_ input: Tensor, _ dim: Int, _ index: Tensor, src: Tensor) -> Tensor {
        scatter(input, dim, index, src)
    }
    public static func scatterAdd(_ input: Tensor, dim: Int, index: Tensor, src: Tensor) -> Tensor {
        scatterAdd(input, dim, index, src)
    }
    public static func scatterAdd(_ input: Tensor, _ dim: Int, index: Tensor, src: Tensor) -> Tensor {
        scatterAdd(input, dim, index, src)
    }
    public static func scatterAdd(_ input: Tensor, _ dim: Int, _ index: Tensor, src: Tensor) -> Tensor {
        scatterAdd(input, dim, index, src)
    }
    public static func scatterReduce(
        _ input: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(input, dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public static func scatterReduce(
        _ input: Tensor, _ dim: Int, index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(input, dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public static func scatterReduce(
        _ input: Tensor, _ dim: Int, _ index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        scatterReduce(input, dim, index, src, reduce: reduce, includeSelf: includeSelf)
    }
    public static func select(_ input: Tensor, dim: Int, index: Int) -> Tensor { select(input, dim, index) }
    public static func select(_ input: Tensor, _ dim: Int, index: Int) -> Tensor { select(input, dim, index) }
    public static func selectScatter(_ input: Tensor, src: Tensor, dim: Int, index: Int) -> Tensor {
        selectScatter(input, src, dim: dim, index: index)
    }
    public static func selectScatter(_ input: Tensor, _ src: Tensor, _ dim: Int, index: Int) -> Tensor {
        selectScatter(input, src, dim: dim, index: index)
    }
    public static func sliceScatter(
        _ input: Tensor, src: Tensor, dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1
    ) -> Tensor {
        sliceScatter(input, src, dim: dim, start: start, end: end, step: step)
    }
    public static func sparseCooTensor(
        _ indices: Tensor, _ values: Tensor, size: [Int]?, dtype: DType? = nil, requiresGrad: Bool = false,
        isCoalesced: Bool = false
    ) -> Tensor {
        sparseCooTensor(indices, values, size, dtype: dtype, requiresGrad: requiresGrad, isCoalesced: isCoalesced)
    }
    public static func split(_ tensor: Tensor, splitSizeOrSections: Int, dim: Int = 0) -> [Tensor] {
        split(tensor, splitSizeOrSections, dim: dim)
    }
    public static func squeeze(_ input: Tensor, dim: Int) -> Tensor { squeeze(input, dim) }
    public static func swapaxes(_ input: Tensor, axis0: Int, axis1: Int) -> Tensor { swapaxes(input, axis0, axis1) }
    public static func swapaxes(_ input: Tensor, _ axis0: Int, axis1: Int) -> Tensor { swapaxes(input, axis0, axis1) }
    public static func swapdims(_ input: Tensor, dim0: Int, dim1: Int) -> Tensor { swapdims(input, dim0, dim1) }
    public static func swapdims(_ input: Tensor, _ dim0: Int, dim1: Int) -> Tensor { swapdims(input, dim0, dim1) }
    public static func take(_ input: Tensor, index: Tensor) -> Tensor { take(input, index) }
    public static func takeAlongDim(_ input: Tensor, indices: Tensor, dim: Int? = nil) -> Tensor {
        takeAlongDim(input, indices, dim: dim)
    }
    public static func tensorSplit(_ input: Tensor, indicesOrSections: Int, dim: Int = 0) -> [Tensor] {
        tensorSplit(input, indicesOrSections, dim: dim)
    }
    public static func tile(_ input: Tensor, dims: [Int]) -> Tensor { tile(input, dims) }
    public static func topk(
        _ input: Tensor, k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        topk(input, k, dim: dim, largest: largest, sorted: sorted)
    }
    public static func transpose(_ input: Tensor, dim0: Int, dim1: Int) -> Tensor { transpose(input, dim0, dim1) }
    public static func transpose(_ input: Tensor, _ dim0: Int, dim1: Int) -> Tensor { transpose(input, dim0, dim1) }
    public static func trapezoid(_ y: Tensor, x: Tensor?, dx: Double = 1, dim: Int = -1) -> Tensor {
        trapezoid(y, x, dx: dx, dim: dim)
    }
    public static func trapz(_ y: Tensor, x: Tensor?, dx: Double = 1, dim: Int = -1) -> Tensor {
        trapz(y, x, dx: dx, dim: dim)
    }
    public static func trilIndices(
        row: Int, col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        trilIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func trilIndices(
        _ row: Int, col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        trilIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func triuIndices(
        row: Int, col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        triuIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func triuIndices(
        _ row: Int, col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        triuIndices(row, col, offset: offset, dtype: dtype, device: device)
    }
    public static func unbind(_ input: Tensor, dim: Int) -> [Tensor] { unbind(input, dim) }
    public static func unflatten(_ input: Tensor, dim: Int, sizes: [Int]) -> Tensor { unflatten(input, dim, sizes) }
    public static func unflatten(_ input: Tensor, _ dim: Int, sizes: [Int]) -> Tensor { unflatten(input, dim, sizes) }
    public static func unravelIndex(indices: Tensor, shape: [Int]) -> [Tensor] { unravelIndex(indices, shape) }
    public static func unravelIndex(_ indices: Tensor, shape: [Int]) -> [Tensor] { unravelIndex(indices, shape) }
    public static func unsqueeze(_ input: Tensor, dim: Int) -> Tensor { unsqueeze(input, dim) }
    public static func vsplit(_ input: Tensor, indicesOrSections: Int) -> [Tensor] { vsplit(input, indicesOrSections) }
    public static func zeros(
        size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        zeros(size, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
}
