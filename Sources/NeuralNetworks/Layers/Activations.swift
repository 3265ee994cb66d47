import TensorCore

/// Activation functions as modules.
extension nn {
    /// An activation with the flag that PyTorch's have: whether it may overwrite its input.
    open class InplaceActivation: Module {
        public let inplace: Bool
        public init(inplace: Bool = false) { self.inplace = inplace }
        /// The printed settings beside the flag.
        var settings: String { "" }
        open override func extraRepr() -> String {
            settings + (inplace ? (settings.isEmpty ? "" : ", ") + "inplace=True" : "")
        }
    }

    /// x where it is positive, else 0.
    open class ReLU: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.relu(input, inplace: inplace) }
    }

    /// x cut to [0, 6].
    open class ReLU6: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.relu6(input, inplace: inplace) }
    }

    /// x where it is positive, else `negativeSlope * x`.
    open class LeakyReLU: InplaceActivation {
        public let negativeSlope: Double
        public init(_ negativeSlope: Double = 0.01, inplace: Bool = false) {
            self.negativeSlope = negativeSlope
            super.init(inplace: inplace)
        }
        public convenience init(negativeSlope: Double, inplace: Bool = false) { self.init(negativeSlope, inplace: inplace) }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.leakyRelu(input, negativeSlope: negativeSlope, inplace: inplace)
        }
        override var settings: String { "negative_slope=\(pythonFloat(negativeSlope))" }
    }

    /// x where it is positive, else x times a slope drawn evenly from `lower` to `upper`.
    open class RReLU: InplaceActivation {
        public let lower: Double
        public let upper: Double
        public init(lower: Double = 1.0 / 8, upper: Double = 1.0 / 3, inplace: Bool = false) {
            self.lower = lower
            self.upper = upper
            super.init(inplace: inplace)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.rrelu(input, lower: lower, upper: upper, training: training, inplace: inplace)
        }
        override var settings: String { "lower=\(pythonFloat(lower)), upper=\(pythonFloat(upper))" }
    }

    /// LeakyReLU with learned slopes.
    open class PReLU: Module {
        public var weight: Tensor
        public init(numParameters: Int = 1, initial: Double = 0.25) {
            weight = Parameter(torch.full([numParameters], initial))
        }
        /// With PyTorch's name of the first slope: `nn.PReLU(init: 0.1)`.
        public convenience init(_ numParameters: Int = 1, `init`: Double) {
            self.init(numParameters: numParameters, initial: `init`)
        }
        open override func forward(_ input: Tensor) -> Tensor { functional.prelu(input, weight) }
        open override func extraRepr() -> String { "num_parameters=\(weight.numel)" }
    }

    open class Sigmoid: Module {
        open override func forward(_ input: Tensor) -> Tensor { input.sigmoid() }
    }

    open class Tanh: Module {
        open override func forward(_ input: Tensor) -> Tensor { input.tanh() }
    }

    /// `exp(x)` along `dim`, divided by its sum.
    open class Softmax: Module {
        public let dim: Int?
        public init(dim: Int? = nil) { self.dim = dim }
        open override func forward(_ input: Tensor) -> Tensor { functional.softmax(input, dim: dim) }
        open override func extraRepr() -> String { "dim=\(dim.map(String.init) ?? "None")" }
    }

    /// Softmax over the channels of `(N, C, H, W)` or `(C, H, W)`.
    open class Softmax2d: Module {
        open override func forward(_ input: Tensor) -> Tensor {
            if input.ndim != 3 && input.ndim != 4 {
                fail("Softmax2d: expected input to be 3D or 4D, got \(input.ndim)D instead", .valueError)
            }
            return input.softmax(-3)
        }
    }

    /// `softmax(-x)`.
    open class Softmin: Softmax {
        open override func forward(_ input: Tensor) -> Tensor { functional.softmin(input, dim: dim) }
    }

    /// The logarithm of softmax.
    open class LogSoftmax: Softmax {
        open override func forward(_ input: Tensor) -> Tensor { functional.logSoftmax(input, dim: dim) }
    }

    /// `x · Φ(x)`; `approximate: "tanh"` uses the usual approximation.
    open class GELU: Module {
        public let approximate: String
        public init(approximate: String = "none") { self.approximate = approximate }
        open override func forward(_ input: Tensor) -> Tensor { functional.gelu(input, approximate: approximate) }
        open override func extraRepr() -> String { "approximate='\(approximate)'" }
    }

    /// x where it is positive, else `alpha * (exp(x) - 1)`.
    open class ELU: InplaceActivation {
        public let alpha: Double
        public init(_ alpha: Double = 1, inplace: Bool = false) {
            self.alpha = alpha
            super.init(inplace: inplace)
        }
        public convenience init(alpha: Double, inplace: Bool = false) { self.init(alpha, inplace: inplace) }
        open override func forward(_ input: Tensor) -> Tensor { functional.elu(input, alpha: alpha, inplace: inplace) }
        override var settings: String { "alpha=\(pythonFloat(alpha))" }
    }

    /// x where it is positive, else `alpha * (exp(x / alpha) - 1)`.
    open class CELU: ELU {
        open override func forward(_ input: Tensor) -> Tensor { functional.celu(input, alpha: alpha, inplace: inplace) }
    }

    /// ELU with the slope and scale that keep mean 0 and variance 1 (Klambauer et al., 2017).
    open class SELU: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.selu(input, inplace: inplace) }
    }

    /// `x · sigmoid(x)`.
    open class SiLU: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.silu(input, inplace: inplace) }
    }

    /// `x · tanh(softplus(x))`.
    open class Mish: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.mish(input, inplace: inplace) }
    }

    /// `log(1 + exp(beta * x)) / beta`, x itself where `beta * x` exceeds the threshold.
    open class Softplus: Module {
        public let beta: Double
        public let threshold: Double
        public init(beta: Double = 1, threshold: Double = 20) {
            self.beta = beta
            self.threshold = threshold
        }
        open override func forward(_ input: Tensor) -> Tensor { functional.softplus(input, beta: beta, threshold: threshold) }
        open override func extraRepr() -> String { "beta=\(pythonFloat(beta)), threshold=\(pythonFloat(threshold))" }
    }

    /// x cut to [`minVal`, `maxVal`].
    open class Hardtanh: InplaceActivation {
        public let minVal: Double
        public let maxVal: Double
        public init(minVal: Double = -1, maxVal: Double = 1, inplace: Bool = false) {
            if minVal >= maxVal {
                fail("max_val must be larger than min_val", .assertionError)
            }
            self.minVal = minVal
            self.maxVal = maxVal
            super.init(inplace: inplace)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.hardtanh(input, minVal: minVal, maxVal: maxVal, inplace: inplace)
        }
        override var settings: String { "min_val=\(pythonFloat(minVal)), max_val=\(pythonFloat(maxVal))" }
    }

    /// `relu6(x + 3) / 6`. PyTorch does not print its flag.
    open class Hardsigmoid: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.hardsigmoid(input, inplace: inplace) }
        open override func extraRepr() -> String { "" }
    }

    /// `x · relu6(x + 3) / 6`. PyTorch does not print its flag.
    open class Hardswish: InplaceActivation {
        open override func forward(_ input: Tensor) -> Tensor { functional.hardswish(input, inplace: inplace) }
        open override func extraRepr() -> String { "" }
    }

    open class LogSigmoid: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.logsigmoid(input) }
    }

    open class Softsign: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.softsign(input) }
    }

    open class Tanhshrink: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.tanhshrink(input) }
    }

    /// x where `|x| > lambd`, else 0.
    open class Hardshrink: Module {
        public let lambd: Double
        public init(_ lambd: Double = 0.5) { self.lambd = lambd }
        open override func forward(_ input: Tensor) -> Tensor { functional.hardshrink(input, lambd: lambd) }
        open override func extraRepr() -> String { pythonFloat(lambd) }
    }

    /// x moved towards 0 by `lambd`.
    open class Softshrink: Module {
        public let lambd: Double
        public init(_ lambd: Double = 0.5) { self.lambd = lambd }
        open override func forward(_ input: Tensor) -> Tensor { functional.softshrink(input, lambd: lambd) }
        open override func extraRepr() -> String { pythonFloat(lambd) }
    }

    /// x where it exceeds the threshold, else `value`.
    open class Threshold: InplaceActivation {
        public let threshold: Scalar
        public let value: Scalar
        public init(_ threshold: some ScalarConvertible, _ value: some ScalarConvertible, inplace: Bool = false) {
            self.threshold = threshold.scalar
            self.value = value.scalar
            super.init(inplace: inplace)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.threshold(input, threshold.double, value.double, inplace: inplace)
        }
        override var settings: String { "threshold=\(python(threshold)), value=\(python(value))" }
    }

    /// The first half along `dim`, times the sigmoid of the second.
    open class GLU: Module {
        public let dim: Int
        public init(dim: Int = -1) { self.dim = dim }
        open override func forward(_ input: Tensor) -> Tensor { functional.glu(input, dim: dim) }
        open override func extraRepr() -> String { "dim=\(dim)" }
    }
}
