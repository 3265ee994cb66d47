/// Further forms of functions that PyTorch allows: several dimensions, results of fewer parts, shapes and
/// steps given outright.
extension Tensor {
    /// This tensor's elements where `condition` is true, `other`'s elsewhere.
    public func `where`(_ condition: Tensor, _ other: some TensorOperand) -> Tensor { torch.where(condition, self, other) }

    public func histogram(
        _ bins: Int, range: (Double, Double)? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: Tensor) {
        torch.histogram(self, bins, range: range, weight: weight, density: density)
    }
    public func histogram(_ bins: Tensor, weight: Tensor? = nil, density: Bool = false) -> (hist: Tensor, binEdges: Tensor) {
        torch.histogram(self, bins, weight: weight, density: density)
    }

    /// The distinct elements and where in them each element is.
    public func unique(sorted: Bool = true, returnInverse: Bool, dim: Int? = nil) -> (output: Tensor, inverseIndices: Tensor) {
        let (output, inverse, _) = unique(sorted: sorted, returnInverse: true, returnCounts: true, dim: dim)
        return (output, inverse)
    }
    /// The distinct elements and how often each occurs.
    public func unique(sorted: Bool = true, returnCounts: Bool, dim: Int? = nil) -> (output: Tensor, counts: Tensor) {
        let (output, _, counts) = unique(sorted: sorted, returnInverse: true, returnCounts: true, dim: dim)
        return (output, counts)
    }
    public func uniqueConsecutive(returnInverse: Bool, dim: Int? = nil) -> (output: Tensor, inverseIndices: Tensor) {
        let (output, inverse, _) = uniqueConsecutive(returnInverse: true, returnCounts: true, dim: dim)
        return (output, inverse)
    }
    public func uniqueConsecutive(returnCounts: Bool, dim: Int? = nil) -> (output: Tensor, counts: Tensor) {
        let (output, _, counts) = uniqueConsecutive(returnInverse: true, returnCounts: true, dim: dim)
        return (output, counts)
    }

    /// The product in the type `dtype`.
    public func prod(dtype: DType) -> Tensor { to(dtype).prod() }
    public func prod(dim: Int, keepdim: Bool = false, dtype: DType) -> Tensor { to(dtype).prod(dim: dim, keepdim: keepdim) }
    public func prod(_ dim: Int, keepdim: Bool = false) -> Tensor { prod(dim: dim, keepdim: keepdim) }

    /// The same bytes as elements of another type. Where its elements have another size, the last dimension
    /// changes, and must be without gaps.
    public func view(_ dtype: DType) -> Tensor {
        if dtype == self.dtype { return view(shape) }
        if dtype.size == self.dtype.size { return reinterpreted(dtype, dims, steps, offset) }
        check(
            ndim > 0,
            "self.dim() cannot be 0 to view \(self.dtype.scalarName) as \(dtype.scalarName) (different element sizes)")
        check(
            steps[ndim - 1] == 1,
            "self.stride(-1) must be 1 to view \(self.dtype.scalarName) as \(dtype.scalarName) (different element sizes), "
                + "but got \(steps[ndim - 1])")
        let (old, new) = (self.dtype.size, dtype.size)
        var (sizes, strides) = (shape, stride())
        check(
            sizes[ndim - 1] * old % new == 0,
            "self.size(-1) must be divisible by \(new / Swift.max(old, 1)) to view \(self.dtype.scalarName) as "
                + "\(dtype.scalarName) (different element sizes), but got \(sizes[ndim - 1])")
        sizes[ndim - 1] = sizes[ndim - 1] * old / new
        for i in 0..<ndim - 1 {
            check(
                strides[i] * old % new == 0,
                "self.stride(\(i)) must be divisible by \(new / Swift.max(old, 1)) to view \(self.dtype.scalarName) as "
                    + "\(dtype.scalarName) (different element sizes), but got \(strides[i])")
            strides[i] = strides[i] * old / new
        }
        return reinterpreted(dtype, Dims(sizes), Dims(strides), offset * old / new)
    }

    private func reinterpreted(_ dtype: DType, _ dims: Dims, _ steps: Dims, _ offset: Int) -> Tensor {
        Tensor(
            storage: storage, offset: offset, dims: dims, steps: steps, numel: dims.product, dtype: dtype,
            contiguous: steps == dims.contiguousStrides)
    }
}

extension torch {
    public static func unique(
        _ x: Tensor, sorted: Bool = true, returnInverse: Bool, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor) { x.unique(sorted: sorted, returnInverse: returnInverse, dim: dim) }
    public static func unique(
        _ x: Tensor, sorted: Bool = true, returnCounts: Bool, dim: Int? = nil
    ) -> (output: Tensor, counts: Tensor) { x.unique(sorted: sorted, returnCounts: returnCounts, dim: dim) }
    public static func uniqueConsecutive(
        _ x: Tensor, returnInverse: Bool, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor) { x.uniqueConsecutive(returnInverse: returnInverse, dim: dim) }
    public static func uniqueConsecutive(
        _ x: Tensor, returnCounts: Bool, dim: Int? = nil
    ) -> (output: Tensor, counts: Tensor) { x.uniqueConsecutive(returnCounts: returnCounts, dim: dim) }

    public static func countNonzero(_ x: Tensor) -> Tensor { x.countNonzero() }
    public static func mean(_ x: Tensor, dtype: DType) -> Tensor { x.mean(dtype: dtype) }
    public static func mean(_ x: Tensor, dim: Int, keepdim: Bool = false, dtype: DType) -> Tensor {
        x.mean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func sum(_ x: Tensor, dim: Int, keepdim: Bool = false, dtype: DType) -> Tensor {
        x.sum(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func prod(_ x: Tensor, dtype: DType) -> Tensor { x.prod(dtype: dtype) }
    public static func prod(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.prod(dim: dim, keepdim: keepdim) }
    public static func prod(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor { x.prod(dim: dim, keepdim: keepdim) }
    public static func `var`(_ x: Tensor, dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        x.var(dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func std(_ x: Tensor, dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        x.std(dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func `var`(_ x: Tensor, dim: Int, unbiased: Bool, keepdim: Bool = false) -> Tensor {
        x.var(dim: dim, unbiased: unbiased, keepdim: keepdim)
    }
    public static func std(_ x: Tensor, dim: Int, unbiased: Bool, keepdim: Bool = false) -> Tensor {
        x.std(dim: dim, unbiased: unbiased, keepdim: keepdim)
    }
    public static func `var`(_ x: Tensor, unbiased: Bool) -> Tensor { x.var(unbiased: unbiased) }
    public static func std(_ x: Tensor, unbiased: Bool) -> Tensor { x.std(unbiased: unbiased) }
    public static func norm(_ x: Tensor, _ p: Double = 2, dim: Int, keepdim: Bool = false) -> Tensor {
        x.norm(p, dim: dim, keepdim: keepdim)
    }
    public static func norm(_ x: Tensor, _ p: Double = 2, dim: [Int], keepdim: Bool = false) -> Tensor {
        x.norm(p, dim: dim, keepdim: keepdim)
    }
    public static func norm(_ x: Tensor, p: Double) -> Tensor { x.norm(p) }
    public static func norm(_ x: Tensor, p: Double, dim: Int, keepdim: Bool = false) -> Tensor {
        x.norm(p, dim: dim, keepdim: keepdim)
    }
    public static func logsumexp(_ x: Tensor, dim: [Int], keepdim: Bool = false) -> Tensor {
        x.logsumexp(dim: dim, keepdim: keepdim)
    }
    /// Products summed over the dimensions `dims[0]` of `a` and `dims[1]` of `b`.
    public static func tensordot(_ a: Tensor, _ b: Tensor, dims: [[Int]]) -> Tensor {
        check(
            dims.count == 2,
            "tensordot expects dims to be int or tuple[List[int], List[int]] or List[List[int]] containing two lists, but got "
                + "dims=\(dims)")
        return tensordot(a, b, dims: (dims[0], dims[1]))
    }
    public static func concatenate(_ tensors: [Tensor], _ dim: Int) -> Tensor { cat(tensors, dim: dim) }
    public static func concatenate(_ tensors: [Tensor], axis: Int) -> Tensor { cat(tensors, dim: axis) }

    /// A view with sizes and steps given outright, counted from the storage's start.
    public static func asStrided(_ input: Tensor, _ size: [Int], _ stride: [Int], _ storageOffset: Int? = nil) -> Tensor {
        input.asStrided(size, stride, storageOffset: storageOffset)
    }
    /// A tensor with these steps whose values are not set.
    public static func emptyStrided(_ size: [Int], _ stride: [Int], dtype: DType = .default, device: Device = .cpu) -> Tensor {
        check(size.count == stride.count, "mismatch in length of strides and shape")
        let extent = size.contains(0) ? 0 : zip(size, stride).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
        return empty([extent], dtype: dtype, device: device).asStrided(size, stride)
    }
    /// A tensor of `size` whose dimensions lie in memory in the order of `physicalLayout`, outermost first.
    public static func emptyPermuted(
        _ size: [Int], _ physicalLayout: [Int], dtype: DType = .default, device: Device = .cpu
    ) -> Tensor {
        check(
            physicalLayout.sorted() == Array(size.indices),
            "Number of dimensions in size does not match the length of the physical_layout; i.e. len(size) = "
                + "\(size.count) is not equal to len(physical_layout) = \(physicalLayout.count)")
        var places = physicalLayout
        for (place, dim) in physicalLayout.enumerated() { places[dim] = place }
        return empty(physicalLayout.map { size[$0] }, dtype: dtype, device: device).permute(places)
    }

    // MARK: Making tensors

    /// A tensor of the data, which of a tensor is the tensor itself where nothing has to change.
    public static func asarray(_ obj: some TensorData, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        tensor(obj, dtype: dtype, requiresGrad: requiresGrad)
    }
    public static func asarray(_ obj: Tensor, dtype: DType? = nil, copy: Bool = false, requiresGrad: Bool? = nil) -> Tensor {
        var result = obj.to(dtype ?? obj.dtype)
        if copy, result === obj { result = result.clone() }
        guard let requiresGrad, requiresGrad != result.requiresGrad else { return result }
        return requiresGrad ? result.requiresGrad_() : result.detach()
    }
    /// A tensor without elements: `torch.tensor([])`.
    @_disfavoredOverload
    public static func tensor(
        _ data: EmptyList, dtype: DType? = nil, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { zeros([0], dtype: dtype ?? .default, device: device, requiresGrad: requiresGrad) }

    /// PyTorch's older constructors, each for one type: `torch.LongTensor([1, 2])`.
    public static func FloatTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .float32) }
    public static func FloatTensor(_ size: Int...) -> Tensor { empty(size, dtype: .float32) }
    public static func DoubleTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .float64) }
    public static func HalfTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .float16) }
    public static func LongTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .int64) }
    public static func IntTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .int32) }
    public static func ShortTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .int16) }
    public static func CharTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .int8) }
    public static func ByteTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .uint8) }
    public static func BoolTensor(_ data: some TensorData) -> Tensor { tensor(data, dtype: .bool) }
}

/// The literal `[]`, which has no type of its own.
public struct EmptyList: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Never...) {}
}

// One bound as a tensor, numbers where tensors may stand, lists of dimensions.
extension Tensor {
    public func clamp(min: Tensor) -> Tensor { clamp(min: min, max: nil) }
    public func clamp(max: Tensor) -> Tensor { clamp(min: nil, max: max) }
    public func moveaxis(_ source: [Int], _ destination: [Int]) -> Tensor { movedim(source, destination) }
    @discardableResult
    public func scatter_(_ dim: Int, _ index: Tensor, _ value: some ScalarConvertible, reduce: String) -> Tensor {
        scatter_(dim, index, torch.full(index.shape, value, dtype: dtype), reduce: reduce)
    }
    public func toSparseCoo() -> Tensor { toSparse() }
}

extension torch {
    public static func clamp(_ x: Tensor, min: Tensor) -> Tensor { x.clamp(min: min) }
    public static func clamp(_ x: Tensor, max: Tensor) -> Tensor { x.clamp(max: max) }
    public static func moveaxis(_ x: Tensor, _ source: [Int], _ destination: [Int]) -> Tensor { x.movedim(source, destination) }
    public static func nansum(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.nansum(dim: dim, keepdim: keepdim) }
    public static func diagonalScatter(_ x: Tensor, _ src: Tensor, _ offset: Int, _ dim1: Int = 0, _ dim2: Int = 1) -> Tensor {
        x.diagonalScatter(src, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func quantizePerTensor(_ input: Tensor, _ scale: Double, _ zeroPoint: Int, _ dtype: DType) -> Tensor {
        quantizePerTensor(input, scale, zeroPoint, dtype: dtype)
    }
}

extension torch.linalg {
    public static func cond(_ A: Tensor, _ p: String) -> Tensor { cond(A, p: p) }
}

extension torch.special {
    public static func xlogy(_ input: some ScalarConvertible, _ other: Tensor) -> Tensor { torch.xlogy(input, other) }
}
