extension torch {
    /// PyTorch's `torch.func`: functions that make derivatives of functions.
    ///
    ///     let slope = torch.func.grad { ($0 * $0).sum() }
    ///     let curvature = torch.func.grad { slope($0).sum() }
    ///
    /// They can be nested. What the function captures is constant to the derivative, and can itself
    /// be differentiated by an outer one.
    public enum `func` {}
}

extension torch.`func` {
    /// The gradient of a function of one element, as a function.
    public static func grad(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
        { gradAndValue(function)($0).0 }
    }

    /// The gradient by the inputs at `argnums`.
    public static func grad(
        _ function: @escaping ([Tensor]) -> Tensor, argnums: [Int] = [0]
    ) -> ([Tensor]) -> [Tensor] {
        { gradAndValue(function, argnums: argnums)($0).0 }
    }

    /// The gradient of a function of one element and the function's value.
    public static func gradAndValue(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> (Tensor, Tensor) {
        { input in
            let (grads, value) = gradAndValue { function($0[0]) }([input])
            return (grads[0], value)
        }
    }

    /// The gradient by the inputs at `argnums` and the function's value.
    public static func gradAndValue(
        _ function: @escaping ([Tensor]) -> Tensor, argnums: [Int] = [0]
    ) -> ([Tensor]) -> ([Tensor], Tensor) {
        { inputs in
            let level = Level(inputs, argnums)
            let output = level.run { [function($0)] }[0]
            check(
                output.ndim == 0,
                "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with \(output.ndim) "
                    + "dims. Maybe you wanted to use the vjp or jacrev APIs instead?")
            let grads = Differentials.filled(
                Differentials.grad([output], level.differentiated, createGraph: true), like: level.differentiated,
                strict: false, createGraph: true, .back)
            return (level.closed(grads), level.closed([output])[0])
        }
    }

    /// The function's output and the function that multiplies a vector of the output's shape with
    /// the jacobian from the left.
    public static func vjp(
        _ function: (Tensor) -> Tensor, _ primal: Tensor
    ) -> (Tensor, (Tensor) -> Tensor) {
        let (outputs, pullback) = vjp({ [function($0[0])] }, [primal])
        return (outputs[0], { pullback([$0])[0] })
    }

    /// The same for several inputs and outputs.
    public static func vjp(
        _ function: ([Tensor]) -> [Tensor], _ primals: [Tensor]
    ) -> ([Tensor], ([Tensor]) -> [Tensor]) {
        let level = Level(primals, Array(primals.indices))
        let outputs = level.run(function)
        return (
            level.closed(outputs),
            { v in
                Differentials.checkVectors(v, outputs, isList: true)
                let grads = Differentials.grad(
                    outputs, level.differentiated, v, createGraph: true, retainGraph: true)
                return level.closed(
                    Differentials.filled(
                        grads, like: level.differentiated, strict: false, createGraph: true, .back))
            }
        )
    }

    /// The function's output and the jacobian times `tangent`, which has the input's shape.
    public static func jvp(
        _ function: (Tensor) -> Tensor, _ primal: Tensor, _ tangent: Tensor
    ) -> (Tensor, Tensor) {
        let (outputs, tangents) = jvp({ [function($0[0])] }, [primal], [tangent])
        return (outputs[0], tangents[0])
    }

    /// The same for several inputs and outputs.
    public static func jvp(
        _ function: ([Tensor]) -> [Tensor], _ primals: [Tensor], _ tangents: [Tensor]
    ) -> ([Tensor], [Tensor]) {
        let level = Level(primals, Array(primals.indices))
        let (outputs, products) = torch.enableGrad {
            Differentials.jvp(
                function, level.inputs, tangents, createGraph: true, strict: false, takesList: true)
        }
        return (level.closed(outputs), level.closed(products))
    }

    /// The jacobian as a function: sizes of the output, then those of the input.
    public static func jacrev(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
        { input in
            let level = Level([input], [0])
            let jacobian = Differentials.jacobian(
                { [function($0[0])] }, level.inputs, createGraph: true, strict: false)
            return level.closed(jacobian[0])[0]
        }
    }

    /// The jacobians by the inputs at `argnums`.
    public static func jacrev(
        _ function: @escaping ([Tensor]) -> Tensor, argnums: [Int] = [0]
    ) -> ([Tensor]) -> [Tensor] {
        { inputs in
            let level = Level(inputs, argnums)
            let jacobian = Differentials.jacobian(
                { given in
                    var all = level.inputs
                    for (i, argument) in zip(level.argnums, given) { all[i] = argument }
                    return [function(all)]
                }, level.differentiated, createGraph: true, strict: false)
            return level.closed(jacobian[0])
        }
    }

    /// The hessian of a function of one element, as a function: sizes of the input, twice.
    public static func hessian(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
        jacrev(jacrev(function))
    }
}

/// The inputs of one transformation: connected to what an outer one differentiates.
private struct Level {
    let inputs: [Tensor]
    let argnums: [Int]
    /// Leaves that exist only for this transformation.
    private let own: [Tensor]

    init(_ inputs: [Tensor], _ argnums: [Int]) {
        let places = argnums.map { normalizedDim($0, inputs.count) }
        var own: [Tensor] = []
        self.inputs = torch.enableGrad {
            inputs.enumerated().map { i, input in
                if !places.contains(i) { return input }
                if input.requiresGrad { return input.viewAs(input) }
                let leaf = input.detach().requiresGrad_()
                own.append(leaf)
                return leaf
            }
        }
        self.argnums = places
        self.own = own
    }

    var differentiated: [Tensor] { argnums.map { inputs[$0] } }

    func run(_ function: ([Tensor]) -> [Tensor]) -> [Tensor] { torch.enableGrad { function(inputs) } }

    /// Results without history where nothing but this transformation's own leaves lies behind them.
    func closed(_ results: [Tensor]) -> [Tensor] {
        let ownNodes = Set(own.compactMap { $0.node.map { ObjectIdentifier($0) } })
        return results.map { result in
            GradMode.isEnabled && Level.reaches(result, otherThan: ownNodes) ? result : result.detach()
        }
    }

    private static func reaches(_ tensor: Tensor, otherThan own: Set<ObjectIdentifier>) -> Bool {
        guard let root = tensor.node else { return false }
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
        var stack = [root]
        while let node = stack.popLast() {
            if node is AccumulateGrad, !own.contains(ObjectIdentifier(node)) { return true }
            for i in 0..<node.edgeCount {
                if let next = node.edge(i).node, seen.insert(ObjectIdentifier(next)).inserted { stack.append(next) }
            }
        }
        return false
    }
}
