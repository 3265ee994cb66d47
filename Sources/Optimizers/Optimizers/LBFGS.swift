import TensorCore

extension optim {
    /// L-BFGS: quasi-Newton steps from the last gradients, which evaluate the closure several times
    /// (Nocedal, 1980).
    ///
    ///     optimizer.step {
    ///         optimizer.zeroGrad()
    ///         let loss = F.mseLoss(model(x), y)
    ///         loss.backward()
    ///         return loss
    ///     }
    ///
    /// All parameters are one group. Keeps `historySize + 1` copies of them.
    open class LBFGS: Optimizer {
        /// - Parameters:
        ///   - maxIter: the most iterations a step.
        ///   - maxEval: the most evaluations of the closure a step; `maxIter · 1.25` unless given.
        ///   - lineSearchFn: `"strong_wolfe"`, or nil for steps of length `lr`.
        public init<Parameter: OptimizerParameter>(
            _ params: [Parameter], lr: Double = 1, maxIter: Int = 20, maxEval: Int? = nil, toleranceGrad: Double = 1e-7,
            toleranceChange: Double = 1e-9, historySize: Int = 100, lineSearchFn: String? = nil, maximize: Bool = false
        ) {
            checkNotNegative(lr, "learning rate")
            super.init(
                params,
                defaults: [
                    // PyTorch's default is the integer.
                    "lr": lr == 1 ? 1 : .number(lr), "max_iter": .int(maxIter),
                    "max_eval": .int(maxEval ?? maxIter * 5 / 4), "tolerance_grad": .number(toleranceGrad),
                    "tolerance_change": .number(toleranceChange), "history_size": .int(historySize),
                    "line_search_fn": lineSearchFn.map(Option.text) ?? .none, "maximize": .flag(maximize),
                ])
            if paramGroups.count != 1 {
                fail("LBFGS doesn't support per-parameter options (parameter groups)", .valueError)
            }
        }

        override var sparseRefusal: String? { nil }
        override var stepForm: StepForm { .absent }

        open override func step() {
            fail("LBFGS.step() missing 1 required positional argument: 'closure'", .typeError)
        }

        @discardableResult
        open override func step(_ closure: () throws -> Tensor) rethrows -> Tensor {
            stepPreHooks.forEach { $0(self) }
            let loss = try torch.noGrad { try iterate { try torch.enableGrad(closure) } }
            noteStep()
            return loss
        }

        private func iterate(_ closure: () throws -> Tensor) rethrows -> Tensor {
            let group = paramGroups[0]
            guard let first = group.params.first else { return try closure() }
            let sign: Double = group.flag("maximize") ? -1 : 1
            let (lr, toleranceGrad, toleranceChange) = (group.lr, group["tolerance_grad"], group["tolerance_change"])
            let (maxIter, maxEval) = (Int(group["max_iter"]), Int(group["max_eval"]))
            let lineSearch = group.options["line_search_fn"] ?? .none
            var memory = LBFGSMemory(state(of: first))
            defer { memory.store(in: state(of: first)) }

            let result = try closure()
            var loss: Double = sign * result.item()
            var evaluations = 1
            memory.evaluations += 1
            var grad = flatGrad(sign)
            var isOptimal = largest(grad) <= toleranceGrad
            if isOptimal { return result }

            for iteration in stride(from: 1, through: maxIter, by: 1) {
                memory.iterations += 1
                let direction = memory.direction(grad, historySize: Int(group["history_size"]))
                let lastLoss = loss
                memory.previousLoss = loss
                memory.step = memory.iterations == 1 ? min(1, 1 / grad.abs().sum().item()) * lr : lr
                let slope: Double = grad.dot(direction).item()
                if slope > -toleranceChange { break }

                var searched = 0
                if lineSearch != .none {
                    if lineSearch != "strong_wolfe" { fail("only 'strong_wolfe' is supported") }
                    let start = group.params.map { $0.clone() }
                    let search = StrongWolfe(direction: direction, loss: loss, grad: grad, slope: slope)
                    let found = try search.run(from: memory.step, evaluations: maxEval - evaluations) { step in
                        move(direction, by: step)
                        let loss: Double = try sign * closure().item()
                        let grad = flatGrad(sign)
                        for (parameter, value) in zip(group.params, start) { parameter.copy_(value) }
                        return (loss, grad)
                    }
                    (loss, grad, memory.step, searched) = (found.loss, found.grad, found.step, found.evaluations)
                    move(direction, by: memory.step)
                    isOptimal = largest(grad) <= toleranceGrad
                } else {
                    move(direction, by: memory.step)
                    // After the last iteration nobody asks for the loss.
                    if iteration != maxIter {
                        loss = try sign * closure().item()
                        grad = flatGrad(sign)
                        isOptimal = largest(grad) <= toleranceGrad
                        searched = 1
                    }
                }
                evaluations += searched
                memory.evaluations += searched
                if evaluations >= maxEval || isOptimal || largest(direction) * abs(memory.step) <= toleranceChange
                    || abs(loss - lastLoss) < toleranceChange
                {
                    break
                }
            }
            return result
        }

        private func largest(_ x: Tensor) -> Double { x.abs().max().item() }

        /// All gradients in a row; zeros where there is none.
        private func flatGrad(_ sign: Double) -> Tensor {
            let parts = paramGroups[0].params.map { parameter in
                let grad = parameter.grad.map { $0.isSparse ? $0.toDense() : $0 } ?? torch.zerosLike(parameter.detach())
                return (grad.dtype.isComplex ? grad.viewAsReal() : grad).reshape(-1)
            }
            return torch.cat(parts) * sign
        }

        /// Moves all parameters along a direction.
        private func move(_ direction: Tensor, by step: Double) {
            var offset = 0
            for parameter in paramGroups[0].params {
                let real = parameter.dtype.isComplex ? parameter.viewAsReal() : parameter
                let part = direction.narrow(0, offset, real.numel).view(real.shape)
                real.add_(part, alpha: step)
                offset += real.numel
            }
        }
    }
}

/// What L-BFGS remembers from step to step.
private struct LBFGSMemory {
    var evaluations: Int
    var iterations: Int
    var step: Double
    var previousLoss: Double?
    private var direction: Tensor?
    private var lastGrad: Tensor?
    /// The changes of the gradient and of the parameters, and the inverses of their products.
    private var gradChanges: [Tensor]
    private var moves: [Tensor]
    private var inverses: [Double]
    /// The scale of the first estimate of the inverse Hessian.
    private var scale: Double

    /// The search direction for a gradient, which it remembers.
    mutating func direction(_ grad: Tensor, historySize: Int) -> Tensor {
        var next = -grad
        if iterations > 1, let direction, let lastGrad {
            remember(grad - lastGrad, direction * step, historySize)
            var shares = [Double](repeating: 0, count: moves.count)
            for i in moves.indices.reversed() {
                shares[i] = moves[i].dot(next).item() * inverses[i]
                next.add_(gradChanges[i], alpha: -shares[i])
            }
            next = next * scale
            for i in moves.indices {
                let back: Double = gradChanges[i].dot(next).item() * inverses[i]
                next.add_(moves[i], alpha: shares[i] - back)
            }
        } else {
            (gradChanges, moves, inverses, scale) = ([], [], [], 1)
        }
        direction = next
        lastGrad = grad
        return next
    }

    private mutating func remember(_ gradChange: Tensor, _ move: Tensor, _ historySize: Int) {
        let product: Double = gradChange.dot(move).item()
        guard product > 1e-10 else { return }
        if moves.count == historySize {
            gradChanges.removeFirst()
            moves.removeFirst()
            inverses.removeFirst()
        }
        gradChanges.append(gradChange)
        moves.append(move)
        inverses.append(1 / product)
        scale = product / gradChange.dot(gradChange).item()
    }
}

/// The memory under PyTorch's names.
extension LBFGSMemory {
    init(_ state: optim.Optimizer.ParameterState) {
        func number(_ name: String) -> Double? { state.values[name].flatMap(LBFGSMemory.number) ?? state.tensors[name]?.item() }
        func list(_ name: String) -> [StateValue] { (try? state.values[name]?.list) ?? [] }
        evaluations = Int(number("func_evals") ?? 0)
        iterations = Int(number("n_iter") ?? 0)
        step = number("t") ?? 0
        previousLoss = number("prev_loss")
        direction = state.tensors["d"]
        lastGrad = state.tensors["prev_flat_grad"]
        gradChanges = list("old_dirs").compactMap { try? $0.tensor }
        moves = list("old_stps").compactMap { try? $0.tensor }
        inverses = list("ro").compactMap(LBFGSMemory.number)
        scale = number("H_diag") ?? 1
    }

    /// PyTorch keeps some of the numbers as tensors.
    private static func number(_ value: StateValue) -> Double? {
        if case .tensor(let tensor) = value { tensor.item() } else { try? value.double }
    }

    func store(in state: optim.Optimizer.ParameterState) {
        state.values = ["func_evals": .int(evaluations), "n_iter": .int(iterations)]
        guard let direction, let lastGrad, let previousLoss else { return }
        state.tensors = ["d": direction, "prev_flat_grad": lastGrad]
        state.values["t"] = .double(step)
        state.values["prev_loss"] = .double(previousLoss)
        state.values["old_dirs"] = .list(gradChanges.map(StateValue.tensor))
        state.values["old_stps"] = .list(moves.map(StateValue.tensor))
        state.values["ro"] = .list(inverses.map(StateValue.double))
        state.values["H_diag"] = .double(scale)
    }
}
