extension torch.autograd {
    /// Computes the gradients of `tensors` and adds them to the `grad` of the leaves.
    ///
    /// - Parameters:
    ///   - gradTensors: the gradient of each tensor; nil only where all have one element.
    ///   - retainGraph: keep what the pass needs, for another pass. Defaults to `createGraph`.
    ///   - createGraph: record the pass itself, so that gradients can be differentiated.
    ///   - inputs: accumulate only into these. One that is not a leaf keeps its gradient as after
    ///     `retainGrad()`.
    public static func backward(
        _ tensors: [Tensor], gradTensors: [Tensor?]? = nil, retainGraph: Bool? = nil, createGraph: Bool = false,
        inputs: [Tensor]? = nil
    ) {
        let run = BackwardRun(keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph)
        guard let inputs else {
            run.run(from: roots(tensors, gradTensors))
            return
        }
        check(!inputs.isEmpty, "`inputs` argument to `backward()` cannot be empty.")
        for input in inputs where !(input.requiresGrad && input.isLeaf) { input.retainGrad() }
        run.run(from: roots(tensors, gradTensors), inputs: inputs, accumulates: true)
    }

    /// The gradients of `outputs` with respect to `inputs`, without touching any `grad`.
    ///
    /// - Parameters:
    ///   - gradOutputs: the gradient of each output, of its shape; nil only where it has one element.
    ///   - retainGraph: keep what the pass needs, for another pass. Defaults to `createGraph`.
    ///   - createGraph: record the pass itself, so that the gradients can be differentiated.
    ///   - allowUnused: give nil for an input that the outputs do not depend on, instead of
    ///     stopping. Defaults to `materializeGrads`.
    ///   - isGradsBatched: the first dimension of each of `gradOutputs` is one of passes, and
    ///     becomes the first of each gradient.
    ///   - materializeGrads: give zeros for an input that the outputs do not depend on.
    @_disfavoredOverload
    public static func grad(
        _ outputs: any TensorOrTensors, _ inputs: any TensorOrTensors, gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false, allowUnused: Bool? = nil, isGradsBatched: Bool = false,
        materializeGrads: Bool = false
    ) -> [Tensor?] {
        let (outputs, inputs) = (outputs.tensors.compactMap { $0 }, inputs.tensors.compactMap { $0 })
        let gradOutputs = gradOutputs?.tensors
        check(
            !materializeGrads || allowUnused != false,
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.",
            .valueError)
        check(!inputs.isEmpty, "`inputs` argument to `grad()` cannot be empty.")
        for input in inputs {
            check(input.requiresGrad, "One of the differentiated Tensors does not require grad")
        }
        func pass(_ gradOutputs: [Tensor?]?, keepsGraph: Bool) -> [Tensor?] {
            BackwardRun(keepsGraph: keepsGraph, createsGraph: createGraph)
                .run(from: roots(outputs, gradOutputs), inputs: inputs)
        }
        let keepsGraph = retainGraph ?? createGraph
        var grads: [Tensor?]
        if isGradsBatched {
            let batches = batches(of: gradOutputs ?? [], outputs)
            let rows = batches.enumerated().map { i, batch in
                pass(batch, keepsGraph: keepsGraph || i < batches.count - 1)
            }
            grads = inputs.indices.map { i in
                rows[0][i] == nil ? nil : torch.setGradEnabled(createGraph) { torch.stack(rows.map { $0[i]! }) }
            }
        } else {
            grads = pass(gradOutputs, keepsGraph: keepsGraph)
        }
        if materializeGrads {
            grads = zip(grads, inputs).map { $0 ?? torch.zerosLike($1) }
        } else if allowUnused != true, let unused = grads.firstIndex(where: { $0 == nil }) {
            fail(
                "The differentiated Tensor at index \(unused) appears to not have been used in the graph. Set "
                    + "allow_unused=True if this is the desired behavior.")
        }
        return grads
    }

    /// One list of gradients for each pass of a batched call.
    private static func batches(of grads: [Tensor?], _ outputs: [Tensor]) -> [[Tensor?]] {
        let sizes = grads.enumerated().compactMap { i, grad -> Int? in
            guard let grad else { return nil }
            check(
                grad.ndim > 0,
                "vmap(vjp, in_dims=0, ...)(<inputs>): Got in_dim=0 for some input, but that input is a Tensor of "
                    + "dimensionality 0 so expected in_dim to satisfy 0 <= in_dim < 0.", .valueError)
            check(
                Array(grad.shape.dropFirst()) == outputs[i].shape,
                "If `is_grads_batched=True`, we interpret the first dimension of each grad_output as the batch "
                    + "dimension. The sizes of the remaining dimensions are expected to match the shape of "
                    + "corresponding output, but a mismatch was detected: grad_output[\(i)] has a shape of "
                    + "torch.Size(\(grad.shape)) and output[\(i)] has a shape of torch.Size(\(outputs[i].shape)). If "
                    + "you only want some tensors in `grad_output` to be considered batched, consider using vmap.")
            return grad.shape[0]
        }
        check(
            !sizes.isEmpty && sizes.allSatisfy { $0 == sizes[0] && $0 > 0 },
            "isGradsBatched needs gradOutputs with the same number of passes, at least one", .valueError)
        return (0..<sizes[0]).map { row in grads.map { $0?.select(0, row) } }
    }

    private static func roots(
        _ tensors: [Tensor], _ given: [Tensor?]?
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
            check(
                grad.dtype.isComplex == tensor.dtype.isComplex,
                "For complex Tensors, both grad_output and output are required to have the same dtype. Mismatch in "
                    + "dtype: grad_output[\(i)] has a dtype of \(grad.dtype) and output[\(i)] has a dtype "
                    + "of \(tensor.dtype).")
            return (tensor, grad)
        }
    }
}

extension Node {
    /// The nodes whose gradients this one computes (PyTorch's `next_functions`), and which of
    /// their results each input was; nil where no gradient is wanted.
    public var nextFunctions: [(node: Node?, index: Int)] {
        (0..<operandCount).map {
            let (node, slot) = edge($0)
            return (node, Int(slot))
        }
    }
}

extension Node: CustomStringConvertible {
    /// PyTorch's form, without the address: `<AddBackward0>`.
    public var description: String { "<\(name)>" }
}
