import TensorCore

extension nn.functional {
    /// `x @ weightᵀ + bias`: `(*, in)` with a weight `(out, in)` to `(*, out)`.
    public static func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
        if Autocast.isOn { return Autocast.inLowerPrecision { to in linear(to(input), to(weight), to(bias)) } }
        guard let bias else { return input.matmul(weight.t()) }
        if input.ndim == 2 && weight.ndim == 2 { return bias.addmm(input, weight.t()) }
        if weight.ndim == 2 && input.ndim > 0 && input.isContiguous() {
            // All rows in one product.
            let rows = input.reshape([input.shape.dropLast().reduce(1, *), input.size(-1)])
            return bias.addmm(rows, weight.t()).unsafeView(Array(input.shape.dropLast()) + [weight.size(0)])
        }
        return input.matmul(weight.t()) + bias
    }

    /// `yₖ = x1ᵀ Aₖ x2 + bₖ`: `(*, in1)` and `(*, in2)` with a weight `(out, in1, in2)` to `(*, out)`.
    public static func bilinear(_ input1: Tensor, _ input2: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
        let (out, in1, in2) = (weight.size(0), weight.size(1), weight.size(2))
        if input1.size(-1) != in1 { fail("bilinear(): input1 size does not match weight size: got \(input1.size(-1)) but expected \(in1)") }
        if input2.size(-1) != in2 { fail("bilinear(): input2 size does not match weight size: got \(input2.size(-1)) but expected \(in2)") }
        if input1.ndim != input2.ndim {
            fail("bilinear(): input dimensions do not match: got \(input1.ndim) and \(input2.ndim)")
        }
        for i in 0..<(input1.ndim - 1) where input1.shape[i] != input2.shape[i] {
            fail("bilinear(): input batch dimensions do not match at dim \(i): got \(input1.shape[i]) and \(input2.shape[i])")
        }
        let batch = Array(input1.shape.dropLast())
        return Tensor.computedWide(input1, input2, weight, bias) { given in
            let (x, y) = (given[0]!.reshape(-1, in1), given[1]!.reshape(-1, in2))
            // (n, in1) @ (in1, out · in2), then with y over in2.
            let left = x.matmul(given[2]!.transpose(0, 1).reshape(in1, out * in2)).reshape(-1, out, in2)
            let result = (left * y.unsqueeze(1)).sum(dim: -1, dtype: left.dtype).reshape(batch + [out])
            return given[3].map { result + $0 } ?? result
        }
    }

    /// Class numbers as rows with a single 1: `(*)` to `(*, numClasses)`, int64.
    public static func oneHot(_ input: Tensor, _ numClasses: Int) -> Tensor { oneHot(input, numClasses: numClasses) }
    public static func oneHot(_ input: Tensor, numClasses: Int = -1) -> Tensor {
        if input.dtype != .int64 { fail("one_hot is only applicable to index tensor of type LongTensor.") }
        if input.numel == 0 && numClasses <= 0 { fail("Can not infer total number of classes from empty tensor.") }
        var count = numClasses
        if input.numel > 0 && input.device.type != .meta {
            let (low, high) = input.aminmax()
            if (low.item() as Int) < 0 { fail("Class values must be non-negative.") }
            if numClasses == -1 { count = (high.item() as Int) + 1 }
            if (high.item() as Int) >= count { fail("Class values must be smaller than num_classes.") }
        }
        return torch.zeros(input.shape + [count], dtype: .int64, device: input.device)
            .scatter_(-1, input.unsqueeze(-1), torch.ones([1], dtype: .int64, device: input.device).expand(input.shape + [1]))
    }

    /// Shifts and scales the last dimensions, of sizes `normalizedShape`, to mean 0 and variance 1.
    public static func layerNorm(
        _ input: Tensor, _ normalizedShape: [Int], weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        Tensor.computedWide(input, weight, bias) { x in
            x[0]!.layerNorm(normalizedShape, weight: x[1], bias: x[2], eps: eps)
        }
    }

    /// Scales the last dimensions to a mean square of 1.
    public static func rmsNorm(
        _ input: Tensor, _ normalizedShape: [Int], weight: Tensor? = nil, eps: Double? = nil
    ) -> Tensor {
        if normalizedShape.isEmpty {
            fail(
                "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got "
                    + "normalized_shape = []")
        }
        if let weight, weight.shape != normalizedShape {
            fail(
                "Expected weight to be of same shape as normalized_shape, but got weight of shape \(weight.shape) and "
                    + "normalized_shape = \(normalizedShape)")
        }
        if Array(input.shape.suffix(normalizedShape.count)) != normalizedShape {
            fail(
                "Given normalized_shape=\(normalizedShape), expected input with shape [*"
                    + normalizedShape.map(String.init).joined(separator: ", ") + "], but got input of size\(input.shape)")
        }
        let axes = Array((input.ndim - normalizedShape.count)..<input.ndim)
        let small = eps ?? (input.dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne))
        return Tensor.computedWide(input, weight) { x in
            let result = x[0]! * (x[0]!.square().mean(dim: axes, keepdim: true) + small).rsqrt()
            return x[1].map { result * $0 } ?? result
        }
    }

    /// Normalizes each group of channels of each sample: `(N, C, *)`.
    public static func groupNorm(
        _ input: Tensor, _ numGroups: Int, weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        if input.ndim < 2 { fail("Expected at least 2 dimensions for input tensor but received \(input.ndim)") }
        let channels = input.size(1)
        if numGroups <= 0 { fail("Expected num groups to be greater than 0, got \(numGroups)") }
        if channels % numGroups != 0 {
            fail("Expected number of channels in input to be divisible by num_groups, but got input of shape \(input.shape) and num_groups=\(numGroups)")
        }
        input.checkParameterTypes([weight, bias])
        let rowSize = input.shape.dropFirst(2).reduce(channels / numGroups, *)
        let broadcast = [channels] + [Int](repeating: 1, count: input.ndim - 2)
        return Tensor.computedWide(input, weight, bias) { x in
            let rows = x[0]!.reshape([input.size(0), numGroups, rowSize])
            var result = rows.layerNorm([rowSize], weight: nil, bias: nil, eps: eps).reshape(input.shape)
            if let weight = x[1] { result = result * weight.reshape(broadcast) }
            if let bias = x[2] { result = result + bias.reshape(broadcast) }
            return result
        }
    }

    /// Normalizes each channel (dimension 1) over the batch: by the batch's own statistics in
    /// training, which are mixed into the running ones with weight `momentum`, else by these.
    public static func batchNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, weight: Tensor? = nil, bias: Tensor? = nil,
        training: Bool = false, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        if input.dtype.isHalf {
            return Tensor.computedWide(input, weight, bias) { x in
                batchNorm(
                    x[0]!, runningMean, runningVar, weight: x[1], bias: x[2], training: training, momentum: momentum, eps: eps)
            }
        }
        if input.numel == 0, !training || input.ndim < 2 {
            var result = input.clone()
            if let weight { result = result * weight[0] }
            if let bias { result = result + bias[0] }
            return result
        }
        for (name, tensor) in [("running_mean", runningMean), ("running_var", runningVar), ("weight", weight), ("bias", bias)] {
            if let tensor, tensor.numel != input.size(1) {
                fail("\(name) should contain \(input.size(1)) elements not \(tensor.numel)")
            }
        }
        input.checkParameterTypes([weight, bias])
        if !training, let runningMean, let runningVar {
            return input.batchNorm(mean: runningMean, variance: runningVar, weight: weight, bias: bias, eps: eps)
        }
        let count = input.numel / Swift.max(input.size(1), 1)
        if count == 1 {
            fail("Expected more than 1 value per channel when training, got input size torch.Size(\(input.shape))", .valueError)
        }
        let (result, mean, variance) = input.batchNorm(weight: weight, bias: bias, eps: eps)
        // Nothing was seen that could change the running statistics.
        if count == 0 { return result }
        torch.noGrad {
            if let runningMean { runningMean.mul_(1 - momentum).add_(mean, alpha: momentum) }
            if let runningVar {
                // The running variance is the unbiased one.
                let unbiased = variance * (Double(count) / Double(count - 1))
                runningVar.mul_(1 - momentum).add_(unbiased, alpha: momentum)
            }
        }
        return result
    }

    /// Divides by the p-norm along `dim`.
    @_disfavoredOverload
    public static func normalize(_ input: Tensor, p: Double = 2, dim: Int = 1, eps: Double = 1e-12) -> Tensor {
        input / input.norm(p, dim: dim, keepdim: true).clamp(min: .float(eps))
    }
}
