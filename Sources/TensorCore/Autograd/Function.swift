/// A differentiable operation of the user's own: PyTorch's `torch.autograd.Function`.
///
///     enum Cube: AutogradFunction {
///         static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor] {
///             ctx.saveForBackward(inputs[0])
///             return [inputs[0] ** 3]
///         }
///         static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?] {
///             [grads[0] * 3 * ctx.savedTensors[0] ** 2]
///         }
///     }
///     let y = Cube.apply(x)
public protocol AutogradFunction {
    /// Computes the results. Runs without recording gradients.
    static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor]
    /// The gradient of each input, from those of all results; nil where there is none. A result
    /// that nothing was computed from has a gradient of zeros.
    static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?]
}

/// Carries what `forward` keeps to `backward`.
public final class FunctionContext {
    private var saved: [SavedTensor] = []
    private var savedInputs: [Tensor] = []
    fileprivate weak var node: Node?
    /// Whether each input wants a gradient.
    public fileprivate(set) var needsInputGrad: [Bool] = []
    /// Anything else `backward` needs, and the arguments of `apply` that are not tensors.
    public var values: [String: Any] = [:]

    /// Keeps tensors for `backward`; they are checked for changes in place.
    public func saveForBackward(_ tensors: Tensor...) { savedInputs = tensors }

    /// What `saveForBackward` kept.
    public var savedTensors: [Tensor] {
        guard let node else { return savedInputs }
        if node.isReleased { failReleased() }
        return saved.map { $0.unpack(for: node) }
    }

    fileprivate func seal(_ node: Node, _ results: [Tensor]) {
        self.node = node
        saved = savedInputs.map { tensor in
            results.contains { $0 === tensor } ? SavedTensor(result: tensor) : SavedTensor(tensor)
        }
        savedInputs = []
    }

    fileprivate func release() { saved = [] }
}

extension AutogradFunction {
    /// Runs `forward` and records `backward` for the gradients.
    ///
    /// - Parameter values: arguments that are not tensors, which `forward` and `backward` find in `ctx.values`:
    ///   `Scaled.apply([x], values: ["factor": 2.5])`.
    public static func apply(_ inputs: [Tensor], values: [String: Any] = [:]) -> [Tensor] {
        let ctx = FunctionContext()
        ctx.values = values
        let records = GradMode.isEnabled && inputs.contains { $0.requiresGrad }
        ctx.needsInputGrad = inputs.map { records && $0.requiresGrad }
        // A result that is an input itself becomes a tensor of its own, which can have a history.
        let results = torch.noGrad { forward(ctx, inputs) }.map { result in
            inputs.contains { $0 === result } ? result.alias() : result
        }
        if records {
            let node = FunctionNode(String(describing: Self.self), ctx, inputs) { backward(ctx, $0) }
            node.produces(results)
            ctx.seal(node, results)
        }
        return results
    }

    /// The same for one result.
    public static func apply(_ inputs: Tensor..., values: [String: Any] = [:]) -> Tensor {
        let results = apply(inputs, values: values)
        check(results.count == 1, "\(Self.self) gives \(results.count) results: call apply with an array of inputs")
        return results[0]
    }
}

private final class FunctionNode: Node {
    private let label: String
    private let ctx: FunctionContext
    private let inputCount: Int
    private let formula: ([Tensor]) -> [Tensor?]

    init(_ label: String, _ ctx: FunctionContext, _ inputs: [Tensor], _ formula: @escaping ([Tensor]) -> [Tensor?]) {
        self.label = label
        self.ctx = ctx
        self.formula = formula
        inputCount = inputs.count
        super.init()
        for (i, input) in inputs.enumerated() { connect(i, input) }
    }

    override var name: String { "\(label)Backward" }
    override var edgeCount: Int { inputCount }

    override func apply(_ grad: Tensor, _ run: BackwardRun) { deliver([grad], run) }

    override func apply(_ grads: [Tensor?], _ run: BackwardRun) {
        deliver(
            grads.enumerated().map { i, grad in
                grad ?? torch.zeros(dims(ofResult: Int32(i)).array, dtype: dtype(ofResult: Int32(i)))
            }, run)
    }

    private func deliver(_ grads: [Tensor], _ run: BackwardRun) {
        let gradients = formula(grads)
        check(
            gradients.count == inputCount,
            "function \(name) returned an incorrect number of gradients (expected \(inputCount), got \(gradients.count))")
        for (i, gradient) in gradients.enumerated() where run.wants(self, i) {
            guard let gradient else { continue }
            let target = edge(i)
            let expected = target.node!.dims(ofResult: target.slot)
            check(
                gradient.numel == expected.product || broadcastDims(gradient.dims, expected) == gradient.dims,
                "Function \(name) returned an invalid gradient at index \(i) - got \(gradient.dims) but expected "
                    + "shape compatible with \(expected)")
            run.send(gradient, to: i, of: self)
        }
    }

    override func releaseSaved() { ctx.release() }
}
