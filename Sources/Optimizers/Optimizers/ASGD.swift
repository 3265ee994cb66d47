import CKernels
import Glibc
import TensorCore

extension optim {
    /// Averaged stochastic gradient descent (Polyak and Juditsky, 1992). The average of the
    /// parameters is kept under `ax`.
    open class ASGD: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-2, lambd: Double = 1e-4, alpha: Double = 0.75, t0: Double = 1e6,
            weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(lambd, "lambd value")
            checkNotNegative(alpha, "alpha value")
            checkNotNegative(weightDecay, "weight_decay value")
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "lambd": .number(lambd), "alpha": .number(alpha), "t0": .number(t0),
                    "weight_decay": .orZero(weightDecay), "foreach": .flag(foreach), "maximize": .flag(maximize),
                    "differentiable": false, "capturable": false,
                ])
        }

        override var scalarNames: Set<String> { ["eta", "mu"] }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            let lr = group.lr
            if state.scalars.isEmpty {
                state.set("eta", lr)
                state.set("mu", 1)
            }
            state.step += 1
            let options = ck_asgd(
                eta: state.scalars["eta"]!, lambd: group["lambd"], mu: state.scalars["mu"]!,
                weight_decay: group.weightDecay, maximize: group.flag("maximize"))
            apply(options, ck_asgd_f32, ck_asgd_f64, parameter, grad, [state.tensor("ax", like: parameter)])
            let step = Double(state.step)
            state.set("eta", lr / pow(1 + group["lambd"] * lr * step, group["alpha"]))
            state.set("mu", 1 / max(1, step - group["t0"]))
        }
    }
}
