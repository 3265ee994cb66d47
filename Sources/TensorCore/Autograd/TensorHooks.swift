extension Tensor {
    /// Whether `retainGrad()` was called.
    public var retainsGrad: Bool { rare?.keepsGrad ?? false }

    /// Makes a tensor that is not a leaf keep its gradient in `grad`, as it is after all hooks.
    public func retainGrad() {
        check(requiresGrad, "can't retain_grad on Tensor that has requires_grad=False")
        if isLeaf || retainsGrad { return }
        rareState.keepsGrad = true
        let keep: (Tensor) -> Tensor? = { [weak self] grad in
            if let self { self.rareState.retainedGrad = self.rareState.retainedGrad.map { $0 + grad } ?? grad }
            return nil
        }
        _ = node!.extrasMade.retainHooks.add((Int(outputIndex), keep))
    }

    /// Calls `hook` with this tensor's gradient in every backward pass, once it is complete. What
    /// the hook returns takes the gradient's place.
    ///
    /// - Returns: a handle whose `remove()` takes the hook away.
    @discardableResult
    public func registerHook(_ hook: @escaping (Tensor) -> Tensor?) -> RemovableHandle {
        guard let node else {
            fail("cannot register a hook on a tensor that doesn't require gradient")
        }
        return node.extrasMade.tensorHooks.add((Int(outputIndex), hook))
    }

    /// The same for a hook that only looks.
    @discardableResult
    public func registerHook(_ hook: @escaping (Tensor) -> Void) -> RemovableHandle {
        registerHook { grad -> Tensor? in
            hook(grad)
            return nil
        }
    }

    /// Calls `hook` with this leaf in every backward pass, once its `grad` holds the pass's
    /// gradient: an optimizer may step there and let the gradient go.
    @discardableResult
    public func registerPostAccumulateGradHook(_ hook: @escaping (Tensor) -> Void) -> RemovableHandle {
        guard let node else {
            fail("cannot register a hook on a tensor that doesn't require gradient")
        }
        guard let accumulator = node as? AccumulateGrad else {
            fail("post accumulate grad hooks cannot be registered on non-leaf tensors")
        }
        return accumulator.postHooks.add(hook)
    }
}
