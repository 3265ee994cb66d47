/// A recorded call of several results whose gradients are given by one formula.
///
/// The formula works with differentiable operators on the inputs and results, so it can be
/// differentiated again.
final class FactorNode: Node {
    struct Context {
        /// The gradients of the results; nil where nothing was computed from one.
        let grads: [Tensor?]
        let inputs: [Tensor]
        let results: [Tensor]
        /// Whether the gradient of an input is wanted.
        let needs: (Int) -> Bool
    }
    typealias Formula = (Context) -> [Tensor?]

    private let ownName: String
    private var inputs: [SavedTensor]
    private var results: [SavedTensor] = []
    private let formula: Formula

    private init(_ name: String, _ inputs: [Tensor], _ formula: @escaping Formula) {
        ownName = name
        self.inputs = inputs.map { SavedTensor($0) }
        self.formula = formula
        super.init()
        for (i, input) in inputs.enumerated() { connect(i, input) }
    }

    /// Computes without recording, then records the call if an input wants gradients. `compute`
    /// returns tensors of its own.
    static func record(
        _ name: String, _ inputs: [Tensor], compute: () -> [Tensor], gradients: @escaping Formula
    ) -> [Tensor] {
        let results = GradMode.with(false, compute)
        if GradMode.isEnabled, inputs.contains(where: { $0.node != nil }) {
            let node = FactorNode(name, inputs, gradients)
            node.produces(results)
            node.results = results.map { SavedTensor(result: $0) }
        }
        return results
    }

    override var name: String { ownName }

    override func apply(_ grad: Tensor, _ run: BackwardRun) { apply([grad], run) }

    override func apply(_ grads: [Tensor?], _ run: BackwardRun) {
        let context = Context(
            grads: grads, inputs: inputs.map { $0.unpack(for: self) }, results: results.map { $0.unpack(for: self) },
            needs: { run.wants(self, $0) })
        for (i, gradient) in formula(context).enumerated() where run.wants(self, i) {
            if let gradient { run.send(gradient, to: i, of: self) }
        }
    }

    override func releaseSaved() { (inputs, results) = ([], []) }
}
