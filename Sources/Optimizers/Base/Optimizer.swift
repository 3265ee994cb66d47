import TensorCore

extension optim {
    /// The base of all optimizers: PyTorch's `torch.optim.Optimizer`.
    ///
    ///     let optimizer = optim.SGD(model.parameters(), lr: 0.1)
    ///     optimizer.zeroGrad()
    ///     F.crossEntropy(model(x), y).backward()
    ///     optimizer.step()
    ///
    /// To write one of your own, override `update`.
    open class Optimizer: CustomStringConvertible {
        public private(set) var paramGroups: [ParamGroup] = []
        public let defaults: [String: Option]
        var states: [ObjectIdentifier: ParameterState] = [:]
        /// The calls of `step` so far, which tell a scheduler that comes too early.
        var stepsTaken = 0

        let stepPreHooks = HookList<(Optimizer) -> Void>()
        let stepPostHooks = HookList<(Optimizer) -> Void>()
        let stateDictPreHooks = HookList<(Optimizer) -> Void>()
        let stateDictPostHooks = HookList<(Optimizer, StateDictionary) -> StateDictionary?>()
        let loadStateDictPreHooks = HookList<(Optimizer, StateDictionary) -> StateDictionary?>()
        let loadStateDictPostHooks = HookList<(Optimizer) -> Void>()

        /// - Parameter defaults: the settings of groups that have none of their own, by PyTorch's names.
        public init<Parameter: OptimizerParameter>(_ params: [Parameter], defaults: [String: Option]) {
            self.defaults = defaults
            let groups = Parameter.groups(params)
            if groups.isEmpty { fail("optimizer got an empty parameter list", .valueError) }
            for group in groups { addParamGroup(group) }
        }

        /// Adds parameters, for instance of layers that are unfrozen later.
        open func addParamGroup(_ group: ParamGroup) {
            let known = Set(paramGroups.flatMap(\.params).map { ObjectIdentifier($0) })
            for parameter in group.params where !(parameter.isLeaf || parameter.retainsGrad) {
                fail("can't optimize a non-leaf Tensor", .valueError)
            }
            group.options.merge(defaults) { own, _ in own }
            if Set(group.params.map { ObjectIdentifier($0) }).count != group.params.count {
                warn(
                    "optimizer contains a parameter group with duplicate parameters; in future, this will cause an "
                        + "error; see github.com/pytorch/pytorch/issues/40967 for more information")
            }
            if let first = paramGroups.first, (first.paramNames == nil) != (group.paramNames == nil) {
                fail(
                    "all optimizer param groups should be with/without names. cannot add param group "
                        + (group.paramNames == nil ? "without names" : "with names") + " to the optimizer", .valueError)
            }
            if group.params.contains(where: { known.contains(ObjectIdentifier($0)) }) {
                fail("some parameters appear in more than one parameter group", .valueError)
            }
            paramGroups.append(group)
        }

        /// Forgets the gradients of all parameters; with `setToNone` false sets them to zero instead.
        public func zeroGrad(setToNone: Bool = true) {
            for group in paramGroups {
                for parameter in group.params { parameter.clearGrad(setToNone: setToNone) }
            }
        }

        /// Updates every parameter that has a gradient.
        open func step() {
            stepPreHooks.forEach { $0(self) }
            finishStep()
        }

        /// Computes the loss anew with `closure`, which also calls `backward()`, then updates.
        @discardableResult
        open func step(_ closure: () throws -> Tensor) rethrows -> Tensor {
            stepPreHooks.forEach { $0(self) }
            let loss = try torch.enableGrad(closure)
            finishStep()
            return loss
        }

        private func finishStep() {
            torch.noGrad {
                for group in paramGroups {
                    for parameter in group.params where parameter.requiresGrad {
                        guard let grad = parameter.grad else { continue }
                        if grad.isSparse, let refusal = sparseRefusal { fail(refusal) }
                        update(parameter, grad, state(of: parameter), group)
                    }
                }
            }
            noteStep()
        }

        /// Counts a step that was done, and tells those who wait for it.
        final func noteStep() {
            stepsTaken += 1
            stepPostHooks.forEach { $0(self) }
        }

        /// Changes one parameter in place. Runs without recording gradients.
        open func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            fail("\(type(of: self)) does not override update", .notImplemented)
        }

        /// The message for a sparse gradient; nil where the optimizer takes them.
        var sparseRefusal: String? { "\(type(of: self)) does not support sparse gradients" }

        /// How a state dict tells the number of steps.
        var stepForm: StepForm { .tensor }

        /// What a state dict names of the numbers that are kept for a parameter beside its tensors.
        var scalarNames: Set<String> { [] }

        /// What is kept for a parameter.
        public func state(of parameter: Tensor) -> ParameterState {
            if let known = states[ObjectIdentifier(parameter)] { return known }
            let new = ParameterState()
            states[ObjectIdentifier(parameter)] = new
            return new
        }

        public var description: String {
            let groups = paramGroups.enumerated().map { i, group in
                "\nParameter Group \(i)\n" + group.settingsText().map { "    \($0.name): \($0.text)\n" }.joined()
            }
            return "\(type(of: self)) (" + groups.joined() + ")"
        }
    }

    /// How PyTorch's state dict of an optimizer tells the number of steps.
    enum StepForm {
        case tensor, int, absent
    }
}

extension optim.Optimizer {
    /// What an optimizer keeps for one parameter.
    public final class ParameterState {
        /// The number of updates so far.
        public var step = 0
        /// Tensors by PyTorch's names: `momentum_buffer`, `exp_avg`, ….
        public var tensors: [String: Tensor] = [:]
        /// Numbers that PyTorch keeps as tensors without dimensions: `mu_product`, `eta`, ….
        var scalars: [String: Double] = [:]
        /// Everything else, by PyTorch's names.
        var values: [String: StateValue] = [:]

        /// The tensor of a name, made of zeros when it is first asked for.
        public func tensor(_ name: String, like parameter: Tensor) -> Tensor {
            tensor(name) { torch.zerosLike(parameter) }
        }

        /// The tensor of a name, made when it is first asked for.
        func tensor(_ name: String, _ make: () -> Tensor) -> Tensor {
            if let known = tensors[name] { return known }
            let new = make()
            tensors[name] = new
            return new
        }

        /// Keeps a number as precisely as PyTorch's tensor of it does.
        func set(_ name: String, _ value: Double) { scalars[name] = Double(Float(value)) }
    }
}

// MARK: - Hooks

extension optim.Optimizer {
    /// Calls `hook` before each step.
    @discardableResult
    public func registerStepPreHook(_ hook: @escaping (optim.Optimizer) -> Void) -> RemovableHandle {
        stepPreHooks.add(hook)
    }

    /// Calls `hook` after each step.
    @discardableResult
    public func registerStepPostHook(_ hook: @escaping (optim.Optimizer) -> Void) -> RemovableHandle {
        stepPostHooks.add(hook)
    }

    /// Calls `hook` before `stateDict`.
    @discardableResult
    public func registerStateDictPreHook(_ hook: @escaping (optim.Optimizer) -> Void) -> RemovableHandle {
        stateDictPreHooks.add(hook)
    }

    /// Calls `hook` with what `stateDict` is to give; a result of the hook replaces it.
    @discardableResult
    public func registerStateDictPostHook(
        _ hook: @escaping (optim.Optimizer, StateDictionary) -> StateDictionary?
    ) -> RemovableHandle {
        stateDictPostHooks.add(hook)
    }

    /// Calls `hook` with what `loadStateDict` is given; a result of the hook replaces it.
    @discardableResult
    public func registerLoadStateDictPreHook(
        _ hook: @escaping (optim.Optimizer, StateDictionary) -> StateDictionary?
    ) -> RemovableHandle {
        loadStateDictPreHooks.add(hook)
    }

    /// Calls `hook` after `loadStateDict`.
    @discardableResult
    public func registerLoadStateDictPostHook(_ hook: @escaping (optim.Optimizer) -> Void) -> RemovableHandle {
        loadStateDictPostHooks.add(hook)
    }
}
