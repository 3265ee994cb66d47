import Flambeau
import OperatorRegistry

/// The optimizers that the runner can construct, by PyTorch's names.
enum Optimizers {
    static let table: [String: ([Tensor], Arguments) throws -> optim.Optimizer] = [
        "ASGD": { parameters, a in
            try optim.ASGD(
                parameters, lr: a.double(0, "lr", default: 1e-2), lambd: a.double(1, "lambd", default: 1e-4),
                alpha: a.double(2, "alpha", default: 0.75), t0: a.double(3, "t0", default: 1e6),
                weightDecay: a.double(4, "weight_decay", default: 0), foreach: foreach(a), maximize: maximize(a))
        },
        "Adadelta": { parameters, a in
            try optim.Adadelta(
                parameters, lr: a.double(0, "lr", default: 1), rho: a.double(1, "rho", default: 0.9),
                eps: a.double(2, "eps", default: 1e-6), weightDecay: a.double(3, "weight_decay", default: 0),
                foreach: foreach(a), maximize: maximize(a))
        },
        "Adafactor": { parameters, a in
            let eps = a.value(2, "eps")?.elements?.map { $0.scalar?.double }
            return try optim.Adafactor(
                parameters, lr: a.double(0, "lr", default: 1e-2), beta2Decay: a.double(1, "beta2_decay", default: -0.8),
                eps: (eps?[0], eps?[1] ?? 1e-3), d: a.double(3, "d", default: 1),
                weightDecay: a.double(4, "weight_decay", default: 0), foreach: foreach(a), maximize: maximize(a))
        },
        "Adagrad": { parameters, a in
            try optim.Adagrad(
                parameters, lr: a.double(0, "lr", default: 1e-2), lrDecay: a.double(1, "lr_decay", default: 0),
                weightDecay: a.double(2, "weight_decay", default: 0),
                initialAccumulatorValue: a.double(3, "initial_accumulator_value", default: 0),
                eps: a.double(4, "eps", default: 1e-10), foreach: foreach(a), maximize: maximize(a), fused: fused(a))
        },
        "Adam": { parameters, a in
            try optim.Adam(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 0), amsgrad: a.bool(4, "amsgrad", default: false),
                foreach: foreach(a), maximize: maximize(a), fused: fused(a),
                decoupledWeightDecay: a.bool(9, "decoupled_weight_decay", default: false))
        },
        "AdamW": { parameters, a in
            try optim.AdamW(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 1e-2), amsgrad: a.bool(4, "amsgrad", default: false),
                maximize: maximize(a), foreach: foreach(a), fused: fused(a))
        },
        "Adamax": { parameters, a in
            try optim.Adamax(
                parameters, lr: a.double(0, "lr", default: 2e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 0), foreach: foreach(a), maximize: maximize(a))
        },
        "LBFGS": { parameters, a in
            try optim.LBFGS(
                parameters, lr: a.double(0, "lr", default: 1), maxIter: a.int(1, "max_iter", default: 20),
                maxEval: a.optionalInt(2, "max_eval"), toleranceGrad: a.double(3, "tolerance_grad", default: 1e-7),
                toleranceChange: a.double(4, "tolerance_change", default: 1e-9),
                historySize: a.int(5, "history_size", default: 100), lineSearchFn: a.optionalString(6, "line_search_fn"),
                maximize: maximize(a))
        },
        "Muon": { parameters, a in
            let c = doubles(a, 4, "ns_coefficients") ?? [3.4445, -4.7750, 2.0315]
            return try optim.Muon(
                parameters, lr: a.double(0, "lr", default: 1e-3), weightDecay: a.double(1, "weight_decay", default: 0.1),
                momentum: a.double(2, "momentum", default: 0.95), nesterov: a.bool(3, "nesterov", default: true),
                nsCoefficients: (c[0], c[1], c[2]), eps: a.double(5, "eps", default: 1e-7),
                nsSteps: a.int(6, "ns_steps", default: 5), adjustLrFn: a.optionalString(7, "adjust_lr_fn"))
        },
        "NAdam": { parameters, a in
            try optim.NAdam(
                parameters, lr: a.double(0, "lr", default: 2e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 0),
                momentumDecay: a.double(4, "momentum_decay", default: 4e-3),
                decoupledWeightDecay: a.bool(5, "decoupled_weight_decay", default: false), foreach: foreach(a),
                maximize: maximize(a))
        },
        "RAdam": { parameters, a in
            try optim.RAdam(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 0),
                decoupledWeightDecay: a.bool(4, "decoupled_weight_decay", default: false), foreach: foreach(a),
                maximize: maximize(a))
        },
        "RMSprop": { parameters, a in
            try optim.RMSprop(
                parameters, lr: a.double(0, "lr", default: 1e-2), alpha: a.double(1, "alpha", default: 0.99),
                eps: a.double(2, "eps", default: 1e-8), weightDecay: a.double(3, "weight_decay", default: 0),
                momentum: a.double(4, "momentum", default: 0), centered: a.bool(5, "centered", default: false),
                foreach: foreach(a), maximize: maximize(a))
        },
        "Rprop": { parameters, a in
            let etas = doubles(a, 1, "etas") ?? [0.5, 1.2], sizes = doubles(a, 2, "step_sizes") ?? [1e-6, 50]
            return try optim.Rprop(
                parameters, lr: a.double(0, "lr", default: 1e-2), etas: (etas[0], etas[1]), stepSizes: (sizes[0], sizes[1]),
                foreach: foreach(a), maximize: maximize(a))
        },
        "SGD": { parameters, a in
            try optim.SGD(
                parameters, lr: a.double(0, "lr", default: 1e-3), momentum: a.double(1, "momentum", default: 0),
                dampening: a.double(2, "dampening", default: 0), weightDecay: a.double(3, "weight_decay", default: 0),
                nesterov: a.bool(4, "nesterov", default: false), maximize: maximize(a), foreach: foreach(a),
                fused: fused(a))
        },
        "SparseAdam": { parameters, a in
            try optim.SparseAdam(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                maximize: maximize(a))
        },
    ]

    private static func doubles(_ a: Arguments, _ position: Int, _ name: String) -> [Double]? {
        a.value(position, name)?.elements?.compactMap { $0.scalar?.double }
    }

    private static func betas(_ a: Arguments) -> (Double, Double) {
        let pair = doubles(a, 1, "betas") ?? [0.9, 0.999]
        return (pair[0], pair[1])
    }

    // These come by name only.
    private static func maximize(_ a: Arguments) throws -> Bool { try a.bool(99, "maximize", default: false) }
    private static func foreach(_ a: Arguments) -> Bool? { a.value(99, "foreach")?.scalar?.bool }
    private static func fused(_ a: Arguments) -> Bool? { a.value(99, "fused")?.scalar?.bool }
}
