import CKernels

extension torch {
    /// Runs `body` without recording gradients and without what recording would need: the tensors
    /// made inside count no changes in place and can take no part in autograd later. PyTorch's
    /// `with torch.inference_mode():`.
    ///
    /// - Parameter mode: false records gradients again inside an outer inference mode.
    @discardableResult
    public static func inferenceMode<R>(_ mode: Bool = true, _ body: () throws -> R) rethrows -> R {
        let before = ck_state().pointee
        ck_state().pointee.inference_mode = mode
        ck_state().pointee.grad_enabled = mode ? false : before.inference_mode || before.grad_enabled
        defer {
            ck_state().pointee.inference_mode = before.inference_mode
            ck_state().pointee.grad_enabled = before.grad_enabled
        }
        return try body()
    }

    public static func isInferenceModeEnabled() -> Bool { ck_state().pointee.inference_mode }
}

extension Tensor {
    /// Whether the tensor, or the one whose memory it views, was made inside `torch.inferenceMode`.
    public func isInference() -> Bool { storage.isInference }

    /// Stops a change in place of an inference tensor outside inference mode.
    @inline(never)
    func checkInferenceMode() {
        check(
            torch.isInferenceModeEnabled(),
            "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a "
                + "normal tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more "
                + "details.")
    }
}
