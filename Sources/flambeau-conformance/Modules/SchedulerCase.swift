import Flambeau
import OperatorRegistry

/// The learning rates and momenta of a run.
struct SchedulerCase {
    let json: JSONValue
    let values: ValueReader

    var name: String { json["scheduler"]?.string ?? "" }

    func run() -> Verdict {
        guard let make = SchedulerCase.table[name] else { return .unsupported("no constructor for \(name)") }
        return Verdict.comparing(json["kwargs"], values) { try differences(make, $0) }
    }

    private func numbers(_ key: String) throws -> [Double] {
        try (json[key]?.list ?? []).compactMap { try values.value($0).scalar?.double }
    }

    private func differences(
        _ make: (optim.Optimizer, Arguments) throws -> optim.lrScheduler.LRScheduler, _ arguments: Arguments
    ) throws -> String? {
        let baseLr = try json["base_lr"].flatMap { try values.value($0).scalar?.double } ?? 0.1
        let optimizer = optim.SGD([torch.zeros(1, requiresGrad: true)], lr: baseLr, momentum: 0.9)
        let scheduler = try make(optimizer, arguments)
        let (metrics, momenta) = (try numbers("metrics"), try numbers("momenta"))
        for (i, lr) in try numbers("lrs").enumerated() {
            if i > 0 {
                if let plateau = scheduler as? optim.lrScheduler.ReduceLROnPlateau {
                    plateau.step(metrics[i - 1])
                } else {
                    scheduler.step()
                }
            }
            let group = optimizer.paramGroups[0]
            if !agree(group.lr, lr) { return "learning rate \(group.lr) instead of \(lr) in step \(i)" }
            if momenta.indices.contains(i), !agree(group.momentum, momenta[i]) {
                return "momentum \(group.momentum) instead of \(momenta[i]) in step \(i)"
            }
            optimizer.step()
        }
        return nil
    }

    /// Up to the rounding of a few operations in float64.
    private func agree(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-14 * max(1, b.magnitude) }

    /// The schedulers that the runner can construct, by PyTorch's names.
    static let table: [String: (optim.Optimizer, Arguments) throws -> optim.lrScheduler.LRScheduler] = [
        "StepLR": { optimizer, a in
            try optim.lrScheduler.StepLR(
                optimizer, stepSize: a.int(0, "step_size"), gamma: a.double(1, "gamma", default: 0.1))
        },
        "MultiStepLR": { optimizer, a in
            try optim.lrScheduler.MultiStepLR(
                optimizer, milestones: a.ints(0, "milestones"), gamma: a.double(1, "gamma", default: 0.1))
        },
        "ConstantLR": { optimizer, a in
            try optim.lrScheduler.ConstantLR(
                optimizer, factor: a.double(0, "factor", default: 1.0 / 3), totalIters: a.int(1, "total_iters", default: 5))
        },
        "LinearLR": { optimizer, a in
            try optim.lrScheduler.LinearLR(
                optimizer, startFactor: a.double(0, "start_factor", default: 1.0 / 3),
                endFactor: a.double(1, "end_factor", default: 1), totalIters: a.int(2, "total_iters", default: 5))
        },
        "ExponentialLR": { optimizer, a in try optim.lrScheduler.ExponentialLR(optimizer, gamma: a.double(0, "gamma")) },
        "PolynomialLR": { optimizer, a in
            try optim.lrScheduler.PolynomialLR(
                optimizer, totalIters: a.int(0, "total_iters", default: 5), power: a.double(1, "power", default: 1))
        },
        "CosineAnnealingLR": { optimizer, a in
            try optim.lrScheduler.CosineAnnealingLR(
                optimizer, tMax: a.int(0, "T_max"), etaMin: a.double(1, "eta_min", default: 0))
        },
        "CosineAnnealingWarmRestarts": { optimizer, a in
            try optim.lrScheduler.CosineAnnealingWarmRestarts(
                optimizer, t0: a.int(0, "T_0"), tMult: a.int(1, "T_mult", default: 1),
                etaMin: a.double(2, "eta_min", default: 0))
        },
        "CyclicLR": { optimizer, a in
            try optim.lrScheduler.CyclicLR(
                optimizer, baseLr: a.double(0, "base_lr"), maxLr: a.double(1, "max_lr"),
                stepSizeUp: a.int(2, "step_size_up", default: 2000), stepSizeDown: a.optionalInt(3, "step_size_down"),
                mode: a.optionalString(4, "mode") ?? "triangular", gamma: a.double(5, "gamma", default: 1),
                cycleMomentum: a.bool(8, "cycle_momentum", default: true),
                baseMomentum: a.double(9, "base_momentum", default: 0.8),
                maxMomentum: a.double(10, "max_momentum", default: 0.9))
        },
        "OneCycleLR": { optimizer, a in
            try optim.lrScheduler.OneCycleLR(
                optimizer, maxLr: a.double(0, "max_lr"), totalSteps: a.optionalInt(1, "total_steps"),
                epochs: a.optionalInt(2, "epochs"), stepsPerEpoch: a.optionalInt(3, "steps_per_epoch"),
                pctStart: a.double(4, "pct_start", default: 0.3),
                annealStrategy: a.optionalString(5, "anneal_strategy") ?? "cos",
                cycleMomentum: a.bool(6, "cycle_momentum", default: true),
                baseMomentum: a.double(7, "base_momentum", default: 0.85),
                maxMomentum: a.double(8, "max_momentum", default: 0.95), divFactor: a.double(9, "div_factor", default: 25),
                finalDivFactor: a.double(10, "final_div_factor", default: 1e4),
                threePhase: a.bool(11, "three_phase", default: false))
        },
        "ReduceLROnPlateau": { optimizer, a in
            try optim.lrScheduler.ReduceLROnPlateau(
                optimizer, mode: a.optionalString(0, "mode") ?? "min", factor: a.double(1, "factor", default: 0.1),
                patience: a.int(2, "patience", default: 10), threshold: a.double(3, "threshold", default: 1e-4),
                thresholdMode: a.optionalString(4, "threshold_mode") ?? "rel", cooldown: a.int(5, "cooldown", default: 0),
                minLr: a.double(6, "min_lr", default: 0), eps: a.double(7, "eps", default: 1e-8))
        },
    ]
}
