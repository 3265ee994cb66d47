import Glibc
import TensorCore

// Schedulers that multiply the learning rates by factors of their own.

extension optim.lrScheduler {
    /// The first learning rate times a function of the epoch.
    ///
    ///     optim.lrScheduler.LambdaLR(optimizer) { epoch in pow(0.95, Double(epoch)) }
    open class LambdaLR: LRScheduler {
        let lrLambdas: [(Int) -> Double]

        public init(_ optimizer: optim.Optimizer, lastEpoch: Int = -1, lrLambda: @escaping (Int) -> Double) {
            lrLambdas = Array(repeating: lrLambda, count: optimizer.paramGroups.count)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        /// A function for each group.
        public init(_ optimizer: optim.Optimizer, lrLambda: [(Int) -> Double], lastEpoch: Int = -1) {
            checkLambdas(lrLambda.count, optimizer)
            lrLambdas = lrLambda
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] { super.stateFields + [lambdaField(lrLambdas.count)] }

        open override func getLr() -> [Double] { zip(lrLambdas, baseLrs).map { $1 * $0(lastEpoch) } }
    }

    /// The last learning rate times a function of the epoch.
    open class MultiplicativeLR: LRScheduler {
        let lrLambdas: [(Int) -> Double]

        public init(_ optimizer: optim.Optimizer, lastEpoch: Int = -1, lrLambda: @escaping (Int) -> Double) {
            lrLambdas = Array(repeating: lrLambda, count: optimizer.paramGroups.count)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        /// A function for each group.
        public init(_ optimizer: optim.Optimizer, lrLambda: [(Int) -> Double], lastEpoch: Int = -1) {
            checkLambdas(lrLambda.count, optimizer)
            lrLambdas = lrLambda
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] { super.stateFields + [lambdaField(lrLambdas.count)] }

        open override func getLr() -> [Double] {
            isInitial ? currentLr : zip(lrLambdas, currentLr).map { $1 * $0(lastEpoch) }
        }
    }

    /// Times `gamma` every `stepSize` epochs.
    open class StepLR: LRScheduler {
        public var stepSize: Int
        public var gamma: Double

        public init(_ optimizer: optim.Optimizer, stepSize: Int, gamma: Double = 0.1, lastEpoch: Int = -1) {
            (self.stepSize, self.gamma) = (stepSize, gamma)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [StateField("step_size", self, \.stepSize), StateField("gamma", self, \.gamma)] + super.stateFields
        }

        open override func getLr() -> [Double] {
            lastEpoch == 0 || lastEpoch % stepSize != 0 ? currentLr : currentLr.map { $0 * gamma }
        }

        open override func closedFormLr() -> [Double]? {
            baseLrs.map { $0 * pow(gamma, Double(lastEpoch / stepSize)) }
        }
    }

    /// Times `gamma` at each of the milestones.
    open class MultiStepLR: LRScheduler {
        /// The milestones, sorted; one that is given twice counts twice.
        public var milestones: [Int]
        public var gamma: Double

        public init(_ optimizer: optim.Optimizer, milestones: [Int], gamma: Double = 0.1, lastEpoch: Int = -1) {
            (self.milestones, self.gamma) = (milestones.sorted(), gamma)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            let counts = StateField("milestones") { [unowned self] in
                var counts = StateDictionary()
                for milestone in milestones { counts[milestone] = .int(milestones.count { $0 == milestone }) }
                return .dictionary(counts)
            } set: { [unowned self] value in
                milestones = try value.dictionary.entries.flatMap { milestone, count in
                    [Int](repeating: try milestone.stateValue.int, count: try count.int)
                }.sorted()
            }
            return [counts, StateField("gamma", self, \.gamma)] + super.stateFields
        }

        open override func getLr() -> [Double] {
            let hits = milestones.count { $0 == lastEpoch }
            return hits == 0 ? currentLr : currentLr.map { $0 * pow(gamma, Double(hits)) }
        }

        open override func closedFormLr() -> [Double]? {
            let passed = milestones.count { $0 <= lastEpoch }
            return baseLrs.map { $0 * pow(gamma, Double(passed)) }
        }
    }

    /// A part of the learning rate for the first `totalIters` epochs.
    open class ConstantLR: LRScheduler {
        public var factor: Double
        public var totalIters: Int

        public init(_ optimizer: optim.Optimizer, factor: Double = 1.0 / 3, totalIters: Int = 5, lastEpoch: Int = -1) {
            if factor > 1 || factor < 0 {
                fail("Constant multiplicative factor expected to be between 0 and 1.", .valueError)
            }
            (self.factor, self.totalIters) = (factor, totalIters)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [StateField("factor", self, \.factor), StateField("total_iters", self, \.totalIters)] + super.stateFields
        }

        open override func getLr() -> [Double] {
            if lastEpoch == 0 { return currentLr.map { $0 * factor } }
            return lastEpoch != totalIters ? currentLr : currentLr.map { $0 * (1 / factor) }
        }

        open override func closedFormLr() -> [Double]? {
            baseLrs.map { $0 * (factor + (lastEpoch >= totalIters ? 1 : 0) * (1 - factor)) }
        }
    }

    /// From one part of the learning rate to another in equal steps over `totalIters` epochs.
    open class LinearLR: LRScheduler {
        public var startFactor: Double
        public var endFactor: Double
        public var totalIters: Int

        public init(
            _ optimizer: optim.Optimizer, startFactor: Double = 1.0 / 3, endFactor: Double = 1, totalIters: Int = 5,
            lastEpoch: Int = -1
        ) {
            if startFactor > 1 || startFactor <= 0 {
                fail(
                    "Starting multiplicative factor expected to be greater than 0 and less or equal to 1.", .valueError)
            }
            if endFactor > 1 || endFactor < 0 {
                fail("Ending multiplicative factor expected to be between 0 and 1.", .valueError)
            }
            (self.startFactor, self.endFactor, self.totalIters) = (startFactor, endFactor, totalIters)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [
                StateField("start_factor", self, \.startFactor), StateField("end_factor", self, \.endFactor),
                StateField("total_iters", self, \.totalIters),
            ] + super.stateFields
        }

        open override func getLr() -> [Double] {
            if lastEpoch == 0 { return currentLr.map { $0 * startFactor } }
            if isInitial || lastEpoch > totalIters { return currentLr }
            let change = endFactor - startFactor
            return currentLr.map {
                $0 * (1 + change / (Double(totalIters) * startFactor + Double(lastEpoch - 1) * change))
            }
        }

        open override func closedFormLr() -> [Double]? {
            baseLrs.map {
                $0 * (startFactor + (endFactor - startFactor) * Double(min(totalIters, lastEpoch)) / Double(totalIters))
            }
        }
    }

    /// Times `gamma` every epoch.
    open class ExponentialLR: LRScheduler {
        public var gamma: Double

        public init(_ optimizer: optim.Optimizer, gamma: Double, lastEpoch: Int = -1) {
            self.gamma = gamma
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] { [StateField("gamma", self, \.gamma)] + super.stateFields }

        open override func getLr() -> [Double] { isInitial ? currentLr : currentLr.map { $0 * gamma } }

        open override func closedFormLr() -> [Double]? { baseLrs.map { $0 * pow(gamma, Double(lastEpoch)) } }
    }

    /// Down to zero over `totalIters` epochs as a power of the epochs that are left.
    open class PolynomialLR: LRScheduler {
        public var totalIters: Int
        public var power: Double

        public init(_ optimizer: optim.Optimizer, totalIters: Int = 5, power: Double = 1, lastEpoch: Int = -1) {
            (self.totalIters, self.power) = (totalIters, power)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [StateField("total_iters", self, \.totalIters), StateField("power", self, \.power)] + super.stateFields
        }

        open override func getLr() -> [Double] {
            if isInitial || lastEpoch > totalIters { return currentLr }
            let total = Double(totalIters)
            let factor = pow((1 - Double(lastEpoch) / total) / (1 - Double(lastEpoch - 1) / total), power)
            return currentLr.map { $0 * factor }
        }

        open override func closedFormLr() -> [Double]? {
            baseLrs.map { $0 * pow(1 - Double(min(totalIters, lastEpoch)) / Double(totalIters), power) }
        }
    }
}

private func checkLambdas(_ count: Int, _ optimizer: optim.Optimizer) {
    let groups = optimizer.paramGroups.count
    if count != groups { fail("Expected \(groups) lr_lambdas, but got \(count)", .valueError) }
}

/// Functions are not saved.
private func lambdaField(_ count: Int) -> StateField {
    StateField("lr_lambdas", .list(Array(repeating: .null, count: count)))
}
