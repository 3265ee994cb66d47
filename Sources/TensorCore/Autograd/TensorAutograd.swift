import Glibc
import Synchronization

/// What only few tensors have.
final class RareState {
    /// The gradient kept by `retainGrad()`.
    var retainedGrad: Tensor?
    /// `retainGrad()` was called.
    var keepsGrad = false
    /// `nn.Module` registers a property of this tensor as a parameter.
    var isParameter = false
    /// The same as a buffer.
    var isBuffer = false
}

extension Tensor {
    var rareState: RareState {
        if let rare { return rare }
        let new = RareState()
        rare = new
        return new
    }

    /// What computed this tensor: an operation's node, or a leaf's accumulator; nil where no
    /// gradient is wanted.
    @inline(__always)
    var node: Node? {
        if let base, base.generation != generation { followBase(base) }
        return recordedNode
    }

    /// Whether gradients are computed for this tensor.
    ///
    /// Setting it makes a leaf of floating-point type collect gradients. Only a leaf's flag can be
    /// changed: detach a computed tensor instead.
    public var requiresGrad: Bool {
        get { node != nil }
        set { collectGradients(newValue, "only Tensors of floating point and complex dtype can require gradients") }
    }

    @discardableResult
    public func requiresGrad_(_ requiresGrad: Bool = true) -> Tensor {
        collectGradients(requiresGrad, "only Tensors of floating point dtype can require gradients")
        return self
    }

    /// A new tensor's flag, as the functions that make tensors set it.
    @discardableResult
    package func madeToRequireGrad(_ requiresGrad: Bool) -> Tensor {
        collectGradients(requiresGrad, "Only Tensors of floating point and complex dtype can require gradients")
        return self
    }

    private func collectGradients(_ isWanted: Bool, _ refusal: String) {
        if isWanted == (node != nil) { return }
        if isWanted {
            check(
                !storage.isInference || torch.isInferenceModeEnabled(),
                "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.")
            check(dtype.isDifferentiable, refusal)
            recordedNode = AccumulateGrad(self)
        } else {
            check(
                isLeaf,
                "you can only change requires_grad flags of leaf variables. If you want to use a computed "
                    + "variable in a subgraph that doesn't require differentiation use var_no_grad = "
                    + "var.detach().")
            recordedNode = nil
        }
    }

    /// Whether the tensor was made by the user, not computed from tensors that require gradients.
    public var isLeaf: Bool { node == nil || recordedNode is AccumulateGrad }

    /// The node that computed this tensor; nil for leaves.
    public var gradFn: Node? { node is AccumulateGrad ? nil : recordedNode }

    /// The gradient that backward passes have added up; nil before the first.
    ///
    /// A tensor that is not a leaf keeps none unless `retainGrad()` was called before the pass. (The `!` lets
    /// `x.grad.zero_()` and `w -= lr * w.grad` read as in PyTorch; it is nil until there is one.)
    public var grad: Tensor! {
        get {
            if let accumulator = node as? AccumulateGrad { return accumulator.grad }
            if recordedNode != nil, rare?.retainedGrad == nil, !retainsGrad {
                warn(
                    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
                        + "attribute won't be populated during autograd.backward(). If you indeed want the .grad "
                        + "field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor.")
            }
            return rare?.retainedGrad
        }
        set {
            if let newValue {
                check(
                    newValue.dims == dims,
                    "assigned grad has data of a different size")
                check(
                    newValue.dtype == dtype,
                    "assigned grad has data of a different type")
            }
            if let accumulator = node as? AccumulateGrad {
                accumulator.grad = newValue
            } else {
                rareState.retainedGrad = newValue
            }
        }
    }

    /// Forgets this leaf's gradient, or sets it to zero.
    package func clearGrad(setToNone: Bool) {
        guard requiresGrad, let grad else { return }
        if setToNone {
            self.grad = nil
        } else {
            self.grad = grad.requiresGrad ? grad.detach().zero_() : grad.zero_()
        }
    }

    /// Notes a change of the values that was made in memory, outside the operators.
    package func noteChange() { storage.version += 1 }

    /// `nn.Module` registers a property with this tensor as a parameter, or as a buffer.
    package var isParameter: Bool {
        get { rare?.isParameter ?? false }
        set { rareState.isParameter = newValue }
    }
    package var isBuffer: Bool {
        get { rare?.isBuffer ?? false }
        set { rareState.isBuffer = newValue }
    }

    /// Computes the gradients of this tensor with respect to the leaves it was computed from, and
    /// adds them to their `grad`.
    ///
    /// - Parameters:
    ///   - gradient: the gradient of this tensor, of its shape; needed unless it has one element.
    ///   - retainGraph: keep what the pass needs, for another pass. Defaults to `createGraph`.
    ///   - createGraph: record the pass itself, so that gradients can be differentiated.
    ///   - inputs: accumulate only into these leaves.
    public func backward(
        gradient: Tensor? = nil, retainGraph: Bool? = nil, createGraph: Bool = false, inputs: [Tensor]? = nil
    ) {
        torch.autograd.backward(
            [self], gradTensors: gradient.map { [$0] }, retainGraph: retainGraph, createGraph: createGraph,
            inputs: inputs)
    }

    public func backward(_ gradient: Tensor, retainGraph: Bool? = nil, createGraph: Bool = false) {
        backward(gradient: gradient, retainGraph: retainGraph, createGraph: createGraph)
    }

    /// The same values without history. Changes in place are seen through both.
    public func detach() -> Tensor { alias() }

    /// Makes this tensor a leaf without gradient.
    @discardableResult
    public func detach_() -> Tensor {
        check(base == nil, "Can't detach views in-place. Use detach() instead.")
        recordedNode = nil
        return self
    }

    /// The values of this tensor outside the graph, sharing memory.
    public var data: Tensor { alias() }

    /// A tensor of the same storage and arrangement, without history.
    @inline(__always)
    func alias() -> Tensor {
        Tensor(
            storage: storage, offset: offset, dims: dims, steps: steps, numel: numel, dtype: dtype,
            contiguous: contiguousFlag)
    }

    /// Nobody but this tensor can see its memory, which it fills.
    var ownsItsMemory: Bool {
        contiguousFlag && isKnownUniquelyReferenced(&storage) && base == nil
            && storage.byteCount == numel * dtype.size
    }
}

/// Says something the user should know, once each, on standard error.
package func warn(_ message: String) {
    guard Warnings.given.withLock({ $0.insert(message).inserted }) else { return }
    "UserWarning: \(message)\n".withCString { _ = fputs($0, stderr) }
}

private enum Warnings {
    static let given = Mutex<Set<String>>([])
}
