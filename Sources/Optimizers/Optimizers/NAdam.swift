import CKernels
import Glibc
import TensorCore

extension optim {
    /// NAdam: Adam with Nesterov's momentum (Dozat, 2016).
    open class NAdam: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, momentumDecay: Double = 4e-3, decoupledWeightDecay: Bool = false,
            foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            checkBetas(betas)
            checkNotNegative(weightDecay, "weight_decay value")
            checkNotNegative(momentumDecay, "momentum_decay value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps),
                    "weight_decay": .orZero(weightDecay), "momentum_decay": .number(momentumDecay),
                    "decoupled_weight_decay": .flag(decoupledWeightDecay), "maximize": .flag(maximize),
                    "foreach": .flag(foreach), "capturable": false, "differentiable": false,
                ])
        }

        override var scalarNames: Set<String> { ["mu_product"] }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let (lr, betas, step) = (group.lr, group.pair("betas"), Double(state.step))
            func mu(_ step: Double) -> Double { betas.0 * (1 - 0.5 * pow(0.96, step * group["momentum_decay"])) }
            state.set("mu_product", (state.scalars["mu_product"] ?? 1) * mu(step))
            let product = state.scalars["mu_product"]!
            let options = ck_nadam(
                lr: lr, beta1: betas.0, beta2: betas.1, eps: group["eps"], weight_decay: group.weightDecay,
                correction: 1 - pow(betas.1, step), grad_factor: -lr * (1 - mu(step)) / (1 - product),
                mean_factor: -lr * mu(step + 1) / (1 - product * mu(step + 1)),
                decoupled: group.flag("decoupled_weight_decay"), maximize: group.flag("maximize"))
            let mean = state.tensor("exp_avg", like: parameter), square = state.tensor("exp_avg_sq", like: parameter)
            apply(options, ck_nadam_f32, ck_nadam_f64, parameter, grad, [mean, square])
        }
    }
}
