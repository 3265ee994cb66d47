import CKernels
import TensorCore

extension optim {
    /// Stochastic gradient descent, with momentum if wanted.
    ///
    /// With momentum, `v = momentum · v + (1 - dampening) · g` and `p = p - lr · v` (with `nesterov`:
    /// `p - lr · (g + momentum · v)`), where weight decay adds `weightDecay · p` to the gradient.
    open class SGD: Optimizer {
        public convenience init(
            _ params: [Tensor], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
            weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
        ) {
            self.init(
                [ParamGroup(params)], lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay,
                nesterov: nesterov, maximize: maximize)
        }

        public init(
            _ groups: [ParamGroup], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
            weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(momentum, "momentum value")
            checkNotNegative(weightDecay, "weight_decay value")
            if nesterov && (momentum <= 0 || dampening != 0) {
                fail("Nesterov momentum requires a momentum and zero dampening", .valueError)
            }
            super.init(
                groups,
                defaults: [
                    "lr": .number(lr), "momentum": .number(momentum), "dampening": .number(dampening),
                    "weight_decay": .number(weightDecay), "nesterov": .flag(nesterov), "maximize": .flag(maximize),
                    "foreach": .none, "differentiable": .flag(false), "fused": .none,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            let momentum = group.momentum
            let isFirst = state.tensors["momentum_buffer"] == nil
            var options = ck_sgd(
                lr: group.lr, momentum: momentum, dampening: group["dampening"], weight_decay: group.weightDecay,
                nesterov: group.flag("nesterov"), maximize: group.flag("maximize"), first: isFirst)
            let buffers = momentum == 0 ? [] : [state.tensor("momentum_buffer", like: parameter)]
            let count = parameter.numel
            withMemory(parameter, grad, buffers) { param, grad, buffers in
                ck_sgd_f32(&options, count, param, grad, buffers.first)
            } float64: { param, grad, buffers in
                ck_sgd_f64(&options, count, param, grad, buffers.first)
            }
        }
    }
}
