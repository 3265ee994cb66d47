import TensorCore

extension nn {
    /// PyTorch's `torch.nn.functional`: layers as functions, which hold nothing.
    public enum functional {}
}

/// PyTorch's usual short name.
public typealias F = nn.functional

extension nn.functional {
    /// `max(x, 0)`.
    @_disfavoredOverload
    public static func relu(_ input: Tensor, inplace: Bool = false) -> Tensor { inplace ? input.relu_() : input.relu() }
    /// `min(max(x, 0), 6)`.
    @_disfavoredOverload
    public static func relu6(_ input: Tensor, inplace: Bool = false) -> Tensor {
        applied(input, inplace) { $0.hardtanh(0, 6) }
    }
    /// x where it is positive, else `negativeSlope * x`.
    @_disfavoredOverload
    public static func leakyRelu(_ input: Tensor, _ negativeSlope: Double) -> Tensor {
        leakyRelu(input, negativeSlope: negativeSlope)
    }
    @_disfavoredOverload
    public static func leakyRelu(_ input: Tensor, negativeSlope: Double = 0.01, inplace: Bool = false) -> Tensor {
        applied(input, inplace) { $0.leakyRelu(negativeSlope) }
    }
    /// x where it is positive, else x times a slope drawn evenly from `lower` to `upper` for each element; in
    /// evaluation (`training` false) times their middle.
    public static func rrelu(
        _ input: Tensor, lower: Double = 1.0 / 8, upper: Double = 1.0 / 3, training: Bool = false, inplace: Bool = false
    ) -> Tensor {
        if !lower.isFinite { fail("rrelu: lower bound must be finite, got \(lower)") }
        if !upper.isFinite { fail("rrelu: upper bound must be finite, got \(upper)") }
        if lower > upper { fail("Lower bound should be less than or equal to the upper bound") }
        if !training { return leakyRelu(input, negativeSlope: (lower + upper) / 2, inplace: inplace) }
        let slopes = torch.noGrad {
            if input.device.type == .meta { return torch.emptyLike(input) }
            let isDrawn = input <= 0
            // One draw for each element that takes it, as PyTorch counts them.
            let count: Int = isDrawn.countNonzero().item()
            let drawn = torch.empty([count], dtype: .float64).uniform_(lower, upper).to(input.dtype)
            return torch.onesLike(input).maskedScatter(isDrawn, drawn)
        }
        return applied(input, inplace) { $0 * slopes }
    }
    /// x where it is positive, else `weight * x`; one weight, or one for each channel (dimension 1).
    public static func prelu(_ input: Tensor, _ weight: Tensor) -> Tensor {
        if Autocast.isOn { return Autocast.inLowerPrecision { to in prelu(to(input), to(weight)) } }
        if weight.ndim > 1 {
            fail("prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = \(weight.ndim)")
        }
        if weight.dtype != input.dtype {
            fail("prelu: Type promoting not supported. Got \(input.dtype.scalarName) and \(weight.dtype.scalarName)")
        }
        if weight.numel != 1 && input.ndim == 0 { fail("Not allow zero-dim input tensor.") }
        var slope = weight.numel == 1 ? weight.reshape([]) : weight
        if weight.numel > 1 {
            if input.ndim < 2 || weight.numel != input.size(1) {
                fail(
                    "Mismatch of parameter numbers and input channel size. Found parameter numbers = \(weight.numel) and "
                        + "channel size = \(input.ndim < 2 ? 1 : input.size(1)).")
            }
            slope = weight.reshape([weight.numel] + [Int](repeating: 1, count: input.ndim - 2))
        }
        return torch.where(input > 0, input, slope * input)
    }
    public static func sigmoid(_ input: Tensor) -> Tensor { input.sigmoid() }
    public static func tanh(_ input: Tensor) -> Tensor { input.tanh() }
    /// `x · Φ(x)`; approximated with tanh if `approximate` is `"tanh"`.
    @_disfavoredOverload
    public static func gelu(_ input: Tensor, approximate: String = "none") -> Tensor {
        switch approximate {
        case "none": return input.gelu(tanh: false)
        case "tanh": return input.gelu(tanh: true)
        default: fail("approximate argument must be either none or tanh.")
        }
    }
    /// `x · sigmoid(x)`.
    @_disfavoredOverload
    public static func silu(_ input: Tensor, inplace: Bool = false) -> Tensor { applied(input, inplace) { $0.silu() } }
    /// `x · tanh(softplus(x))`.
    @_disfavoredOverload
    public static func mish(_ input: Tensor, inplace: Bool = false) -> Tensor { applied(input, inplace) { $0.mish() } }
    /// x where it is positive, else `alpha * (exp(x) - 1)`.
    @_disfavoredOverload
    public static func elu(_ input: Tensor, alpha: Double = 1, inplace: Bool = false) -> Tensor {
        applied(input, inplace) { $0.elu(alpha) }
    }
    /// `elu` scaled so that it keeps mean and variance.
    @_disfavoredOverload
    public static func selu(_ input: Tensor, inplace: Bool = false) -> Tensor { applied(input, inplace) { $0.selu() } }
    /// x where it is positive, else `alpha * (exp(x / alpha) - 1)`.
    @_disfavoredOverload
    public static func celu(_ input: Tensor, alpha: Double = 1, inplace: Bool = false) -> Tensor {
        if alpha == 0 { fail("ZeroDivisionError: alpha cannot be 0 for CELU") }
        return applied(input, inplace) { $0.celu(alpha) }
    }
    /// `log(1 + exp(beta * x)) / beta`, x itself where `beta * x` exceeds the threshold.
    @_disfavoredOverload
    public static func softplus(_ input: Tensor, beta: Double = 1, threshold: Double = 20) -> Tensor {
        input.softplus(beta, threshold)
    }
    /// x cut to [`minVal`, `maxVal`].
    @_disfavoredOverload
    public static func hardtanh(
        _ input: Tensor, minVal: Double = -1, maxVal: Double = 1, inplace: Bool = false
    ) -> Tensor {
        if minVal > maxVal { fail("min_val cannot be greater than max_val", .valueError) }
        return applied(input, inplace) { $0.hardtanh(minVal, maxVal) }
    }
    /// `relu6(x + 3) / 6`.
    @_disfavoredOverload
    public static func hardsigmoid(_ input: Tensor, inplace: Bool = false) -> Tensor {
        applied(input, inplace) { $0.hardsigmoid() }
    }
    /// `x · hardsigmoid(x)`.
    @_disfavoredOverload
    public static func hardswish(_ input: Tensor, inplace: Bool = false) -> Tensor {
        applied(input, inplace) { $0.hardswish() }
    }
    /// `x / (1 + |x|)`.
    public static func softsign(_ input: Tensor) -> Tensor { input / (input.abs() + 1) }
    /// `x - tanh(x)`.
    public static func tanhshrink(_ input: Tensor) -> Tensor { input - input.tanh() }
    /// x where `|x| > lambd`, else 0.
    @_disfavoredOverload
    public static func hardshrink(_ input: Tensor, lambd: Double = 0.5) -> Tensor {
        checkType(input, integers: false, "hardshrink_cpu")
        return torch.where(input.abs() <= lambd, torch.zerosLike(input), input)
    }
    /// x moved towards 0 by `lambd`, 0 where it is nearer than that.
    @_disfavoredOverload
    public static func softshrink(_ input: Tensor, lambd: Double = 0.5) -> Tensor {
        checkType(input, integers: false, "softshrink_check")
        if lambd < 0 {
            let largest: [DType: String] = [
                .float16: "65504", .bfloat16: "3.38953e+38", .float32: "3.40282e+38", .float64: "1.79769e+308",
            ]
            fail(
                "lambda must be in range [0, \(largest[input.dtype] ?? "inf")] for input dtype "
                    + "\(input.dtype.scalarName), but found \(lambd)")
        }
        return torch.where(input.abs() <= lambd, torch.zerosLike(input), input - lambd * input.sign())
    }
    /// x where it exceeds the threshold, else `value`.
    public static func threshold(
        _ input: Tensor, _ threshold: Double, _ value: Double, inplace: Bool = false
    ) -> Tensor {
        applied(input, inplace) { torch.where($0 <= threshold, torch.fullLike($0, value), $0) }
    }
    /// The logarithm of sigmoid, exact for large negative numbers.
    public static func logsigmoid(_ input: Tensor) -> Tensor { input.logSigmoid() }
    /// The first half along `dim`, times the sigmoid of the second.
    public static func glu(_ input: Tensor, dim: Int = -1) -> Tensor {
        checkType(input, integers: false, "glu_cpu")
        if input.ndim == 0 { fail("glu does not support scalars because halving size must be even") }
        let size = input.size(dim)
        if size % 2 != 0 {
            fail("Halving dimension must be even, but dimension \(dim < 0 ? dim + input.ndim : dim) is size \(size)")
        }
        return Tensor.computedWide(input) { $0[0]!.narrow(dim, 0, size / 2) * $0[0]!.narrow(dim, size / 2, size / 2).sigmoid() }
    }
    /// Samples of categories (Jang et al., 2017): softmax of logits with Gumbel noise, along `dim`.
    ///
    /// - Parameters:
    ///   - tau: the temperature; small ones give nearly one category.
    ///   - hard: whether the result is exactly one category, with the gradient of the soft one.
    public static func gumbelSoftmax(_ logits: Tensor, tau: Double = 1, hard: Bool = false, dim: Int = -1) -> Tensor {
        let noise = torch.noGrad { -torch.emptyLike(logits).exponential_().log() }
        let soft = ((logits + noise) / tau).softmax(dim)
        if !hard { return soft }
        let chosen = soft.detach().argmax(dim: dim, keepdim: true)
        return torch.zerosLike(soft).scatter_(dim, chosen, 1.0) - soft.detach() + soft
    }
    /// `exp(x)` along `dim`, divided by its sum. Without `dim`, PyTorch's old choice: the second of
    /// two dimensions, the first of one or three.
    public static func softmax(_ input: Tensor, dim: Int? = nil, dtype: DType? = nil) -> Tensor {
        input.softmax(dim ?? implicitDim(input), dtype: dtype)
    }
    /// `softmax(-x)`.
    public static func softmin(_ input: Tensor, dim: Int? = nil, dtype: DType? = nil) -> Tensor {
        (-input).softmax(dim ?? implicitDim(input), dtype: dtype)
    }
    /// The logarithm of softmax.
    public static func logSoftmax(_ input: Tensor, dim: Int? = nil, dtype: DType? = nil) -> Tensor {
        input.logSoftmax(dim ?? implicitDim(input), dtype: dtype)
    }

    /// Calls the function, and writes what it gives over the input if `inplace`.
    private static func applied(_ input: Tensor, _ inplace: Bool, _ function: (Tensor) -> Tensor) -> Tensor {
        // A copy goes in: what gradients need must not be overwritten.
        inplace ? input.copy_(function(input.clone())) : function(input)
    }

    private static func implicitDim(_ input: Tensor) -> Int { [0, 1, 3].contains(input.ndim) ? 0 : 1 }
}

/// The forms that overwrite their input.
extension nn.functional {
    @discardableResult public static func relu_(_ input: Tensor) -> Tensor { relu(input, inplace: true) }
    @discardableResult public static func leakyRelu_(_ input: Tensor, negativeSlope: Double = 0.01) -> Tensor {
        leakyRelu(input, negativeSlope: negativeSlope, inplace: true)
    }
    @discardableResult public static func rrelu_(
        _ input: Tensor, lower: Double = 1.0 / 8, upper: Double = 1.0 / 3, training: Bool = false
    ) -> Tensor { rrelu(input, lower: lower, upper: upper, training: training, inplace: true) }
    @discardableResult public static func elu_(_ input: Tensor, alpha: Double = 1) -> Tensor {
        elu(input, alpha: alpha, inplace: true)
    }
    @discardableResult public static func selu_(_ input: Tensor) -> Tensor { selu(input, inplace: true) }
    @discardableResult public static func celu_(_ input: Tensor, alpha: Double = 1) -> Tensor {
        celu(input, alpha: alpha, inplace: true)
    }
    @discardableResult public static func hardtanh_(_ input: Tensor, minVal: Double = -1, maxVal: Double = 1) -> Tensor {
        hardtanh(input, minVal: minVal, maxVal: maxVal, inplace: true)
    }
    @discardableResult public static func threshold_(_ input: Tensor, _ threshold: Double, _ value: Double) -> Tensor {
        nn.functional.threshold(input, threshold, value, inplace: true)
    }
}
