import CKernels
import TensorCore

extension optim {
    /// Adadelta (Zeiler, 2012): steps in proportion to the size of the last steps.
    open class Adadelta: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6, weightDecay: Double = 0,
            foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            if !(0...1 ~= rho) { fail("Invalid rho value: \(Option.text(rho))", .valueError) }
            checkNotNegative(eps, "epsilon value")
            checkNotNegative(weightDecay, "weight_decay value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "rho": .number(rho), "eps": .number(eps), "weight_decay": .orZero(weightDecay),
                    "maximize": .flag(maximize), "capturable": false, "foreach": .flag(foreach),
                    "differentiable": false,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let options = ck_adadelta(
                lr: group.lr, rho: group["rho"], eps: group["eps"], weight_decay: group.weightDecay,
                maximize: group.flag("maximize"))
            let square = state.tensor("square_avg", like: parameter), delta = state.tensor("acc_delta", like: parameter)
            apply(options, ck_adadelta_f32, ck_adadelta_f64, parameter, grad, [square, delta])
        }
    }
}
