import TensorCore

extension nn {
    /// PyTorch's `torch.nn.functional`: layers as functions, which hold nothing.
    public enum functional {}
}

/// PyTorch's usual short name.
public typealias F = nn.functional

extension nn.functional {
    /// `max(x, 0)`.
    public static func relu(_ input: Tensor, inplace: Bool = false) -> Tensor { inplace ? input.relu_() : input.relu() }
    /// `min(max(x, 0), 6)`.
    public static func relu6(_ input: Tensor) -> Tensor { input.hardtanh(0, 6) }
    /// x where it is positive, else `negativeSlope * x`.
    public static func leakyRelu(_ input: Tensor, negativeSlope: Double = 0.01) -> Tensor { input.leakyRelu(negativeSlope) }
    /// x where it is positive, else `weight * x`; one weight, or one for each channel (dimension 1).
    public static func prelu(_ input: Tensor, _ weight: Tensor) -> Tensor {
        if weight.ndim > 1 {
            fail("prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = \(weight.ndim)")
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
    public static func gelu(_ input: Tensor, approximate: String = "none") -> Tensor {
        switch approximate {
        case "none": return input.gelu(tanh: false)
        case "tanh": return input.gelu(tanh: true)
        default: fail("approximate argument must be either none or tanh.")
        }
    }
    /// `x · sigmoid(x)`.
    public static func silu(_ input: Tensor) -> Tensor { input.silu() }
    /// `x · tanh(softplus(x))`.
    public static func mish(_ input: Tensor) -> Tensor { input * input.softplus(1, 20).tanh() }
    /// x where it is positive, else `alpha * (exp(x) - 1)`.
    public static func elu(_ input: Tensor, alpha: Double = 1) -> Tensor { input.elu(alpha) }
    /// `elu` scaled so that it keeps mean and variance.
    public static func selu(_ input: Tensor) -> Tensor { 1.0507009873554805 * input.elu(1.6732632423543772) }
    /// x where it is positive, else `alpha * (exp(x / alpha) - 1)`.
    public static func celu(_ input: Tensor, alpha: Double = 1) -> Tensor {
        if alpha == 0 { fail("ZeroDivisionError: alpha cannot be 0 for CELU") }
        return torch.where(input > 0, input, alpha * (input.clamp(max: 0) / alpha).expm1())
    }
    /// `log(1 + exp(beta * x)) / beta`, x itself where `beta * x` exceeds the threshold.
    public static func softplus(_ input: Tensor, beta: Double = 1, threshold: Double = 20) -> Tensor {
        input.softplus(beta, threshold)
    }
    /// x cut to [`minVal`, `maxVal`].
    public static func hardtanh(_ input: Tensor, minVal: Double = -1, maxVal: Double = 1) -> Tensor {
        if minVal > maxVal { fail("min_val cannot be greater than max_val", .valueError) }
        return input.hardtanh(minVal, maxVal)
    }
    /// `relu6(x + 3) / 6`.
    public static func hardsigmoid(_ input: Tensor) -> Tensor { (input + 3).hardtanh(0, 6) / 6 }
    /// `x · hardsigmoid(x)`.
    public static func hardswish(_ input: Tensor) -> Tensor { input * (input + 3).hardtanh(0, 6) / 6 }
    /// `x / (1 + |x|)`.
    public static func softsign(_ input: Tensor) -> Tensor { input / (input.abs() + 1) }
    /// `x - tanh(x)`.
    public static func tanhshrink(_ input: Tensor) -> Tensor { input - input.tanh() }
    /// x where `|x| > lambd`, else 0.
    public static func hardshrink(_ input: Tensor, lambd: Double = 0.5) -> Tensor {
        torch.where(input.abs() <= lambd, torch.zerosLike(input), input)
    }
    /// x moved towards 0 by `lambd`, 0 where it is nearer than that.
    public static func softshrink(_ input: Tensor, lambd: Double = 0.5) -> Tensor {
        if lambd < 0 {
            let largest: [DType: String] = [
                .float16: "65504", .bfloat16: "3.38953e+38", .float32: "3.40282e+38", .float64: "1.79769e+308",
            ]
            fail(
                "lambda must be in range [0, \(largest[input.dtype] ?? "inf")] for input dtype "
                    + "\(input.dtype.scalarName), but found \(lambd)")
        }
        return input - input.clamp(min: .float(-lambd), max: .float(lambd))
    }
    /// x where it exceeds the threshold, else `value`.
    public static func threshold(_ input: Tensor, _ threshold: Double, _ value: Double) -> Tensor {
        torch.where(input > threshold, input, torch.fullLike(input, value))
    }
    /// The logarithm of sigmoid, exact for large negative numbers.
    public static func logsigmoid(_ input: Tensor) -> Tensor {
        input.clamp(max: 0) - (-input.abs()).exp().log1p()
    }
    /// The first half along `dim`, times the sigmoid of the second.
    public static func glu(_ input: Tensor, dim: Int = -1) -> Tensor {
        let size = input.size(dim)
        if size % 2 != 0 { fail("Halving dimension must be even, but dimension \(dim) is size \(size)") }
        return input.narrow(dim, 0, size / 2) * input.narrow(dim, size / 2, size / 2).sigmoid()
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

    private static func implicitDim(_ input: Tensor) -> Int { [0, 1, 3].contains(input.ndim) ? 0 : 1 }
}
