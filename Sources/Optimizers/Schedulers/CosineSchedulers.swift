import Glibc
import TensorCore

extension optim.lrScheduler {
    /// Along half a cosine from the learning rate to `etaMin` in `tMax` epochs, and back
    /// (Loshchilov and Hutter, 2017, without restarts).
    open class CosineAnnealingLR: LRScheduler {
        public var tMax: Int
        public var etaMin: Double

        public init(_ optimizer: optim.Optimizer, tMax: Int, etaMin: Double = 0, lastEpoch: Int = -1) {
            (self.tMax, self.etaMin) = (tMax, etaMin)
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            [StateField("T_max", self, \.tMax), StateField("eta_min", self, \.etaMin)] + super.stateFields
        }

        open override func getLr() -> [Double] {
            let (epoch, half) = (Double(lastEpoch), Double(tMax))
            if isInitial { return currentLr }
            if stepCount == 1 && lastEpoch > 0 {
                return baseLrs.map { etaMin + ($0 - etaMin) * (1 + cos(epoch * .pi / half)) / 2 }
            }
            if (lastEpoch - 1 - tMax) % (2 * tMax) == 0 {
                return zip(baseLrs, currentLr).map { $1 + ($0 - etaMin) * (1 - cos(.pi / half)) / 2 }
            }
            return currentLr.map {
                (1 + cos(.pi * epoch / half)) / (1 + cos(.pi * (epoch - 1) / half)) * ($0 - etaMin) + etaMin
            }
        }

        open override func closedFormLr() -> [Double]? {
            baseLrs.map { etaMin + ($0 - etaMin) * (1 + cos(.pi * Double(lastEpoch) / Double(tMax))) / 2 }
        }
    }

    /// Along half a cosine to `etaMin` in `t0` epochs, then again from the start, each time `tMult`
    /// times as long (Loshchilov and Hutter, 2017).
    open class CosineAnnealingWarmRestarts: LRScheduler {
        public var t0: Int
        public var tMult: Int
        public var etaMin: Double
        /// The length of this round, and the epochs since it began.
        public var tI: Int
        public var tCur: Double

        public init(_ optimizer: optim.Optimizer, t0: Int, tMult: Int = 1, etaMin: Double = 0, lastEpoch: Int = -1) {
            if t0 <= 0 { fail("Expected positive integer T_0, but got \(t0)", .valueError) }
            if tMult < 1 { fail("Expected integer T_mult >= 1, but got \(tMult)", .valueError) }
            (self.t0, self.tMult, self.etaMin, tI, tCur) = (t0, tMult, etaMin, t0, Double(lastEpoch))
            super.init(optimizer, lastEpoch: lastEpoch)
        }

        override var stateFields: [StateField] {
            // PyTorch counts in integers until it is given a part of an epoch.
            let current = StateField("T_cur") { [unowned self] in
                Int(exactly: tCur).map(StateValue.int) ?? .double(tCur)
            } set: { [unowned self] in tCur = try $0.double }
            return [
                StateField("T_0", self, \.t0), StateField("T_i", self, \.tI), StateField("T_mult", self, \.tMult),
                StateField("eta_min", self, \.etaMin), current,
            ] + super.stateFields
        }

        open override func getLr() -> [Double] {
            baseLrs.map { etaMin + ($0 - etaMin) * (1 + cos(.pi * tCur / Double(tI))) / 2 }
        }

        open override func step() {
            if lastEpoch < 0 { return step(epoch: 0) }
            lastEpoch += 1
            tCur += 1
            if tCur >= Double(tI) {
                tCur = tCur.truncatingRemainder(dividingBy: Double(tI))
                tI *= tMult
            }
            set(getLr())
        }

        open override func step(epoch: Int) { step(epoch: Double(epoch)) }

        /// Sets the learning rates of an epoch and a part of it, as after `i` of `n` batches:
        /// `step(epoch: epoch + i / n)`.
        public func step(epoch: Double) {
            if epoch < 0 { fail("Expected non-negative epoch, but got \(optim.Option.text(epoch))", .valueError) }
            let first = Double(t0), factor = Double(tMult)
            if epoch < first {
                (tI, tCur) = (t0, epoch)
            } else if tMult == 1 {
                tCur = epoch.truncatingRemainder(dividingBy: first)
            } else {
                let rounds = (log(epoch / first * (factor - 1) + 1) / log(factor)).rounded(.towardZero)
                tCur = epoch - first * (pow(factor, rounds) - 1) / (factor - 1)
                tI = t0 * Int(pow(factor, rounds))
            }
            lastEpoch = Int(epoch.rounded(.down))
            set(getLr())
        }
    }
}
