/// A recorded call whose gradients are given by one formula over the tensors it kept.
///
/// For operators that are not elementwise. The formula is made of differentiable operators, so it
/// can be differentiated again.
final class FormulaNode: Node {
    /// What a formula works with.
    struct Context {
        /// The kept tensors, in the order they were given.
        let saved: [Tensor]
        /// Whether the gradient of an input is wanted.
        let needs: (Int) -> Bool
    }
    typealias Formula = (_ grad: Tensor, _ context: Context) -> [Tensor?]

    private let ownName: String
    private var saved: [SavedTensor]
    private let formula: Formula

    private init(_ name: String, _ inputs: [Tensor], saving: [Tensor], _ formula: @escaping Formula) {
        ownName = name
        saved = saving.map { SavedTensor($0) }
        self.formula = formula
        super.init()
        for (i, input) in inputs.enumerated() { connect(i, input) }
    }

    /// Computes without recording, then records the call as one node if an input wants gradients.
    /// `compute` returns a tensor of its own.
    static func record(
        _ name: String, _ inputs: [Tensor], saving: [Tensor]? = nil, compute: () -> Tensor,
        gradients: @escaping Formula
    ) -> Tensor {
        let result = GradMode.with(false, compute)
        if GradMode.isEnabled, result.dtype.isDifferentiable, inputs.contains(where: { $0.node != nil }) {
            FormulaNode(name, inputs, saving: saving ?? inputs, gradients).produces(result)
        }
        return result
    }

    override var name: String { ownName }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        let context = Context(saved: saved.map { $0.unpack(for: self) }, needs: { run.wants(self, $0) })
        for (i, gradient) in formula(grad, context).enumerated() where run.wants(self, i) {
            if let gradient { run.send(gradient, to: i, of: self) }
        }
    }

    override func releaseSaved() { saved = [] }
}
