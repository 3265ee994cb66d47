/// The end of the graph at a leaf: keeps the gradient that `tensor.grad` shows.
final class AccumulateGrad: Node {
    var grad: Tensor?
    /// The tensor whose gradient this is, for the hooks.
    private weak var leaf: Tensor?
    let postHooks = HookList<(Tensor) -> Void>()

    init(_ leaf: Tensor) {
        self.leaf = leaf
        super.init()
        describesResult(dims: leaf.dims, type: leaf.dtype)
    }

    override var name: String { "AccumulateGrad" }
    override var edgeCount: Int { 0 }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if let old = self.grad {
            if GradMode.isEnabled || (old.layout != .strided && grad.layout == .strided) {
                self.grad = Tensor.gradientSum(old, grad)
            } else {
                // In place, so that whoever holds the gradient sees the sum, as in PyTorch.
                Operators.add.write(into: old, old, grad)
                old.storage.version += 1
            }
        } else if GradMode.isEnabled {
            self.grad = grad
        } else {
            self.grad = grad.ownsItsMemory ? grad : grad.copied()
        }
        if let leaf { postHooks.forEach { $0(leaf) } }
    }
}
