/// Collects what one node sends, instead of delivering it.
final class GradientCollector: BackwardRun {
    /// The gradients of the node's inputs.
    var gradients: [Tensor?]
    private let isWanted: (Int) -> Bool

    /// - Parameter isWanted: whether the gradient of an input is to be computed.
    init(_ node: Node, isWanted: @escaping (Int) -> Bool) {
        gradients = Array(repeating: nil, count: Swift.max(node.edgeCount, 1))
        self.isWanted = isWanted
        super.init(keepsGraph: true, createsGraph: GradMode.isEnabled)
    }

    override func wants(_ node: Node, _ index: Int) -> Bool { isWanted(index) }

    override func send(_ grad: Tensor, to index: Int, of node: Node) {
        gradients[index] = gradients[index].map { $0 + grad } ?? grad
    }
}
