import Glibc
import TensorCore

extension optim.swaUtils {
    /// From the learning rate to a constant one for stochastic weight averaging.
    open class SWALR: optim.lrScheduler.LRScheduler {
        public var annealEpochs: Int
        private var annealStrategy: String

        /// - Parameter annealStrategy: `"cos"` or `"linear"`.
        public init<Rate: PerGroup>(
            _ optimizer: optim.Optimizer, swaLr: Rate, annealEpochs: Int = 10, annealStrategy: String = "cos",
            lastEpoch: Int = -1
        ) {
            for (group, lr) in zip(optimizer.paramGroups, swaLr.values("swa_lr", optimizer)) { group["swa_lr"] = lr }
            if !["cos", "linear"].contains(annealStrategy) {
                fail("anneal_strategy must be one of 'cos' or 'linear', instead got \(annealStrategy)", .valueError)
            }
            if annealEpochs < 0 {
                fail("anneal_epochs must be equal or greater than 0, got \(annealEpochs)", .valueError)
            }
            (self.annealEpochs, self.annealStrategy) = (annealEpochs, annealStrategy)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [
                StateField("anneal_epochs", self, \.annealEpochs), StateField("_anneal_strategy", self, \.annealStrategy),
            ] + super.stateFields
        }

        /// How far the learning rate has gone, from 0 to 1, after a number of epochs.
        private func progress(_ epochs: Int) -> Double {
            let t = max(0, min(1, Double(epochs) / Double(max(1, annealEpochs))))
            return annealStrategy == "cos" ? (1 - cos(.pi * t)) / 2 : t
        }

        open override func getLr() -> [Double] {
            let step = annealEpochs == 0 ? max(1, stepCount - 1) : stepCount - 1
            let (before, now) = (progress(step - 1), progress(step))
            return optimizer.paramGroups.map { group in
                let swaLr = group["swa_lr"]
                let start = before == 1 ? swaLr : (group.lr - before * swaLr) / (1 - before)
                return swaLr * now + start * (1 - now)
            }
        }
    }
}
