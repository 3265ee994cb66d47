import CKernels

/// Whether operators record what the backward pass needs. Each thread has its own mode.
enum GradMode {
    @inline(__always) static var isEnabled: Bool { ck_state().pointee.grad_enabled }

    /// Runs `body` in the given mode and restores the mode it found.
    @inline(__always)
    static func with<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
        let state = ck_state()
        let before = state.pointee.grad_enabled
        state.pointee.grad_enabled = enabled && !state.pointee.inference_mode
        defer { ck_state().pointee.grad_enabled = before }
        return try body()
    }
}

extension torch {
    /// Runs `body` without recording gradients: results do not require them and keep nothing for
    /// a backward pass. PyTorch's `with torch.no_grad():`.
    @discardableResult
    public static func noGrad<R>(_ body: () throws -> R) rethrows -> R {
        try GradMode.with(false, body)
    }

    /// Runs `body` recording gradients, also inside `noGrad`; nothing is recorded inside
    /// `inferenceMode`.
    @discardableResult
    public static func enableGrad<R>(_ body: () throws -> R) rethrows -> R {
        try GradMode.with(true, body)
    }

    /// Runs `body` with gradients recorded or not.
    @discardableResult
    public static func setGradEnabled<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
        try GradMode.with(enabled, body)
    }

    /// Switches recording for this thread from here on.
    public static func setGradEnabled(_ enabled: Bool) {
        ck_state().pointee.grad_enabled = enabled && !ck_state().pointee.inference_mode
    }

    public static func isGradEnabled() -> Bool { GradMode.isEnabled }
}
