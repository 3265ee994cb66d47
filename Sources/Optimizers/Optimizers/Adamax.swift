import CKernels
import Glibc
import TensorCore

extension optim {
    /// Adamax: Adam by the infinity norm (Kingma and Ba, 2015).
    open class Adamax: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            checkBetas(betas)
            checkNotNegative(weightDecay, "weight_decay value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps),
                    "weight_decay": .orZero(weightDecay), "foreach": .flag(foreach), "maximize": .flag(maximize),
                    "differentiable": false, "capturable": false,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let betas = group.pair("betas")
            let options = ck_adamax(
                lr: group.lr / (1 - pow(betas.0, Double(state.step))), beta1: betas.0, beta2: betas.1,
                eps: group["eps"], weight_decay: group.weightDecay, maximize: group.flag("maximize"))
            let mean = state.tensor("exp_avg", like: parameter), largest = state.tensor("exp_inf", like: parameter)
            apply(options, ck_adamax_f32, ck_adamax_f64, parameter, grad, [mean, largest])
        }
    }
}
