import TensorCore

// Schedulers made of others.

extension optim.lrScheduler {
    /// Several schedulers, one after the other: the next begins anew at each milestone.
    open class SequentialLR: LRScheduler {
        let schedulers: [LRScheduler]
        private var milestones: [Int]

        public init(_ optimizer: optim.Optimizer, schedulers: [LRScheduler], milestones: [Int], lastEpoch: Int = -1) {
            if schedulers.isEmpty {
                fail("SequentialLR expects at least one scheduler, but got no scheduler.", .valueError)
            }
            optim.lrScheduler.check(schedulers, optimizer, "SequentialLR")
            if milestones.count != schedulers.count - 1 {
                fail(
                    "Sequential Schedulers expects number of schedulers provided to be one more than the number of "
                        + "milestone points, but got number of schedulers \(schedulers.count) and the number of "
                        + "milestones to be equal to \(milestones.count)", .valueError)
            }
            (self.schedulers, self.milestones) = (schedulers, milestones)
            super.init(unstarted: optimizer, lastEpoch: lastEpoch + 1)
            // Each of them took its first step when it was made.
            for group in optimizer.paramGroups { group.lr = group["initial_lr"] }
            undo()
            schedulers[place(0)].takeInitialStep()
            lastLr = schedulers[place(0)].getLastLr()
        }

        private func place(_ epoch: Int) -> Int { milestones.count { $0 <= epoch } }

        override func undo() { schedulers.forEach { $0.undo() } }
        override var predictableSteps: Int? { schedulers.compactMap(\.predictableSteps).min() }

        open override func step() {
            lastEpoch += 1
            let place = place(lastEpoch)
            let scheduler = schedulers[place]
            if place > 0 && milestones[place - 1] == lastEpoch {
                scheduler.updateLr(epoch: 0)
            } else {
                scheduler.step()
            }
            lastLr = scheduler.getLastLr()
        }

        override var stateFields: [StateField] {
            [
                StateField("_milestones", self, \.milestones), StateField("last_epoch", self, \.lastEpoch),
                StateField("_last_lr", self, \.lastLr), optim.lrScheduler.field(of: schedulers),
            ]
        }
    }

    /// Several schedulers at once: each step is a step of every one.
    open class ChainedScheduler: LRScheduler {
        let schedulers: [LRScheduler]

        public init(_ schedulers: [LRScheduler], optimizer: optim.Optimizer? = nil) {
            guard let optimizer = optimizer ?? schedulers.first?.optimizer, !schedulers.isEmpty else {
                fail("ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.", .valueError)
            }
            optim.lrScheduler.check(schedulers, optimizer, "ChainedScheduler")
            self.schedulers = schedulers
            super.init(unstarted: optimizer, lastEpoch: 0)
        }

        override func undo() { schedulers.forEach { $0.undo() } }
        override var predictableSteps: Int? { schedulers.compactMap(\.predictableSteps).min() }

        open override func step() {
            for scheduler in schedulers { scheduler.step() }
            lastLr = currentLr
        }

        override var stateFields: [StateField] {
            [StateField("_last_lr", self, \.lastLr), optim.lrScheduler.field(of: schedulers)]
        }
    }

    private static func check(_ schedulers: [LRScheduler], _ optimizer: optim.Optimizer, _ name: String) {
        for (i, scheduler) in schedulers.enumerated() {
            if scheduler is ReduceLROnPlateau {
                fail(
                    "\(name) does not support `ReduceLROnPlateau` scheduler as it requires additional kwargs to be "
                        + "specified when calling `step`, but got one at index \(i) in the given schedulers sequence.",
                    .valueError)
            }
            if scheduler.optimizer !== optimizer {
                fail(
                    "\(name) expects all schedulers to belong to the same optimizer, but got scheduler "
                        + "\(type(of: scheduler)) at index \(i) has \(scheduler.optimizer), which is different from "
                        + "\(type(of: optimizer)).", .valueError)
            }
        }
    }

    private static func field(of schedulers: [LRScheduler]) -> StateField {
        StateField("_schedulers") {
            .list(schedulers.map { .dictionary($0.stateDict()) })
        } set: { value in
            for (scheduler, own) in zip(schedulers, try value.list) { try scheduler.loadStateDict(try own.dictionary) }
        }
    }
}
