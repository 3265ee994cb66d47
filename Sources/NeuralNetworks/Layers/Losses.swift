import TensorCore

/// Losses as modules: called with the model's output and the target.
extension nn {
    /// What all losses have: how the values of single elements are joined.
    open class Loss: Module {
        public let reduction: Reduction
        public init(reduction: Reduction = .mean) { self.reduction = reduction }
    }

    /// A loss with a weight for each class or element.
    open class WeightedLoss: Loss {
        public let weight: Tensor?
        public init(weight: Tensor? = nil, reduction: Reduction = .mean) {
            self.weight = weight
            super.init(reduction: reduction)
            if let weight { registerBuffer("weight", weight) }
        }
    }

    /// Squared difference.
    open class MSELoss: Loss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.mseLoss(input, target, reduction: reduction)
        }
    }

    /// Absolute difference.
    open class L1Loss: Loss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.l1Loss(input, target, reduction: reduction)
        }
    }

    /// Squared below a difference of `beta`, linear above.
    open class SmoothL1Loss: Loss {
        public let beta: Double
        public init(reduction: Reduction = .mean, beta: Double = 1) {
            self.beta = beta
            super.init(reduction: reduction)
        }
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.smoothL1Loss(input, target, reduction: reduction, beta: beta)
        }
    }

    /// Squared below a difference of `delta`, linear with that slope above.
    open class HuberLoss: Loss {
        public let delta: Double
        public init(reduction: Reduction = .mean, delta: Double = 1) {
            self.delta = delta
            super.init(reduction: reduction)
        }
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.huberLoss(input, target, reduction: reduction, delta: delta)
        }
    }

    /// Softmax and negative log-likelihood of logits `(N, C, …)` against classes or probabilities; see
    /// `F.crossEntropy`.
    open class CrossEntropyLoss: WeightedLoss {
        public let ignoreIndex: Int
        public let labelSmoothing: Double

        public init(
            weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean, labelSmoothing: Double = 0
        ) {
            self.ignoreIndex = ignoreIndex
            self.labelSmoothing = labelSmoothing
            super.init(weight: weight, reduction: reduction)
        }

        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.crossEntropy(
                input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction,
                labelSmoothing: labelSmoothing)
        }
    }

    /// `CrossEntropyLoss` of a linear layer's outputs, the layer included: `F.linearCrossEntropy`.
    open class LinearCrossEntropyLoss: WeightedLoss {
        public let linear: Linear
        public let numClasses: Int
        public let outFeatures: [Int]
        public let ignoreIndex: Int?
        public let labelSmoothing: Double

        /// - Parameter outFeatures: dimensions after the classes that give each sample as many losses.
        public init(
            _ inFeatures: Int, _ numClasses: Int, outFeatures: [Int] = [], bias: Bool = false, dtype: DType = .default,
            reduction: Reduction = .mean, weight: Tensor? = nil, ignoreIndex: Int? = nil, labelSmoothing: Double = 0
        ) {
            if let weight, weight.shape != [numClasses] {
                fail("expected weight shape to be (\(numClasses),), got \(tuple(weight.shape))")
            }
            if !(0...1).contains(labelSmoothing) {
                fail("expected label_smoothing to be in range [0, 1], got \(pythonFloat(labelSmoothing))")
            }
            (self.numClasses, self.outFeatures) = (numClasses, outFeatures)
            (self.ignoreIndex, self.labelSmoothing) = (ignoreIndex, labelSmoothing)
            linear = Linear(inFeatures, outFeatures.reduce(numClasses, *), bias: bias, dtype: dtype)
            super.init(weight: weight, reduction: reduction)
        }

        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            let outputs = [numClasses] + outFeatures
            return functional.linearCrossEntropy(
                input, linear.weight.reshape(outputs + [linear.inFeatures]), target,
                linearBias: linear.bias?.reshape(outputs), weight: weight, reduction: reduction, ignoreIndex: ignoreIndex,
                labelSmoothing: labelSmoothing)
        }

        open override func extraRepr() -> String {
            let sizes = outFeatures.isEmpty ? "()" : tuple(outFeatures)
            return "in_features=\(linear.inFeatures), num_classes=\(numClasses), out_features=\(sizes), "
                + "bias=\(python(linear.bias != nil)), reduction=\(reduction), "
                + "ignore_index=\(ignoreIndex.map(String.init) ?? "None"), label_smoothing=\(pythonFloat(labelSmoothing)), "
                + "options=None"
        }
    }

    /// The negative log-likelihood of classes under log-probabilities `(N, C, …)`.
    open class NLLLoss: WeightedLoss {
        public let ignoreIndex: Int

        public init(weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean) {
            self.ignoreIndex = ignoreIndex
            super.init(weight: weight, reduction: reduction)
        }

        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.nllLoss(input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
        }
    }

    /// Binary cross-entropy of probabilities.
    open class BCELoss: WeightedLoss {
        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.binaryCrossEntropy(input, target, weight: weight, reduction: reduction)
        }
    }

    /// Binary cross-entropy of logits.
    open class BCEWithLogitsLoss: WeightedLoss {
        public let posWeight: Tensor?

        public init(weight: Tensor? = nil, reduction: Reduction = .mean, posWeight: Tensor? = nil) {
            self.posWeight = posWeight
            super.init(weight: weight, reduction: reduction)
            if let posWeight { registerBuffer("pos_weight", posWeight) }
        }

        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.binaryCrossEntropyWithLogits(
                input, target, weight: weight, reduction: reduction, posWeight: posWeight)
        }
    }

    /// Kullback–Leibler divergence of probabilities from log-probabilities.
    open class KLDivLoss: Loss {
        public let logTarget: Bool

        public init(reduction: Reduction = .mean, logTarget: Bool = false) {
            self.logTarget = logTarget
            super.init(reduction: reduction)
        }

        open override func forward(_ input: Tensor, _ target: Tensor) -> Tensor {
            functional.klDiv(input, target, reduction: reduction, logTarget: logTarget)
        }
    }

    /// The cosine of the angle between two tensors along `dim`.
    open class CosineSimilarity: Module {
        public let dim: Int
        public let eps: Double

        public init(dim: Int = 1, eps: Double = 1e-8) {
            self.dim = dim
            self.eps = eps
        }

        open override func forward(_ x1: Tensor, _ x2: Tensor) -> Tensor {
            functional.cosineSimilarity(x1, x2, dim: dim, eps: eps)
        }
    }
}
