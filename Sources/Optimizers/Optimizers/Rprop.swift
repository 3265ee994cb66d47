import CKernels
import TensorCore

extension optim {
    /// Resilient backpropagation (Riedmiller and Braun, 1993): a step size for each element, which
    /// grows while its gradient keeps its sign and shrinks when it turns.
    open class Rprop: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-2, etas: (Double, Double) = (0.5, 1.2),
            stepSizes: (Double, Double) = (1e-6, 50), foreach: Bool? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            if !(0 < etas.0 && etas.0 < 1 && 1 < etas.1) {
                fail("Invalid eta values: \(Option.text(etas.0)), \(Option.text(etas.1))", .valueError)
            }
            // PyTorch's default for the largest size is the integer 50.
            let largest: Option = stepSizes.1 == 50 ? 50 : .number(stepSizes.1)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "etas": .pair(etas.0, etas.1),
                    "step_sizes": .tuple([.number(stepSizes.0), largest]), "foreach": .flag(foreach),
                    "maximize": .flag(maximize), "differentiable": false, "capturable": false,
                ])
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let (etas, sizes) = (group.pair("etas"), group.pair("step_sizes"))
            let options = ck_rprop(
                eta_minus: etas.0, eta_plus: etas.1, smallest: sizes.0, largest: sizes.1,
                maximize: group.flag("maximize"))
            let size = state.tensor("step_size") {
                let start = torch.fullLike(parameter, group.lr)
                if parameter.dtype.isComplex { start.viewAsReal().fill_(group.lr) }
                return start
            }
            apply(options, ck_rprop_f32, ck_rprop_f64, parameter, grad, [state.tensor("prev", like: parameter), size])
        }
    }
}
