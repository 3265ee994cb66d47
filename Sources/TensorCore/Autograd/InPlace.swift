/// How changes in place become part of the graph.
extension Tensor {
    /// Stops where PyTorch forbids a change in place: on leaves that collect gradients.
    func checkInPlace() {
        if storage.isInference { checkInferenceMode() }
        guard GradMode.isEnabled else { return }
        if let base, base.requiresGrad, base.isLeaf {
            fail("a view of a leaf Variable that requires grad is being used in an in-place operation.")
        }
        if base == nil, requiresGrad, isLeaf {
            fail("a leaf Variable that requires grad is being used in an in-place operation.")
        }
        for i in 0..<dims.count where steps[i] == 0 && dims[i] > 1 {
            fail(
                "unsupported operation: more than one element of the written-to tensor refers to a single "
                    + "memory location. Please clone() the tensor before performing the operation.")
        }
    }

    /// Notes that the values were changed, by `node` if the change is to be differentiated.
    func changed(by node: Node?) {
        storage.version += 1
        guard let node else { return }
        node.describesResult(dims: dims, type: dtype)
        guard let base else {
            node.produces(self)
            generation += 1
            return
        }
        let slices = CopySlices(base, self, node)
        slices.produces(base)
        base.generation += 1
        followBase(base)
    }

    /// Makes a view's history a view of its base's, which a change in place has rewritten.
    func followBase(_ base: Tensor) {
        generation = base.generation
        guard base.requiresGrad else { return }
        let node = AsStridedBackward0(base, dims: dims, steps: steps, offset: offset)
        node.produces(self)
    }
}

/// The history of a tensor of which a view was changed in place: the view's part of the gradient
/// goes through the change, the rest passes by.
final class CopySlices: Node {
    private let baseDims: Dims
    private let baseSteps: Dims
    private let viewDims: Dims
    private let viewSteps: Dims
    private let viewOffset: Int
    private let viewType: DType
    private var change: Node?

    init(_ base: Tensor, _ view: Tensor, _ change: Node) {
        baseDims = base.dims
        baseSteps = base.steps
        viewDims = view.dims
        viewSteps = view.steps
        // Complex numbers seen as pairs of real ones are counted by those.
        viewOffset = view.offset - base.offset * base.dtype.size / view.dtype.size
        viewType = view.dtype
        self.change = change
        super.init()
        connect(0, base)
        // The change's own first input is the view: its part is served here.
        for i in 1..<Swift.max(change.edgeCount, 1) {
            let (node, slot) = change.edge(i)
            setEdge(i, node, slot)
        }
    }

    override var name: String { "CopySlices" }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        guard let change else { failReleased() }
        let whole = arrangedLikeBase(grad)
        let isSameType = viewType.isComplex == whole.dtype.isComplex
        let part = isSameType
            ? whole.asStrided(viewDims, viewSteps, viewOffset)
            : whole.otherKind().asStrided(viewDims, viewSteps, viewOffset)
        let sub = GradientCollector(change) { $0 == 0 || change.needs($0) }
        change.apply(part.clone(), sub)
        if let own = sub.gradients[0] { part.copy_(own.conformed(to: viewDims, part.dtype)) } else { part.zero_() }
        run.send(whole, to: 0, of: self)
        for (i, gradient) in sub.gradients.enumerated().dropFirst() {
            if let gradient { run.send(gradient, to: i, of: self) }
        }
    }

    /// A copy of the gradient in which the view has the place that it has in the base.
    private func arrangedLikeBase(_ grad: Tensor) -> Tensor {
        if baseSteps == baseDims.contiguousStrides { return grad.clone() }
        let extent = (0..<baseDims.count).reduce(1) { $0 + Swift.max(baseDims[$1] - 1, 0) * baseSteps[$1] }
        let memory = torch.zeros([extent], dtype: grad.dtype, device: grad.device)
        let whole = memory.asStrided(baseDims, baseSteps, 0)
        whole.copy_(grad)
        return whole
    }

    override func releaseSaved() {
        change?.releaseSaved()
        change = nil
    }
}
