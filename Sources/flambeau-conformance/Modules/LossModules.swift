import Flambeau
import OperatorRegistry

extension Modules {
    /// Losses over margins, distributions and sequences.
    static let marginLosses: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        table["nn.CosineEmbeddingLoss"] = { a in
            try nn.CosineEmbeddingLoss(margin: a.double(0, "margin", default: 0), reduction: a.reduction())
        }
        table["nn.HingeEmbeddingLoss"] = { a in
            try nn.HingeEmbeddingLoss(margin: a.double(0, "margin", default: 1), reduction: a.reduction())
        }
        table["nn.MarginRankingLoss"] = { a in
            try nn.MarginRankingLoss(margin: a.double(0, "margin", default: 0), reduction: a.reduction())
        }
        table["nn.MultiMarginLoss"] = { a in
            try nn.MultiMarginLoss(
                p: a.int(0, "p", default: 1), margin: a.double(1, "margin", default: 1),
                weight: a.optionalTensor(2, "weight"), reduction: a.reduction())
        }
        table["nn.MultiLabelMarginLoss"] = { a in try nn.MultiLabelMarginLoss(reduction: a.reduction()) }
        table["nn.MultiLabelSoftMarginLoss"] = { a in
            try nn.MultiLabelSoftMarginLoss(weight: a.optionalTensor(0, "weight"), reduction: a.reduction())
        }
        table["nn.SoftMarginLoss"] = { a in try nn.SoftMarginLoss(reduction: a.reduction()) }
        table["nn.PoissonNLLLoss"] = { a in
            try nn.PoissonNLLLoss(
                logInput: a.bool(0, "log_input", default: true), full: a.bool(1, "full", default: false),
                eps: a.double(3, "eps", default: 1e-8), reduction: a.reduction())
        }
        table["nn.GaussianNLLLoss"] = { a in
            try nn.GaussianNLLLoss(
                full: a.bool(99, "full", default: false), eps: a.double(99, "eps", default: 1e-6), reduction: a.reduction())
        }
        table["nn.TripletMarginLoss"] = { a in
            try nn.TripletMarginLoss(
                margin: a.double(0, "margin", default: 1), p: a.double(1, "p", default: 2),
                eps: a.double(2, "eps", default: 1e-6), swap: a.bool(3, "swap", default: false), reduction: a.reduction())
        }
        table["nn.PairwiseDistance"] = { a in
            try nn.PairwiseDistance(
                p: a.double(0, "p", default: 2), eps: a.double(1, "eps", default: 1e-6),
                keepdim: a.bool(2, "keepdim", default: false))
        }
        table["nn.LinearCrossEntropyLoss"] = { a in
            _ = (a.value(99, "options"), try a.optionalDType(99, "dtype"))
            return try nn.LinearCrossEntropyLoss(
                a.int(0, "in_features"), a.int(1, "num_classes"), outFeatures: a.optionalInts(99, "out_features") ?? [],
                bias: a.bool(99, "bias", default: false), reduction: a.reduction(), weight: a.optionalTensor(99, "weight"),
                ignoreIndex: a.optionalInt(99, "ignore_index"), labelSmoothing: a.double(99, "label_smoothing", default: 0))
        }
        table["nn.CTCLoss"] = { a in
            try nn.CTCLoss(
                blank: a.int(0, "blank", default: 0), reduction: a.reduction(1),
                zeroInfinity: a.bool(2, "zero_infinity", default: false))
        }
        return table
    }()
}
