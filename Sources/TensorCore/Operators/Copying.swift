/// Copies: clone, conversion, writing in place, joining.

final class CloneBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad }
}

/// A conversion; the engine converts the gradient back to the input's type.
final class ToCopyBackward0: ViewNode {
    override func gradient(_ grad: Tensor) -> Tensor { grad }
}

/// Writing over values: the old ones get no gradient, the source gets it all.
final class CopyBackwards: Node {
    init(_ source: Tensor) {
        super.init()
        connect(1, source)
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 1) { run.send(grad, to: 1, of: self) }
    }
}

final class FillBackward0: Node {
    override func apply(_ grad: Tensor, _ run: BackwardRun) {}
}

final class CatBackward0: Node {
    private let dim: Int
    private let sizes: [Int]

    init(_ tensors: [Tensor], _ dim: Int) {
        self.dim = dim
        sizes = tensors.map { $0.dims.count > dim ? $0.dims[dim] : 0 }
        super.init()
        for (i, t) in tensors.enumerated() { connect(i, t) }
    }

    override var edgeCount: Int { sizes.count }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        var start = 0
        for (i, size) in sizes.enumerated() {
            if run.wants(self, i), size > 0 { run.send(grad.narrow(dim, start, size), to: i, of: self) }
            start += size
        }
    }
}

extension Tensor {
    /// A contiguous copy; its gradient goes to the original.
    public func clone() -> Tensor {
        let out = copied()
        if node != nil, GradMode.isEnabled { CloneBackward0(self).produces(out) }
        return out
    }

    /// This tensor if its elements lie in order without gaps, else such a copy.
    public func contiguous() -> Tensor { contiguousFlag ? self : clone() }

    /// The values in another type, or on another device; this tensor where nothing changes.
    public func to(_ dtype: DType) -> Tensor {
        if dtype == self.dtype { return self }
        if self.dtype.isComplex, !dtype.isComplex {
            warn("Casting complex values to real discards the imaginary part")
        }
        let out = converted(dtype)
        if node != nil, GradMode.isEnabled, dtype.isDifferentiable { ToCopyBackward0(self).produces(out) }
        return out
    }
    public func to(dtype: DType) -> Tensor { to(dtype) }
    public func to(_ device: Device) -> Tensor {
        if device == self.device { return self }
        let out = Tensor(empty: dims, dtype, device.backend)
        if device.type != .meta {
            check(self.device.type != .meta, "Cannot copy out of meta tensor; no data!", .notImplemented)
            out.copyValues(from: self)
        }
        if node != nil, GradMode.isEnabled { ToCopyBackward0(self).produces(out) }
        return out
    }
    public func to(device: Device, dtype: DType? = nil) -> Tensor { dtype.map { to($0).to(device) } ?? to(device) }
    public func cpu() -> Tensor { to(Device.cpu) }
    public func type(_ dtype: DType) -> Tensor { to(dtype) }
    /// PyTorch's name of the kind of tensor: `torch.FloatTensor`.
    public func type() -> String { "torch.\(isCuda ? "cuda." : "")\(dtype.scalarName)Tensor" }
    /// Whether the values are on a GPU.
    public var isCuda: Bool { device.type == .cuda }
    public func float() -> Tensor { to(.float32) }
    public func double() -> Tensor { to(.float64) }
    public func half() -> Tensor { to(.float16) }
    public func bfloat16() -> Tensor { to(.bfloat16) }
    public func long() -> Tensor { to(.int64) }
    public func int() -> Tensor { to(.int32) }
    public func short() -> Tensor { to(.int16) }
    public func bool() -> Tensor { to(.bool) }

    /// Overwrites the values with another tensor's, which broadcasts and converts.
    @discardableResult
    public func copy_(_ source: Tensor) -> Tensor {
        checkInPlace()
        check(
            broadcastDims(dims, source.dims) == dims,
            "output with shape \(dims) doesn't match the broadcast shape \(broadcastDims(dims, source.dims))")
        let records = GradMode.isEnabled && (node != nil || source.node != nil)
        let node = records ? CopyBackwards(source) : nil
        // A source in the same memory is read before it is written over.
        copyValues(from: sharesStorage(with: source) ? source.copied() : source)
        changed(by: node)
        return self
    }

    /// Sets every element.
    @discardableResult
    public func fill_(_ value: some ScalarConvertible) -> Tensor {
        checkInPlace()
        backend.fill(self, value.scalar)
        changed(by: GradMode.isEnabled && node != nil ? FillBackward0() : nil)
        return self
    }
    @discardableResult public func fill_(value: some ScalarConvertible) -> Tensor { fill_(value) }
    @discardableResult public func zero_() -> Tensor { fill_(0) }

    /// The whole tensor, `counts` times along each dimension.
    public func `repeat`(_ counts: [Int]) -> Tensor {
        check(
            counts.count >= dims.count,
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor")
        let whole = zip(counts, Array(repeating: 1, count: counts.count - dims.count) + self.shape).map { $0 * $1 }
        for size in whole where size < 0 { fail("Trying to create tensor with negative dimension \(size): \(whole)") }
        var expanded: [Int] = []
        var between: [Int] = []
        let shape = Array(repeating: 1, count: counts.count - dims.count) + self.shape
        for (count, size) in zip(counts, shape) {
            expanded += [count, size]
            between += [1, size]
        }
        return reshape(between).expand(expanded).reshape(whole)
    }
    public func `repeat`(_ counts: Int...) -> Tensor { self.repeat(counts) }
    public func tile(_ counts: [Int]) -> Tensor {
        self.repeat(Array(repeating: 1, count: Swift.max(dims.count - counts.count, 0)) + counts)
    }
    /// Each element `repeats` times in a row.
    public func repeatInterleave(_ repeats: Int, dim: Int? = nil) -> Tensor {
        check(repeats >= 0, "Repeats must be non-negative")
        guard let dim else { return flatten().repeatInterleave(repeats, dim: 0) }
        let axis = normalized(dim)
        var shape = self.shape
        shape.insert(repeats, at: axis + 1)
        return unsqueeze(axis + 1).expand(shape).flatten(axis, axis + 1)
    }
}

extension torch {
    /// Joins tensors along an existing dimension.
    public static func cat(_ tensors: [Tensor], _ dim: Int) -> Tensor { cat(tensors, dim: dim) }
    public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
        check(!tensors.isEmpty, "torch.cat(): expected a non-empty list of Tensors", .valueError)
        // A one-dimensional empty tensor joins with anything, as in PyTorch.
        func isSkipped(_ t: Tensor) -> Bool { t.dims.count == 1 && t.dims[0] == 0 }
        let counted = tensors.filter { !isSkipped($0) }
        guard let first = counted.first else { return tensors[0] }
        for (i, t) in tensors.enumerated() where t.dims.isEmpty {
            fail("zero-dimensional tensor (at position \(i)) cannot be concatenated")
        }
        let axis = first.normalized(dim)
        if tensors.allSatisfy(\.isSparse) { return sparseCat(tensors, axis) }
        let type = tensors.dropFirst().reduce(tensors[0].dtype) { DType.promote($0, $1.dtype) }
        var dims = first.dims
        dims[axis] = 0
        for (i, t) in tensors.enumerated() where !isSkipped(t) {
            check(
                t.dims.count == dims.count,
                "Tensors must have same number of dimensions: got \(dims.count) and \(t.dims.count)")
            for d in 0..<dims.count where d != axis && t.dims[d] != first.dims[d] {
                fail(
                    "Sizes of tensors must match except in dimension \(axis). Expected size \(first.dims[d]) but "
                        + "got size \(t.dims[d]) for tensor number \(i) in the list.")
            }
            dims[axis] += t.dims[axis]
        }
        let out = Tensor(empty: dims, type, commonBackend(tensors))
        var start = 0
        for t in counted {
            let part = out.alias().slice(axis, start, start + t.dims[axis], 1)
            part.copyValues(from: t)
            start += t.dims[axis]
        }
        if GradMode.isEnabled, tensors.contains(where: { $0.node != nil }) {
            CatBackward0(tensors.map { isSkipped($0) ? $0.detach() : $0 }, axis).produces(out)
        }
        return out
    }
    public static func concat(_ tensors: [Tensor], dim: Int = 0) -> Tensor { cat(tensors, dim: dim) }

    /// Joins tensors of one shape along a new dimension.
    public static func stack(_ tensors: [Tensor], _ dim: Int) -> Tensor { stack(tensors, dim: dim) }
    public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
        check(!tensors.isEmpty, "stack expects a non-empty TensorList")
        for (i, t) in tensors.enumerated() where t.dims != tensors[0].dims {
            fail(
                "stack expects each tensor to be equal size, but got \(tensors[0].dims) at entry 0 and \(t.dims) "
                    + "at entry \(i)")
        }
        let axis = normalizedDim(dim, tensors[0].dims.count + 1)
        return cat(tensors.map { $0.unsqueeze(axis) }, dim: axis)
    }
    public static func vstack(_ tensors: [Tensor]) -> Tensor {
        check(!tensors.isEmpty, "vstack expects a non-empty TensorList")
        return cat(tensors.map { $0.dims.count < 2 ? $0.reshape([1, -1]) : $0 })
    }
    public static func hstack(_ tensors: [Tensor]) -> Tensor {
        check(!tensors.isEmpty, "hstack expects a non-empty TensorList")
        let tensors = tensors.map { $0.dims.isEmpty ? $0.reshape([1]) : $0 }
        return cat(tensors, dim: tensors[0].dims.count == 1 ? 0 : 1)
    }
    public static func clone(_ x: Tensor) -> Tensor { x.clone() }
}
