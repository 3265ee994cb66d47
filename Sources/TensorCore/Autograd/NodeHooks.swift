/// What only few nodes have.
final class NodeExtras {
    typealias TensorHook = (slot: Int, hook: (Tensor) -> Tensor?)

    /// The hooks of the tensors that the node computed.
    let tensorHooks = HookList<TensorHook>()
    /// Keep the gradients of tensors that are not leaves: they see what the other hooks made.
    let retainHooks = HookList<TensorHook>()
    let preHooks = HookList<([Tensor?]) -> [Tensor?]?>()
    let postHooks = HookList<(_ inputs: [Tensor?], _ outputs: [Tensor?]) -> [Tensor?]?>()
    var metadata: [String: Any] = [:]
    /// Where the node was made, and during whose evaluation; only in anomaly mode.
    var forwardCall: CallTrace?
    var parent: Node?
}

extension Node {
    var extrasMade: NodeExtras {
        if let extras { return extras }
        let new = NodeExtras()
        extras = new
        return new
    }

    /// Anything the user attaches to the node. In anomaly mode `"traceback_"` holds the lines of
    /// the forward call's trace, as `[String]`.
    public var metadata: [String: Any] {
        get {
            guard let extras else { return [:] }
            guard let trace = extras.forwardCall, extras.metadata[Node.traceKey] == nil else { return extras.metadata }
            return extras.metadata.merging([Node.traceKey: trace.lines]) { $1 }
        }
        set { extrasMade.metadata = newValue }
    }

    private static let traceKey = "traceback_"

    /// Calls `hook` with the gradients of the node's results before the node computes with them.
    /// What it returns takes their place.
    @discardableResult
    public func registerPrehook(_ hook: @escaping (_ gradOutputs: [Tensor?]) -> [Tensor?]?) -> RemovableHandle {
        extrasMade.preHooks.add(hook)
    }

    /// Calls `hook` after the node has computed, with the gradients of its inputs and of its
    /// results. What it returns takes the place of the former.
    @discardableResult
    public func registerHook(
        _ hook: @escaping (_ gradInputs: [Tensor?], _ gradOutputs: [Tensor?]) -> [Tensor?]?
    ) -> RemovableHandle {
        extrasMade.postHooks.add(hook)
    }

    /// The same for a hook that only looks.
    @discardableResult
    public func registerHook(
        _ hook: @escaping (_ gradInputs: [Tensor?], _ gradOutputs: [Tensor?]) -> Void
    ) -> RemovableHandle {
        extrasMade.postHooks.add { inputs, outputs in
            hook(inputs, outputs)
            return nil
        }
    }
}

/// Stops where a hook's gradient cannot stand for the one it was given.
func checkReplacement(_ new: Tensor, for old: Tensor) {
    check(new.dims == old.dims, "hook has changed the size of value")
    check(
        new.dtype == old.dtype,
        "hook has changed the type of value (was torch.\(old.dtype.scalarName)Tensor got "
            + "torch.\(new.dtype.scalarName)Tensor)")
}
