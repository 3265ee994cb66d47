import Glibc
import TensorCore

extension optim {
    /// Muon (Jordan et al., 2024): momentum whose matrix is made orthogonal by Newton–Schulz steps in
    /// bfloat16. For the matrices inside a network; biases, embeddings and the like take `AdamW`.
    open class Muon: Optimizer {
        /// - Parameters:
        ///   - nsCoefficients: the polynomial of a Newton–Schulz step.
        ///   - adjustLrFn: how the learning rate follows a matrix's shape: `"original"` (as nil),
        ///     `"match_rms_adamw"` or `"spectral_unclamped"`.
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, weightDecay: Double = 0.1, momentum: Double = 0.95,
            nesterov: Bool = true, nsCoefficients: (Double, Double, Double) = (3.4445, -4.7750, 2.0315),
            eps: Double = 1e-7, nsSteps: Int = 5, adjustLrFn: String? = nil
        ) {
            for (name, value) in [("Learning rate", lr), ("momentum", momentum), ("weight decay", weightDecay)]
            where !(value >= 0) {
                fail("\(name) should be >= 0 but is: \(Option.text(value))", .valueError)
            }
            if let adjustLrFn, !["original", "match_rms_adamw", "spectral_unclamped"].contains(adjustLrFn) {
                fail("Adjust learning rate function \(adjustLrFn) is not supported", .valueError)
            }
            let (a, b, c) = nsCoefficients
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "weight_decay": .number(weightDecay), "momentum": .number(momentum),
                    "nesterov": .flag(nesterov), "ns_coefficients": .tuple([.number(a), .number(b), .number(c)]),
                    "eps": .number(eps), "ns_steps": .int(nsSteps),
                    "adjust_lr_fn": adjustLrFn.map(Option.text) ?? .none,
                ])
            for parameter in paramGroups.flatMap(\.params) where parameter.ndim != 2 {
                fail(
                    "Muon only supports 2D parameters whereas we found a parameter with size: torch.Size(\(parameter.shape))",
                    .valueError)
            }
        }

        override var stepForm: StepForm { .absent }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            if parameter.dtype.isComplex { fail("Muon does not support complex parameters") }
            let momentum = group.momentum
            let buffer = state.tensor("momentum_buffer", like: grad).lerp_(grad, 1 - momentum)
            let direction = orthogonalized(group.flag("nesterov") ? grad.lerp(buffer, momentum) : buffer, group)
            parameter.mul_(1 - group.lr * group.weightDecay)
            parameter.add_(direction, alpha: -group.lr * ratio(parameter.shape, group.options["adjust_lr_fn"]))
        }

        private func orthogonalized(_ matrix: Tensor, _ group: ParamGroup) -> Tensor {
            let steps = Int(group["ns_steps"]), coefficients = group.numbers("ns_coefficients")
            if steps >= 100 { fail("Number of steps must be less than 100 for computational efficiency", .valueError) }
            let isTall = matrix.size(0) > matrix.size(1)
            var x = matrix.to(.bfloat16)
            if isTall { x = x.t() }
            x = x / x.norm().clamp(min: .float(group["eps"]))
            for _ in 0..<steps {
                let gram = x.matmul(x.t())
                let polynomial = sum(gram, gram, gram, beta: coefficients[1], alpha: coefficients[2])
                x = sum(x, polynomial, x, beta: coefficients[0], alpha: 1)
            }
            return isTall ? x.t() : x
        }

        /// `beta · x + alpha · a · b`, rounded once.
        private func sum(_ x: Tensor, _ a: Tensor, _ b: Tensor, beta: Double, alpha: Double) -> Tensor {
            x.to(.float32).addmm(a.to(.float32), b.to(.float32), beta: beta, alpha: alpha).to(.bfloat16)
        }

        private func ratio(_ shape: [Int], _ rule: Option?) -> Double {
            let (rows, columns) = (Double(shape[0]), Double(shape[1]))
            switch rule {
            case .text("match_rms_adamw"): return 0.2 * max(rows, columns).squareRoot()
            case .text("spectral_unclamped"): return (rows / columns).squareRoot()
            default: return max(1, rows / columns).squareRoot()
            }
        }
    }
}
