import Flambeau
import OperatorRegistry

/// The modules that the runner can construct, by PyTorch's names.
enum Modules {
    typealias Constructor = (Arguments) throws -> nn.Module

    static let table: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        for family in [plain, activations, losses, layers, marginLosses, sequences, spatial] { table.merge(family) { first, _ in first } }
        return table
    }()

    /// Modules that are made without an argument.
    private static let plain: [String: Constructor] = {
        let makers: [(String, () -> nn.Module)] = [
            ("ReLU6", { nn.ReLU6() }), ("Sigmoid", { nn.Sigmoid() }), ("Tanh", { nn.Tanh() }), ("SELU", { nn.SELU() }),
            ("SiLU", { nn.SiLU() }), ("Mish", { nn.Mish() }), ("Hardsigmoid", { nn.Hardsigmoid() }),
            ("Hardswish", { nn.Hardswish() }), ("LogSigmoid", { nn.LogSigmoid() }), ("Softsign", { nn.Softsign() }),
            ("Tanhshrink", { nn.Tanhshrink() }), ("ReLU", { nn.ReLU() }), ("Identity", { nn.Identity() }),
        ]
        var table: [String: Constructor] = [:]
        for (name, make) in makers {
            table["nn." + name] = { a in
                _ = a.value(0, "inplace")
                return make()
            }
        }
        return table
    }()

    private static let activations: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        table["nn.LeakyReLU"] = { a in
            _ = a.value(1, "inplace")
            return try nn.LeakyReLU(a.double(0, "negative_slope", default: 0.01))
        }
        table["nn.PReLU"] = { a in
            try nn.PReLU(numParameters: a.int(0, "num_parameters", default: 1), initial: a.double(1, "init", default: 0.25))
        }
        table["nn.Softmax"] = { a in try nn.Softmax(dim: a.optionalInt(0, "dim")) }
        table["nn.Softmin"] = { a in try nn.Softmin(dim: a.optionalInt(0, "dim")) }
        table["nn.LogSoftmax"] = { a in try nn.LogSoftmax(dim: a.optionalInt(0, "dim")) }
        table["nn.GELU"] = { a in try nn.GELU(approximate: a.optionalString(0, "approximate") ?? "none") }
        table["nn.ELU"] = { a in try nn.ELU(alpha: a.double(0, "alpha", default: 1)) }
        table["nn.CELU"] = { a in try nn.CELU(alpha: a.double(0, "alpha", default: 1)) }
        table["nn.Softplus"] = { a in
            try nn.Softplus(beta: a.double(0, "beta", default: 1), threshold: a.double(1, "threshold", default: 20))
        }
        table["nn.Hardtanh"] = { a in
            try nn.Hardtanh(minVal: a.double(0, "min_val", default: -1), maxVal: a.double(1, "max_val", default: 1))
        }
        table["nn.Hardshrink"] = { a in try nn.Hardshrink(a.double(0, "lambd", default: 0.5)) }
        table["nn.Softshrink"] = { a in try nn.Softshrink(a.double(0, "lambd", default: 0.5)) }
        table["nn.Threshold"] = { a in try nn.Threshold(a.double(0, "threshold"), a.double(1, "value")) }
        table["nn.GLU"] = { a in try nn.GLU(dim: a.int(0, "dim", default: -1)) }
        return table
    }()

    private static let losses: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        table["nn.MSELoss"] = { a in try nn.MSELoss(reduction: a.reduction()) }
        table["nn.L1Loss"] = { a in try nn.L1Loss(reduction: a.reduction()) }
        table["nn.SmoothL1Loss"] = { a in
            try nn.SmoothL1Loss(reduction: a.reduction(), beta: a.double(99, "beta", default: 1))
        }
        table["nn.HuberLoss"] = { a in
            try nn.HuberLoss(reduction: a.reduction(), delta: a.double(99, "delta", default: 1))
        }
        table["nn.CrossEntropyLoss"] = { a in
            try nn.CrossEntropyLoss(
                weight: a.optionalTensor(0, "weight"), ignoreIndex: a.int(99, "ignore_index", default: -100),
                reduction: a.reduction(), labelSmoothing: a.double(99, "label_smoothing", default: 0))
        }
        table["nn.NLLLoss"] = { a in
            try nn.NLLLoss(
                weight: a.optionalTensor(0, "weight"), ignoreIndex: a.int(99, "ignore_index", default: -100),
                reduction: a.reduction())
        }
        table["nn.BCELoss"] = { a in try nn.BCELoss(weight: a.optionalTensor(0, "weight"), reduction: a.reduction()) }
        table["nn.BCEWithLogitsLoss"] = { a in
            try nn.BCEWithLogitsLoss(
                weight: a.optionalTensor(0, "weight"), reduction: a.reduction(),
                posWeight: a.optionalTensor(99, "pos_weight"))
        }
        table["nn.KLDivLoss"] = { a in
            try nn.KLDivLoss(reduction: a.reduction(), logTarget: a.bool(99, "log_target", default: false))
        }
        table["nn.CosineSimilarity"] = { a in
            try nn.CosineSimilarity(dim: a.int(0, "dim", default: 1), eps: a.double(1, "eps", default: 1e-8))
        }
        return table
    }()

    private static let layers: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        table["nn.Linear"] = { a in
            try nn.Linear(a.int(0, "in_features"), a.int(1, "out_features"), bias: a.bool(2, "bias", default: true))
        }
        table["nn.Bilinear"] = { a in
            try nn.Bilinear(
                a.int(0, "in1_features"), a.int(1, "in2_features"), a.int(2, "out_features"),
                bias: a.bool(3, "bias", default: true))
        }
        table["nn.Embedding"] = { a in
            try nn.Embedding(
                a.int(0, "num_embeddings"), a.int(1, "embedding_dim"), paddingIdx: a.optionalInt(2, "padding_idx"))
        }
        table["nn.LayerNorm"] = { a in
            try nn.LayerNorm(
                a.ints(0, "normalized_shape"), eps: a.double(1, "eps", default: 1e-5),
                elementwiseAffine: a.bool(2, "elementwise_affine", default: true), bias: a.bool(3, "bias", default: true))
        }
        table["nn.RMSNorm"] = { a in
            try nn.RMSNorm(
                a.ints(0, "normalized_shape"), eps: a.optionalDouble(1, "eps"),
                elementwiseAffine: a.bool(2, "elementwise_affine", default: true))
        }
        table["nn.GroupNorm"] = { a in
            try nn.GroupNorm(
                a.int(0, "num_groups"), a.int(1, "num_channels"), eps: a.double(2, "eps", default: 1e-5),
                affine: a.bool(3, "affine", default: true), bias: a.bool(99, "bias", default: true))
        }
        for (name, make) in [
            ("BatchNorm1d", nn.BatchNorm1d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
            ("BatchNorm2d", nn.BatchNorm2d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
            ("BatchNorm3d", nn.BatchNorm3d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
        ] as [(String, (Int, Double, Double?, Bool, Bool, DType, Bool) -> nn.BatchNorm)] {
            table["nn." + name] = { a in
                // None means the mean of all batches; a missing momentum means 0.1.
                let momentum = a.isGiven(2, "momentum") ? try a.optionalDouble(2, "momentum") : 0.1
                return try make(
                    a.int(0, "num_features"), a.double(1, "eps", default: 1e-5), momentum,
                    a.bool(3, "affine", default: true), a.bool(4, "track_running_stats", default: true), .float32,
                    a.bool(99, "bias", default: true))
            }
        }
        return table
    }()
}
