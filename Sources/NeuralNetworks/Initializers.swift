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
    public enum FanMode: String, Sendable { case fanIn, fanOut }

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
    public enum Nonlinearity: Sendable {
        case linear, conv1d, conv2d, conv3d, convTranspose1d, convTranspose2d, convTranspose3d
        case sigmoid, tanh, relu, leakyRelu, selu
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
