import CKernels

/// The autograd modes of a thread: whether gradients are recorded, inference mode, mixed
/// precision, and the hooks for saved tensors.
///
/// Each thread has its own, and a new thread starts with PyTorch's defaults: gradients are
/// recorded. Work that the library itself spreads over threads runs in the modes of the thread
/// that asked for it. A thread, queue or `Task` of your own does the same with
/// `torch.inheritingModes`. The closures of `noGrad` and its kind cannot await, so a mode never
/// stays behind on a thread that a task leaves.
public struct ThreadModes: @unchecked Sendable {
    private let gradEnabled: Bool
    private let inference: Bool
    private let autocast: DType?
    private let hooks: SavedTensorHooks?

    /// The modes of the calling thread.
    public static var current: ThreadModes {
        let state = ck_state().pointee
        return ThreadModes(
            gradEnabled: state.grad_enabled, inference: state.inference_mode, autocast: Autocast.dtype, hooks: SavedTensorHooks.current)
    }

    /// Runs `body` in these modes and restores those it found.
    public func with<R>(_ body: () throws -> R) rethrows -> R {
        try torch.inferenceMode(inference) {
            try GradMode.with(gradEnabled) { try Autocast.with(autocast) { try SavedTensorHooks.with(hooks, body) } }
        }
    }
}

extension torch {
    /// `body` as a closure that runs in the modes of the thread that calls this now, on whatever
    /// thread it is called.
    ///
    ///     torch.noGrad {
    ///         DispatchQueue.concurrentPerform(iterations: 4, execute: torch.inheritingModes { evaluate($0) })
    ///     }
    public static func inheritingModes<Input, Output>(
        _ body: @escaping (Input) throws -> Output
    ) -> (Input) throws -> Output {
        let modes = ThreadModes.current
        return { input in try modes.with { try body(input) } }
    }

    /// The same for a body that cannot throw.
    public static func inheritingModes<Input, Output>(_ body: @escaping (Input) -> Output) -> (Input) -> Output {
        let modes = ThreadModes.current
        return { input in modes.with { body(input) } }
    }

    /// The same for a body without parameter.
    public static func inheritingModes<Output>(
        _ body: @escaping @Sendable () -> Output
    ) -> @Sendable () -> Output {
        let modes = ThreadModes.current
        return { modes.with(body) }
    }
}
