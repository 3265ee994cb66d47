extension torch.utils {
    /// PyTorch's `torch.utils.checkpoint`.
    public enum checkpoint {}
}

extension torch.utils.checkpoint {
    /// Runs `function` without keeping what its backward pass needs: the pass runs it again, which
    /// trades time for memory.
    ///
    ///     let y = torch.utils.checkpoint.checkpoint(block, x)
    ///
    /// The second run must compute what the first did; it draws the same random numbers. PyTorch's
    /// `use_reentrant=False`: `torch.autograd.grad`, nested checkpoints and captured parameters work.
    ///
    /// - Parameters:
    ///   - preserveRngState: give the second run the random state of the first.
    ///   - determinismCheck: stop if the second run saves tensors of other shapes or types.
    public static func checkpoint(
        _ function: @escaping ([Tensor]) -> [Tensor], _ inputs: [Tensor], preserveRngState: Bool = true,
        determinismCheck: Bool = true
    ) -> [Tensor] {
        guard GradMode.isEnabled else { return function(inputs) }
        let frame = Frame(function, inputs, preserveRngState, determinismCheck)
        return torch.autograd.graph.savedTensorsHooks(
            pack: { frame.note($0) }, unpack: { $0.frame.value(of: $0) }
        ) { function(inputs) }
    }

    /// The same for one tensor.
    public static func checkpoint(
        _ function: @escaping (Tensor) -> Tensor, _ input: Tensor, preserveRngState: Bool = true,
        determinismCheck: Bool = true
    ) -> Tensor {
        checkpoint(
            { [function($0[0])] }, [input], preserveRngState: preserveRngState, determinismCheck: determinismCheck)[0]
    }

    /// Runs `functions` one after another, in `segments` parts; all but the last are checkpointed.
    public static func checkpointSequential(
        _ functions: [(Tensor) -> Tensor], segments: Int, _ input: Tensor, preserveRngState: Bool = true
    ) -> Tensor {
        check(segments > 0, "segments must be positive, got \(segments)", .valueError)
        let size = functions.count / segments
        var result = input
        for part in 0..<(segments - 1) {
            let some = functions[(part * size)..<((part + 1) * size)]
            result = checkpoint(
                { some.reduce($0) { $1($0) } }, result, preserveRngState: preserveRngState)
        }
        return functions[((segments - 1) * size)...].reduce(result) { $1($0) }
    }
}

/// Stands for a saved tensor that the backward pass is to compute again.
private final class Holder {
    let frame: Frame
    let index: Int
    let shape: [Int]
    let dtype: DType
    let device: Device
    var recomputed: Tensor?

    init(_ frame: Frame, _ index: Int, _ tensor: Tensor) {
        self.frame = frame
        self.index = index
        shape = tensor.shape
        dtype = tensor.dtype
        device = tensor.device
    }
}

/// One checkpointed call.
private final class Frame {
    private let function: ([Tensor]) -> [Tensor]
    private let inputs: [Tensor]
    private let checksDeterminism: Bool
    private let randomState: Tensor?
    private var holders: [Weak] = []

    private struct Weak {
        weak var holder: Holder?
    }

    init(
        _ function: @escaping ([Tensor]) -> [Tensor], _ inputs: [Tensor], _ preservesRandomState: Bool,
        _ checksDeterminism: Bool
    ) {
        self.function = function
        self.inputs = inputs
        self.checksDeterminism = checksDeterminism
        randomState = preservesRandomState ? torch.getRngState() : nil
    }

    func note(_ tensor: Tensor) -> Holder {
        let holder = Holder(self, holders.count, tensor)
        holders.append(Weak(holder: holder))
        return holder
    }

    /// The tensor for which the holder stands. It lasts as long as the node that saved it wants it.
    func value(of holder: Holder) -> Tensor {
        if holder.recomputed == nil { recompute() }
        guard let tensor = holder.recomputed else { fail(mismatch(found: holder.index)) }
        return tensor
    }

    private func recompute() {
        var found = 0
        let before = randomState.map { _ in torch.getRngState() }
        if let randomState { torch.setRngState(randomState) }
        torch.enableGrad {
            // Detached: the second run's graph is only there to save the same tensors.
            let inputs = inputs.map { $0.detach().requiresGrad_($0.requiresGrad) }
            torch.autograd.graph.savedTensorsHooks(
                pack: { tensor -> Tensor in
                    if found < self.holders.count, let holder = self.holders[found].holder {
                        self.check(holder, tensor)
                        holder.recomputed = tensor
                    }
                    found += 1
                    return tensor.detach()
                }, unpack: { $0 }
            ) { _ = function(inputs) }
        }
        if let before { torch.setRngState(before) }
        if found < holders.count { fail(mismatch(found: found)) }
    }

    private func check(_ holder: Holder, _ tensor: Tensor) {
        func text(_ shape: [Int], _ dtype: DType, _ device: Device) -> String {
            "{'shape': torch.Size(\(shape)), 'dtype': \(dtype), 'device': device(type='\(device)')}"
        }
        let saved = text(holder.shape, holder.dtype, holder.device)
        let recomputed = text(tensor.shape, tensor.dtype, tensor.device)
        guard checksDeterminism, saved != recomputed else { return }
        fail(
            "torch.utils.checkpoint: Recomputed values for the following tensors have different metadata than during "
                + "the forward pass.\ntensor at position \(holder.index):\n"
                + "saved metadata: \(saved)\nrecomputed metadata: \(recomputed)\n.")
    }

    private func mismatch(found: Int) -> String {
        "torch.utils.checkpoint: A different number of tensors was saved during the original forward and "
            + "recomputation.\nNumber of tensors saved during forward: \(holders.count)\n"
            + "Number of tensors saved during recomputation: \(found)."
    }
}
