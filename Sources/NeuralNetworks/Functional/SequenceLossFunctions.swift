import TensorCore

/// Losses of sequences.
extension nn.functional {
    /// Connectionist temporal classification: the likelihood of label sequences under all their
    /// alignments to longer sequences of distributions (Graves et al., 2006).
    ///
    /// - Parameters:
    ///   - logProbs: log-probabilities, `(T, N, C)` or `(T, C)`.
    ///   - targets: labels, `(N, S)`, or all sequences one after the other.
    ///   - inputLengths: the number of distributions of each sample, `(N)`.
    ///   - targetLengths: the number of labels of each sample, `(N)`.
    ///   - blank: the class that stands for no label.
    ///   - reduction: the mean is taken after division by the target lengths.
    ///   - zeroInfinity: whether an infinite loss (a target that is too long) counts as zero.
    public static func ctcLoss(
        _ logProbs: Tensor, _ targets: Tensor, _ inputLengths: [Int], _ targetLengths: [Int], blank: Int = 0,
        reduction: Reduction = .mean, zeroInfinity: Bool = false
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                ctcLoss(
                    to(logProbs), targets, inputLengths, targetLengths, blank: blank, reduction: reduction,
                    zeroInfinity: zeroInfinity)
            }
        }
        let isBatched = logProbs.ndim == 3
        let losses = (isBatched ? logProbs : logProbs.unsqueeze(1)).ctcLoss(
            targets, inputLengths, targetLengths, blank: blank, zeroInfinity: zeroInfinity)
        if reduction == .mean {
            let lengths = torch.tensor(targetLengths).to(losses.dtype).to(losses.device)
            return (losses / lengths.clampMin(1)).mean()
        }
        return (isBatched ? losses : losses.squeeze(0)).reduced(reduction)
    }
    public static func ctcLoss(
        _ logProbs: Tensor, _ targets: Tensor, _ inputLengths: Tensor, _ targetLengths: Tensor, blank: Int = 0,
        reduction: Reduction = .mean, zeroInfinity: Bool = false
    ) -> Tensor {
        let numbers = { (lengths: Tensor) in lengths.to(.int64).reshape(-1).scalars().map(\.int) }
        return ctcLoss(
            logProbs, targets, numbers(inputLengths), numbers(targetLengths), blank: blank, reduction: reduction,
            zeroInfinity: zeroInfinity)
    }

    /// `crossEntropy` of `linear(input, linearWeight, linearBias)`: a model's last layer and its loss.
    ///
    /// - Parameters:
    ///   - input: `(N, in)` or `(in)`.
    ///   - linearWeight: `(C, *, in)`; the dimensions between give each sample as many losses.
    ///   - target: classes `(N, *)`, or probabilities `(N, C, *)`.
    ///   - linearBias: `(C, *)`.
    ///   - ignoreIndex: a class whose targets do not count; not for probabilities.
    public static func linearCrossEntropy(
        _ input: Tensor, _ linearWeight: Tensor, _ target: Tensor, linearBias: Tensor? = nil, weight: Tensor? = nil,
        reduction: Reduction = .mean, ignoreIndex: Int? = nil, labelSmoothing: Double = 0
    ) -> Tensor {
        if input.ndim < 1 || input.ndim > 2 { fail("expected input with dimensionality 1 or 2, got \(input.ndim)") }
        if linearWeight.ndim < 2 { fail("expected linear_weight with dimensionality at least 2, got \(linearWeight.ndim)") }
        let features = linearWeight.size(-1)
        if input.size(-1) != features {
            fail(
                "expected equal input and linear_weight last dimensions (in_features), got \(input.size(-1)) and \(features), "
                    + "respectively")
        }
        let outputs = Array(linearWeight.shape.dropLast())
        if let linearBias, linearBias.shape != outputs {
            fail("expected linear_bias shape \(tuple(outputs)), got \(tuple(linearBias.shape))")
        }
        if outputs.count > 1 && input.ndim == 1 {
            fail(
                "K-dimensional loss defined by linear_weight shape \(tuple(linearWeight.shape)) requires batched input, "
                    + "(N, \(features)), got unbatched input with shape \(tuple(input.shape))")
        }
        let shape = input.shape.dropLast() + outputs
        if target.shape == shape && ignoreIndex != nil {
            fail("ignore_index cannot be specified when target contains probabilities")
        }
        let logits = linear(input, linearWeight.reshape([outputs.reduce(1, *), features]), linearBias?.reshape(-1))
        return crossEntropy(
            logits.reshape(shape), target, weight: weight, ignoreIndex: ignoreIndex ?? -100, reduction: reduction,
            labelSmoothing: labelSmoothing)
    }
}
