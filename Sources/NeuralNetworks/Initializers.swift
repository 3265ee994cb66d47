import TensorCore

extension nn {
    /// PyTorch's `torch.nn.init`: starting values for parameters, in place and without gradient.
    ///
    /// `` nn.`init` `` is the same; Swift wants the backticks because `init` is a keyword.
    public enum initializers {}
    public typealias `init` = initializers
}

extension nn.initializers {
    /// Even numbers from [`a`, `b`).
    @discardableResult
    public static func uniform_(_ tensor: Tensor, _ a: Double = 0, _ b: Double = 1, generator: Generator? = nil) -> Tensor {
        torch.noGrad { tensor.uniform_(a, b, generator: generator) }
    }

    @discardableResult
    public static func normal_(_ tensor: Tensor, mean: Double = 0, std: Double = 1, generator: Generator? = nil) -> Tensor {
        torch.noGrad { tensor.normal_(mean, std, generator: generator) }
    }

    @discardableResult
    public static func constant_(_ tensor: Tensor, _ value: Double) -> Tensor { torch.noGrad { tensor.fill_(value) } }
    @discardableResult
    public static func zeros_(_ tensor: Tensor) -> Tensor { constant_(tensor, 0) }
    @discardableResult
    public static func ones_(_ tensor: Tensor) -> Tensor { constant_(tensor, 1) }

    /// The identity matrix.
    @discardableResult
    public static func eye_(_ tensor: Tensor) -> Tensor {
        if tensor.ndim != 2 { fail("Only tensors with 2 dimensions are supported", .valueError) }
        return torch.noGrad { tensor.copy_(torch.eye(tensor.size(0), tensor.size(1))) }
    }

    /// Even numbers that keep the variance of values forwards and of gradients backwards (Glorot and
    /// Bengio, 2010).
    @discardableResult
    public static func xavierUniform_(_ tensor: Tensor, gain: Double = 1, generator: Generator? = nil) -> Tensor {
        let fan = fans(tensor)
        let std = gain * (2 / Double(fan.in + fan.out)).squareRoot()
        let bound = 3.0.squareRoot() * std
        return uniform_(tensor, -bound, bound, generator: generator)
    }

    /// The same with normal numbers.
    @discardableResult
    public static func xavierNormal_(_ tensor: Tensor, gain: Double = 1, generator: Generator? = nil) -> Tensor {
        let fan = fans(tensor)
        return normal_(tensor, std: gain * (2 / Double(fan.in + fan.out)).squareRoot(), generator: generator)
    }

    /// Which variance `kaiming…` keeps: of the values, or of the gradients.
    public enum FanMode: String, Sendable, ExpressibleByStringLiteral {
        case fanIn, fanOut

        /// PyTorch's name: `"fan_out"`.
        public init(stringLiteral value: String) {
            switch value {
            case "fan_in": self = .fanIn
            case "fan_out": self = .fanOut
            default: fail("Mode \(value) not supported, please use one of ['fan_in', 'fan_out']", .valueError)
            }
        }
    }

    /// Even numbers that keep the variance through ReLU-like activations (He et al., 2015).
    /// - Parameter a: the negative slope, for `leakyRelu`.
    @discardableResult
    public static func kaimingUniform_(
        _ tensor: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu,
        generator: Generator? = nil
    ) -> Tensor {
        if isEmpty(tensor) { return tensor }
        let bound = 3.0.squareRoot() * kaimingDeviation(tensor, a, mode, nonlinearity)
        return uniform_(tensor, -bound, bound, generator: generator)
    }

    /// The same with normal numbers.
    @discardableResult
    public static func kaimingNormal_(
        _ tensor: Tensor, a: Double = 0, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyRelu,
        generator: Generator? = nil
    ) -> Tensor {
        if isEmpty(tensor) { return tensor }
        return normal_(tensor, std: kaimingDeviation(tensor, a, mode, nonlinearity), generator: generator)
    }

    private static func isEmpty(_ tensor: Tensor) -> Bool {
        if tensor.shape.contains(0) { warn("Initializing zero-element tensors is a no-op") }
        return tensor.numel == 0
    }

    private static func kaimingDeviation(
        _ tensor: Tensor, _ a: Double, _ mode: FanMode, _ nonlinearity: Nonlinearity
    ) -> Double {
        let fan = fans(tensor)
        return calculateGain(nonlinearity, a) / Double(mode == .fanIn ? fan.in : fan.out).squareRoot()
    }

    /// What follows a layer.
    public enum Nonlinearity: String, Sendable, CaseIterable, ExpressibleByStringLiteral {
        case linear, conv1d, conv2d, conv3d
        case convTranspose1d = "conv_transpose1d", convTranspose2d = "conv_transpose2d", convTranspose3d = "conv_transpose3d"
        case sigmoid, tanh, relu
        case leakyRelu = "leaky_relu", selu

        /// PyTorch's name: `"leaky_relu"`.
        public init(stringLiteral value: String) {
            guard let found = Self(rawValue: value) else { fail("Unsupported nonlinearity \(value)", .valueError) }
            self = found
        }
    }

    /// The factor by which an activation shrinks the deviation of its input.
    /// - Parameter parameter: the negative slope of `leakyRelu`; 0.01 if not given.
    public static func calculateGain(_ nonlinearity: Nonlinearity, _ parameter: Double? = nil) -> Double {
        switch nonlinearity {
        case .linear, .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d, .sigmoid: return 1
        case .tanh: return 5.0 / 3
        case .relu: return 2.0.squareRoot()
        case .leakyRelu:
            let slope = parameter ?? 0.01
            return (2 / (1 + slope * slope)).squareRoot()
        case .selu: return 3.0 / 4
        }
    }

    /// How many inputs reach an output, and how many outputs an input.
    private static func fans(_ tensor: Tensor) -> (in: Int, out: Int) {
        if tensor.ndim < 2 {
            fail("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions", .valueError)
        }
        let field = tensor.shape.dropFirst(2).reduce(1, *)
        return (tensor.size(1) * field, tensor.size(0) * field)
    }
}

/// Arguments by name, or by position, where the function has them the other way.
extension nn.initializers {
    @discardableResult
    public static func uniform_(_ tensor: Tensor, a: Double, b: Double = 1, generator: Generator? = nil) -> Tensor {
        uniform_(tensor, a, b, generator: generator)
    }
    @discardableResult
    public static func uniform_(_ tensor: Tensor, b: Double, generator: Generator? = nil) -> Tensor {
        uniform_(tensor, 0, b, generator: generator)
    }
    @discardableResult
    public static func normal_(_ tensor: Tensor, _ mean: Double, _ std: Double = 1, generator: Generator? = nil) -> Tensor {
        normal_(tensor, mean: mean, std: std, generator: generator)
    }
    @discardableResult
    public static func normal_(_ tensor: Tensor, _ mean: Double, std: Double, generator: Generator? = nil) -> Tensor {
        normal_(tensor, mean: mean, std: std, generator: generator)
    }
    @discardableResult
    public static func constant_(_ tensor: Tensor, val: Double) -> Tensor { constant_(tensor, val) }
    @discardableResult
    public static func xavierUniform_(_ tensor: Tensor, _ gain: Double, generator: Generator? = nil) -> Tensor {
        xavierUniform_(tensor, gain: gain, generator: generator)
    }
    @discardableResult
    public static func xavierNormal_(_ tensor: Tensor, _ gain: Double, generator: Generator? = nil) -> Tensor {
        xavierNormal_(tensor, gain: gain, generator: generator)
    }
}
