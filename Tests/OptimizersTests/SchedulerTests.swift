import Flambeau
import Foundation
import TestSupport
import Testing

private typealias Schedulers = optim.lrScheduler

/// Schedulers set the learning rates that PyTorch's set, and keep its state.
@Suite(.serialized) struct SchedulerTests {
    private func optimizer() -> optim.SGD {
        let (a, b) = (torch.zeros(1, requiresGrad: true), torch.zeros(1, requiresGrad: true))
        return optim.SGD([optim.ParamGroup([a]), optim.ParamGroup([b], lr: 0.5)], lr: 0.1, momentum: 0.9)
    }

    private func make(_ golden: Golden, _ optimizer: optim.Optimizer) -> Schedulers.LRScheduler {
        let options = golden.golden("kwargs")
        func number(_ key: String, _ other: Double) -> Double { options.number(key) ?? other }
        func int(_ key: String) -> Int? { options.number(key).map { Int($0) } }
        func text(_ key: String, _ other: String) -> String { options.fields[key] as? String ?? other }
        func flag(_ key: String, _ other: Bool) -> Bool { options.fields[key] as? Bool ?? other }
        switch golden.text("scheduler") {
        case "StepLR": return Schedulers.StepLR(optimizer, stepSize: 3, gamma: 0.5)
        case "MultiStepLR": return Schedulers.MultiStepLR(optimizer, milestones: options.ints("milestones"), gamma: 0.3)
        case "ConstantLR": return Schedulers.ConstantLR(optimizer, factor: 0.25, totalIters: 4)
        case "LinearLR": return Schedulers.LinearLR(optimizer, startFactor: 0.25, endFactor: 0.75, totalIters: 6)
        case "ExponentialLR": return Schedulers.ExponentialLR(optimizer, gamma: 0.9)
        case "PolynomialLR": return Schedulers.PolynomialLR(optimizer, totalIters: 10, power: 1.5)
        case "CosineAnnealingLR": return Schedulers.CosineAnnealingLR(optimizer, tMax: 4, etaMin: 0.001)
        case "CosineAnnealingWarmRestarts":
            return Schedulers.CosineAnnealingWarmRestarts(optimizer, t0: 3, tMult: 2, etaMin: 0.01)
        case "CyclicLR":
            return Schedulers.CyclicLR(
                optimizer, baseLr: 0.01, maxLr: 0.1, stepSizeUp: int("step_size_up")!, stepSizeDown: int("step_size_down"),
                mode: text("mode", "triangular"), gamma: number("gamma", 1), cycleMomentum: flag("cycle_momentum", true))
        case "OneCycleLR":
            return Schedulers.OneCycleLR(
                optimizer, maxLr: 0.2, totalSteps: int("total_steps"), epochs: int("epochs"),
                stepsPerEpoch: int("steps_per_epoch"), pctStart: number("pct_start", 0.3),
                annealStrategy: text("anneal_strategy", "cos"), threePhase: flag("three_phase", false))
        case "ReduceLROnPlateau":
            return Schedulers.ReduceLROnPlateau(
                optimizer, mode: text("mode", "min"), factor: number("factor", 0.1), patience: int("patience")!,
                threshold: number("threshold", 1e-4), thresholdMode: text("threshold_mode", "rel"),
                cooldown: int("cooldown") ?? 0, minLr: number("min_lr", 0))
        case "LambdaLR": return Schedulers.LambdaLR(optimizer) { pow(0.95, Double($0)) }
        case "MultiplicativeLR": return Schedulers.MultiplicativeLR(optimizer) { 1 - Double($0) / 100 }
        case "SequentialLR":
            return Schedulers.SequentialLR(
                optimizer,
                schedulers: [
                    Schedulers.LinearLR(optimizer, totalIters: 4), Schedulers.CosineAnnealingLR(optimizer, tMax: 6),
                    Schedulers.ExponentialLR(optimizer, gamma: 0.5),
                ], milestones: [4, 10])
        case "ChainedScheduler":
            return Schedulers.ChainedScheduler([
                Schedulers.ConstantLR(optimizer, totalIters: 4), Schedulers.ExponentialLR(optimizer, gamma: 0.9),
            ])
        default:
            return optim.swaUtils.SWALR(
                optimizer, swaLr: 0.05, annealEpochs: 5, annealStrategy: text("anneal_strategy", "cos"))
        }
    }

    private func step(_ scheduler: Schedulers.LRScheduler, _ golden: Golden, _ i: Int) {
        if let plateau = scheduler as? Schedulers.ReduceLROnPlateau {
            plateau.step((golden.fields["metrics"] as! [Double])[i])
        } else {
            scheduler.step()
        }
    }

    @Test func lambdasByPosition() {
        let optimizer = optim.SGD([torch.ones(1, requiresGrad: true)], lr: 1)
        func half(_ epoch: Int) -> Double { 1 / Double(epoch + 1) }
        let scheduler = optim.lrScheduler.LambdaLR(optimizer, half)
        optimizer.step()
        scheduler.step()
        #expect(scheduler.getLastLr() == [0.5])
    }

    @Test func curvesAndStatesEqualPyTorch() throws {
        for golden in try Golden.read("schedulers.jsonl", from: .module) {
            let name = golden.text("scheduler")
            var optimizer = self.optimizer()
            var scheduler = make(golden, optimizer)
            let momenta = golden.fields["momenta"] as! [[Double]]
            for (i, lrs) in (golden.fields["lrs"] as! [[Double]]).enumerated() {
                for (group, (lr, momentum)) in zip(optimizer.paramGroups, zip(lrs, momenta[i])) {
                    #expect(abs(group.lr - lr) < 1e-15, "\(name) step \(i)")
                    #expect(abs(group.momentum - momentum) < 1e-15, "\(name) step \(i)")
                }
                optimizer.step()
                step(scheduler, golden, i)
                #expect(scheduler.getLastLr() == optimizer.paramGroups.map(\.lr))
                guard i == 6 else { continue }
                expect(.dictionary(scheduler.stateDict()), golden.fields["state"]!, name)
                // The rest of the curve comes from a new scheduler that takes over.
                let (saved, own) = (scheduler.stateDict(), optimizer.stateDict())
                optimizer = self.optimizer()
                scheduler = make(golden, optimizer)
                try optimizer.loadStateDict(own)
                try scheduler.loadStateDict(saved)
            }
        }
    }

    /// Compares a state with what JSON tells of PyTorch's.
    private func expect(_ value: StateValue, _ expected: Any, _ path: String) {
        switch (value, expected) {
        case (.null, is NSNull): break
        case (.bool(let flag), let other as Bool): #expect(flag == other, "\(path)")
        case (.string(let text), let other as String): #expect(text == other, "\(path)")
        case (.double(let number), let other as String): #expect("\(number)" == other, "\(path)")
        case (.int, let other as NSNumber), (.double, let other as NSNumber):
            #expect(abs(try! value.double - other.doubleValue) < 1e-15, "\(path)")
        case (.list(let list), let other as [Any]):
            #expect(list.count == other.count, "\(path)")
            for (i, (a, b)) in zip(list, other).enumerated() { expect(a, b, "\(path).\(i)") }
        case (.dictionary(let entries), let other as [String: Any]):
            #expect(entries.count == other.count, "\(path): \(entries.keys)")
            for (key, value) in entries.entries {
                let key = if case .int(let number) = key { "\(number)" } else { (try? key.stateValue.string) ?? "" }
                if let wanted = other[key] { expect(value, wanted, "\(path).\(key)") } else { Issue.record("\(path).\(key)") }
            }
        default: Issue.record("\(path): \(value) instead of \(expected)")
        }
    }

    @Test func schedulersOfOneOptimizerWorkTogether() {
        let optimizer = optimizer()
        let (a, b) = (Schedulers.ExponentialLR(optimizer, gamma: 0.5), Schedulers.StepLR(optimizer, stepSize: 2, gamma: 0.1))
        optimizer.step()
        for _ in 0..<2 {
            a.step()
            b.step()
        }
        #expect(abs(optimizer.paramGroups[0].lr - 0.1 * 0.25 * 0.1) < 1e-15)
    }

    /// A scheduler of one's own.
    private final class Halving: optim.lrScheduler.LRScheduler {
        override func getLr() -> [Double] { baseLrs.map { $0 / Double(1 << lastEpoch) } }
    }

    @Test func aSubclassIsAScheduler() {
        let optimizer = optimizer()
        let scheduler = Halving(optimizer)
        optimizer.step()
        scheduler.step()
        scheduler.step()
        #expect(scheduler.getLastLr() == [0.025, 0.125] && scheduler.lastEpoch == 2)
    }

    @Test func theClosedFormOfAnEpoch() {
        let optimizer = optimizer()
        let scheduler = Schedulers.MultiStepLR(optimizer, milestones: [2, 4], gamma: 0.5)
        scheduler.step(epoch: 5)
        #expect(optimizer.paramGroups[0].lr == 0.025)
        let restarts = Schedulers.CosineAnnealingWarmRestarts(self.optimizer(), t0: 2, tMult: 2)
        restarts.step(epoch: 3.5)
        #expect(restarts.tCur == 1.5 && restarts.tI == 4 && restarts.lastEpoch == 3)
    }

    @Test func betasAreCycledWhereThereIsNoMomentum() {
        let adam = optim.Adam([torch.zeros(1, requiresGrad: true)])
        _ = Schedulers.OneCycleLR(adam, maxLr: 0.1, totalSteps: 10)
        #expect(adam.paramGroups[0].options["betas"] == .pair(0.95, 0.999))
        #expect(adam.paramGroups[0].options["base_momentum"] == 0.85)
    }

    @Test func errors() {
        let sgd = optimizer(), other = optimizer()
        let adagrad = optim.Adagrad([torch.zeros(1, requiresGrad: true)])
        let plateau = Schedulers.ReduceLROnPlateau(sgd)
        let step = Schedulers.StepLR(sgd, stepSize: 1)
        #expect(failure { _ = Schedulers.LambdaLR(sgd, lrLambda: [{ _ in 1 }]) } == "ValueError: Expected 2 lr_lambdas, but got 1")
        #expect(failure { _ = Schedulers.MultiplicativeLR(sgd, lrLambda: [{ _ in 1 }]) } == "ValueError: Expected 2 lr_lambdas, but got 1")
        #expect(failure { _ = Schedulers.ConstantLR(sgd, factor: 2) } == "ValueError: Constant multiplicative factor expected to be between 0 and 1.")
        #expect(failure { _ = Schedulers.LinearLR(sgd, startFactor: 0) } == "ValueError: Starting multiplicative factor expected to be greater than 0 and less or equal to 1.")
        #expect(failure { _ = Schedulers.LinearLR(sgd, endFactor: 2) } == "ValueError: Ending multiplicative factor expected to be between 0 and 1.")
        #expect(failure { _ = Schedulers.CosineAnnealingWarmRestarts(sgd, t0: 0) } == "ValueError: Expected positive integer T_0, but got 0")
        #expect(failure { _ = Schedulers.CosineAnnealingWarmRestarts(sgd, t0: 1, tMult: 0) } == "ValueError: Expected integer T_mult >= 1, but got 0")
        #expect(failure { Schedulers.CosineAnnealingWarmRestarts(sgd, t0: 1).step(epoch: -1.5) } == "ValueError: Expected non-negative epoch, but got -1.5")
        #expect(failure { _ = Schedulers.CyclicLR(sgd, baseLr: [0.1], maxLr: 1) } == "ValueError: base_lr must have the same length as optimizer.param_groups. base_lr has 1 values, param_groups has 2.")
        #expect(failure { _ = Schedulers.CyclicLR(sgd, baseLr: 0.1, maxLr: 1, mode: "round") } == "ValueError: mode is invalid and scale_fn is None")
        #expect(failure { _ = Schedulers.CyclicLR(adagrad, baseLr: 0.1, maxLr: 1) } == "ValueError: optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1) } == "ValueError: You must define either total_steps OR (epochs AND steps_per_epoch)")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1, totalSteps: 0) } == "ValueError: Expected positive integer total_steps, but got 0")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1, epochs: 0, stepsPerEpoch: 1) } == "ValueError: Expected positive integer epochs, but got 0")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1, epochs: 1, stepsPerEpoch: -1) } == "ValueError: Expected positive integer steps_per_epoch, but got -1")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1, totalSteps: 2, pctStart: 1.5) } == "ValueError: Expected float between 0 and 1 pct_start, but got 1.5")
        #expect(failure { _ = Schedulers.OneCycleLR(sgd, maxLr: 1, totalSteps: 2, annealStrategy: "sin") } == "ValueError: anneal_strategy must be one of 'cos' or 'linear', instead got sin")
        #expect(failure { _ = Schedulers.ReduceLROnPlateau(sgd, factor: 1) } == "ValueError: Factor should be < 1.0.")
        #expect(failure { _ = Schedulers.ReduceLROnPlateau(sgd, minLr: [0.1]) } == "ValueError: expected 2 min_lrs, got 1")
        #expect(failure { _ = Schedulers.ReduceLROnPlateau(sgd, mode: "best") } == "ValueError: mode best is unknown!")
        #expect(failure { _ = Schedulers.ReduceLROnPlateau(sgd, thresholdMode: "x") } == "ValueError: threshold mode x is unknown!")
        #expect(failure { _ = Schedulers.SequentialLR(sgd, schedulers: [], milestones: []) } == "ValueError: SequentialLR expects at least one scheduler, but got no scheduler.")
        #expect(failure { _ = Schedulers.SequentialLR(sgd, schedulers: [plateau], milestones: []) } == "ValueError: SequentialLR does not support `ReduceLROnPlateau` scheduler as it requires additional kwargs to be specified when calling `step`, but got one at index 0 in the given schedulers sequence.")
        #expect(failure { _ = Schedulers.SequentialLR(sgd, schedulers: [step], milestones: [1]) } == "ValueError: Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers 1 and the number of milestones to be equal to 1")
        #expect(failure { _ = Schedulers.SequentialLR(other, schedulers: [step], milestones: []) }?.hasPrefix("ValueError: SequentialLR expects all schedulers to belong to the same optimizer, but got scheduler StepLR at index 0 has SGD (") == true)
        #expect(failure { _ = Schedulers.ChainedScheduler([]) } == "ValueError: ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.")
        #expect(failure { _ = optim.swaUtils.SWALR(sgd, swaLr: 1, annealEpochs: -1) } == "ValueError: anneal_epochs must be equal or greater than 0, got -1")
        #expect(failure { _ = Schedulers.StepLR(optim.Adam([torch.zeros(1, requiresGrad: true)]), stepSize: 1, lastEpoch: 3) }?.hasPrefix("KeyError: param 'initial_lr' is not specified in param_groups[0] when resuming scheduler with last_epoch >= 0.") == true)
        let finished = Schedulers.OneCycleLR(sgd, maxLr: 1, totalSteps: 1, pctStart: 0)
        finished.step()
        #expect(failure { finished.step() } == "ValueError: Tried to step 2 times. The specified number of total steps is 1")
    }
}
