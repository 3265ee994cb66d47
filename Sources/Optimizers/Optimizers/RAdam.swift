import CKernels
import Glibc
import TensorCore

extension optim {
    /// RAdam: Adam that waits until the variance of its second moment can be told (Liu et al., 2019).
    open class RAdam: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, decoupledWeightDecay: Bool = false, foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            checkBetas(betas)
            checkNotNegative(weightDecay, "weight_decay value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps),
                    "weight_decay": .orZero(weightDecay), "maximize": .flag(maximize), "foreach": .flag(foreach),
                    "capturable": false, "decoupled_weight_decay": .flag(decoupledWeightDecay),
                    "differentiable": false,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let (betas, step) = (group.pair("betas"), Double(state.step))
            let correction = 1 - pow(betas.1, step)
            // The length of the moving average, at most and now.
            let longest = 2 / (1 - betas.1) - 1
            let length = longest - 2 * step * pow(betas.1, step) / correction
            let rectification =
                length > 5
                ? ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)).squareRoot() : 0
            let options = ck_radam(
                lr: group.lr, beta1: betas.0, beta2: betas.1, eps: group["eps"], weight_decay: group.weightDecay,
                mean_correction: 1 - pow(betas.0, step), root_correction: correction.squareRoot(),
                rectification: rectification, decoupled: group.flag("decoupled_weight_decay"),
                maximize: group.flag("maximize"))
            let mean = state.tensor("exp_avg", like: parameter), square = state.tensor("exp_avg_sq", like: parameter)
            apply(options, ck_radam_f32, ck_radam_f64, parameter, grad, [mean, square])
        }
    }
}
