/// What the functions of `torch.autograd.functional` and `torch.func` share, over lists of tensors.
enum Differentials {
    typealias Function = ([Tensor]) -> [Tensor]

    /// The stage of a computation at which a gradient is found to be independent of something.
    enum Stage {
        case back, backTrick, doubleBack, doubleBackTrick
    }

    /// Inputs to differentiate: connected to those given where the result is to be, leaves of
    /// their own otherwise.
    static func prepared(_ inputs: [Tensor], createGraph: Bool, needGraph: Bool = true) -> [Tensor] {
        inputs.map { input in
            if createGraph, input.requiresGrad { return input.viewAs(input) }
            let own = input.detach()
            return needGraph ? own.requiresGrad_() : own
        }
    }

    static func finished(_ results: [Tensor], createGraph: Bool) -> [Tensor] {
        createGraph ? results : results.map { $0.detach() }
    }

    /// Gradients of the outputs that have any; nil where there is none.
    static func grad(
        _ outputs: [Tensor?], _ inputs: [Tensor], _ gradOutputs: [Tensor]? = nil, createGraph: Bool,
        retainGraph: Bool? = nil
    ) -> [Tensor?] {
        let used = outputs.indices.filter { outputs[$0]?.requiresGrad == true }
        if used.isEmpty { return inputs.map { _ in nil } }
        return torch.autograd.grad(
            used.map { outputs[$0]! }, inputs, gradOutputs: gradOutputs.map { given in used.map { given[$0] } },
            retainGraph: retainGraph, createGraph: createGraph, allowUnused: true)
    }

    /// Zeros in place of what is independent; with `strict` that is an error.
    static func filled(
        _ grads: [Tensor?], like references: [Tensor], strict: Bool, createGraph: Bool, _ stage: Stage
    ) -> [Tensor] {
        grads.enumerated().map { i, grad in
            if strict, grad == nil { fail(independence(i, stage)) }
            if strict, createGraph, let grad, !grad.requiresGrad {
                let subject = stage == .back || stage == .backTrick ? "jacobian" : "hessian"
                fail(
                    "The \(subject) of the user-provided function is independent of input \(i). This is not allowed in "
                        + "strict mode when create_graph=True.")
            }
            return grad ?? torch.zerosLike(references[i])
        }
    }

    private static func independence(_ i: Int, _ stage: Stage) -> String {
        switch stage {
        case .back:
            "The output of the user-provided function is independent of input \(i). This is not allowed in strict mode."
        case .backTrick:
            "The gradient with respect to the input is independent of entry \(i) in the grad_outputs when using the "
                + "double backward trick to compute forward mode gradients. This is not allowed in strict mode."
        case .doubleBack:
            "The jacobian of the user-provided function is independent of input \(i). This is not allowed in strict mode."
        case .doubleBackTrick:
            "The hessian of the user-provided function is independent of entry \(i) in the grad_jacobian. This is not "
                + "allowed in strict mode as it prevents from using the double backward trick to replace forward mode AD."
        }
    }

    // MARK: Checks

    static func checkOutputs(_ outputs: [Tensor], strict: Bool) {
        guard strict else { return }
        for (i, output) in outputs.enumerated() where !output.requiresGrad {
            fail(
                "Output \(i) of the user-provided function does not require gradients. The outputs must be computed in "
                    + "a differentiable manner from the input when running in strict mode.")
        }
    }

    static func checkGradInputs(_ grads: [Tensor?], strict: Bool) {
        checkDepends(grads, strict) {
            "The gradient with respect to input \($0) is independent of the inputs of the user-provided function. This "
                + "is not allowed in strict mode."
        }
    }

    static func checkJacobian(_ jacobian: [Tensor?], strict: Bool) {
        checkDepends(jacobian, strict) {
            "While computing the hessian, found that the jacobian of the user-provided function with respect to input "
                + "\($0) is independent of the input. This is not allowed in strict mode. You should ensure that your "
                + "function is twice differentiable and that the jacobian depends on the inputs (this would be violated "
                + "by a linear function for example)."
        }
    }

    private static func checkDepends(_ tensors: [Tensor?], _ strict: Bool, _ message: (Int) -> String) {
        guard strict else { return }
        for (i, tensor) in tensors.enumerated() {
            guard let tensor else { fail(independence(i, .back)) }
            if !tensor.requiresGrad { fail(message(i)) }
        }
    }

    /// Stops unless `v` has the shapes of `references`.
    static func checkVectors(_ v: [Tensor], _ references: [Tensor], isList: Bool) {
        if v.count != references.count {
            fail(
                isList
                    ? "v is a tuple of invalid length: should be \(references.count) but got \(v.count)."
                    : "The given v should contain a single Tensor.")
        }
        for (i, (vector, reference)) in zip(v, references).enumerated() where vector.dims != reference.dims {
            let place = isList ? "Entry \(i) in " : ""
            fail(
                "\(place)v has invalid size: should be torch.Size(\(reference.dims)) but got "
                    + "torch.Size(\(vector.dims)).")
        }
    }

    static func checkSingleElement(_ output: Tensor, _ name: String) {
        check(
            output.numel == 1,
            "The Tensor returned by the function given to \(name) should contain a single element")
    }

    // MARK: Computations

    /// The jacobian of each output by each input: sizes of the output, then of the input.
    static func jacobian(
        _ function: Function, _ inputs: [Tensor], createGraph: Bool, strict: Bool
    ) -> [[Tensor]] {
        torch.enableGrad {
            let inputs = prepared(inputs, createGraph: createGraph)
            let outputs = function(inputs)
            checkOutputs(outputs, strict: strict)
            return outputs.enumerated().map { i, output in
                var rows = [[Tensor]](repeating: [], count: inputs.count)
                let flat = output.reshape([-1])
                for j in 0..<output.numel {
                    let grads = grad([flat.select(0, j)], inputs, createGraph: createGraph, retainGraph: true)
                    for (k, grad) in grads.enumerated() {
                        if strict, grad == nil {
                            fail(
                                "Output \(i) of the user-provided function is independent of input \(k). This is not "
                                    + "allowed in strict mode.")
                        }
                        if strict, createGraph, let grad, !grad.requiresGrad {
                            fail(
                                "The jacobian of the user-provided function is independent of input \(i). This is not "
                                    + "allowed in strict mode when create_graph=True.")
                        }
                        rows[k].append(grad ?? torch.zerosLike(inputs[k]))
                    }
                }
                let blocks = zip(rows, inputs).map { rows, input in
                    rows.isEmpty
                        ? torch.zeros(output.shape + input.shape, dtype: input.dtype, device: input.device)
                        : torch.stack(rows).reshape(output.shape + input.shape)
                }
                return finished(blocks, createGraph: createGraph)
            }
        }
    }

    /// The jacobian of the gradient of a function of one element.
    static func hessian(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], createGraph: Bool, strict: Bool
    ) -> [[Tensor]] {
        jacobian(
            { inner in
                let jacobian = jacobian(
                    { given in
                        let output = function(given)
                        checkOutputs([output], strict: strict)
                        checkSingleElement(output, "hessian")
                        return [output.squeeze()]
                    }, inner, createGraph: true, strict: false)[0]
                checkJacobian(jacobian, strict: strict)
                return jacobian
            }, inputs, createGraph: createGraph, strict: strict)
    }

    static func vjp(
        _ function: Function, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool, strict: Bool,
        givesList: Bool
    ) -> (outputs: [Tensor], vjp: [Tensor]) {
        torch.enableGrad {
            let inputs = prepared(inputs, createGraph: createGraph)
            let outputs = function(inputs)
            checkOutputs(outputs, strict: strict)
            let v = v.map { prepared($0, createGraph: createGraph, needGraph: false) }
            if let v {
                checkVectors(v, outputs, isList: givesList)
            } else {
                check(
                    outputs.count == 1 && outputs[0].numel == 1,
                    "The vector v can only be None if the user-provided function returns a single Tensor with a single "
                        + "element.")
            }
            let grads = filled(
                grad(outputs, inputs, v, createGraph: createGraph), like: inputs, strict: strict,
                createGraph: createGraph, .back)
            return (finished(outputs, createGraph: createGraph), finished(grads, createGraph: createGraph))
        }
    }

    /// By differentiating the gradient, which is linear in what it is given, by that.
    static func jvp(
        _ function: Function, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool, strict: Bool,
        takesList: Bool
    ) -> (outputs: [Tensor], jvp: [Tensor]) {
        torch.enableGrad {
            let inputs = prepared(inputs, createGraph: createGraph)
            let v = v.map { prepared($0, createGraph: createGraph, needGraph: false) }
            checkInputVectors(v, inputs, takesList)
            let outputs = function(inputs)
            checkOutputs(outputs, strict: strict)
            let seeds = outputs.map { torch.zerosLike($0).requiresGrad_() }
            let gradInputs = grad(outputs, inputs, seeds, createGraph: true)
            checkGradInputs(gradInputs, strict: strict)
            let result = filled(
                grad(gradInputs, seeds, v, createGraph: createGraph), like: outputs, strict: strict,
                createGraph: createGraph, .backTrick)
            return (finished(outputs, createGraph: createGraph), finished(result, createGraph: createGraph))
        }
    }

    /// The product of the hessian of a function of one element with `v`; from the left by one more
    /// backward pass, or from the right by the trick of `jvp`.
    static func hessianProduct(
        _ name: String, _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool,
        strict: Bool, takesList: Bool, fromLeft: Bool
    ) -> (output: Tensor, product: [Tensor]) {
        torch.enableGrad {
            let inputs = prepared(inputs, createGraph: createGraph)
            let v = v.map { prepared($0, createGraph: createGraph, needGraph: false) }
            checkInputVectors(v, inputs, takesList)
            let output = function(inputs)
            checkOutputs([output], strict: strict)
            checkSingleElement(output, name)
            let jacobian = grad([output], inputs, createGraph: true)
            checkJacobian(jacobian, strict: strict)
            let product: [Tensor]
            if fromLeft {
                product = filled(
                    grad(jacobian, inputs, v, createGraph: createGraph), like: inputs, strict: strict,
                    createGraph: createGraph, .doubleBack)
            } else {
                let seeds = inputs.map { torch.zerosLike($0).requiresGrad_() }
                let doubleBack = grad(jacobian, inputs, seeds, createGraph: true)
                product = filled(
                    grad(doubleBack, seeds, v, createGraph: createGraph), like: inputs, strict: strict,
                    createGraph: createGraph, .doubleBackTrick)
            }
            return (finished([output], createGraph: createGraph)[0], finished(product, createGraph: createGraph))
        }
    }

    private static func checkInputVectors(_ v: [Tensor]?, _ inputs: [Tensor], _ takesList: Bool) {
        if let v {
            checkVectors(v, inputs, isList: takesList)
        } else {
            check(
                inputs.count == 1 && inputs[0].numel == 1,
                "The vector v can only be None if the input to the user-provided function is a single Tensor with a "
                    + "single element.")
        }
    }
}
