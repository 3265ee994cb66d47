/// Checks of gradients against finite differences.
extension torch.autograd {
    /// Where a gradient and its finite difference disagree.
    public struct GradcheckError: Error, CustomStringConvertible {
        public let description: String
    }

    /// Compares the gradients of `function` with central differences, entry by entry.
    ///
    /// Use float64 inputs: differences of float32 are too coarse.
    /// - Parameters:
    ///   - inputs: only those that require gradients are varied; values should not sit on a kink.
    ///   - eps: half the step of the difference.
    /// - Throws: `GradcheckError` naming the first output and input that disagree beyond
    ///   `atol + rtol · |numerical|`.
    @discardableResult
    public static func gradcheck(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-5,
        rtol: Double = 1e-3
    ) throws -> Bool {
        for (i, input) in inputs.enumerated() where input.requiresGrad {
            check(
                input.dtype == .float64,
                "gradcheck expects float64 inputs; input \(i) has \(input.dtype.name)", .valueError)
        }
        let outputs = function(inputs)
        for (o, output) in outputs.enumerated() where output.requiresGrad {
            for (i, input) in inputs.enumerated() where input.requiresGrad {
                let numerical = numericalJacobian(function, inputs, output, o, i, eps)
                let analytical = analyticalJacobian(output, input)
                guard (numerical - analytical).abs().le(atol + rtol * numerical.abs()).all().item() else {
                    throw GradcheckError(
                        description: "Jacobian mismatch for output \(o) with respect to input \(i),\n"
                            + "numerical:\(numerical)\nanalytical:\(analytical)")
                }
            }
        }
        return true
    }

    /// The same for a function of one tensor to one tensor.
    @discardableResult
    public static func gradcheck(
        _ function: (Tensor) -> Tensor, _ input: Tensor, eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3
    ) throws -> Bool {
        try gradcheck({ [function($0[0])] }, [input], eps: eps, atol: atol, rtol: rtol)
    }

    /// Checks second derivatives: the gradients of the gradients of `function`.
    @discardableResult
    public static func gradgradcheck(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-5,
        rtol: Double = 1e-3
    ) throws -> Bool {
        let varied = inputs.indices.filter { inputs[$0].requiresGrad }
        // Fixed cotangents that also vary: the gradient is a function of inputs and cotangents.
        let cotangents = torch.noGrad { function(inputs) }.filter { $0.dtype.isFloatingPoint }.enumerated().map { o, output in
            (torch.linspace(0.3, 1.1, Swift.max(output.numel, 1), dtype: .float64) * (o + 1)).narrow(0, 0, output.numel)
                .reshape(output.shape).clone().requiresGrad_()
        }
        return try gradcheck(
            { all in
                let outputs = function(Array(all.prefix(inputs.count))).filter { $0.dtype.isFloatingPoint }
                let used = outputs.indices.filter { outputs[$0].requiresGrad }
                return torch.autograd.grad(
                    used.map { outputs[$0] }, varied.map { all[$0] },
                    gradOutputs: used.map { all[inputs.count + $0] }, createGraph: true, allowUnused: true
                ).compactMap { $0?.toDense() }
            }, inputs + cotangents, eps: eps, atol: atol, rtol: rtol)
    }

    /// d output / d input by central differences: (output elements, input elements).
    private static func numericalJacobian(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], _ output: Tensor, _ o: Int, _ i: Int, _ eps: Double
    ) -> Tensor {
        let point = inputs[i].detach().clone()
        func value(_ element: Int, _ shift: Double) -> Tensor {
            let moved = point.clone()
            moved.flatten().narrow(0, element, 1).add_(shift)
            var arguments = inputs
            arguments[i] = moved.requiresGrad_()
            return function(arguments)[o].detach().flatten().to(.float64)
        }
        let columns = (0..<point.numel).map { (value($0, eps) - value($0, -eps)) / (2 * eps) }
        return columns.isEmpty ? torch.zeros([output.numel, 0], dtype: .float64) : torch.stack(columns, dim: 1)
    }

    private static func analyticalJacobian(_ output: Tensor, _ input: Tensor) -> Tensor {
        let rows = (0..<output.numel).map { element -> Tensor in
            let seed = torch.zerosLike(output)
            seed.flatten().narrow(0, element, 1).fill_(1)
            let grad = torch.autograd.grad([output], [input], gradOutputs: [seed], retainGraph: true, allowUnused: true)[0]
            return (grad?.detach().toDense() ?? torch.zerosLike(input)).flatten()
        }
        return rows.isEmpty || input.numel == 0 ? torch.zeros([output.numel, input.numel], dtype: .float64) : torch.stack(rows)
    }
}
