import CKernels

/// Reading and writing parts of a tensor: `x[0]`, `x[.all, 1..<3]`, `x[mask]`, `x[indices]`.

/// One position of an index, as the brackets of PyTorch take it.
public enum TensorIndex {
    case select(Int)
    case slice(start: Int?, end: Int?, step: Int)
    case newAxis
    case ellipsis
    case tensor(Tensor)
}

/// What may stand between the brackets.
public protocol TensorIndexConvertible {
    var tensorIndex: TensorIndex { get }
}

extension Int: TensorIndexConvertible { public var tensorIndex: TensorIndex { .select(self) } }
extension Tensor: TensorIndexConvertible { public var tensorIndex: TensorIndex { .tensor(self) } }
extension Array: TensorIndexConvertible where Element: TensorData {
    public var tensorIndex: TensorIndex { .tensor(torch.tensor(self)) }
}

/// A slice whose bounds may be negative, which Swift's own ranges do not allow: made by the range
/// operators between Ints where an index is expected.
public struct Slice: TensorIndexConvertible {
    let start: Int?, end: Int?, step: Int

    public init(_ start: Int? = nil, _ end: Int? = nil, step: Int = 1) {
        (self.start, self.end, self.step) = (start, end, step)
    }

    /// Every `step`-th element: `(1 ..< -1).by(2)` is PyTorch's `1:-1:2`.
    public func by(_ step: Int) -> Slice { Slice(start, end, step: step) }

    public var tensorIndex: TensorIndex { .slice(start: start, end: end, step: step) }
}

/// `.newAxis` and `.ellipsis`.
public struct SpecialIndex: TensorIndexConvertible {
    public let tensorIndex: TensorIndex
}

extension TensorIndexConvertible where Self == Slice {
    /// The whole dimension: PyTorch's `:`.
    public static var all: Slice { Slice() }
}

extension TensorIndexConvertible where Self == SpecialIndex {
    /// All dimensions not named: PyTorch's `...`.
    public static var ellipsis: SpecialIndex { SpecialIndex(tensorIndex: .ellipsis) }
    /// A new dimension of size 1: PyTorch's `None`.
    public static var newAxis: SpecialIndex { SpecialIndex(tensorIndex: .newAxis) }
}

extension Int {
    // Disfavoured, so that ranges everywhere else stay Swift's.
    @_disfavoredOverload public static func ..< (start: Int, end: Int) -> Slice { Slice(start, end) }
    /// The closed range of Swift: `1...3` includes 3.
    @_disfavoredOverload public static func ... (start: Int, end: Int) -> Slice { Slice(start, end == -1 ? nil : end + 1) }
    @_disfavoredOverload public static postfix func ... (start: Int) -> Slice { Slice(start, nil) }
    @_disfavoredOverload public static prefix func ..< (end: Int) -> Slice { Slice(nil, end) }
}

extension Tensor {
    /// Reads a view (integers, slices), or a copy (index tensors, masks); writes in place.
    public subscript(_ indices: any TensorIndexConvertible...) -> Tensor {
        get {
            let (view, tensors) = resolved(indices.map(\.tensorIndex))
            return tensors.isEmpty ? view : view.gathered(tensors)
        }
        set { assign(indices.map(\.tensorIndex), newValue) }
    }

    /// Writes a number to every selected element: `x[0] = 1`.
    @_disfavoredOverload
    public subscript(_ indices: any TensorIndexConvertible...) -> any ScalarConvertible {
        get { element(indices) }
        set { assign(indices.map(\.tensorIndex), Tensor(wrapping: newValue.scalar, beside: self)) }
    }

    private func element(_ indices: [any TensorIndexConvertible]) -> Scalar {
        let (view, tensors) = resolved(indices.map(\.tensorIndex))
        return (tensors.isEmpty ? view : view.gathered(tensors)).item()
    }

    private func assign(_ indices: [TensorIndex], _ value: Tensor) {
        let (view, tensors) = resolved(indices)
        if tensors.isEmpty {
            // `x[0] += y` changed x's memory through a view already and writes back that view.
            if value.base === view.base, value.storage === view.storage, value.offset == view.offset,
                value.dims == view.dims, value.steps == view.steps
            {
                return
            }
            view.copy_(value.trimmed(to: view.dims))
        } else {
            view.indexPut_(tensors, value)
        }
    }

    /// Without leading dimensions of size 1 beyond the target's rank, which PyTorch ignores.
    private func trimmed(to target: Dims) -> Tensor {
        var result = self
        while result.dims.count > target.count, result.dims[0] == 1 { result = result.squeeze(0) }
        return result
    }

    /// Applies all that gives a view, and lists the index tensors by the dimension they index.
    private func resolved(_ indices: [TensorIndex]) -> (view: Tensor, tensors: [Tensor?]) {
        var consumed = 0
        var ellipses = 0
        for index in indices {
            switch index {
            case .select, .slice: consumed += 1
            case .tensor(let t): consumed += t.dtype == .bool || t.dtype == .uint8 ? t.dims.count : 1
            case .ellipsis: ellipses += 1
            case .newAxis: break
            }
        }
        check(ellipses <= 1, "an index can only have a single ellipsis ('...')", .indexError)
        check(
            consumed <= dims.count,
            dims.isEmpty && indices.contains { if case .select = $0 { true } else { false } }
                ? "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
                : "too many indices for tensor of dimension \(dims.count)", .indexError)
        var view = self
        var dim = 0
        var tensors: [Tensor?] = []
        func add(_ tensor: Tensor) {
            while tensors.count < dim { tensors.append(nil) }
            tensors.append(tensor)
            dim += 1
        }
        for index in indices {
            switch index {
            case .select(let i):
                let size = view.dims[dim]
                check(
                    i >= -size && i < size,
                    "index \(i) is out of bounds for dimension \(dim) with size \(size)", .indexError)
                view = view.select(dim, i)
            case .slice(let start, let end, let step):
                check(step != 0, "slice step cannot be zero", .valueError)
                check(step > 0, "step must be greater than zero", .valueError)
                view = view.slice(dim, start, end, step)
                dim += 1
            case .newAxis:
                view = view.unsqueeze(dim)
                dim += 1
            case .ellipsis:
                dim += dims.count - consumed
            case .tensor(let t) where t.dtype == .bool || t.dtype == .uint8:
                for d in 0..<t.dims.count where t.dims[d] != view.dims[dim + d] {
                    fail(
                        "The shape of the mask \(t.dims) at index \(d) does not match the shape of the indexed "
                            + "tensor \(view.dims) at index \(dim + d)", .indexError)
                }
                if t.dims.isEmpty {
                    view = view.unsqueeze(dim)
                    add(torch.arange(t.item() ? 1 : 0))
                } else {
                    for position in t.nonzeroTuple() { add(position) }
                }
            case .tensor(let t):
                check(
                    t.dtype.isIntegral,
                    "tensors used as indices must be long, int, byte or bool tensors", .indexError)
                add(t.to(.int64))
            }
        }
        return (view, tensors)
    }

    // MARK: Index tensors

    /// Moves the indexed dimensions to the front. The last part tells where their common shape
    /// goes in the result: at the first of them if they are neighbours, else in front.
    private func frontLoaded(_ indices: [Tensor?]) -> (tensor: Tensor, indices: [Tensor], shape: Dims, place: Int) {
        let axes = indices.indices.filter { indices[$0] != nil }
        let rest = (0..<dims.count).filter { !axes.contains($0) }
        let tensors = axes.map { indices[$0]! }
        var shape = tensors[0].dims
        for t in tensors.dropFirst() {
            let (a, b) = (shape, t.dims)
            for i in 1...Swift.max(Swift.min(a.count, b.count), 1) where i <= a.count && i <= b.count {
                let (x, y) = (a[a.count - i], b[b.count - i])
                if x != y && x != 1 && y != 1 {
                    fail(
                        "shape mismatch: indexing tensors could not be broadcast together with shapes "
                            + tensors.map { $0.dims.description }.joined(separator: ", "), .indexError)
                }
            }
            shape = broadcastDims(a, b)
        }
        let neighbours = axes.last! - axes.first! == axes.count - 1
        return (
            permute(axes + rest), tensors.map { $0.detach().to(device).expand(shape.array).contiguous() }, shape,
            neighbours ? axes.first! : 0
        )
    }

    /// Reads the elements at index tensors, one per dimension (nil: the whole dimension).
    func gathered(_ indices: [Tensor?]) -> Tensor {
        let (front, tensors, shape, place) = frontLoaded(indices)
        let rest = front.shape.dropFirst(tensors.count)
        let out = Tensor(empty: Dims(shape.array + rest), dtype, backend)
        for case let tensor? in tensors { checkSameDevice(tensor) }
        backend.index(front.detach(), tensors, out)
        if front.node != nil, GradMode.isEnabled { IndexBackward0(front, tensors).produces(out) }
        if place == 0 || shape.count == 0 { return out }
        // The common shape goes where the first indexed dimension was.
        let lead = Array(shape.count..<(shape.count + place))
        let tail = Array((shape.count + place)..<out.dims.count)
        return out.permute(lead + Array(0..<shape.count) + tail)
    }

    /// Writes, or adds, `values` at index tensors, one per leading dimension.
    @discardableResult
    public func indexPut_(_ indices: [Tensor], _ values: Tensor, accumulate: Bool = false) -> Tensor {
        check(!indices.isEmpty, "at least one index must be provided")
        // Which places a mask names is not known without data.
        if device.type == .meta, indices.contains(where: { $0.dtype == .bool || $0.dtype == .uint8 }) {
            checkInPlace()
            return self
        }
        // Masks become positions, and all positions int64, as in brackets.
        let (view, positions) = resolved(indices.map { .tensor($0) })
        view.indexPut_(positions, values, accumulate: accumulate)
        return self
    }

    @discardableResult
    func indexPut_(_ indices: [Tensor?], _ values: Tensor, accumulate: Bool = false) -> Tensor {
        checkInPlace()
        let (front, tensors, shape, place) = frontLoaded(indices)
        let rest = Array(front.shape.dropFirst(tensors.count))
        let natural = Array(rest[..<place]) + shape.array + Array(rest[place...])
        let source = values.dtype == dtype || values.isWrappedNumber ? values.to(dtype) : values
        check(
            source.dtype == dtype,
            "Index put requires the source and destination dtypes match, got \(dtype.scalarName) for the destination "
                + "and \(values.dtype.scalarName) for the source.")
        let trimmed = source.trimmed(to: Dims(natural))
        let fits = trimmed.ndim <= natural.count
            && zip(trimmed.shape.reversed(), natural.reversed()).allSatisfy { $0 == 1 || $0 == $1 }
        check(
            fits,
            "shape mismatch: value tensor of shape \(source.dims) cannot be broadcast to indexing result of shape \(Dims(natural))")
        var spread = trimmed.expand(natural)
        if place > 0, shape.count > 0 {
            let middle = Array(place..<(place + shape.count))
            spread = spread.permute(middle + Array(0..<place) + Array((place + shape.count)..<natural.count))
        }
        let records = GradMode.isEnabled && (node != nil || values.node != nil)
        let node = records ? IndexPutBackward0(self, spread, indices, tensors, place, shape.count, accumulate) : nil
        for case let tensor? in tensors + [spread] { checkSameDevice(tensor) }
        backend.indexPut(front.detach(), tensors, spread.detach().contiguous(), accumulate: accumulate)
        changed(by: node)
        return self
    }

    public func indexPut(_ indices: [Tensor], _ values: Tensor, accumulate: Bool = false) -> Tensor {
        clone().indexPut_(indices, values, accumulate: accumulate)
    }

    // MARK: One dimension

    /// The parts at `index` (1-d) along `dim`.
    public func indexSelect(_ dim: Int, _ index: Tensor) -> Tensor {
        let axis = normalized(dim)
        check(index.dims.count <= 1, "index_select(): Index is supposed to be a vector", .indexError)
        check(
            index.dtype == .int64 || index.dtype == .int32,
            "index_select(): Expected dtype int32 or int64 for index")
        let positions = index.to(.int64).contiguous()
        var shape = dims
        if dims.isEmpty {
            check(
                index.numel == 1,
                "index_select(): Index to scalar can have only 1 value, got \(index.numel) value(s)")
            return clone()
        }
        shape[axis] = index.numel
        let out = Tensor(empty: shape, dtype, backend)
        checkSameDevice(positions)
        backend.indexSelect(self, axis, positions, out)
        if node != nil, GradMode.isEnabled { IndexSelectBackward0(self, axis, positions).produces(out) }
        return out
    }

    /// Adds the parts of `source` at `index` along `dim`.
    public func indexAdd(_ dim: Int, _ index: Tensor, _ source: Tensor, alpha: Double = 1) -> Tensor {
        clone().indexAdd_(dim, index, source, alpha: alpha)
    }
    @discardableResult
    public func indexAdd_(_ dim: Int, _ index: Tensor, _ source: Tensor, alpha: Double = 1) -> Tensor {
        checkInPlace()
        let axis = normalized(dim)
        check(
            index.dtype == .int64 || index.dtype == .int32,
            "index_add_(): Expected dtype int32/int64 for index but got: \(index.dtype.scalarName)")
        check(
            index.ndim <= 1,
            "index_add_(): Index is supposed to be a vector, but got dim: \(index.ndim) with type: \(index.dtype.scalarName) "
                + "and size: \(index.dims)", .indexError)
        check(
            source.dtype == dtype,
            "index_add_(): self (\(dtype.scalarName)) and source (\(source.dtype.scalarName)) must have the same scalar type")
        let count = source.ndim > axis ? source.dims[axis] : 1
        check(
            index.numel == count,
            "index_add_(): Number of indices (\(index.numel)) should be equal to source.size(dim): (\(count)), for dim: \(axis)")
        var expected = dims
        if !dims.isEmpty { expected[axis] = index.numel }
        check(
            dims.isEmpty || source.dims == expected,
            "source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = "
                + "\(dims) source.shape = \(source.dims)")
        // A fraction would make a floating-point tensor of integers.
        let factor = dtype.isIntegral ? Scalar.int(Int(alpha)) : .float(alpha)
        let scaled = alpha == 1 ? source : source * factor
        let positions = index.to(.int64).contiguous()
        let records = GradMode.isEnabled && (node != nil || source.node != nil)
        let node = records ? IndexAddBackward0(self, scaled, axis, positions) : nil
        checkSameDevice(positions, scaled)
        backend.indexAdd(self, axis, positions, scaled.detach().contiguous())
        changed(by: node)
        return self
    }

    /// For each position of `index`, the element with that index along `dim`.
    public func gather(_ dim: Int, _ index: Tensor) -> Tensor {
        let axis = normalized(dim)
        checkGathering("gather", axis, index, upTo: self)
        let index = index.to(.int64)
        let out = Tensor(empty: index.dims, dtype, backend)
        checkSameDevice(index)
        backend.gather(self, axis, index, out)
        if node != nil, GradMode.isEnabled { GatherBackward0(self, axis, index).produces(out) }
        return out
    }

    /// A copy with `source` written at `index` along `dim`.
    public func scatter(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        clone().scatter_(dim, index, source)
    }
    @discardableResult
    public func scatter_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        scattered_(dim, index, source, adding: false)
    }
    @discardableResult
    public func scatter_(_ dim: Int, _ index: Tensor, _ value: some ScalarConvertible) -> Tensor {
        scattered_(dim, index, torch.full(index.shape, value, dtype: dtype, device: device), adding: false)
    }
    public func scatterAdd(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        clone().scatterAdd_(dim, index, source)
    }
    @discardableResult
    public func scatterAdd_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        scattered_(dim, index, source, adding: true)
    }

    private func scattered_(_ dim: Int, _ index: Tensor, _ source: Tensor, adding: Bool) -> Tensor {
        checkInPlace()
        let axis = normalized(dim)
        checkGathering("scatter", axis, index, upTo: self)
        let index = index.to(.int64)
        check(
            Swift.max(index.ndim, 1) == Swift.max(source.ndim, 1) || index.numel == 0,
            "Index tensor must have the same number of dimensions as src tensor")
        check(
            source.dtype == dtype,
            "scatter(): Expected self.dtype to be equal to src.dtype")
        if index.numel > 0, !index.dims.isEmpty {
            // One number counts as a row of one.
            for i in 0..<index.ndim
            where index.dims[i] > (source.ndim == 0 ? 1 : source.dims[i]) || (i != axis && ndim > 0 && index.dims[i] > dims[i]) {
                fail(
                    "Expected index \(index.dims) to be no larger than self \(dims) apart from dimension \(axis) and to be no "
                        + "larger size than src \(source.dims)")
            }
        }
        let part = source.trimmedTo(index.dims)
        let records = GradMode.isEnabled && (node != nil || source.node != nil)
        let node = records ? ScatterBackward0(self, part, axis, index, adding: adding) : nil
        checkSameDevice(index, part)
        backend.scatter(self, axis, index, part.detach(), adding ? CK_SCATTER_ADD : CK_SCATTER_SET)
        changed(by: node)
        return self
    }

    /// The leading part of each dimension.
    private func trimmedTo(_ target: Dims) -> Tensor {
        var result = self
        for i in 0..<target.count where target[i] < result.dims[i] { result = result.narrow(i, 0, target[i]) }
        return result
    }

    private func checkGathering(_ name: String, _ axis: Int, _ index: Tensor, upTo limit: Tensor) {
        check(
            index.dtype == .int64 || index.dtype == .int32 || index.numel == 0,
            "\(name)(): Expected dtype int32/int64 for index")
        check(
            Swift.max(index.ndim, 1) == Swift.max(ndim, 1) || index.numel == 0,
            "Index tensor must have the same number of dimensions as \(name == "gather" ? "input" : "self") tensor")
        if index.numel == 0 || name == "scatter" { return }
        for i in 0..<Swift.min(dims.count, index.dims.count) where i != axis && index.dims[i] > dims[i] {
            fail(
                "Size does not match at dimension \(i) expected index \(index.dims) to be no larger than self "
                    + "\(dims) apart from dimension \(axis)")
        }
    }

    // MARK: Masks and positions

    /// The elements where `mask` is true, as a vector.
    public func maskedSelect(_ mask: Tensor) -> Tensor {
        check(mask.dtype == .bool, "masked_select: expected BoolTensor for mask")
        let shape = broadcastDims(mask.dims, dims).array
        if shape.isEmpty { return reshape([1]).maskedSelect(mask) }
        return expand(shape).gathered(mask.expand(shape).nonzeroTuple().map { Optional($0) })
    }

    /// The indices of the elements that are not zero: (count, dimensions).
    public func nonzero() -> Tensor {
        if dims.isEmpty { return torch.zeros([self.item().bool ? 1 : 0, 0], dtype: .int64) }
        return torch.stack(nonzeroTuple(), dim: 1)
    }

    /// The same as one vector per dimension.
    func nonzeroTuple() -> [Tensor] {
        let flat = backend.nonzero(detach().contiguous())
        var steps = dims.contiguousStrides
        for i in 0..<dims.count where dims[i] == 0 { steps[i] = 1 }
        return (0..<dims.count).map { i in
            flat.floorDivide(Swift.max(steps[i], 1)).remainder(Swift.max(dims[i], 1))
        }
    }
}

extension torch {
    public static func indexSelect(_ x: Tensor, _ dim: Int, _ index: Tensor) -> Tensor { x.indexSelect(dim, index) }
    public static func gather(_ x: Tensor, _ dim: Int, _ index: Tensor) -> Tensor { x.gather(dim, index) }
    public static func scatter(_ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { x.scatter(dim, index, source) }
    public static func scatterAdd(_ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { x.scatterAdd(dim, index, source) }
    public static func maskedSelect(_ x: Tensor, _ mask: Tensor) -> Tensor { x.maskedSelect(mask) }
    public static func nonzero(_ x: Tensor) -> Tensor { x.nonzero() }
}
