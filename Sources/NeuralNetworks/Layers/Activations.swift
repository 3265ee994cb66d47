import TensorCore

/// Activation functions as modules.
extension nn {
    /// An activation with the flag that PyTorch's have: whether it may overwrite its input.
    open class ReLU: Module {
        public let inplace: Bool
        public init(inplace: Bool = false) { self.inplace = inplace }
        open override func forward(_ input: Tensor) -> Tensor { functional.relu(input, inplace: inplace) }
        open override func extraRepr() -> String { inplace ? "inplace=True" : "" }
    }

    /// x cut to [0, 6].
    open class ReLU6: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.relu6(input) }
    }

    /// x where it is positive, else `negativeSlope * x`.
    open class LeakyReLU: Module {
        public let negativeSlope: Double
        public init(_ negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }
        public convenience init(negativeSlope: Double) { self.init(negativeSlope) }
        open override func forward(_ input: Tensor) -> Tensor { functional.leakyRelu(input, negativeSlope: negativeSlope) }
        open override func extraRepr() -> String { "negative_slope=\(pythonFloat(negativeSlope))" }
    }

    /// x where it is positive, else x times a slope drawn evenly from `lower` to `upper`.
    open class RReLU: Module {
        public let lower: Double
        public let upper: Double
        public let inplace: Bool
        public init(lower: Double = 1.0 / 8, upper: Double = 1.0 / 3, inplace: Bool = false) {
            self.lower = lower
            self.upper = upper
            self.inplace = inplace
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.rrelu(input, lower: lower, upper: upper, training: training, inplace: inplace)
        }
        open override func extraRepr() -> String {
            "lower=\(pythonFloat(lower)), upper=\(pythonFloat(upper))" + (inplace ? ", inplace=True" : "")
        }
    }

    /// LeakyReLU with learned slopes.
    open class PReLU: Module {
        public var weight: Tensor
        public init(numParameters: Int = 1, initial: Double = 0.25) {
            weight = Parameter(torch.full([numParameters], initial))
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
    open class ELU: Module {
        public let alpha: Double
        public init(alpha: Double = 1) { self.alpha = alpha }
        open override func forward(_ input: Tensor) -> Tensor { functional.elu(input, alpha: alpha) }
        open override func extraRepr() -> String { "alpha=\(pythonFloat(alpha))" }
    }

    /// x where it is positive, else `alpha * (exp(x / alpha) - 1)`.
    open class CELU: ELU {
        open override func forward(_ input: Tensor) -> Tensor { functional.celu(input, alpha: alpha) }
    }

    open class SELU: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.selu(input) }
    }

    /// `x · sigmoid(x)`.
    open class SiLU: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.silu(input) }
    }

    /// `x · tanh(softplus(x))`.
    open class Mish: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.mish(input) }
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
    open class Hardtanh: Module {
        public let minVal: Double
        public let maxVal: Double
        public init(minVal: Double = -1, maxVal: Double = 1) {
            if minVal > maxVal { fail("min_val cannot be greater than max_val", .valueError) }
            self.minVal = minVal
            self.maxVal = maxVal
        }
        open override func forward(_ input: Tensor) -> Tensor { functional.hardtanh(input, minVal: minVal, maxVal: maxVal) }
        open override func extraRepr() -> String { "min_val=\(pythonFloat(minVal)), max_val=\(pythonFloat(maxVal))" }
    }

    open class Hardsigmoid: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.hardsigmoid(input) }
    }

    open class Hardswish: Module {
        open override func forward(_ input: Tensor) -> Tensor { functional.hardswish(input) }
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
    open class Threshold: Module {
        public let threshold: Double
        public let value: Double
        public init(_ threshold: Double, _ value: Double) {
            self.threshold = threshold
            self.value = value
        }
        open override func forward(_ input: Tensor) -> Tensor { functional.threshold(input, threshold, value) }
        open override func extraRepr() -> String { "threshold=\(pythonFloat(threshold)), value=\(pythonFloat(value))" }
    }

    /// The first half along `dim`, times the sigmoid of the second.
    open class GLU: Module {
        public let dim: Int
        public init(dim: Int = -1) { self.dim = dim }
        open override func forward(_ input: Tensor) -> Tensor { functional.glu(input, dim: dim) }
        open override func extraRepr() -> String { "dim=\(dim)" }
    }
}
