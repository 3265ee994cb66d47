/// Operators whose result shares the operand's storage.

/// The recorded making of a view. The subclass says how the gradient finds its way back.
class ViewNode: Node {
    let inputDims: Dims

    init(_ input: Tensor) {
        inputDims = input.dims
        super.init()
        connect(0, input)
    }

    /// The gradient of the viewed tensor from the view's.
    func gradient(_ grad: Tensor) -> Tensor { fatalError("\(name) has no backward formula") }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        run.send(gradient(grad), to: 0, of: self)
    }
}

final class ViewBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.reshape(inputDims) }
}

final class UnsafeViewBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.reshape(inputDims) }
}

final class SqueezeBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.reshape(inputDims) }
}

final class UnsqueezeBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.reshape(inputDims) }
}

final class AliasBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad }
}

final class ExpandBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.sumToSize(inputDims) }
}

final class TransposeBackward0: ViewNode {
    private let first: Int, second: Int

    init(_ input: Tensor, _ first: Int, _ second: Int) {
        self.first = first
        self.second = second
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor { grad.transpose(first, second) }
}

final class TBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad.t() }
}

final class PermuteBackward0: ViewNode {
    private let order: [Int]

    init(_ input: Tensor, _ order: [Int]) {
        self.order = order
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        var inverse = order
        for (i, dim) in order.enumerated() { inverse[dim] = i }
        return grad.permute(inverse)
    }
}

final class SelectBackward0: ViewNode {
    private let dim: Int, index: Int

    init(_ input: Tensor, _ dim: Int, _ index: Int) {
        self.dim = dim
        self.index = index
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        grad.scattered(into: inputDims) { $0.select(dim, index) }
    }
}

final class SliceBackward0: ViewNode {
    private let dim: Int, start: Int, end: Int, step: Int

    init(_ input: Tensor, _ dim: Int, _ start: Int, _ end: Int, _ step: Int) {
        (self.dim, self.start, self.end, self.step) = (dim, start, end, step)
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        grad.scattered(into: inputDims) { $0.slice(dim, start, end, step) }
    }
}

final class DiagonalBackward0: ViewNode {
    private let offset: Int, dim1: Int, dim2: Int

    init(_ input: Tensor, _ offset: Int, _ dim1: Int, _ dim2: Int) {
        (self.offset, self.dim1, self.dim2) = (offset, dim1, dim2)
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        grad.scattered(into: inputDims) { $0.diagonal(offset: offset, dim1: dim1, dim2: dim2) }
    }
}

final class UnfoldBackward0: ViewNode {
    private let dim: Int, size: Int, step: Int

    init(_ input: Tensor, _ dim: Int, _ size: Int, _ step: Int) {
        (self.dim, self.size, self.step) = (dim, size, step)
        super.init(input)
    }

    /// Windows may overlap: each position adds up what its windows bring.
    override func gradient(_ grad: Tensor) -> Tensor {
        let positions = torch.arange(inputDims[dim], device: grad.device).unfold(0, size, step).reshape([-1])
        let flat = grad.movedim(-1, dim + 1).flatten(dim, dim + 1)
        return torch.zeros(inputDims.array, dtype: grad.dtype, device: grad.device).indexAdd(dim, positions, flat)
    }
}

/// A view given by sizes and strides into the base's storage.
final class AsStridedBackward0: ViewNode {
    private let base: Tensor
    private let dims: Dims, steps: Dims, offset: Int

    init(_ base: Tensor, dims: Dims, steps: Dims, offset: Int) {
        self.base = base.alias()
        (self.dims, self.steps, self.offset) = (dims, steps, offset)
        super.init(base)
    }

    /// Adds each element of the gradient where the view has it, in the base's arrangement.
    override func gradient(_ grad: Tensor) -> Tensor {
        let count = base.storage.byteCount / grad.dtype.size
        let positions = torch.arange(count, device: grad.device).asStrided(dims, steps, offset).reshape([-1])
        let memory = torch.zeros([count], dtype: grad.dtype, device: grad.device)
            .indexAdd(0, positions, grad.reshape([-1]))
        if grad.dtype.isComplex != base.dtype.isComplex {
            return memory.otherKind().asStrided(base.dims, base.steps, base.offset)
        }
        return memory.asStrided(base.dims, base.steps, base.offset)
    }
}

extension Tensor {
    /// A view of this tensor's storage that takes part in the graph through `node`.
    @inline(__always)
    func viewed(_ dims: Dims, _ steps: Dims, _ offset: Int, _ node: @autoclosure () -> Node) -> Tensor {
        let result = Tensor(viewing: self, dims: dims, steps: steps, offset: offset)
        let root = base ?? self
        result.base = root
        result.generation = root.generation
        if self.node != nil, GradMode.isEnabled { node().produces(result) }
        return result
    }

    /// A tensor of zeros of shape `dims`, with this one written into the part that `part` selects.
    fileprivate func scattered(into dims: Dims, _ part: (Tensor) -> Tensor) -> Tensor {
        let whole = torch.zeros(dims.array, dtype: dtype, device: device)
        part(whole).copy_(self)
        return whole
    }

    /// Sizes and strides given outright, counted from the storage's start unless `offset` is nil.
    func asStrided(_ dims: Dims, _ steps: Dims, _ offset: Int) -> Tensor {
        viewed(dims, steps, self.offset + offset, AsStridedBackward0(self, dims: dims, steps: steps, offset: self.offset + offset))
    }

    /// A view with sizes and strides given outright (`torch.as_strided`).
    public func asStrided(_ size: [Int], _ stride: [Int], storageOffset: Int? = nil) -> Tensor {
        check(size.count == stride.count, "mismatch in length of strides and shape")
        check(
            stride.allSatisfy { $0 >= 0 },
            "as_strided: Negative strides are not supported at the moment, got strides: \(stride)")
        let start = storageOffset ?? offset
        check(start >= 0, "Tensor: invalid storage offset \(start)")
        let last = zip(size, stride).reduce(start) { $0 + Swift.max($1.0 - 1, 0) * $1.1 }
        check(
            size.contains(0) || (last + 1) * dtype.size <= storage.byteCount,
            "setStorage: sizes \(size), strides \(stride), storage offset \(start), and itemsize \(dtype.size) "
                + "requiring a storage size of \((last + 1) * dtype.size) are out of bounds for storage of size "
                + "\(storage.byteCount)")
        return asStrided(Dims(size), Dims(stride), start - offset)
    }

    // MARK: Shape

    /// The same elements in another shape; one size may be −1. Shares storage: stops where the
    /// strides do not allow it.
    public func view(_ shape: [Int]) -> Tensor {
        let target = inferred(shape)
        guard let steps = viewSteps(target) else {
            fail(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans "
                    + "across two contiguous subspaces). Use .reshape(...) instead.")
        }
        return viewed(target, steps, offset, ViewBackward0(self))
    }
    public func view(_ shape: Int...) -> Tensor { view(shape) }

    /// The same elements in another shape; one size may be −1. A view where possible, else a copy.
    public func reshape(_ shape: [Int]) -> Tensor { reshape(Dims(shape)) }
    public func reshape(_ shape: Int...) -> Tensor { reshape(Dims(shape)) }
    public func reshapeAs(_ other: Tensor) -> Tensor { reshape(other.dims) }
    public func viewAs(_ other: Tensor) -> Tensor { view(other.shape) }

    func reshape(_ shape: Dims) -> Tensor {
        let target = inferred(shape.array)
        if target == dims { return node == nil && base == nil ? aliasView() : viewed(dims, steps, offset, ViewBackward0(self)) }
        if let steps = viewSteps(target) { return viewed(target, steps, offset, ViewBackward0(self)) }
        let copy = clone()
        return copy.viewed(target, target.contiguousStrides, 0, UnsafeViewBackward0(copy))
    }

    private func aliasView() -> Tensor { viewed(dims, steps, offset, AliasBackward0(self)) }

    /// Resolves −1 and checks the number of elements.
    private func inferred(_ shape: [Int]) -> Dims {
        var target = Dims(shape)
        var known = 1
        var open: Int?
        for (i, size) in shape.enumerated() {
            if size == -1 {
                check(open == nil, "only one dimension can be inferred")
                open = i
            } else {
                check(size >= 0, "invalid shape dimension \(size) at index \(i) of shape \(shape)")
                known *= size
            }
        }
        if let open {
            check(
                known != 0 || numel == 0,
                "shape '\(shape)' is invalid for input of size \(numel)")
            check(
                known != 0,
                "cannot reshape tensor of 0 elements into shape \(shape) because the unspecified dimension size "
                    + "-1 can be any value and is ambiguous")
            check(numel % known == 0, "shape '\(shape)' is invalid for input of size \(numel)")
            target[open] = numel / known
        } else {
            check(known == numel, "shape '\(shape)' is invalid for input of size \(numel)")
        }
        return target
    }

    /// The strides with which a view of the given shape walks the same elements, if there are any.
    private func viewSteps(_ target: Dims) -> Dims? {
        if contiguousFlag { return target.contiguousStrides }
        if numel == 0 { return target.contiguousStrides }
        var result = Dims(repeating: 1, count: target.count)
        var axis = target.count - 1
        var chunk = 1
        var chunkStep = dims.isEmpty ? 1 : steps[dims.count - 1]
        var i = dims.count - 1
        while i >= 0 {
            chunk *= dims[i]
            let endsChunk = i == 0 || (dims[i - 1] != 1 && steps[i - 1] != chunk * chunkStep)
            if endsChunk {
                var filled = 1
                while axis >= 0, filled < chunk || target[axis] == 1 {
                    result[axis] = filled * chunkStep
                    filled *= target[axis]
                    axis -= 1
                }
                if filled != chunk { return nil }
                if i > 0 {
                    chunk = 1
                    chunkStep = steps[i - 1]
                }
            }
            i -= 1
        }
        return axis == -1 ? result : nil
    }

    /// Joins the dimensions from `startDim` to `endDim` into one.
    public func flatten(_ startDim: Int = 0, _ endDim: Int = -1) -> Tensor {
        if dims.isEmpty { return reshape([1]) }
        let (start, end) = (normalized(startDim), normalized(endDim))
        check(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim")
        if start == end { return self }
        var shape = Array(shape[..<start])
        shape.append((start...end).reduce(1) { $0 * dims[$1] })
        shape += self.shape[(end + 1)...]
        return reshape(shape)
    }
    public func flatten(startDim: Int, endDim: Int = -1) -> Tensor { flatten(startDim, endDim) }
    public func ravel() -> Tensor { reshape([-1]) }

    /// Splits one dimension into several; one of the sizes may be −1.
    public func unflatten(_ dim: Int, _ sizes: [Int]) -> Tensor {
        let axis = normalized(dim)
        check(!sizes.isEmpty, "unflatten: sizes must be non-empty")
        var shape = self.shape
        let given = sizes
        var sizes = sizes
        if let open = sizes.firstIndex(of: -1) {
            let known = sizes.reduce(1) { $0 * ($1 == -1 ? 1 : $1) }
            if known > 0 { sizes[open] = dims[axis] / known }
        }
        check(
            sizes.reduce(1, *) == dims[axis],
            "unflatten: Provided sizes \(given) don't multiply up to the size of dim \(axis) (\(dims[axis])) in the input tensor")
        shape.replaceSubrange(axis...axis, with: sizes)
        return reshape(shape)
    }

    /// Drops dimensions of size 1: all of them, or the one named.
    public func squeeze() -> Tensor {
        let kept = (0..<dims.count).filter { dims[$0] != 1 }
        return viewed(Dims(kept.map { dims[$0] }), Dims(kept.map { steps[$0] }), offset, SqueezeBackward0(self))
    }
    public func squeeze(_ dim: Int) -> Tensor {
        let axis = normalized(dim)
        var (sizes, strides) = (dims, steps)
        if !dims.isEmpty, dims[axis] == 1 {
            sizes.remove(at: axis)
            strides.remove(at: axis)
        }
        return viewed(sizes, strides, offset, SqueezeBackward0(self))
    }
    public func squeeze(dim: Int) -> Tensor { squeeze(dim) }

    /// Adds a dimension of size 1 before `dim`.
    public func unsqueeze(_ dim: Int) -> Tensor {
        let axis = normalizedDim(dim, dims.count + 1)
        if !contiguousFlag, layout != .strided { return sparseUnsqueezed(axis) }
        var (sizes, strides) = (dims, steps)
        let step = axis < dims.count ? dims[axis] * steps[axis] : 1
        sizes.insert(1, at: axis)
        strides.insert(step, at: axis)
        return viewed(sizes, strides, offset, UnsqueezeBackward0(self))
    }
    public func unsqueeze(dim: Int) -> Tensor { unsqueeze(dim) }

    /// Exchanges two dimensions.
    public func transpose(_ dim0: Int, _ dim1: Int) -> Tensor {
        let (a, b) = (normalized(dim0), normalized(dim1))
        if dims.isEmpty { return aliasView() }
        if !contiguousFlag, layout != .strided {
            var axes = Array(0..<dims.count)
            axes.swapAt(a, b)
            return sparsePermuted(axes, TransposeBackward0(self, a, b))
        }
        var (sizes, strides) = (dims, steps)
        (sizes[a], sizes[b]) = (dims[b], dims[a])
        (strides[a], strides[b]) = (steps[b], steps[a])
        return viewed(sizes, strides, offset, TransposeBackward0(self, a, b))
    }
    public func swapaxes(_ axis0: Int, _ axis1: Int) -> Tensor { transpose(axis0, axis1) }

    /// The transpose of a matrix.
    public func t() -> Tensor {
        check(dims.count <= 2, "t() expects a tensor with <= 2 dimensions, but self is \(dims.count)D")
        if dims.count < 2 { return aliasView() }
        if !contiguousFlag, layout != .strided { return sparsePermuted([1, 0], TBackward0(self)) }
        return viewed([dims[1], dims[0]], [steps[1], steps[0]], offset, TBackward0(self))
    }
    /// The transpose: dimensions in reverse order.
    public var T: Tensor { dims.count == 2 ? t() : permute(Array((0..<dims.count).reversed())) }

    /// Dimensions in the given order.
    public func permute(_ order: [Int]) -> Tensor {
        check(
            order.count == dims.count,
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the "
                + "desired ordering of dimensions i.e. input.dim() = \(dims.count) is not equal to len(dims) = \(order.count)")
        let axes = order.map { normalized($0) }
        check(Set(axes).count == axes.count, "permute(): duplicate dims are not allowed.")
        if !contiguousFlag, layout != .strided { return sparsePermuted(axes, PermuteBackward0(self, axes)) }
        return viewed(
            Dims(axes.map { dims[$0] }), Dims(axes.map { steps[$0] }), offset, PermuteBackward0(self, axes))
    }
    public func permute(_ order: Int...) -> Tensor { permute(order) }

    /// Moves one dimension elsewhere.
    public func movedim(_ source: Int, _ destination: Int) -> Tensor {
        let (from, to) = (normalized(source), normalized(destination))
        var order = (0..<dims.count).filter { $0 != from }
        order.insert(from, at: to)
        return permute(order)
    }

    /// Repeats dimensions of size 1 without copying; −1 keeps a size.
    public func expand(_ shape: [Int]) -> Tensor {
        check(
            shape.count >= dims.count,
            "expand(torch.\(dtype.scalarName)Tensor{\(dims)}, size=\(shape)): the number of sizes provided "
                + "(\(shape.count)) must be greater or equal to the number of dimensions in the tensor (\(dims.count))")
        var (sizes, strides) = (Dims(), Dims())
        let lead = shape.count - dims.count
        for (i, size) in shape.enumerated() {
            if i < lead {
                if size < 0 { failExpansion(to: shape) }
                sizes.append(size)
                strides.append(0)
                continue
            }
            let own = dims[i - lead]
            let target = size == -1 ? own : size
            if own != target && own != 1 { failExpansion(to: shape) }
            sizes.append(target)
            strides.append(own == target ? steps[i - lead] : 0)
        }
        return viewed(sizes, strides, offset, ExpandBackward0(self))
    }
    /// Names the last of the sizes that do not fit.
    private func failExpansion(to shape: [Int]) -> Never {
        let lead = shape.count - dims.count
        let place = shape.indices.last { i in
            i < lead ? shape[i] < 0 : shape[i] != -1 && dims[i - lead] != shape[i] && dims[i - lead] != 1
        }!
        if place < lead {
            fail("The expanded size of the tensor (\(shape[place])) isn't allowed in a leading, non-existing dimension \(place)")
        }
        fail(
            "The expanded size of the tensor (\(shape[place])) must match the existing size (\(dims[place - lead])) at "
                + "non-singleton dimension \(place).  Target sizes: \(shape).  Tensor sizes: \(dims)")
    }
    public func expand(_ shape: Int...) -> Tensor { expand(shape) }
    public func expandAs(_ other: Tensor) -> Tensor { expand(other.shape) }
    public func broadcastTo(_ shape: [Int]) -> Tensor { expand(shape) }

    // MARK: Parts

    /// The part with one index fixed, without that dimension.
    public func select(_ dim: Int, _ index: Int) -> Tensor {
        check(!dims.isEmpty, "select() cannot be applied to a 0-dim tensor.", .indexError)
        let axis = normalized(dim)
        let size = dims[axis]
        check(
            index >= -size && index < size,
            "select(): index \(index) out of range for tensor of size \(dims) at dimension \(dim)", .indexError)
        let position = index < 0 ? index + size : index
        if !contiguousFlag, layout != .strided { return sparseSelected(axis, position) }
        var (sizes, strides) = (dims, steps)
        sizes.remove(at: axis)
        strides.remove(at: axis)
        return viewed(sizes, strides, offset + position * steps[axis], SelectBackward0(self, axis, position))
    }

    /// Every `step`-th element from `start` up to `end`, both cut to the dimension.
    func slice(_ dim: Int, _ start: Int?, _ end: Int?, _ step: Int) -> Tensor {
        check(!dims.isEmpty, "slice() cannot be applied to a 0-dim tensor.", .indexError)
        check(step > 0, "slice step must be positive", .valueError)
        let axis = normalized(dim)
        let size = dims[axis]
        func bound(_ index: Int) -> Int { Swift.min(Swift.max(index < 0 ? index + size : index, 0), size) }
        let from = bound(start ?? 0)
        let to = Swift.max(bound(end ?? size), from)
        var (sizes, strides) = (dims, steps)
        sizes[axis] = (to - from + step - 1) / step
        strides[axis] = steps[axis] * step
        return viewed(sizes, strides, offset + from * steps[axis], SliceBackward0(self, axis, from, to, step))
    }

    /// `length` elements along `dim` from `start`.
    public func narrow(_ dim: Int, _ start: Int, _ length: Int) -> Tensor {
        check(!dims.isEmpty, "narrow() cannot be applied to a 0-dim tensor.")
        let axis = normalized(dim)
        let size = dims[axis]
        check(length >= 0, "narrow(): length must be non-negative.")
        check(
            start >= -size && start <= size,
            "start out of range (expected to be in range of [\(-size), \(size)], but got \(start))", .indexError)
        let from = start < 0 ? start + size : start
        check(from + length <= size, "start (\(from)) + length (\(length)) exceeds dimension size (\(size)).")
        return slice(axis, from, from + length, 1)
    }

    /// The diagonal of two dimensions, as the last dimension of a view.
    public func diagonal(offset diagonal: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        let (a, b) = (normalized(dim1), normalized(dim2))
        check(a != b, "diagonal dimensions cannot be identical \(dim1), \(dim2)")
        let length = diagonal >= 0
            ? Swift.min(dims[a], dims[b] - diagonal) : Swift.min(dims[a] + diagonal, dims[b])
        let start = diagonal >= 0 ? diagonal * steps[b] : -diagonal * steps[a]
        var (sizes, strides) = (dims, steps)
        for axis in [a, b].sorted(by: >) {
            sizes.remove(at: axis)
            strides.remove(at: axis)
        }
        sizes.append(Swift.max(length, 0))
        strides.append(steps[a] + steps[b])
        return viewed(
            sizes, strides, length > 0 ? offset + start : offset, DiagonalBackward0(self, diagonal, a, b))
    }

    /// Windows of `size` along a dimension, `step` apart, as a new last dimension.
    public func unfold(_ dimension: Int, _ size: Int, _ step: Int) -> Tensor {
        let axis = normalized(dimension)
        let length = dims.isEmpty ? 1 : dims[axis]
        check(size >= 0, "size is \(size) but must be >= 0")
        check(size <= length, "maximum size for tensor at dimension \(axis) is \(length) but size is \(size)")
        check(step > 0, "step is \(step) but must be > 0")
        if dims.isEmpty { return unsqueeze(0).narrow(0, 0, size) }
        var (sizes, strides) = (dims, steps)
        sizes[axis] = (dims[axis] - size) / step + 1
        strides[axis] = steps[axis] * step
        sizes.append(size)
        strides.append(steps[axis])
        return viewed(sizes, strides, offset, UnfoldBackward0(self, axis, size, step))
    }

    /// Pieces of `size` along `dim`; the last may be smaller.
    public func split(_ size: Int, dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "split expects at least a 1-dimensional tensor")
        check(size >= 0, "split expects split_size be non-negative, but got split_size=\(size)")
        let axis = normalized(dim)
        if size == 0 {
            check(
                dims[axis] == 0, "split_size can only be 0 if dimension size is 0, but got dimension size of \(dims[axis])")
            return [slice(axis, 0, 0, 1)]
        }
        return Swift.stride(from: 0, to: Swift.max(dims[axis], 1), by: size).map {
            slice(axis, $0, Swift.min($0 + size, dims[axis]), 1)
        }
    }
    public func split(_ sizes: [Int], dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "split expects at least a 1-dimensional tensor")
        let axis = normalized(dim)
        check(
            sizes.allSatisfy { $0 >= 0 },
            "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=\(sizes)")
        check(
            sizes.reduce(0, +) == dims[axis],
            "split_with_sizes expects split_sizes to sum exactly to \(dims[axis]) (input tensor's size at "
                + "dimension \(axis)), but got split_sizes=\(sizes)")
        var start = 0
        return sizes.map {
            start += $0
            return slice(axis, start - $0, start, 1)
        }
    }
    /// At most `chunks` pieces of equal size.
    public func chunk(_ chunks: Int, dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "chunk expects at least a 1-dimensional tensor")
        check(chunks > 0, "chunk expects `chunks` to be greater than 0, got: \(chunks)")
        // Nothing is divided into as many parts as were asked for.
        if size(dim) == 0 { return (0..<chunks).map { _ in narrow(dim, 0, 0) } }
        return split((size(dim) + chunks - 1) / chunks, dim: dim)
    }
    /// All parts along a dimension.
    public func unbind(_ dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "Dimension specified as \(normalized(dim)) but tensor has no dimensions", .indexError)
        return (0..<size(dim)).map { select(dim, $0) }
    }
}

extension torch {
    public static func reshape(_ x: Tensor, _ shape: [Int]) -> Tensor { x.reshape(shape) }
    public static func flatten(_ x: Tensor, startDim: Int = 0, endDim: Int = -1) -> Tensor { x.flatten(startDim, endDim) }
    public static func squeeze(_ x: Tensor) -> Tensor { x.squeeze() }
    public static func squeeze(_ x: Tensor, _ dim: Int) -> Tensor { x.squeeze(dim) }
    public static func unsqueeze(_ x: Tensor, _ dim: Int) -> Tensor { x.unsqueeze(dim) }
    public static func transpose(_ x: Tensor, _ dim0: Int, _ dim1: Int) -> Tensor { x.transpose(dim0, dim1) }
    public static func t(_ x: Tensor) -> Tensor { x.t() }
    public static func permute(_ x: Tensor, _ order: [Int]) -> Tensor { x.permute(order) }
    public static func movedim(_ x: Tensor, _ source: Int, _ destination: Int) -> Tensor { x.movedim(source, destination) }
    public static func split(_ x: Tensor, _ size: Int, dim: Int = 0) -> [Tensor] { x.split(size, dim: dim) }
    public static func split(_ x: Tensor, _ sizes: [Int], dim: Int = 0) -> [Tensor] { x.split(sizes, dim: dim) }
    public static func chunk(_ x: Tensor, _ chunks: Int, dim: Int = 0) -> [Tensor] { x.chunk(chunks, dim: dim) }
    public static func unbind(_ x: Tensor, _ dim: Int = 0) -> [Tensor] { x.unbind(dim) }
    public static func narrow(_ x: Tensor, _ dim: Int, _ start: Int, _ length: Int) -> Tensor { x.narrow(dim, start, length) }
    public static func select(_ x: Tensor, _ dim: Int, _ index: Int) -> Tensor { x.select(dim, index) }
    public static func diagonal(_ x: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        x.diagonal(offset: offset, dim1: dim1, dim2: dim2)
    }
}
