/// A tensor kept for the backward pass, with the means to notice that it was changed since.
struct SavedTensor {
    private let tensor: Tensor
    private let version: Int
    /// The tensor is the node's own result: it is kept without its history, which would be a cycle.
    private let isResult: Bool
    private let slot: Int32

    /// Keeps an input.
    @inline(__always)
    init(_ input: Tensor) {
        tensor = input
        version = input.storage.version
        isResult = false
        slot = input.outputIndex
    }

    /// Keeps a result of the node that is being recorded.
    @inline(__always)
    init(result: Tensor) {
        tensor = result.alias()
        version = result.storage.version
        isResult = true
        slot = result.outputIndex
    }

    /// The tensor, connected to the graph as it was when it was saved.
    @inline(__always)
    func unpack(for node: Node) -> Tensor {
        if tensor.storage.version != version { failChanged(node) }
        guard isResult else { return tensor }
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
        let origin = (isResult ? node : tensor.node).map { ", which is output \(slot) of \($0.name)," } ?? ""
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
