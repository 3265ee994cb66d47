/// The end of the graph at a leaf: keeps the gradient that `tensor.grad` shows.
final class AccumulateGrad: Node {
    var grad: Tensor?
    private var postHooks: [() -> Void] = []

    init(_ leaf: Tensor) {
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
        for hook in postHooks { hook() }
    }

    func addPostHook(_ hook: @escaping () -> Void) { postHooks.append(hook) }
}
