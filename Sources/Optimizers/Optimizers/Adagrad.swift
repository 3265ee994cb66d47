import CKernels
import TensorCore

extension optim {
    /// Adagrad (Duchi, Hazan and Singer, 2011): steps divided by the root of the sum of all squared
    /// gradients. Takes sparse gradients.
    open class Adagrad: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-2, lrDecay: Double = 0, weightDecay: Double = 0,
            initialAccumulatorValue: Double = 0, eps: Double = 1e-10, foreach: Bool? = nil, maximize: Bool = false,
            fused: Bool? = nil
        ) {
            checkNotNegative(lr, "learning rate")
            checkNotNegative(lrDecay, "lr_decay value")
            checkNotNegative(weightDecay, "weight_decay value")
            checkNotNegative(initialAccumulatorValue, "initial_accumulator_value value")
            checkNotNegative(eps, "epsilon value")
            checkForms(foreach: foreach, fused: fused)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "lr_decay": .orZero(lrDecay), "eps": .number(eps),
                    "weight_decay": .orZero(weightDecay),
                    "initial_accumulator_value": .orZero(initialAccumulatorValue), "foreach": .flag(foreach),
                    "maximize": .flag(maximize), "differentiable": false, "fused": .flag(fused),
                ])
            for group in paramGroups {
                for parameter in group.params { _ = sum(parameter, state(of: parameter), group) }
            }
        }

        override var sparseRefusal: String? { nil }

        private func sum(_ parameter: Tensor, _ state: ParameterState, _ group: ParamGroup) -> Tensor {
            state.tensor("sum") {
                let start = torch.fullLike(parameter.detach(), group["initial_accumulator_value"])
                if parameter.dtype.isComplex { start.viewAsReal().fill_(group["initial_accumulator_value"]) }
                return start
            }
        }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            state.step += 1
            let lr = group.lr / (1 + Double(state.step - 1) * group["lr_decay"])
            let sum = sum(parameter, state, group)
            if grad.isSparse {
                if group.weightDecay != 0 { fail("weight_decay option is not compatible with sparse gradients") }
                let grad = (group.flag("maximize") ? -grad : grad).coalesce()
                let values = grad._values()
                sum.addRows(grad, values: values * values)
                parameter.addRows(
                    grad, values: values / (sum.sparseMask(grad)._values().sqrt() + group["eps"]), alpha: -lr)
                return
            }
            let options = ck_adagrad(
                lr: lr, eps: group["eps"], weight_decay: group.weightDecay, maximize: group.flag("maximize"))
            apply(options, ck_adagrad_f32, ck_adagrad_f64, parameter, grad, [sum])
        }
    }
}

extension Tensor {
    /// Adds a sparse tensor with the places of `sparse` and other values.
    func addRows(_ sparse: Tensor, values: Tensor? = nil, alpha: Double = 1) {
        let values = values ?? sparse._values()
        add_(torch.sparseCooTensor(sparse._indices(), values, sparse.shape), alpha: alpha)
    }
}
