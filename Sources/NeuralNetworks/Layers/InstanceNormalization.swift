import TensorCore

/// Normalization of each sample by itself.
extension nn {
    /// Normalizes each channel of each sample; base of the classes for each number of dimensions. One dimension less
    /// means one sample without a batch.
    open class InstanceNorm: BatchNorm {
        /// - Parameter momentum: the weight of the newest batch in the running statistics; nil for their mean.
        public override init(
            _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = false,
            trackRunningStats: Bool = false, dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                numFeatures, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }
        public convenience init(
            numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = false,
            trackRunningStats: Bool = false, dtype: DType = .default, bias: Bool = true
        ) {
            self.init(
                numFeatures, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }
        public convenience init(
            _ numFeatures: Int, _ eps: Double, _ momentum: Double? = 0.1, affine: Bool = false,
            trackRunningStats: Bool = false, dtype: DType = .default, bias: Bool = true
        ) {
            self.init(
                numFeatures, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            if !inputRanks.contains(input.ndim) {
                fail(
                    "expected \(inputRanks.lowerBound)D or \(inputRanks.upperBound)D input (got \(input.ndim)D input)",
                    .valueError)
            }
            let isBatched = input.ndim == inputRanks.upperBound
            let channels = input.size(isBatched ? 1 : 0)
            if channels != numFeatures && weight != nil {
                fail(
                    "expected input's size at dim=\(isBatched ? 1 : 0) to match num_features (\(numFeatures)), but got: "
                        + "\(channels).", .valueError)
            }
            let result = functional.instanceNorm(
                isBatched ? input : input.unsqueeze(0), runningMean: runningMean, runningVar: runningVar, weight: weight,
                bias: bias, useInputStats: training || runningMean == nil, momentum: momentum ?? 0, eps: eps)
            return isBatched ? result : result.squeeze(0)
        }
    }

    /// InstanceNorm of `(N, C, L)` and `(C, L)`.
    open class InstanceNorm1d: InstanceNorm {}
    /// InstanceNorm of `(N, C, H, W)` and `(C, H, W)`.
    open class InstanceNorm2d: InstanceNorm {
        override var inputRanks: ClosedRange<Int> { 3...4 }
    }
    /// InstanceNorm of `(N, C, D, H, W)` and `(C, D, H, W)`.
    open class InstanceNorm3d: InstanceNorm {
        override var inputRanks: ClosedRange<Int> { 4...5 }
    }

    /// Divides by the mean square of `size` neighbouring channels: `F.localResponseNorm`.
    open class LocalResponseNorm: Module {
        public let size: Int
        public let alpha: Double
        public let beta: Double
        public let k: Double
        public init(_ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) {
            self.size = size
            self.alpha = alpha
            self.beta = beta
            self.k = k
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.localResponseNorm(input, size, alpha: alpha, beta: beta, k: k)
        }
        open override func extraRepr() -> String {
            "\(size), alpha=\(pythonFloat(alpha)), beta=\(pythonFloat(beta)), k=\(pythonFloat(k))"
        }
    }
}
