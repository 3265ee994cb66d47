import TensorCore

extension optim {
    /// PyTorch's `torch.optim.lr_scheduler`.
    public enum lrScheduler {}
}

extension optim.lrScheduler {
    /// The base of the schedulers, which change the learning rates of an optimizer's groups from
    /// epoch to epoch.
    ///
    ///     let scheduler = optim.lrScheduler.StepLR(optimizer, stepSize: 30)
    ///     for epoch in 0..<100 {
    ///         train()
    ///         scheduler.step()
    ///     }
    ///
    /// To write one of your own, override `getLr`; for a rule that is one expression see `LambdaLR`.
    /// Schedulers of one optimizer may be used together: each goes on from the rate that it finds.
    open class LRScheduler {
        public let optimizer: optim.Optimizer
        /// The learning rates that the groups had first.
        public var baseLrs: [Double]
        /// The epoch whose learning rates are set, from 0.
        public var lastEpoch: Int
        var lastLr: [Double] = []
        var stepCount = 0
        /// The scheduler sets the learning rates of its first epoch.
        public internal(set) var isInitial = false

        /// - Parameter lastEpoch: the last epoch of a run that is continued; its groups have an
        ///   `initial_lr`. -1 starts anew.
        public init(_ optimizer: optim.Optimizer, lastEpoch: Int = -1) {
            self.optimizer = optimizer
            self.lastEpoch = lastEpoch
            for (i, group) in optimizer.paramGroups.enumerated() where group.options["initial_lr"] == nil {
                if lastEpoch != -1 {
                    fail(
                        "param 'initial_lr' is not specified in param_groups[\(i)] when resuming scheduler with "
                            + "last_epoch >= 0.\nThis typically happens when:\n1. You're trying to resume training from a "
                            + "checkpoint but haven't properly loaded the optimizer state\n2. You're using last_epoch >= 0 "
                            + "for a fresh training run (not recommended)", .keyError)
                }
                group.options["initial_lr"] = group.options["lr"]
            }
            baseLrs = optimizer.paramGroups.map { $0["initial_lr"] }
            takeInitialStep()
        }

        /// A scheduler that has no rates of its own, or sets none at first.
        init(unstarted optimizer: optim.Optimizer, lastEpoch: Int) {
            self.optimizer = optimizer
            self.lastEpoch = lastEpoch
            baseLrs = []
            lastLr = currentLr
        }

        final func takeInitialStep() {
            stepCount = 0
            isInitial = true
            step()
            isInitial = false
        }

        /// Sets the learning rates of the next epoch. Comes after the optimizer's steps.
        open func step() {
            if stepCount == 1 && optimizer.stepsTaken == 0 {
                warn(
                    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you "
                        + "should call them in the opposite order: `optimizer.step()` before `lr_scheduler.step()`.  "
                        + "Failure to do this will result in PyTorch skipping the first value of the learning rate "
                        + "schedule. See more details at "
                        + "https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate")
            }
            stepCount += 1
            updateLr(epoch: nil)
        }

        /// Sets the learning rates of a certain epoch, by the formula for it where there is one.
        open func step(epoch: Int) {
            warn(
                "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where possible. "
                    + "Please use `scheduler.step()` to step the scheduler. During the deprecation, if epoch is different "
                    + "from None, the closed form is used instead of the new chainable form, where available. Please "
                    + "open an issue if you are unable to replicate your use case: "
                    + "https://github.com/pytorch/pytorch/issues/new/choose.")
            stepCount += 1
            updateLr(epoch: epoch)
        }

        final func updateLr(epoch: Int?) {
            lastEpoch = epoch ?? lastEpoch + 1
            set(epoch == nil ? getLr() : closedFormLr() ?? getLr())
        }

        final func set(_ rates: [Double]) {
            for (group, lr) in zip(optimizer.paramGroups, rates) { group.lr = lr }
            lastLr = currentLr
        }

        /// The learning rates of `lastEpoch`, one for each group.
        open func getLr() -> [Double] { fail("\(type(of: self)) does not override getLr", .notImplemented) }

        /// The learning rates of `lastEpoch` from the first ones alone; nil where there is no such
        /// formula.
        open func closedFormLr() -> [Double]? { nil }

        /// The learning rates that were set last.
        public func getLastLr() -> [Double] { lastLr }

        /// The learning rates that the groups have now.
        public var currentLr: [Double] { optimizer.paramGroups.map(\.lr) }

        /// How many further steps follow from the schedule alone: nil where any number does, 0 where the rates depend on
        /// what is measured, or on a subclass whose state nobody else knows.
        var predictableSteps: Int? { String(reflecting: type(of: self)).hasPrefix("Optimizers.") ? nil : 0 }

        /// Goes one epoch back, as `SequentialLR` needs of its schedulers.
        func undo() { lastEpoch -= 1 }

        /// What a state dict holds of this scheduler, by PyTorch's names.
        var stateFields: [StateField] {
            [
                StateField("base_lrs", self, \.baseLrs), StateField("last_epoch", self, \.lastEpoch),
                StateField("_step_count", self, \.stepCount), StateField("_is_initial", self, \.isInitial),
                StateField("_get_lr_called_within_step", .bool(false)), StateField("_last_lr", self, \.lastLr),
            ]
        }

        /// Everything a scheduler needs to go on, but the optimizer.
        open func stateDict() -> StateDictionary {
            var result = StateDictionary()
            for field in stateFields { result[field.name] = field.get() }
            return result
        }

        /// Goes on where the scheduler that gave the state stood.
        /// - Throws: `StateValueError` where a value is of another kind.
        open func loadStateDict(_ saved: StateDictionary) throws {
            for field in stateFields {
                if let value = saved[field.name] { try field.set(value) }
            }
        }
    }
}

/// A part of a scheduler's state.
struct StateField {
    let name: String
    let get: () -> StateValue
    let set: (StateValue) throws -> Void

    init<Owner: AnyObject, Value: StateValueConvertible>(
        _ name: String, _ owner: Owner, _ path: ReferenceWritableKeyPath<Owner, Value>
    ) {
        self.name = name
        get = { owner[keyPath: path].stateValue }
        set = { owner[keyPath: path] = try Value.from($0) }
    }

    init(_ name: String, get: @escaping () -> StateValue, set: @escaping (StateValue) throws -> Void) {
        (self.name, self.get, self.set) = (name, get, set)
    }

    /// What PyTorch's state has and nobody here needs.
    init(_ name: String, _ value: StateValue) {
        (self.name, self.get, self.set) = (name, { value }, { _ in })
    }
}

/// A number for all groups, or one for each.
public protocol PerGroup {
    /// The number of each group, where a list was given.
    var list: [Double]? { get }
    /// The number for all groups, where one was given.
    var single: Double? { get }
}

extension Double: PerGroup {
    public var list: [Double]? { nil }
    public var single: Double? { self }
}

extension Int: PerGroup {
    public var list: [Double]? { nil }
    public var single: Double? { Double(self) }
}

extension Array: PerGroup where Element == Double {
    public var list: [Double]? { self }
    public var single: Double? { nil }
}

extension PerGroup {
    /// One number for each group of an optimizer.
    func values(_ name: String, _ optimizer: optim.Optimizer) -> [Double] {
        let count = optimizer.paramGroups.count
        guard let list else { return [Double](repeating: single!, count: count) }
        if list.count != count {
            fail(
                "\(name) must have the same length as optimizer.param_groups. \(name) has \(list.count) values, "
                    + "param_groups has \(count).", .valueError)
        }
        return list
    }
}
