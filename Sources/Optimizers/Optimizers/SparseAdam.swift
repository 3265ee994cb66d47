import Glibc
import TensorCore

extension optim {
    /// Adam for sparse gradients, which changes and remembers only the rows that have one.
    open class SparseAdam: Optimizer {
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
            maximize: Bool = false
        ) {
            if !(lr > 0) { fail("Invalid learning rate: \(Option.text(lr))", .valueError) }
            if !(eps > 0) { fail("Invalid epsilon value: \(Option.text(eps))", .valueError) }
            checkBetas(betas)
            super.init(
                params,
                defaults: [
                    "lr": .number(lr), "betas": .pair(betas.0, betas.1), "eps": .number(eps), "maximize": .flag(maximize),
                ])
            refuse(\.isSparse) { "Sparse params at indices \($0): SparseAdam requires dense parameter tensors" }
            refuse(\.dtype.isComplex) {
                "Complex params at indices \($0): SparseAdam does not support complex parameters"
            }
        }

        private func refuse(_ isUnfit: (Tensor) -> Bool, _ message: ([[Int]]) -> String) {
            let places = paramGroups.enumerated().flatMap { g, group in
                group.params.indices.filter { isUnfit(group.params[$0]) }.map { [g, $0] }
            }
            if !places.isEmpty { fail(message(places), .valueError) }
        }

        override var sparseRefusal: String? { nil }
        override var stepForm: StepForm { .int }

        open override func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            if !grad.isSparse { fail("SparseAdam does not support dense gradients, please consider Adam instead") }
            state.step += 1
            let mean = state.tensor("exp_avg", like: parameter), square = state.tensor("exp_avg_sq", like: parameter)
            let grad = (group.flag("maximize") ? -grad : grad).coalesce()
            let values = grad._values()
            if values.numel == 0 { return }
            let (betas, step) = (group.pair("betas"), Double(state.step))

            let oldMean = mean.sparseMask(grad)._values(), oldSquare = square.sparseMask(grad)._values()
            let meanChange = (values - oldMean).mul_(1 - betas.0)
            let squareChange = (values * values - oldSquare).mul_(1 - betas.1)
            mean.addRows(grad, values: meanChange)
            square.addRows(grad, values: squareChange)

            let size = group.lr * (1 - pow(betas.1, step)).squareRoot() / (1 - pow(betas.0, step))
            let root = (squareChange + oldSquare).sqrt() + group["eps"]
            parameter.addRows(grad, values: (meanChange + oldMean) / root * -size)
        }
    }
}
