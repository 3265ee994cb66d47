import CKernels
import TensorCore

extension optim {
    /// RMSprop (Hinton): steps divided by the root of the mean squared gradient, with momentum if
    /// wanted; `centered` subtracts the squared mean.
    open class RMSprop: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8,
            weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false, foreach: Bool? = nil,
            maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(eps, "epsilon value")
            checkNotNegative(momentum, "momentum value")
            checkNotNegative(weightDecay, "weight_decay value")
            checkNotNegative(alpha, "alpha value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "momentum": .orZero(momentum), "alpha": .number(alpha), "eps": .number(eps),
                    "centered": .flag(centered), "weight_decay": .orZero(weightDecay), "capturable": false,
                    "foreach": .flag(foreach), "maximize": .flag(maximize), "differentiable": false,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let momentum = group.momentum
            let options = ck_rmsprop(
                lr: group.lr, alpha: group["alpha"], eps: group["eps"], weight_decay: group.weightDecay,
                momentum: momentum, maximize: group.flag("maximize"))
            let square = state.tensor("square_avg", like: parameter)
            let buffer = momentum > 0 ? state.tensor("momentum_buffer", like: parameter) : nil
            let mean = group.flag("centered") ? state.tensor("grad_avg", like: parameter) : nil
            apply(options, ck_rmsprop_f32, ck_rmsprop_f64, parameter, grad, [square, buffer, mean])
        }
    }
}
