import TensorCore

/// Losses over margins, distributions and sequences as modules; the functions of the same names say what they compute.
extension nn {
    /// `F.cosineEmbeddingLoss`: called with two inputs `(N, D)` and targets of 1 or −1, `(N)`.
    open class CosineEmbeddingLoss: Loss {
        public let margin: Double
        public init(margin: Double = 0, reduction: Reduction = .mean) {
            self.margin = margin
            super.init(reduction: reduction)
        }
        open override func forward(_ input1: Tensor, _ input2: Tensor, _ target: Tensor) -> Tensor {
            functional.cosineEmbeddingLoss(input1, input2, target, margin: margin, reduction: reduction)
        }
    }

    /// `F.hingeEmbeddingLoss`.
    open class HingeEmbeddingLoss: Loss {
        public let margin: Double
        public init(margin: Double = 1, reduction: Reduction = .mean) {
            self.margin = margin
            super.init(reduction: reduction)
        }
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.hingeEmbeddingLoss(input, target, margin: margin, reduction: reduction)
        }
    }

    /// `F.marginRankingLoss`: called with two inputs and targets of 1 or −1.
    open class MarginRankingLoss: Loss {
        public let margin: Double
        public init(margin: Double = 0, reduction: Reduction = .mean) {
            self.margin = margin
            super.init(reduction: reduction)
        }
        open override func forward(_ input1: Tensor, _ input2: Tensor, _ target: Tensor) -> Tensor {
            functional.marginRankingLoss(input1, input2, target, margin: margin, reduction: reduction)
        }
    }

    /// `F.multiMarginLoss`.
    open class MultiMarginLoss: WeightedLoss {
        public let p: Int
        public let margin: Double
        public init(p: Int = 1, margin: Double = 1, weight: Tensor? = nil, reduction: Reduction = .mean) {
            if p != 1 && p != 2 { fail("only p == 1 and p == 2 supported", .valueError) }
            if let weight, weight.ndim != 1 {
                fail("MultiMarginLoss: expected weight to be None or 1D tensor, got \(weight.ndim)D instead", .valueError)
            }
            self.p = p
            self.margin = margin
            super.init(weight: weight, reduction: reduction)
        }
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.multiMarginLoss(
                input, target, p: p, margin: margin, weight: weight, reduction: reduction)
        }
    }

    /// `F.multilabelMarginLoss`.
    open class MultiLabelMarginLoss: Loss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.multilabelMarginLoss(input, target, reduction: reduction)
        }
    }

    /// `F.multilabelSoftMarginLoss`.
    open class MultiLabelSoftMarginLoss: WeightedLoss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.multilabelSoftMarginLoss(input, target, weight: weight, reduction: reduction)
        }
    }

    /// `F.softMarginLoss`.
    open class SoftMarginLoss: Loss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.softMarginLoss(input, target, reduction: reduction)
        }
    }

    /// `F.poissonNllLoss`.
    open class PoissonNLLLoss: Loss {
        public let logInput: Bool
        public let full: Bool
        public let eps: Double
        public init(logInput: Bool = true, full: Bool = false, eps: Double = 1e-8, reduction: Reduction = .mean) {
            self.logInput = logInput
            self.full = full
            self.eps = eps
            super.init(reduction: reduction)
        }
        open override func forward(_ logInput: Tensor, _ target: Tensor) -> Tensor {
            functional.poissonNllLoss(
                logInput, target, logInput: self.logInput, full: full, eps: eps, reduction: reduction)
        }
    }

    /// `F.gaussianNllLoss`: called with means, targets and variances.
    open class GaussianNLLLoss: Loss {
        public let full: Bool
        public let eps: Double
        public init(full: Bool = false, eps: Double = 1e-6, reduction: Reduction = .mean) {
            self.full = full
            self.eps = eps
            super.init(reduction: reduction)
        }
        open override func forward(_ input: Tensor, _ target: Tensor, _ variance: Tensor) -> Tensor {
            functional.gaussianNllLoss(input, target, variance, full: full, eps: eps, reduction: reduction)
        }
    }

    /// `F.tripletMarginLoss`: called with anchors, positives and negatives.
    open class TripletMarginLoss: Loss {
        public let margin: Double
        public let p: Double
        public let eps: Double
        public let swap: Bool
        public init(
            margin: Double = 1, p: Double = 2, eps: Double = 1e-6, swap: Bool = false, reduction: Reduction = .mean
        ) {
            if margin <= 0 { fail("TripletMarginLoss: expected margin to be greater than 0, got \(margin) instead", .valueError) }
            self.margin = margin
            self.p = p
            self.eps = eps
            self.swap = swap
            super.init(reduction: reduction)
        }
        open override func forward(_ anchor: Tensor, _ positive: Tensor, _ negative: Tensor) -> Tensor {
            functional.tripletMarginLoss(
                anchor, positive, negative, margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
        }
    }

    /// `F.tripletMarginWithDistanceLoss`.
    open class TripletMarginWithDistanceLoss: Loss {
        public let distanceFunction: ((Tensor, Tensor) -> Tensor)?
        public let margin: Double
        public let swap: Bool
        public init(
            distanceFunction: ((Tensor, Tensor) -> Tensor)? = nil, margin: Double = 1, swap: Bool = false,
            reduction: Reduction = .mean
        ) {
            if margin <= 0 {
                fail(
                    "TripletMarginWithDistanceLoss: expected margin to be greater than 0, got \(margin) instead", .valueError)
            }
            self.distanceFunction = distanceFunction
            self.margin = margin
            self.swap = swap
            super.init(reduction: reduction)
        }
        open override func forward(_ anchor: Tensor, _ positive: Tensor, _ negative: Tensor) -> Tensor {
            functional.tripletMarginWithDistanceLoss(
                anchor, positive, negative, distanceFunction: distanceFunction, margin: margin, swap: swap,
                reduction: reduction)
        }
    }

    /// The p-norm distance of rows: `F.pairwiseDistance`.
    open class PairwiseDistance: Module {
        public let p: Double
        public let eps: Double
        public let keepdim: Bool
        public init(p: Double = 2, eps: Double = 1e-6, keepdim: Bool = false) {
            self.p = p
            self.eps = eps
            self.keepdim = keepdim
        }
        open override func forward(_ x1: Tensor, _ x2: Tensor) -> Tensor {
            functional.pairwiseDistance(x1, x2, p: p, eps: eps, keepdim: keepdim)
        }
    }

    /// `F.ctcLoss`: called with log-probabilities, targets and the lengths of both.
    open class CTCLoss: Loss {
        public let blank: Int
        public let zeroInfinity: Bool
        public init(blank: Int = 0, reduction: Reduction = .mean, zeroInfinity: Bool = false) {
            self.blank = blank
            self.zeroInfinity = zeroInfinity
            super.init(reduction: reduction)
        }
        public func callAsFunction(
            _ logProbs: Tensor, _ targets: Tensor, _ inputLengths: Tensor, _ targetLengths: Tensor
        ) -> Tensor {
            functional.ctcLoss(
                logProbs, targets, inputLengths, targetLengths, blank: blank, reduction: reduction, zeroInfinity: zeroInfinity)
        }
        public func callAsFunction(
            _ logProbs: Tensor, _ targets: Tensor, _ inputLengths: [Int], _ targetLengths: [Int]
        ) -> Tensor {
            functional.ctcLoss(
                logProbs, targets, inputLengths, targetLengths, blank: blank, reduction: reduction, zeroInfinity: zeroInfinity)
        }
    }
}
