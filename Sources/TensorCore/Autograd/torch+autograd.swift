extension torch.autograd {
    /// Computes the gradients of `tensors` and adds them to the `grad` of the leaves.
    ///
    /// - Parameters:
    ///   - gradTensors: the gradient of each tensor; nil only where all have one element.
    ///   - retainGraph: keep what the pass needs, for another pass. Defaults to `createGraph`.
    ///   - createGraph: record the pass itself, so that gradients can be differentiated.
    ///   - inputs: accumulate only into these.
    public static func backward(
        _ tensors: [Tensor], gradTensors: [Tensor]? = nil, retainGraph: Bool? = nil, createGraph: Bool = false,
        inputs: [Tensor]? = nil
    ) {
        let roots = roots(tensors, gradTensors, createGraph)
        let run = BackwardRun(keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph)
        guard let inputs else {
            _ = run.run(from: roots)
            return
        }
        check(!inputs.isEmpty, "`inputs` argument to `backward()` cannot be empty.")
        let grads = run.run(from: roots, inputs: inputs)
        for (input, grad) in zip(inputs, grads) {
            guard let grad else { continue }
            torch.setGradEnabled(createGraph) { input.grad = input.grad.map { $0 + grad } ?? grad }
        }
    }

    /// The gradients of `outputs` with respect to `inputs`, without touching any `grad`.
    ///
    /// - Parameter allowUnused: give nil for an input that the outputs do not depend on, instead
    ///   of stopping.
    public static func grad(
        _ outputs: [Tensor], _ inputs: [Tensor], gradOutputs: [Tensor]? = nil, retainGraph: Bool? = nil,
        createGraph: Bool = false, allowUnused: Bool = false
    ) -> [Tensor?] {
        for input in inputs {
            check(input.requiresGrad, "One of the differentiated Tensors does not require grad")
        }
        let roots = roots(outputs, gradOutputs, createGraph)
        let grads = BackwardRun(keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph)
            .run(from: roots, inputs: inputs)
        if !allowUnused, grads.contains(where: { $0 == nil }) {
            fail(
                "One of the differentiated Tensors appears to not have been used in the graph. Set "
                    + "allow_unused=True if this is the desired behavior.")
        }
        return grads
    }

    /// The gradient of one output with respect to one input.
    public static func grad(
        _ output: Tensor, _ input: Tensor, gradOutputs: Tensor? = nil, retainGraph: Bool? = nil,
        createGraph: Bool = false
    ) -> Tensor {
        grad(
            [output], [input], gradOutputs: gradOutputs.map { [$0] }, retainGraph: retainGraph,
            createGraph: createGraph)[0]!
    }

    private static func roots(
        _ tensors: [Tensor], _ given: [Tensor]?, _ createGraph: Bool
    ) -> [(tensor: Tensor, grad: Tensor)] {
        if let given {
            check(
                given.count == tensors.count,
                "got \(tensors.count) tensors and \(given.count) gradients")
        }
        return tensors.enumerated().map { i, tensor in
            check(
                tensor.requiresGrad,
                "element \(i) of tensors does not require grad and does not have a grad_fn")
            guard let grad = given?[i] else {
                check(tensor.numel == 1, "grad can be implicitly created only for scalar outputs")
                check(
                    tensor.dtype.isFloatingPoint,
                    "grad can be implicitly created only for real scalar outputs but got \(tensor.dtype)")
                return (tensor, torch.onesLike(tensor))
            }
            check(
                grad.dims == tensor.dims,
                "Mismatch in shape: grad_output[\(i)] has a shape of torch.Size(\(grad.dims)) and output[\(i)] has a "
                    + "shape of torch.Size(\(tensor.dims)).")
            return (tensor, grad)
        }
    }
}

extension Node {
    /// The nodes whose gradients this one computes (PyTorch's `next_functions`), and which of
    /// their results each input was; nil where no gradient is wanted.
    public var nextFunctions: [(node: Node?, index: Int)] {
        (0..<edgeCount).map {
            let (node, slot) = edge($0)
            return (node, Int(slot))
        }
    }
}

extension Node: CustomStringConvertible {
    /// PyTorch's form, without the address: `<AddBackward0>`.
    public var description: String { "<\(name)>" }
}
