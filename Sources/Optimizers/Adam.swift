import CKernels
import TensorCore

extension optim {
    /// Adam (Kingma and Ba, 2015): steps scaled by running means of the gradient and of its square.
    ///
    /// Weight decay adds to the gradient; see `AdamW` for the other kind.
    open class Adam: Optimizer {
        public convenience init(
            _ params: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
        ) {
            self.init(
                [ParamGroup(params)], lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
                maximize: maximize)
        }

        public convenience init(
            _ groups: [ParamGroup], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
        ) {
            self.init(
                groups, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
                maximize: maximize, decoupled: false)
        }

        init(
            _ groups: [ParamGroup], lr: Double, betas: (Double, Double), eps: Double, weightDecay: Double,
            amsgrad: Bool, maximize: Bool, decoupled: Bool
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            for (i, beta) in [betas.0, betas.1].enumerated() where !(beta >= 0 && beta < 1) {
                fail("Invalid beta parameter at index \(i): \(beta)", .valueError)
            }
            checkNotNegative(weightDecay, "weight_decay value")
            super.init(
                groups,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps),
                    "weight_decay": .number(weightDecay), "amsgrad": .flag(amsgrad), "maximize": .flag(maximize),
                    "decoupled_weight_decay": .flag(decoupled), "foreach": .none, "capturable": .flag(false),
                    "differentiable": .flag(false), "fused": .none,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let betas = group.pair("betas")
            var options = ck_adam(
                lr: group.lr, beta1: betas.0, beta2: betas.1, eps: group["eps"], weight_decay: group.weightDecay,
                step: Double(state.step), decoupled: group.flag("decoupled_weight_decay"),
                maximize: group.flag("maximize"))
            var kept = [state.tensor("exp_avg", like: parameter), state.tensor("exp_avg_sq", like: parameter)]
            let amsgrad = group.flag("amsgrad")
            if amsgrad { kept.append(state.tensor("max_exp_avg_sq", like: parameter)) }
            let count = parameter.numel
            withMemory(parameter, grad, kept) { param, grad, kept in
                ck_adam_f32(&options, count, param, grad, kept[0], kept[1], amsgrad ? kept[2] : nil)
            } float64: { param, grad, kept in
                ck_adam_f64(&options, count, param, grad, kept[0], kept[1], amsgrad ? kept[2] : nil)
            }
        }
    }

    /// Adam whose weight decay shrinks the parameters themselves (Loshchilov and Hutter, 2019).
    open class AdamW: Adam {
        public convenience init(
            _ params: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
        ) {
            self.init(
                [ParamGroup(params)], lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
                maximize: maximize, decoupled: true)
        }

        public convenience init(
            _ groups: [ParamGroup], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
        ) {
            self.init(
                groups, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
                maximize: maximize, decoupled: true)
        }
    }
}
