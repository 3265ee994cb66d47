import CKernels

/// One recorded operation: it turns the gradient of its result into gradients of its inputs.
///
/// Subclasses keep what the formula needs and override `apply`. A node knows the shape and type
/// of its results, so that formulas need not undo broadcasting or promotion: the engine does that
/// for every gradient it delivers.
open class Node {
    /// The nodes that computed the inputs, and which of their results each input was.
    private(set) var edge0: Node?
    private(set) var edge1: Node?
    private(set) var edge2: Node?
    private(set) var slot0: Int32 = 0
    private(set) var slot1: Int32 = 0
    private(set) var slot2: Int32 = 0
    private(set) var moreEdges: [(node: Node?, slot: Int32)]?

    /// Shape, type and device of the first result.
    private(set) var resultDims = Dims()
    private(set) var resultType = DType.float32
    private(set) var moreResults: [Tensor]?

    /// The backward pass that visits the node now, and its record there.
    var visit = 0
    var record = 0

    /// What few nodes have: hooks, metadata, the place of the forward call in anomaly mode.
    var extras: NodeExtras?
    /// What was kept for the formula has been let go.
    var isReleased = false

    public init() {
        if AnomalyMode.isOn { noteForwardCall() }
    }

    /// The name PyTorch prints: `AddBackward0`.
    open var name: String { "\(Swift.type(of: self))" }

    /// The number of inputs up to the last that wants a gradient.
    var edgeCount: Int { moreEdges.map { 3 + $0.count } ?? (edge2 != nil ? 3 : edge1 != nil ? 2 : 1) }

    /// The number of inputs as the user sees it.
    var operandCount: Int { edgeCount }

    /// Computes the inputs' gradients from that of the only result and hands them to
    /// `run.send(_:to:of:)`.
    func apply(_ grad: Tensor, _ run: BackwardRun) {
        fatalError("\(name) has no backward formula")
    }

    /// The same for nodes of several results; a result nothing was computed from has nil.
    func apply(_ grads: [Tensor?], _ run: BackwardRun) {
        if let grad = grads[0] { apply(grad, run) }
    }

    /// The number of results.
    final var resultCount: Int { 1 + (moreResults?.count ?? 0) }

    /// Lets go of what was kept for the formula.
    func releaseSaved() {}

    deinit {
        Node.letGo(&edge0)
        Node.letGo(&edge1)
        Node.letGo(&edge2)
        if moreEdges != nil {
            for i in moreEdges!.indices { Node.letGo(&moreEdges![i].node) }
        }
    }

    // MARK: Edges

    /// Makes the node an origin of input `index`; nothing happens for a tensor without gradient.
    @inline(__always)
    final func connect(_ index: Int, _ tensor: Tensor) {
        guard let node = tensor.node else { return }
        setEdge(index, node, tensor.outputIndex)
    }

    final func setEdge(_ index: Int, _ node: Node?, _ slot: Int32) {
        switch index {
        case 0: (edge0, slot0) = (node, slot)
        case 1: (edge1, slot1) = (node, slot)
        case 2: (edge2, slot2) = (node, slot)
        default:
            if moreEdges == nil { moreEdges = [] }
            while moreEdges!.count <= index - 3 { moreEdges!.append((nil, 0)) }
            moreEdges![index - 3] = (node, slot)
        }
    }

    @inline(__always)
    final func edge(_ index: Int) -> (node: Node?, slot: Int32) {
        switch index {
        case 0: return (edge0, slot0)
        case 1: return (edge1, slot1)
        case 2: return (edge2, slot2)
        default:
            guard let moreEdges, index - 3 < moreEdges.count else { return (nil, 0) }
            return moreEdges[index - 3]
        }
    }

    /// Whether input `index` wants a gradient.
    @inline(__always)
    final func needs(_ index: Int) -> Bool { edge(index).node != nil }

    // MARK: Results

    /// Declares `result` to be what this node computed.
    @inline(__always)
    final func produces(_ result: Tensor) {
        resultDims = result.dims
        resultType = result.dtype
        result.recordedNode = self
        result.outputIndex = 0
    }

    /// Declares what the node's only result is like without naming one.
    final func describesResult(dims: Dims, type: DType) {
        resultDims = dims
        resultType = type
    }

    /// Declares several results; those of integer types take no part in the graph.
    final func produces(_ results: [Tensor]) {
        var rest: [Tensor] = []
        for (i, result) in results.enumerated() {
            if result.dtype.isDifferentiable {
                result.recordedNode = self
                result.outputIndex = Int32(i)
            }
            if i == 0 {
                resultDims = result.dims
                resultType = result.dtype
            } else {
                // Only shape and type are wanted: no values, no history.
                rest.append(Tensor(empty: result.dims, result.dtype, MetaBackend.shared))
            }
        }
        moreResults = rest
    }

    final func dims(ofResult slot: Int32) -> Dims {
        slot == 0 ? resultDims : moreResults![Int(slot) - 1].dims
    }

    final func dtype(ofResult slot: Int32) -> DType {
        slot == 0 ? resultType : moreResults![Int(slot) - 1].dtype
    }

    // MARK: Letting go

    /// Gives up a reference to a node. One that thereby loses its last is destroyed from a list,
    /// not inside the destruction of another, so that a graph of any depth can be let go.
    @inline(__always)
    static func letGo(_ reference: inout Node?) {
        guard reference != nil else { return }
        if isKnownUniquelyReferenced(&reference) {
            PendingRelease.ofThread.add(&reference)
        } else {
            reference = nil
        }
    }
}

/// The nodes that a thread is about to destroy.
private final class PendingRelease {
    private var nodes: [Node?] = []
    private var isDraining = false

    static var ofThread: PendingRelease {
        let state = ck_state()
        if let known = state.pointee.pending_release {
            return Unmanaged<PendingRelease>.fromOpaque(known).takeUnretainedValue()
        }
        let new = PendingRelease()
        state.pointee.pending_release = Unmanaged.passRetained(new).toOpaque()
        return new
    }

    /// Takes the reference over, so that no copy of it keeps the node alive meanwhile.
    func add(_ reference: inout Node?) {
        nodes.append(nil)
        swap(&nodes[nodes.count - 1], &reference)
        if isDraining { return }
        isDraining = true
        while !nodes.isEmpty { nodes.removeLast() }
        isDraining = false
    }
}
