import TensorCore

extension optim.lrScheduler {
    /// Reduces the learning rate when a measure, such as the validation loss, no longer improves.
    ///
    ///     scheduler.step(validationLoss)
    open class ReduceLROnPlateau: LRScheduler {
        public var mode: String
        public var factor: Double
        public var patience: Int
        public var threshold: Double
        public var thresholdMode: String
        public var cooldown: Int
        public var minLrs: [Double]
        public var eps: Double
        override var predictableSteps: Int? { 0 }
        public private(set) var best: Double
        public private(set) var numBadEpochs = 0
        public private(set) var cooldownCounter = 0
        private var defaultMinLr: Double?

        /// - Parameters:
        ///   - mode: `"min"` for a measure that should fall, `"max"` for one that should rise.
        ///   - patience: the epochs without improvement that are let pass.
        ///   - threshold: what counts as improvement: a part of the best measure, or, with
        ///     `thresholdMode` `"abs"`, a difference from it.
        ///   - cooldown: the epochs after a reduction that are not counted.
        ///   - eps: the least reduction that is made.
        public init<Least: PerGroup>(
            _ optimizer: optim.Optimizer, mode: String = "min", factor: Double = 0.1, patience: Int = 10,
            threshold: Double = 1e-4, thresholdMode: String = "rel", cooldown: Int = 0, minLr: Least = 0,
            eps: Double = 1e-8
        ) {
            if factor >= 1 { fail("Factor should be < 1.0.", .valueError) }
            let count = optimizer.paramGroups.count
            if let list = minLr.list, list.count != count {
                fail("expected \(count) min_lrs, got \(list.count)", .valueError)
            }
            defaultMinLr = minLr.single
            minLrs = minLr.values("min_lr", optimizer)
            if !["min", "max"].contains(mode) { fail("mode \(mode) is unknown!", .valueError) }
            if !["rel", "abs"].contains(thresholdMode) { fail("threshold mode \(thresholdMode) is unknown!", .valueError) }
            (self.mode, self.factor, self.patience, self.threshold) = (mode, factor, patience, threshold)
            (self.thresholdMode, self.cooldown, self.eps) = (thresholdMode, cooldown, eps)
            best = mode == "min" ? .infinity : -.infinity
            super.init(unstarted: optimizer, lastEpoch: 0)
        }

        override var stateFields: [StateField] {
            [
                StateField("factor", self, \.factor), StateField("default_min_lr", self, \.defaultMinLr),
                StateField("min_lrs", self, \.minLrs), StateField("patience", self, \.patience),
                StateField("cooldown", self, \.cooldown), StateField("eps", self, \.eps),
                StateField("last_epoch", self, \.lastEpoch), StateField("_last_lr", self, \.lastLr),
                StateField("mode_worse", .double(mode == "min" ? .infinity : -.infinity)),
                StateField("mode", self, \.mode), StateField("threshold", self, \.threshold),
                StateField("threshold_mode", self, \.thresholdMode), StateField("best", self, \.best),
                StateField("cooldown_counter", self, \.cooldownCounter),
                StateField("num_bad_epochs", self, \.numBadEpochs),
            ]
        }

        open override func step() {
            fail("ReduceLROnPlateau.step() missing 1 required positional argument: 'metrics'", .typeError)
        }

        /// Takes the measure of an epoch, and reduces the learning rates if it is time.
        public func step(_ metrics: Tensor) { step(metrics.item() as Double) }

        /// Takes the measure of an epoch, and reduces the learning rates if it is time.
        open func step(_ metrics: Double) {
            lastEpoch += 1
            if isBetter(metrics) {
                best = metrics
                numBadEpochs = 0
            } else {
                numBadEpochs += 1
            }
            if cooldownCounter > 0 {
                cooldownCounter -= 1
                numBadEpochs = 0
            }
            if numBadEpochs > patience {
                reduce()
                cooldownCounter = cooldown
                numBadEpochs = 0
            }
            lastLr = currentLr
        }

        private func isBetter(_ value: Double) -> Bool {
            switch (mode, thresholdMode) {
            case ("min", "rel"): value < best * (1 - threshold)
            case ("min", _): value < best - threshold
            case (_, "rel"): value > best * (threshold + 1)
            default: value > best + threshold
            }
        }

        private func reduce() {
            let count = optimizer.paramGroups.count
            if minLrs.count != count {
                guard let defaultMinLr else {
                    fail(
                        "The number of param groups in the `optimizer` (\(count)) differs from when `ReduceLROnPlateau` "
                            + "was initialized (\(minLrs.count)), usually due to a new param group being added to the "
                            + "optimizer. Please modify the `min_lrs` field to match the length of the `optimizer` param "
                            + "groups.")
                }
                minLrs = Array(repeating: defaultMinLr, count: count)
            }
            for (group, least) in zip(optimizer.paramGroups, minLrs) {
                let reduced = max(group.lr * factor, least)
                if group.lr - reduced > eps { group.lr = reduced }
            }
        }
    }
}
