import Glibc
import TensorCore

// Schedulers that move the momentum against the learning rate.

/// Momentum, or the first beta, as a scheduler moves it.
struct CycledMomentum {
    let usesBeta1: Bool

    init(_ optimizer: optim.Optimizer) {
        usesBeta1 = optimizer.defaults["betas"] != nil
        if optimizer.defaults["momentum"] == nil && !usesBeta1 {
            fail("optimizer must support momentum or beta1 with `cycle_momentum` option enabled", .valueError)
        }
    }

    /// Sets where the groups begin, and what they move between.
    func begin(_ optimizer: optim.Optimizer, base: [Double], max: [Double]) {
        for (group, (base, max)) in zip(optimizer.paramGroups, zip(base, max)) {
            set(group, max)
            group["max_momentum"] = max
            group["base_momentum"] = base
        }
    }

    func set(_ group: optim.ParamGroup, _ value: Double) {
        if usesBeta1 {
            group.options["betas"] = .tuple([value] + group.numbers("betas").dropFirst())
        } else {
            group.momentum = value
        }
    }
}

extension optim.Option {
    fileprivate static func tuple(_ numbers: [Double]) -> optim.Option { .tuple(numbers.map(optim.Option.number)) }
}

extension optim.lrScheduler {
    /// Up and down between two learning rates (Smith, 2017). Steps after every batch.
    open class CyclicLR: LRScheduler {
        public var maxLrs: [Double]
        public var totalSize: Double
        public var stepRatio: Double
        public var mode: String
        public var gamma: Double
        public var scaleMode: String
        private let customScale: ((Double) -> Double)?
        private let momentum: CycledMomentum?
        var baseMomentums: [Double]
        var maxMomentums: [Double]

        /// - Parameters:
        ///   - stepSizeUp: the batches of the way up; those of the way down unless given.
        ///   - mode: `"triangular"`, `"triangular2"` (each cycle half as high) or `"exp_range"`
        ///     (`gamma` to the number of batches).
        ///   - scaleFn: a scale of your own instead, of the cycle (from 1) or, with `scaleMode`
        ///     `"iterations"`, of the batch.
        public init<Base: PerGroup, Most: PerGroup, Low: PerGroup, High: PerGroup>(
            _ optimizer: optim.Optimizer, baseLr: Base, maxLr: Most, stepSizeUp: Int = 2000, stepSizeDown: Int? = nil,
            mode: String = "triangular", gamma: Double = 1, scaleFn: ((Double) -> Double)? = nil,
            scaleMode: String = "cycle", cycleMomentum: Bool = true, baseMomentum: Low = 0.8, maxMomentum: High = 0.9,
            lastEpoch: Int = -1
        ) {
            let baseLrs = baseLr.values("base_lr", optimizer)
            if lastEpoch == -1 {
                for (lr, group) in zip(baseLrs, optimizer.paramGroups) { group.lr = lr }
            }
            maxLrs = maxLr.values("max_lr", optimizer)
            totalSize = Double(stepSizeUp) + Double(stepSizeDown ?? stepSizeUp)
            stepRatio = Double(stepSizeUp) / totalSize
            let modes = ["triangular": "cycle", "triangular2": "cycle", "exp_range": "iterations"]
            if modes[mode] == nil && scaleFn == nil { fail("mode is invalid and scale_fn is None", .valueError) }
            (self.mode, self.gamma, customScale) = (mode, gamma, scaleFn)
            self.scaleMode = scaleFn == nil ? modes[mode]! : scaleMode
            momentum = cycleMomentum ? CycledMomentum(optimizer) : nil
            baseMomentums = baseMomentum.values("base_momentum", optimizer)
            maxMomentums = maxMomentum.values("max_momentum", optimizer)
            if lastEpoch == -1 { momentum?.begin(optimizer, base: baseMomentums, max: maxMomentums) }
            super.init(optimizer, lastEpoch: lastEpoch)
            self.baseLrs = baseLrs
        }

        override var stateFields: [StateField] {
            var fields = [
                StateField("max_lrs", self, \.maxLrs), StateField("total_size", self, \.totalSize),
                StateField("step_ratio", self, \.stepRatio), StateField("mode", self, \.mode),
                StateField("gamma", self, \.gamma), StateField("_scale_fn_custom", .null),
                StateField("scale_mode", self, \.scaleMode), StateField("cycle_momentum", .bool(momentum != nil)),
            ]
            if let momentum {
                fields += [
                    StateField("use_beta1", .bool(momentum.usesBeta1)),
                    StateField("base_momentums", self, \.baseMomentums),
                    StateField("max_momentums", self, \.maxMomentums),
                ]
            }
            return fields + super.stateFields
        }

        /// The height of a cycle, or of a batch, as a part of the whole.
        private func scale(_ x: Double) -> Double {
            if let customScale { return customScale(x) }
            switch mode {
            case "triangular": return 1
            case "triangular2": return 1 / pow(2, x - 1)
            default: return pow(gamma, x)
            }
        }

        open override func getLr() -> [Double] {
            let place = Double(lastEpoch) / totalSize
            let cycle = (1 + place).rounded(.down)
            let x = 1 + place - cycle
            let share = x <= stepRatio ? x / stepRatio : (x - 1) / (stepRatio - 1)
            let scale = scale(scaleMode == "cycle" ? cycle : Double(lastEpoch))
            if let momentum {
                for (group, (base, max)) in zip(optimizer.paramGroups, zip(baseMomentums, maxMomentums)) {
                    momentum.set(group, max - (max - base) * share * scale)
                }
            }
            return zip(baseLrs, maxLrs).map { base, max in base + (max - base) * share * scale }
        }
    }

    /// Once up to a large learning rate and down to a very small one (Smith and Topin, 2018). Steps
    /// after every batch.
    open class OneCycleLR: LRScheduler {
        public var totalSteps: Int
        private var annealStrategy: String
        private let momentum: CycledMomentum?

        /// A part of the cycle: the step where it ends, and between which settings of the groups it
        /// moves.
        private struct Phase {
            let endStep: Double
            let lr: (from: String, to: String)
            let momentum: (from: String, to: String)
        }
        private let phases: [Phase]

        /// - Parameters:
        ///   - totalSteps: the batches of the whole training; or give `epochs` and `stepsPerEpoch`.
        ///   - pctStart: the part of them that goes up.
        ///   - annealStrategy: `"cos"` or `"linear"`.
        ///   - divFactor: the first learning rate is `maxLr / divFactor`, the last that by
        ///     `finalDivFactor`.
        ///   - threePhase: down to the first rate as fast as up, and only then to the last.
        public init<Most: PerGroup, Low: PerGroup, High: PerGroup>(
            _ optimizer: optim.Optimizer, maxLr: Most, totalSteps: Int? = nil, epochs: Int? = nil,
            stepsPerEpoch: Int? = nil, pctStart: Double = 0.3, annealStrategy: String = "cos",
            cycleMomentum: Bool = true, baseMomentum: Low = 0.85, maxMomentum: High = 0.95, divFactor: Double = 25,
            finalDivFactor: Double = 1e4, threePhase: Bool = false, lastEpoch: Int = -1
        ) {
            self.totalSteps = OneCycleLR.total(totalSteps, epochs, stepsPerEpoch)
            let (total, last) = (Double(self.totalSteps), Double(self.totalSteps - 1))
            let up = Phase(
                endStep: pctStart * total - 1, lr: ("initial_lr", "max_lr"),
                momentum: ("max_momentum", "base_momentum"))
            phases =
                threePhase
                ? [
                    up,
                    Phase(
                        endStep: 2 * pctStart * total - 2, lr: ("max_lr", "initial_lr"),
                        momentum: ("base_momentum", "max_momentum")),
                    Phase(endStep: last, lr: ("initial_lr", "min_lr"), momentum: ("max_momentum", "max_momentum")),
                ] : [up, Phase(endStep: last, lr: ("max_lr", "min_lr"), momentum: ("base_momentum", "max_momentum"))]
            if pctStart < 0 || pctStart > 1 {
                fail("Expected float between 0 and 1 pct_start, but got \(optim.Option.text(pctStart))", .valueError)
            }
            if !["cos", "linear"].contains(annealStrategy) {
                fail("anneal_strategy must be one of 'cos' or 'linear', instead got \(annealStrategy)", .valueError)
            }
            self.annealStrategy = annealStrategy
            let maxLrs = maxLr.values("max_lr", optimizer)
            if lastEpoch == -1 {
                for (group, most) in zip(optimizer.paramGroups, maxLrs) {
                    group["initial_lr"] = most / divFactor
                    group["max_lr"] = most
                    group["min_lr"] = group["initial_lr"] / finalDivFactor
                }
            }
            momentum = cycleMomentum ? CycledMomentum(optimizer) : nil
            if let momentum {
                let most = maxMomentum.values("max_momentum", optimizer)
                let least = baseMomentum.values("base_momentum", optimizer)
                if lastEpoch == -1 { momentum.begin(optimizer, base: least, max: most) }
            }
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        private static func total(_ totalSteps: Int?, _ epochs: Int?, _ stepsPerEpoch: Int?) -> Int {
            func positive(_ value: Int, _ name: String) -> Int {
                if value <= 0 { fail("Expected positive integer \(name), but got \(value)", .valueError) }
                return value
            }
            if let totalSteps { return positive(totalSteps, "total_steps") }
            guard let epochs, let stepsPerEpoch else {
                fail("You must define either total_steps OR (epochs AND steps_per_epoch)", .valueError)
            }
            return positive(epochs, "epochs") * positive(stepsPerEpoch, "steps_per_epoch")
        }

        override var stateFields: [StateField] {
            let phases = self.phases.map { phase -> StateValue in
                [
                    "end_step": phase.endStep, "start_lr": phase.lr.from, "end_lr": phase.lr.to,
                    "start_momentum": phase.momentum.from, "end_momentum": phase.momentum.to,
                ]
            }
            var fields = [
                StateField("total_steps", self, \.totalSteps), StateField("_schedule_phases", .list(phases)),
                StateField("_anneal_func_type", self, \.annealStrategy),
                StateField("cycle_momentum", .bool(momentum != nil)),
            ]
            if let momentum { fields.append(StateField("use_beta1", .bool(momentum.usesBeta1))) }
            return fields + super.stateFields
        }

        private func anneal(_ start: Double, _ end: Double, _ share: Double) -> Double {
            annealStrategy == "cos"
                ? end + (start - end) / 2 * (cos(.pi * share) + 1) : (end - start) * share + start
        }

        override var predictableSteps: Int? { max(0, totalSteps - lastEpoch - 1) }

        open override func getLr() -> [Double] {
            if lastEpoch > totalSteps {
                fail(
                    "Tried to step \(lastEpoch) times. The specified number of total steps is \(totalSteps)",
                    .valueError)
            }
            let step = Double(lastEpoch)
            let place = phases.firstIndex { step <= $0.endStep } ?? phases.count - 1
            let (phase, start) = (phases[place], place == 0 ? 0 : phases[place - 1].endStep)
            let share = (step - start) / (phase.endStep - start)
            return optimizer.paramGroups.map { group in
                if let momentum {
                    momentum.set(group, anneal(group[phase.momentum.from], group[phase.momentum.to], share))
                }
                return anneal(group[phase.lr.from], group[phase.lr.to], share)
            }
        }
    }
}
