import Flambeau

extension Calls {
    /// Losses over margins, distributions and sequences.
    static let marginLosses: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) { calls["nn.functional." + name] = call }
        add("cosine_embedding_loss") { a in
            try F.cosineEmbeddingLoss(
                a.input, a.tensor(1, "input2"), a.tensor(2, "target"), margin: a.double(3, "margin", default: 0),
                reduction: a.reduction())
        }
        add("hinge_embedding_loss") { a in
            try F.hingeEmbeddingLoss(
                a.input, a.tensor(1, "target"), margin: a.double(2, "margin", default: 1), reduction: a.reduction())
        }
        add("margin_ranking_loss") { a in
            try F.marginRankingLoss(
                a.input, a.tensor(1, "input2"), a.tensor(2, "target"), margin: a.double(3, "margin", default: 0),
                reduction: a.reduction())
        }
        add("multi_margin_loss") { a in
            try F.multiMarginLoss(
                a.input, a.tensor(1, "target"), p: a.int(2, "p", default: 1), margin: a.double(3, "margin", default: 1),
                weight: a.optionalTensor(4, "weight"), reduction: a.reduction())
        }
        add("multilabel_margin_loss") { a in
            try F.multilabelMarginLoss(a.input, a.tensor(1, "target"), reduction: a.reduction())
        }
        add("multilabel_soft_margin_loss") { a in
            try F.multilabelSoftMarginLoss(
                a.input, a.tensor(1, "target"), weight: a.optionalTensor(2, "weight"), reduction: a.reduction())
        }
        add("soft_margin_loss") { a in try F.softMarginLoss(a.input, a.tensor(1, "target"), reduction: a.reduction()) }
        add("poisson_nll_loss") { a in
            try F.poissonNllLoss(
                a.input, a.tensor(1, "target"), logInput: a.bool(2, "log_input", default: true),
                full: a.bool(3, "full", default: false), eps: a.double(5, "eps", default: 1e-8), reduction: a.reduction())
        }
        add("gaussian_nll_loss") { a in
            try F.gaussianNllLoss(
                a.input, a.tensor(1, "target"), a.tensor(2, "var"), full: a.bool(3, "full", default: false),
                eps: a.double(4, "eps", default: 1e-6), reduction: a.reduction())
        }
        add("triplet_margin_loss") { a in
            try F.tripletMarginLoss(
                a.input, a.tensor(1, "positive"), a.tensor(2, "negative"), margin: a.double(3, "margin", default: 1),
                p: a.double(4, "p", default: 2), eps: a.double(5, "eps", default: 1e-6),
                swap: a.bool(6, "swap", default: false), reduction: a.reduction())
        }
        add("triplet_margin_with_distance_loss") { a in
            try F.tripletMarginWithDistanceLoss(
                a.input, a.tensor(1, "positive"), a.tensor(2, "negative"), margin: a.double(99, "margin", default: 1),
                swap: a.bool(99, "swap", default: false), reduction: a.reduction())
        }
        add("ctc_loss") { a in
            try F.ctcLoss(
                a.input, a.tensor(1, "targets"), a.tensor(2, "input_lengths"), a.tensor(3, "target_lengths"),
                blank: a.int(4, "blank", default: 0), reduction: a.reduction(5),
                zeroInfinity: a.bool(6, "zero_infinity", default: false))
        }
        add("linear_cross_entropy") { a in
            try F.linearCrossEntropy(
                a.input, a.tensor(1, "linear_weight"), a.tensor(2, "target"), linearBias: a.optionalTensor(99, "linear_bias"),
                weight: a.optionalTensor(99, "weight"), reduction: a.reduction(),
                ignoreIndex: a.optionalInt(99, "ignore_index"), labelSmoothing: a.double(99, "label_smoothing", default: 0))
        }
        return calls
    }()
}
