import CKernels
import TensorCore

extension optim {
    /// Adam (Kingma and Ba, 2015): steps scaled by running means of the gradient and of its square.
    ///
    /// Weight decay adds to the gradient, or, with `decoupledWeightDecay`, shrinks the parameters
    /// themselves as in `AdamW`. `amsgrad` divides by the largest mean square so far.
    open class Adam: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, amsgrad: Bool = false, foreach: Bool? = nil, maximize: Bool = false,
            fused: Bool? = nil, decoupledWeightDecay: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            checkBetas(betas)
            checkNotNegative(weightDecay, "weight_decay value")
            checkForms(foreach: foreach, fused: fused)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps),
                    "weight_decay": .orZero(weightDecay), "amsgrad": .flag(amsgrad), "maximize": .flag(maximize),
                    "decoupled_weight_decay": .flag(decoupledWeightDecay), "foreach": .flag(foreach),
                    "capturable": false, "differentiable": false, "fused": .flag(fused),
                ])
        }

        override var sparseRefusal: String? {
            "Adam does not support sparse gradients, please consider SparseAdam instead"
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let betas = group.pair("betas")
            let options = ck_adam(
                lr: group.lr, beta1: betas.0, beta2: betas.1, eps: group["eps"], weight_decay: group.weightDecay,
                step: Double(state.step), decoupled: group.flag("decoupled_weight_decay"),
                maximize: group.flag("maximize"))
            let mean = state.tensor("exp_avg", like: parameter), square = state.tensor("exp_avg_sq", like: parameter)
            let largest = group.flag("amsgrad") ? state.tensor("max_exp_avg_sq", like: parameter) : nil
            apply(options, ck_adam_f32, ck_adam_f64, parameter, grad, [mean, square, largest])
        }
    }

    /// Adam whose weight decay shrinks the parameters themselves (Loshchilov and Hutter, 2019).
    open class AdamW: Adam {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false, foreach: Bool? = nil,
            fused: Bool? = nil
        ) {
            super.init(
                params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, foreach: foreach,
                maximize: maximize, fused: fused, decoupledWeightDecay: true)
        }
    }
}
