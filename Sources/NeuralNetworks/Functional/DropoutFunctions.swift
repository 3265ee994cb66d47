import TensorCore

/// Functions that set part of their input to zero, or noise, in training; in evaluation (`training`
/// false) they change nothing.
extension nn.functional {
    /// Sets each element to 0 with probability `p` and scales the others by `1 / (1 - p)`.
    @_disfavoredOverload
    public static func dropout(_ input: Tensor, _ p: Double, training: Bool = true) -> Tensor {
        dropout(input, p: p, training: training)
    }
    @_disfavoredOverload
    public static func dropout(_ input: Tensor, p: Double = 0.5, training: Bool = true, inplace: Bool = false) -> Tensor {
        checkProbability(p)
        return dropped(input, .elements, p, training, inplace)
    }

    /// Drops whole channels of `(N, C, L)` or `(C, L)`.
    public static func dropout1d(_ input: Tensor, p: Double = 0.5, training: Bool = true, inplace: Bool = false) -> Tensor {
        checkProbability(p)
        if input.ndim != 2 && input.ndim != 3 {
            fail(
                "dropout1d: Expected 2D or 3D input, but received a \(input.ndim)D input. Note that dropout1d exists to "
                    + "provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional "
                    + "batch dimension (i.e. 2D or 3D inputs).")
        }
        return droppedChannels(input, batched: input.ndim == 3, p, training, inplace)
    }

    /// Drops whole channels of `(N, C, H, W)`. Three dimensions are taken for `(N, C, L)`.
    public static func dropout2d(_ input: Tensor, p: Double = 0.5, training: Bool = true, inplace: Bool = false) -> Tensor {
        checkProbability(p)
        if input.ndim == 3 {
            warn(
                "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - "
                    + "input is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a "
                    + "future release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To "
                    + "maintain the 1D channel-wise dropout behavior, please switch to using dropout1d instead.")
        } else {
            warnOfRank(input, "dropout2d", spatial: 2)
        }
        return droppedChannels(input, batched: true, p, training, inplace)
    }

    /// Drops whole channels of `(N, C, D, H, W)` or `(C, D, H, W)`.
    public static func dropout3d(_ input: Tensor, p: Double = 0.5, training: Bool = true, inplace: Bool = false) -> Tensor {
        checkProbability(p)
        warnOfRank(input, "dropout3d", spatial: 3)
        return droppedChannels(input, batched: input.ndim != 4, p, training, inplace)
    }

    /// Dropout that keeps mean and variance of what SELU gives: dropped elements become SELU's
    /// lower limit, then all are scaled and shifted.
    public static func alphaDropout(
        _ input: Tensor, p: Double = 0.5, training: Bool = false, inplace: Bool = false
    ) -> Tensor {
        checkProbability(p)
        return alphaDropped(input, .elements, p, training, inplace)
    }

    /// `alphaDropout` of whole channels: `(N, C, *)`.
    public static func featureAlphaDropout(
        _ input: Tensor, p: Double = 0.5, training: Bool = false, inplace: Bool = false
    ) -> Tensor {
        checkProbability(p)
        return alphaDropped(input, .channels, p, training, inplace)
    }

    static func checkProbability(_ p: Double) {
        if !(0...1).contains(p) {
            fail("dropout probability has to be between 0 and 1, but got \(p == p.rounded() ? "\(Int(p))" : "\(p)")", .valueError)
        }
    }

    /// What is dropped as one.
    private enum Unit {
        case elements
        /// All of `(n, c)`.
        case channels
    }

    private static func droppedChannels(
        _ input: Tensor, batched: Bool, _ p: Double, _ training: Bool, _ inplace: Bool
    ) -> Tensor {
        if batched { return dropped(input, .channels, p, training, inplace) }
        return dropped(input.unsqueeze(0), .channels, p, training, inplace).squeeze(0)
    }

    private static func dropped(_ input: Tensor, _ unit: Unit, _ p: Double, _ training: Bool, _ inplace: Bool) -> Tensor {
        if !training || p == 0 || input.numel == 0 { return input }
        if p == 1 { return inplace ? input.mul_(0) : input * torch.zerosLike(input) }
        let mask = kept(input, unit, p).div_(1 - p)
        return inplace ? input.mul_(mask) : input * mask
    }

    private static func alphaDropped(
        _ input: Tensor, _ unit: Unit, _ p: Double, _ training: Bool, _ inplace: Bool
    ) -> Tensor {
        if !training || p == 0 || input.numel == 0 { return input }
        if p == 1 { return inplace ? input.mul_(0) : input * torch.zerosLike(input) }
        // The limit of SELU far below zero, without its sign.
        let limit = 1.7580993408473766
        let scale = 1 / ((limit * limit * p + 1) * (1 - p)).squareRoot()
        let noise = kept(input, unit, p)
        let shift = (noise - 1).mul_(limit * scale).add_(limit * scale * p)
        noise.mul_(scale)
        return inplace ? input.mul_(noise).add_(shift) : input * noise + shift
    }

    /// 1 with probability `1 - p`, else 0, in a shape that broadcasts to the input's.
    private static func kept(_ input: Tensor, _ unit: Unit, _ p: Double) -> Tensor {
        var shape = input.shape
        if unit == .channels {
            if input.ndim < 2 { fail("Feature dropout requires at least 2 dimensions in the input") }
            shape = Array(shape.prefix(2)) + [Int](repeating: 1, count: input.ndim - 2)
        }
        return torch.empty(shape, dtype: input.dtype, device: input.device).bernoulli_(1 - p)
    }

    private static func warnOfRank(_ input: Tensor, _ name: String, spatial: Int) {
        if input.ndim == spatial + 1 || input.ndim == spatial + 2 { return }
        warn(
            "\(name): Received a \(input.ndim)-D input to \(name), which is deprecated and will result in an error in a "
                + "future release. To retain the behavior and silence this warning, please use dropout instead. Note that "
                + "\(name) exists to provide channel-wise dropout on inputs with \(spatial) spatial dimensions, a channel "
                + "dimension, and an optional batch dimension (i.e. \(spatial + 1)D or \(spatial + 2)D inputs).")
    }
}
