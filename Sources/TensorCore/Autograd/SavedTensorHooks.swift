import CKernels

/// What packs the tensors that are saved for a backward pass.
final class SavedTensorHooks {
    let pack: (Tensor) -> Any
    let unpack: (Any) -> Tensor
    /// Set where hooks are disabled: the message for who wants to register some.
    let refusal: String?

    init(pack: @escaping (Tensor) -> Any, unpack: @escaping (Any) -> Tensor) {
        self.pack = pack
        self.unpack = unpack
        refusal = nil
    }

    init(refusal: String) {
        pack = { $0 }
        unpack = { $0 as! Tensor }
        self.refusal = refusal
    }

    /// The innermost of the calling thread.
    static var current: SavedTensorHooks? {
        ck_state().pointee.saved_tensor_hooks.map {
            Unmanaged<SavedTensorHooks>.fromOpaque($0).takeUnretainedValue()
        }
    }

    static func with<R>(_ hooks: SavedTensorHooks?, _ body: () throws -> R) rethrows -> R {
        let before = ck_state().pointee.saved_tensor_hooks
        return try withExtendedLifetime(hooks) {
            ck_state().pointee.saved_tensor_hooks = hooks.map { Unmanaged.passUnretained($0).toOpaque() }
            defer { ck_state().pointee.saved_tensor_hooks = before }
            return try body()
        }
    }
}

/// A saved tensor in the form that a pack hook gave it, and its place in the graph.
final class PackedTensor {
    private let value: Any
    private let hooks: SavedTensorHooks
    /// What computed the tensor; nil for the result of the node that saves it.
    private let node: Node?
    private let slot: Int32
    private let isResult: Bool

    init(_ tensor: Tensor, isResult: Bool, _ hooks: SavedTensorHooks) {
        self.hooks = hooks
        self.isResult = isResult
        slot = tensor.outputIndex
        node = isResult ? nil : tensor.node
        let version = tensor.storage.version
        value = torch.noGrad { hooks.pack(tensor.alias()) }
        check(
            tensor.storage.version == version,
            "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook cannot be "
                + "modified by in-place operations as this can lead to unexpected side-effects. Please open an issue if "
                + "you need to perform in-place operations on the input to a pack hook.")
    }

    /// The tensor, connected to the graph as it was when `saver` saved it.
    func unpack(for saver: Node) -> Tensor {
        let tensor = torch.noGrad { hooks.unpack(value) }.alias()
        if tensor.dtype.isDifferentiable, !isResult || GradMode.isEnabled {
            tensor.recordedNode = isResult ? saver : node
            tensor.outputIndex = slot
        }
        return tensor
    }
}

extension torch.autograd {
    /// PyTorch's `torch.autograd.graph`.
    public enum graph {}
}

extension torch.autograd.graph {
    /// Runs `body`; each tensor that an operator saves there for the backward pass goes through
    /// `pack`, and what that gave through `unpack` when the pass needs it. Both run without
    /// recording. Of nested hooks the innermost are called.
    public static func savedTensorsHooks<Packed, R>(
        pack: @escaping (Tensor) -> Packed, unpack: @escaping (Packed) -> Tensor, _ body: () throws -> R
    ) rethrows -> R {
        if let refusal = SavedTensorHooks.current?.refusal { fail(refusal) }
        let hooks = SavedTensorHooks(pack: pack, unpack: { unpack($0 as! Packed) })
        return try SavedTensorHooks.with(hooks, body)
    }

    /// Runs `body`, where registering hooks for saved tensors stops with `errorMessage`.
    public static func disableSavedTensorsHooks<R>(_ errorMessage: String, _ body: () throws -> R) rethrows -> R {
        try SavedTensorHooks.with(SavedTensorHooks(refusal: errorMessage), body)
    }

    /// Runs `body`; what it saves for the backward pass waits in the CPU's memory and returns to
    /// its device when the pass needs it.
    public static func saveOnCPU<R>(_ body: () throws -> R) rethrows -> R {
        try savedTensorsHooks(
            pack: { (device: $0.device, tensor: $0.to(.cpu)) }, unpack: { $0.tensor.to($0.device) }, body)
    }
}
