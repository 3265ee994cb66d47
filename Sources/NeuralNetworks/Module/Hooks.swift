import TensorCore

/// What is run around a module's call.
final class ModuleHooks {
    typealias Before = (nn.Module, [Tensor]) -> [Tensor]?
    typealias After = (nn.Module, _ inputs: [Tensor], _ outputs: [Tensor]) -> [Tensor]?
    typealias Backward = (nn.Module, _ gradInputs: [Tensor?], _ gradOutputs: [Tensor?]) -> [Tensor?]?
    typealias BackwardBefore = (nn.Module, _ gradOutputs: [Tensor?]) -> [Tensor?]?

    let before = HookList<Before>()
    let after = HookList<After>()
    let backwardBefore = HookList<BackwardBefore>()
    let backward = HookList<Backward>()

    var watchesBackward: Bool { !backward.isEmpty || !backwardBefore.isEmpty }
}

extension nn.Module {
    private var hooksMade: ModuleHooks {
        let made = hooks ?? ModuleHooks()
        hooks = made
        return made
    }

    /// Calls `hook` with the inputs before `forward`; what it returns takes their place.
    @discardableResult
    public func registerForwardPreHook(_ hook: @escaping (nn.Module, [Tensor]) -> [Tensor]?) -> RemovableHandle {
        hooksMade.before.add(hook)
    }
    /// The same for a hook that only looks.
    @discardableResult @_disfavoredOverload
    public func registerForwardPreHook(_ hook: @escaping (nn.Module, [Tensor]) -> Void) -> RemovableHandle {
        hooksMade.before.add { module, inputs in
            hook(module, inputs)
            return nil
        }
    }

    /// Calls `hook` with inputs and result after `forward`; what it returns takes the result's place. Of several
    /// results (`LSTM`, `MultiheadAttention`) it sees the first.
    @discardableResult
    public func registerForwardHook(_ hook: @escaping (nn.Module, [Tensor], Tensor) -> Tensor?) -> RemovableHandle {
        hooksMade.after.add { module, inputs, outputs in
            hook(module, inputs, outputs[0]).map { [$0] + outputs.dropFirst() }
        }
    }
    /// The same for a hook that only looks.
    @discardableResult @_disfavoredOverload
    public func registerForwardHook(_ hook: @escaping (nn.Module, [Tensor], Tensor) -> Void) -> RemovableHandle {
        hooksMade.after.add { module, inputs, outputs in
            hook(module, inputs, outputs[0])
            return nil
        }
    }
    /// Calls `hook` with inputs and all results after `forward`, in the order in which the call gives them; what it
    /// returns takes their place.
    @discardableResult @_disfavoredOverload
    public func registerForwardHook(
        allOutputs hook: @escaping (nn.Module, [Tensor], [Tensor]) -> [Tensor]?
    ) -> RemovableHandle {
        hooksMade.after.add(hook)
    }

    /// Calls `hook` in the backward pass when the gradients of the module's inputs are known, with these and those of
    /// its results; what it returns takes the former's place. An input that wants no gradient has nil.
    @discardableResult
    public func registerFullBackwardHook(
        _ hook: @escaping (nn.Module, _ gradInputs: [Tensor?], _ gradOutputs: [Tensor?]) -> [Tensor?]?
    ) -> RemovableHandle {
        hooksMade.backward.add(hook)
    }
    /// The same for a hook that only looks.
    @discardableResult @_disfavoredOverload
    public func registerFullBackwardHook(
        _ hook: @escaping (nn.Module, _ gradInputs: [Tensor?], _ gradOutputs: [Tensor?]) -> Void
    ) -> RemovableHandle {
        hooksMade.backward.add { module, gradInputs, gradOutputs in
            hook(module, gradInputs, gradOutputs)
            return nil
        }
    }

    /// Calls `hook` in the backward pass with the gradients of the module's results, before those of its inputs are
    /// computed; what it returns takes their place.
    @discardableResult
    public func registerFullBackwardPreHook(
        _ hook: @escaping (nn.Module, _ gradOutputs: [Tensor?]) -> [Tensor?]?
    ) -> RemovableHandle {
        hooksMade.backwardBefore.add(hook)
    }

    /// Runs `body` between the module's hooks. A module whose call is a method of its own, because it gives several
    /// results or takes other arguments, calls this there.
    public func callWithHooks(_ inputs: [Tensor], _ body: ([Tensor]) -> [Tensor]) -> [Tensor] {
        guard let hooks else { return body(inputs) }
        var inputs = inputs
        hooks.before.forEach { inputs = $0(self, inputs) ?? inputs }
        let watch = hooks.watchesBackward ? BackwardWatch(self, hooks) : nil
        if let watch { inputs = watch.enter(inputs) }
        var outputs = body(inputs)
        hooks.after.forEach { outputs = $0(self, inputs, outputs) ?? outputs }
        return watch?.leave(outputs) ?? outputs
    }
}

/// Passes tensors on; its nodes mark where a module's graph begins and ends.
private enum BackwardHookFunction: AutogradFunction {
    static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor] { inputs }
    static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?] { grads }
}

/// One call of a module as the backward pass sees it.
private final class BackwardWatch {
    private let module: nn.Module
    private let hooks: ModuleHooks
    private var gradOutputs: [Tensor?] = []
    private var watchesInputs = false
    private var inputCount = 0

    init(_ module: nn.Module, _ hooks: ModuleHooks) {
        self.module = module
        self.hooks = hooks
    }

    func enter(_ inputs: [Tensor]) -> [Tensor] {
        inputCount = inputs.count
        let (marked, node, places) = mark(inputs)
        watchesInputs = node != nil
        node?.registerHook { [self] gradients, _ in
            var all = [Tensor?](repeating: nil, count: inputCount)
            for (place, gradient) in zip(places, gradients) { all[place] = gradient }
            guard let replaced = run(all) else { return nil }
            return places.map { replaced[$0] }
        }
        return marked
    }

    func leave(_ outputs: [Tensor]) -> [Tensor] {
        let (marked, node, places) = mark(outputs)
        node?.registerPrehook { [self] gradients in
            gradOutputs = [Tensor?](repeating: nil, count: outputs.count)
            for (place, gradient) in zip(places, gradients) { gradOutputs[place] = gradient }
            hooks.backwardBefore.forEach { gradOutputs = $0(module, gradOutputs) ?? gradOutputs }
            // Without an input that wants a gradient the module's graph ends nowhere.
            if !watchesInputs { _ = run([Tensor?](repeating: nil, count: inputCount)) }
            return places.map { gradOutputs[$0] }
        }
        return marked
    }

    private func run(_ gradInputs: [Tensor?]) -> [Tensor?]? {
        var current = gradInputs
        var isReplaced = false
        hooks.backward.forEach {
            if let new = $0(module, current, gradOutputs) {
                current = new
                isReplaced = true
            }
        }
        return isReplaced ? current : nil
    }

    /// The tensors, those that want gradients through a node of their own.
    private func mark(_ tensors: [Tensor]) -> (tensors: [Tensor], node: Node?, places: [Int]) {
        let places = tensors.indices.filter { tensors[$0].requiresGrad }
        if places.isEmpty || !torch.isGradEnabled() { return (tensors, nil, []) }
        var marked = tensors
        let results = BackwardHookFunction.apply(places.map { tensors[$0] })
        for (place, result) in zip(places, results) { marked[place] = result }
        return (marked, results[0].gradFn, places)
    }
}
