import Glibc
import TensorCore

extension optim {
    /// Adafactor (Shazeer and Stern, 2018): the second moment of a matrix is kept as one vector of
    /// its rows and one of its columns.
    open class Adafactor: Optimizer {
        /// - Parameters:
        ///   - eps: what keeps the second moment from zero (nil: the type's own epsilon), and the
        ///     parameter's size.
        ///   - d: the largest root mean square of an update before the learning rate.
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-2, beta2Decay: Double = -0.8, eps: (Double?, Double) = (nil, 1e-3),
            d: Double = 1, weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
        ) {
            func check(_ holds: Bool, _ rule: String, _ value: Double) {
                if !holds { fail("\(rule) but is: \(Option.text(value))", .valueError) }
            }
            check(lr >= 0, "Learning rate should be >= 0", lr)
            check(beta2Decay <= 0, "beta2_decay should be <= 0", beta2Decay)
            if let first = eps.0 { check(first >= 0, "epsilon1 should be >= 0", first) }
            check(eps.1 >= 0, "epsilon2 should be >= 0", eps.1)
            check(d >= 1, "Clipping threshold d should be >= 1", d)
            check(weightDecay >= 0, "weight_decay should be >= 0", weightDecay)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "beta2_decay": .number(beta2Decay),
                    "eps": .tuple([eps.0.map(Option.number) ?? .none, .number(eps.1)]), "d": .number(d),
                    "weight_decay": .number(weightDecay), "foreach": .flag(foreach), "maximize": .flag(maximize),
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            if parameter.dtype.isComplex { fail("Adafactor does not support complex parameters") }
            state.step += 1
            let (lr, eps) = (group.lr, group.numbers("eps"))
            let least = eps[0].isNaN ? Self.epsilon(parameter.dtype) : eps[0]
            let grad = group.flag("maximize") ? -grad : grad
            let share = pow(Double(state.step), group["beta2_decay"])
            let size = parameter.norm(2).item() / Double(parameter.numel).squareRoot()
            let alpha = max(eps[1], size) * min(lr, 1 / Double(state.step).squareRoot())
            if group.weightDecay != 0 { parameter.mul_(1 - lr * group.weightDecay) }

            var estimate: Tensor
            if grad.ndim > 1 {
                let rows = moment("row_var", grad, dim: -1, share, state)
                let columns = moment("col_var", grad, dim: -2, share, state)
                estimate = rows.matmul(columns).div_(rows.mean(dim: -2, keepdim: true).clamp(min: .float(least)))
            } else {
                estimate = state.tensor("variance", like: grad).lerp_(grad * grad, share).clone()
            }
            let update = estimate.clamp(min: .float(least * least)).rsqrt() * grad
            let excess: Double = update.norm(2).item() / (Double(update.numel).squareRoot() * group["d"])
            parameter.add_(update, alpha: -alpha / max(1, excess))
        }

        /// The distance from one to the next number of a type.
        private static func epsilon(_ dtype: DType) -> Double {
            switch dtype {
            case .float64: 0x1p-52
            case .float16: 0x1p-10
            case .bfloat16: 0x1p-7
            default: 0x1p-23
            }
        }

        /// The running mean of the squared gradient along a dimension.
        private func moment(_ name: String, _ grad: Tensor, dim: Int, _ share: Double, _ state: ParameterState) -> Tensor {
            let norms = torch.linalg.vectorNorm(grad, dim: [dim], keepdim: true)
            let now = norms.square().div_(Double(grad.size(dim)))
            return state.tensor(name, like: now).lerp_(now, share)
        }
    }
}
