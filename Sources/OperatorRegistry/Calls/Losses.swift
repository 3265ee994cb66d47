import Flambeau

extension Calls {
    static let losses: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) { calls["nn.functional." + name] = call }
        add("mse_loss") { a in try F.mseLoss(a.input, a.tensor(1, "target"), reduction: a.reduction()) }
        add("l1_loss") { a in try F.l1Loss(a.input, a.tensor(1, "target"), reduction: a.reduction()) }
        add("smooth_l1_loss") { a in
            try F.smoothL1Loss(
                a.input, a.tensor(1, "target"), reduction: a.reduction(), beta: a.double(99, "beta", default: 1))
        }
        add("huber_loss") { a in
            try F.huberLoss(
                a.input, a.tensor(1, "target"), reduction: a.reduction(), delta: a.double(99, "delta", default: 1))
        }
        add("nll_loss") { a in
            try F.nllLoss(
                a.input, a.tensor(1, "target"), weight: a.optionalTensor(99, "weight"),
                ignoreIndex: a.int(99, "ignore_index", default: -100), reduction: a.reduction())
        }
        add("cross_entropy") { a in
            try F.crossEntropy(
                a.input, a.tensor(1, "target"), weight: a.optionalTensor(99, "weight"),
                ignoreIndex: a.int(99, "ignore_index", default: -100), reduction: a.reduction(),
                labelSmoothing: a.double(99, "label_smoothing", default: 0))
        }
        add("binary_cross_entropy") { a in
            try F.binaryCrossEntropy(
                a.input, a.tensor(1, "target"), weight: a.optionalTensor(2, "weight"), reduction: a.reduction())
        }
        add("binary_cross_entropy_with_logits") { a in
            try F.binaryCrossEntropyWithLogits(
                a.input, a.tensor(1, "target"), weight: a.optionalTensor(2, "weight"), reduction: a.reduction(),
                posWeight: a.optionalTensor(99, "pos_weight"))
        }
        add("kl_div") { a in
            try F.klDiv(
                a.input, a.tensor(1, "target"), reduction: a.reduction(),
                logTarget: a.bool(99, "log_target", default: false))
        }
        return calls
    }()
}
