import CKernels
import TensorCore

extension optim {
    /// Stochastic gradient descent, with momentum if wanted.
    ///
    /// With momentum, `v = momentum · v + (1 - dampening) · g` and `p = p - lr · v` (with `nesterov`:
    /// `p - lr · (g + momentum · v)`), where weight decay adds `weightDecay · p` to the gradient.
    open class SGD: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
            weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false, foreach: Bool? = nil,
            fused: Bool? = nil
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(momentum, "momentum value")
            checkNotNegative(weightDecay, "weight_decay value")
            if nesterov && (momentum <= 0 || dampening != 0) {
                fail("Nesterov momentum requires a momentum and zero dampening", .valueError)
            }
            checkForms(foreach: foreach, fused: fused)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "momentum": .orZero(momentum), "dampening": .orZero(dampening),
                    "weight_decay": .orZero(weightDecay), "nesterov": .flag(nesterov), "maximize": .flag(maximize),
                    "foreach": .flag(foreach), "differentiable": false, "fused": .flag(fused),
                ])
        }

        override var sparseRefusal: String? { nil }
        override var stepForm: StepForm { .absent }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            let momentum = group.momentum
            if grad.isSparse && momentum == 0 && group.weightDecay == 0 {
                parameter.addRows(grad.coalesce(), alpha: group.flag("maximize") ? group.lr : -group.lr)
                return
            }
            let isFirst = state.tensors["momentum_buffer"] == nil
            let options = ck_sgd(
                lr: group.lr, momentum: momentum, dampening: group["dampening"], weight_decay: group.weightDecay,
                nesterov: group.flag("nesterov"), maximize: group.flag("maximize"), first: isFirst)
            let buffer = momentum == 0 ? nil : state.tensor("momentum_buffer", like: parameter)
            apply(options, ck_sgd_f32, ck_sgd_f64, parameter, grad.isSparse ? grad.toDense() : grad, [buffer])
        }
    }
}
