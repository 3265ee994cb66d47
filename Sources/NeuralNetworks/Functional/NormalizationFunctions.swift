import TensorCore

/// Normalization of single samples.
extension nn.functional {
    /// Divides by the mean square of `size` neighbouring channels: `x / (k + α · mean)^β`.
    public static func localResponseNorm(
        _ input: Tensor, _ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1
    ) -> Tensor {
        if input.ndim < 3 {
            fail("Expected 3D or higher dimensionality                          input (got \(input.ndim) dimensions)", .valueError)
        }
        if input.numel == 0 { return input }
        if size < 1 { fail("kernel size should be greater than zero, but got kH: \(size) kW: 1") }
        let squares = pad((input * input).movedim(1, -1), [size / 2, (size - 1) / 2])
        let sums = squares.unfold(-1, size, 1).sum(dim: -1).movedim(-1, 1)
        // Means of integers are integers.
        let means = sums.isFloatingPoint() ? sums / size : sums.floorDivide(size)
        return input / (means * alpha + k).pow(beta)
    }

    /// Normalizes each channel of each sample: `(N, C, *)`.
    ///
    /// By the sample's own statistics, whose means over the batch are mixed into the running ones with
    /// weight `momentum`; without `useInputStats` by the running ones.
    public static func instanceNorm(
        _ input: Tensor, runningMean: Tensor? = nil, runningVar: Tensor? = nil, weight: Tensor? = nil,
        bias: Tensor? = nil, useInputStats: Bool = true, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        let (batch, channels) = (input.size(0), input.size(1))
        let spatial = Array(input.shape.dropFirst(2))
        if useInputStats && spatial.reduce(1, *) == 1 {
            fail("Expected more than 1 spatial element when training, got input size torch.Size(\(input.shape))", .valueError)
        }
        if !useInputStats && (runningMean == nil || runningVar == nil) {
            fail("Expected running_mean and running_var to be defined when use_input_stats is false")
        }
        // Each channel of each sample is a channel of one larger sample.
        let repeated = { (tensor: Tensor?) in tensor.map { $0.repeat(batch) } }
        let (mean, variance) = torch.noGrad { (repeated(runningMean), repeated(runningVar)) }
        let result = batchNorm(
            input.reshape([1, batch * channels] + spatial), mean, variance, weight: repeated(weight), bias: repeated(bias),
            training: useInputStats, momentum: momentum, eps: eps)
        if useInputStats {
            torch.noGrad {
                for (running, repeated) in [(runningMean, mean), (runningVar, variance)] {
                    if let running, let repeated { running.copy_(repeated.reshape(batch, channels).mean(dim: 0)) }
                }
            }
        }
        return result.reshape(input.shape)
    }
}
