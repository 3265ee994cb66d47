import TensorCore

extension nn {
    /// Normalizes the last dimensions of each sample to mean 0 and variance 1, then scales and shifts
    /// them by learned numbers.
    open class LayerNorm: Module {
        public let normalizedShape: [Int]
        public let eps: Double
        public var weight: Tensor!
        public var bias: Tensor!

        public init(
            _ normalizedShape: [Int], eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true,
            dtype: DType = .default
        ) {
            self.normalizedShape = normalizedShape
            self.eps = eps
            weight = elementwiseAffine ? Parameter(torch.ones(normalizedShape, dtype: dtype)) : nil
            self.bias = elementwiseAffine && bias ? Parameter(torch.zeros(normalizedShape, dtype: dtype)) : nil
        }
        public convenience init(
            _ normalizedShape: Int, eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true,
            dtype: DType = .default
        ) {
            self.init([normalizedShape], eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.layerNorm(input, normalizedShape, weight: weight, bias: bias, eps: eps)
        }

        open override func extraRepr() -> String {
            "\(tuple(normalizedShape)), eps=\(pythonFloat(eps)), elementwise_affine=\(python(weight != nil)), "
                + "bias=\(python(bias != nil))"
        }
    }

    /// Scales the last dimensions of each sample to a mean square of 1.
    open class RMSNorm: Module {
        public let normalizedShape: [Int]
        public let eps: Double?
        public var weight: Tensor!

        public init(
            _ normalizedShape: [Int], eps: Double? = nil, elementwiseAffine: Bool = true, dtype: DType = .default
        ) {
            self.normalizedShape = normalizedShape
            self.eps = eps
            weight = elementwiseAffine ? Parameter(torch.ones(normalizedShape, dtype: dtype)) : nil
        }
        public convenience init(
            _ normalizedShape: Int, eps: Double? = nil, elementwiseAffine: Bool = true, dtype: DType = .default
        ) {
            self.init([normalizedShape], eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.rmsNorm(input, normalizedShape, weight: weight, eps: eps)
        }

        open override func extraRepr() -> String {
            "\(tuple(normalizedShape)), eps=\(eps.map(pythonFloat) ?? "None"), "
                + "elementwise_affine=\(python(weight != nil))"
        }
    }

    /// Normalizes each of `numGroups` groups of channels of each sample: `(N, C, *)`.
    open class GroupNorm: Module {
        public let numGroups: Int
        public let numChannels: Int
        public let eps: Double
        public var weight: Tensor!
        public var bias: Tensor!

        public init(
            _ numGroups: Int, _ numChannels: Int, eps: Double = 1e-5, affine: Bool = true, dtype: DType = .default,
            bias: Bool = true
        ) {
            if numChannels % numGroups != 0 {
                fail("num_channels (\(numChannels)) must be divisible by num_groups (\(numGroups))", .valueError)
            }
            self.numGroups = numGroups
            self.numChannels = numChannels
            self.eps = eps
            weight = affine ? Parameter(torch.ones([numChannels], dtype: dtype)) : nil
            self.bias = affine && bias ? Parameter(torch.zeros([numChannels], dtype: dtype)) : nil
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.groupNorm(input, numGroups, weight: weight, bias: bias, eps: eps)
        }

        open override func extraRepr() -> String {
            "\(numGroups), \(numChannels), eps=\(pythonFloat(eps)), affine=\(python(weight != nil)), "
                + "bias=\(python(bias != nil))"
        }
    }

    /// Normalizes each channel over the batch; base of the classes for each number of dimensions.
    ///
    /// In training by the batch's own statistics, which are mixed into the running ones; in evaluation
    /// by the running ones.
    open class BatchNorm: Module {
        public internal(set) var numFeatures: Int
        public let eps: Double
        /// The weight of the newest batch in the running statistics; nil takes the mean of all.
        public var momentum: Double?
        public var weight: Tensor!
        public var bias: Tensor!

        public var runningMean: Tensor! { buffer("running_mean") }
        public var runningVar: Tensor! { buffer("running_var") }
        public var numBatchesTracked: Tensor! { buffer("num_batches_tracked") }

        public init(
            _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
            trackRunningStats: Bool = true, dtype: DType = .default, bias: Bool = true
        ) {
            self.numFeatures = numFeatures
            self.eps = eps
            self.momentum = momentum
            weight = affine ? Parameter(torch.ones([numFeatures], dtype: dtype)) : nil
            self.bias = affine && bias ? Parameter(torch.zeros([numFeatures], dtype: dtype)) : nil
            super.init()
            if trackRunningStats {
                registerBuffer("running_mean", torch.zeros([numFeatures], dtype: dtype))
                registerBuffer("running_var", torch.ones([numFeatures], dtype: dtype))
                registerBuffer("num_batches_tracked", torch.tensor(0))
            }
        }

        // In the class, not in an extension: `InstanceNorm` has other defaults.
        public convenience init(
            numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
            trackRunningStats: Bool = true, dtype: DType = .default, bias: Bool = true
        ) {
            self.init(
                numFeatures, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }
        public convenience init(
            _ numFeatures: Int, _ eps: Double, _ momentum: Double? = 0.1, affine: Bool = true,
            trackRunningStats: Bool = true, dtype: DType = .default, bias: Bool = true
        ) {
            self.init(
                numFeatures, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        /// The numbers of dimensions an input may have.
        var inputRanks: ClosedRange<Int> { 2...3 }

        /// Sets the weight to 1, the bias to 0 and forgets the running statistics.
        open func resetParameters() {
            resetRunningStats()
            if let weight { initializers.ones_(weight) }
            if let bias { initializers.zeros_(bias) }
        }

        /// Forgets the running statistics.
        public func resetRunningStats() {
            _ = runningMean?.zero_()
            _ = runningVar?.fill_(1)
            _ = numBatchesTracked?.zero_()
        }

        open override func forward(_ input: Tensor) -> Tensor {
            if !inputRanks.contains(input.ndim) {
                let ranks = inputRanks.map { "\($0)D" }.joined(separator: " or ")
                fail("expected \(ranks) input (got \(input.ndim)D input)", .valueError)
            }
            var factor = momentum ?? 0
            if training, let numBatchesTracked {
                numBatchesTracked.add_(1)
                if momentum == nil { factor = 1 / Double((numBatchesTracked.item() as Int)) }
            }
            return functional.batchNorm(
                input, runningMean, runningVar, weight: weight, bias: bias, training: training || runningMean == nil,
                momentum: factor, eps: eps)
        }

        open override func extraRepr() -> String {
            "\(numFeatures), eps=\(pythonFloat(eps)), momentum=\(momentum.map(pythonFloat) ?? "None"), "
                + "affine=\(python(weight != nil)), bias=\(python(bias != nil)), track_running_stats=\(python(runningMean != nil))"
        }
    }

    /// BatchNorm of `(N, C)` and `(N, C, L)`.
    open class BatchNorm1d: BatchNorm {}
    /// BatchNorm of `(N, C, H, W)`.
    open class BatchNorm2d: BatchNorm {
        override var inputRanks: ClosedRange<Int> { 4...4 }
    }
    /// BatchNorm of `(N, C, D, H, W)`.
    open class BatchNorm3d: BatchNorm {
        override var inputRanks: ClosedRange<Int> { 5...5 }
    }
}
