import CKernels

/// A tensor kept for the backward pass, with the means to notice that it was changed since.
struct SavedTensor {
    private enum Form: UInt8 {
        /// An input of the node, with its history.
        case input
        /// The node's own result, kept without its history, which would be a cycle.
        case result
        /// What a pack hook gave for either.
        case packed
    }

    /// A `PackedTensor` where `form` says so, otherwise a `Tensor`.
    private let content: AnyObject
    private let version: Int
    private let form: Form
    private let slot: Int32

    /// Keeps an input.
    @inline(__always)
    init(_ input: Tensor) {
        if SavedTensor.isSpecial(input) {
            self = SavedTensor(special: input, .input)
            return
        }
        self.init(input, input, .input)
    }

    /// Keeps a result of the node that is being recorded.
    @inline(__always)
    init(result: Tensor) {
        if SavedTensor.isSpecial(result) {
            self = SavedTensor(special: result, .result)
            return
        }
        self.init(result.alias(), result, .result)
    }

    @inline(__always)
    private init(_ content: AnyObject, _ tensor: Tensor, _ form: Form) {
        self.content = content
        version = tensor.storage.version
        self.form = form
        slot = tensor.outputIndex
    }

    @inline(__always)
    private static func isSpecial(_ tensor: Tensor) -> Bool {
        tensor.storage.isInference || ck_state().pointee.saved_tensor_hooks != nil
    }

    @inline(never)
    private init(special tensor: Tensor, _ form: Form) {
        check(
            !tensor.storage.isInference,
            "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in "
                + "computation tracked by autograd. To work around this, you can make a clone to get a normal tensor "
                + "and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`.")
        if let hooks = SavedTensorHooks.current, hooks.refusal == nil {
            self.init(PackedTensor(tensor, isResult: form == .result, hooks), tensor, .packed)
        } else {
            self.init(form == .result ? tensor.alias() : tensor, tensor, form)
        }
    }

    private var tensor: Tensor {
        @inline(__always) get { unsafeDowncast(content, to: Tensor.self) }
    }

    /// The tensor, connected to the graph as it was when it was saved.
    @inline(__always)
    func unpack(for node: Node) -> Tensor {
        if form == .packed { return unsafeDowncast(content, to: PackedTensor.self).unpack(for: node) }
        let tensor = tensor
        if tensor.storage.version != version { failChanged(node) }
        guard form == .result else { return tensor }
        let result = tensor.alias()
        if GradMode.isEnabled, tensor.dtype.isDifferentiable {
            result.recordedNode = node
            result.outputIndex = slot
        }
        return result
    }

    @inline(never)
    private func failChanged(_ node: Node) -> Never {
        let type = "torch.\(tensor.dtype.scalarName)Tensor \(tensor.dims)"
        let origin = (form == .result ? node : tensor.node).map { ", which is output \(slot) of \($0.name)," } ?? ""
        fail(
            "one of the variables needed for gradient computation has been modified by an inplace operation: "
                + "[\(type)]\(origin) is at version \(tensor.storage.version); expected version \(version) instead. "
                + "Hint: enable anomaly detection to find the operation that failed to compute its gradient, "
                + "with torch.autograd.set_detect_anomaly(True).")
    }
}

/// The message for a second pass over a graph that was let go.
func failReleased() -> Never {
    fail(
        "Trying to backward through the graph a second time (or directly access saved tensors after they have "
            + "already been freed). Saved intermediate values of the graph are freed when you call .backward() or "
            + "autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time "
            + "or if you need to access saved tensors after calling backward.")
}
