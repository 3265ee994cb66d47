/// An n-dimensional array of one element type: PyTorch's `torch.Tensor`.
///
/// A tensor is a reference: assigning it copies no values, and views (`x[0]`, `x.t()`) share the
/// storage of the tensor they came from.
public final class Tensor {
    var storage: Storage
    /// Where the first element is, in elements from the storage's start.
    private(set) var offset: Int
    private(set) var dims: Dims
    private(set) var steps: Dims
    /// The number of elements.
    public private(set) var numel: Int
    public private(set) var dtype: DType
    /// The elements lie in row-major order without gaps.
    private(set) var contiguousFlag: Bool
    /// The tensor stands for a number of the program (`x * 2`): it weighs less in type promotion.
    let isWrappedNumber: Bool

    /// What computed this tensor, or for a leaf that requires a gradient its accumulator.
    @usableFromInline var recordedNode: Node?
    /// Which of its node's results this tensor is.
    var outputIndex: Int32 = 0
    /// For a view: the tensor whose storage it views, so that changes in place through either
    /// become part of both histories.
    var base: Tensor?
    /// How often a change in place has rewritten this tensor's history; for a view, the base's
    /// count when the view last took note of it.
    var generation = 0
    /// What few tensors have: hooks, the gradient kept for a tensor that is not a leaf.
    var rare: RareState?

    @inline(__always)
    init(
        storage: Storage, offset: Int, dims: Dims, steps: Dims, numel: Int, dtype: DType,
        contiguous: Bool, wrapped: Bool = false
    ) {
        self.storage = storage
        self.offset = offset
        self.dims = dims
        self.steps = steps
        self.numel = numel
        self.dtype = dtype
        contiguousFlag = contiguous
        isWrappedNumber = wrapped
    }

    /// A contiguous tensor whose values are not set.
    @inline(__always)
    convenience init(empty dims: Dims, _ dtype: DType, _ backend: Backend = CPUBackend.shared) {
        let count = dims.product
        self.init(
            storage: Storage(byteCount: count * dtype.size, backend: backend), offset: 0, dims: dims,
            steps: dims.contiguousStrides, numel: count, dtype: dtype, contiguous: true)
    }

    /// Another arrangement of the same storage, without history.
    convenience init(viewing base: Tensor, dims: Dims, steps: Dims, offset: Int) {
        // Tensors with contents of their own never count as contiguous: no kernel may take them so.
        let isOpaque = !base.contiguousFlag && base.storage.contents != nil
        if isOpaque { base.storage.contents!.checkView(of: base) }
        self.init(
            storage: base.storage, offset: offset, dims: dims, steps: steps, numel: dims.product,
            dtype: base.dtype, contiguous: !isOpaque && Tensor.isContiguous(dims, steps))
    }

    /// Puts other values of the same shape, perhaps of another type or device, in place of this
    /// tensor's: it stays the same leaf, known to whoever holds it.
    package func replaceData(_ new: Tensor) {
        check(new.dims == dims, "replacement has shape \(new.dims) instead of \(dims)")
        if new === self { return }
        storage = new.storage
        offset = new.offset
        steps = new.steps
        dtype = new.dtype
        contiguousFlag = new.contiguousFlag
        (recordedNode as? AccumulateGrad)?.describesResult(dims: dims, type: dtype)
    }

    /// Takes over the shape, the memory and the history of `other`, a view of this tensor or a new one: the
    /// change in place of what a tensor's elements are, not of their values.
    @discardableResult
    func rearrange(as other: Tensor) -> Tensor {
        checkInPlace()
        (storage, offset, dims, steps) = (other.storage, other.offset, other.dims, other.steps)
        (numel, dtype, contiguousFlag) = (other.numel, other.dtype, other.contiguousFlag)
        storage.version += 1
        if let node = other.recordedNode {
            other.recordedNode = nil
            node.produces(self)
        } else {
            (recordedNode as? AccumulateGrad)?.describesResult(dims: dims, type: dtype)
        }
        return self
    }

    deinit {
        Node.letGo(&recordedNode)
    }

    private static func isContiguous(_ dims: Dims, _ steps: Dims) -> Bool {
        var expected = 1
        var i = dims.count - 1
        var matches = true
        while i >= 0 {
            if dims[i] == 0 { return true }
            if dims[i] != 1 {
                if steps[i] != expected { matches = false }
                expected *= dims[i]
            }
            i -= 1
        }
        return matches
    }
}

// Reads and writes of one tensor from several threads need the caller's care, as in PyTorch.
extension Tensor: @unchecked Sendable {}

// MARK: - What a tensor is

extension Tensor {
    /// The sizes of all dimensions.
    public var shape: [Int] { dims.array }
    public func size() -> [Int] { dims.array }
    /// The size of one dimension; negative numbers count from the end.
    public func size(_ dim: Int) -> Int { dims[normalized(dim)] }
    /// The steps, in elements, between neighbours along each dimension.
    public func stride() -> [Int] { steps.array }
    public func stride(_ dim: Int) -> Int { steps[normalized(dim)] }
    public func storageOffset() -> Int { offset }
    /// The number of dimensions.
    public var ndim: Int { dims.count }
    public func dim() -> Int { dims.count }
    public var device: Device { storage.backend.device }
    /// Bytes per element.
    public var itemsize: Int { dtype.size }
    public var nbytes: Int { numel * dtype.size }
    public func isContiguous() -> Bool {
        contiguousFlag || (dtype.isQuantized && Tensor.isContiguous(dims, steps))
    }
    public func isFloatingPoint() -> Bool { dtype.isFloatingPoint }
    public func isComplex() -> Bool { dtype.isComplex }

    /// Whether both tensors look at the same memory from the same first element.
    public func sharesStorage(with other: Tensor) -> Bool { storage === other.storage }

    /// The number of changes in place that this tensor's storage has seen. Inference tensors
    /// count none.
    public var version: Int {
        check(!storage.isInference, "Inference tensors do not track version counter.")
        return storage.version
    }

    var backend: Backend {
        @inline(__always) get { storage.backend }
    }

    /// The address of the first element; nil on the `meta` device.
    var address: UnsafeMutableRawPointer? {
        @inline(__always) get { storage.pointer.map { $0 + offset * dtype.size } }
    }

    /// A dimension's index with negative numbers resolved. Stops with PyTorch's IndexError.
    @inline(__always)
    func normalized(_ dim: Int) -> Int { normalizedDim(dim, dims.count) }
}

/// Resolves a dimension that may count from the end, among `rank` of them (a 0-d tensor has one).
@inline(__always)
func normalizedDim(_ dim: Int, _ rank: Int) -> Int {
    let bound = Swift.max(rank, 1)
    if dim < -bound || dim >= bound {
        fail(
            "Dimension out of range (expected to be in range of [\(-bound), \(bound - 1)], but got \(dim))",
            .indexError)
    }
    return dim < 0 ? dim + bound : dim
}
