import TensorCore

extension nn.functional {
    /// The squared difference.
    @_disfavoredOverload
    public static func mseLoss(_ input: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
        if Autocast.isOn { return Autocast.inFloat32 { to in mseLoss(to(input), to(target), reduction: reduction) } }
        warnOfBroadcast(input, target)
        return input.mseLoss(target, reduction)
    }

    /// The absolute difference.
    @_disfavoredOverload
    public static func l1Loss(_ input: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
        if Autocast.isOn { return Autocast.inFloat32 { to in l1Loss(to(input), to(target), reduction: reduction) } }
        warnOfBroadcast(input, target)
        return (input - target).abs().reduced(reduction)
    }

    /// Squared below a difference of `beta`, linear above.
    @_disfavoredOverload
    public static func smoothL1Loss(
        _ input: Tensor, _ target: Tensor, reduction: Reduction = .mean, beta: Double = 1
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                smoothL1Loss(to(input), to(target), reduction: reduction, beta: beta)
            }
        }
        warnOfBroadcast(input, target)
        if beta < 0 { fail("smooth_l1_loss does not support negative values for beta.") }
        return input.smoothL1Loss(target, reduction, beta: beta)
    }

    /// Squared below a difference of `delta`, linear with slope `delta` above.
    @_disfavoredOverload
    public static func huberLoss(
        _ input: Tensor, _ target: Tensor, reduction: Reduction = .mean, delta: Double = 1
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                huberLoss(to(input), to(target), reduction: reduction, delta: delta)
            }
        }
        warnOfBroadcast(input, target)
        if delta <= 0 { fail("huber_loss does not support non-positive values for delta.") }
        return input.huberLoss(target, reduction, delta: delta)
    }

    /// The negative log-likelihood: `input` holds log-probabilities `(N, C, …)`, `target` classes.
    @_disfavoredOverload
    public static func nllLoss(
        _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                nllLoss(to(input), to(target), weight: to(weight), ignoreIndex: ignoreIndex, reduction: reduction)
            }
        }
        return input.nllLoss(target, weight: weight, ignoreIndex: ignoreIndex, reduction)
    }

    /// Softmax and negative log-likelihood in one. `input` holds logits `(C)`, `(N, C)` or
    /// `(N, C, d1, …)`; `target` holds classes, or probabilities in the shape of the input.
    ///
    /// - Parameters:
    ///   - weight: one number per class, `(C)`.
    ///   - ignoreIndex: a class whose targets do not count.
    ///   - labelSmoothing: how much of each target is spread evenly over all classes, 0 to 1.
    @_disfavoredOverload
    public static func crossEntropy(
        _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
        reduction: Reduction = .mean, labelSmoothing: Double = 0
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                crossEntropy(
                    to(input), to(target), weight: to(weight), ignoreIndex: ignoreIndex,
                    reduction: reduction, labelSmoothing: labelSmoothing)
            }
        }
        if !(0...1).contains(labelSmoothing) {
            fail("label_smoothing must be between 0.0 and 1.0. Got: \(labelSmoothing)")
        }
        let axis = input.ndim == 1 ? 0 : 1
        let logarithms = input.logSoftmax(axis)
        if target.isFloatingPoint() && target.shape == input.shape {
            return probabilityCrossEntropy(logarithms, target, axis, weight, reduction, labelSmoothing)
        }
        let loss = logarithms.nllLoss(target, weight: weight, ignoreIndex: ignoreIndex, reduction)
        if labelSmoothing == 0 { return loss }
        let smooth = smoothLoss(logarithms, target, axis, weight, ignoreIndex, reduction)
        return (1 - labelSmoothing) * loss + smooth * (labelSmoothing / Double(input.size(axis)))
    }

    private static func probabilityCrossEntropy(
        _ logarithms: Tensor, _ target: Tensor, _ axis: Int, _ weight: Tensor?, _ reduction: Reduction, _ smoothing: Double
    ) -> Tensor {
        let classes = logarithms.size(axis)
        if let weight, weight.shape != [classes] {
            fail(
                "cross_entropy: weight tensor should be defined either for all \(classes) classes or no classes but got "
                    + "weight tensor of shape: \(weight.shape)")
        }
        let target = smoothing == 0 ? target : target * (1 - smoothing) + smoothing / Double(classes)
        let scaled = weight.map { logarithms * classWeights($0, logarithms, axis) } ?? logarithms
        let product = scaled * target
        switch reduction {
        case .none: return -product.sum(dim: axis)
        case .mean: return -product.sum() / Swift.max(product.numel / Swift.max(classes, 1), 1)
        default: return -product.sum()
        }
    }

    /// The loss against all classes alike.
    private static func smoothLoss(
        _ logarithms: Tensor, _ target: Tensor, _ axis: Int, _ weight: Tensor?, _ ignoreIndex: Int, _ reduction: Reduction
    ) -> Tensor {
        let ignored = target == ignoreIndex
        let all = weight.map { -(logarithms * classWeights($0, logarithms, axis)).sum(dim: axis) } ?? -logarithms.sum(dim: axis)
        let loss = all.maskedFill(ignored, 0)
        guard reduction == .mean else { return loss.reduced(reduction) }
        let counted = ignored.logicalNot()
        guard let weight else { return loss.sum() / counted.to(loss.dtype).sum() }
        let places = target.maskedFill(ignored, 0)
        let weights = weight.indexSelect(0, places.reshape(-1)).reshape(target.shape)
        return loss.sum() / weights.maskedFill(ignored, 0).sum()
    }

    private static func classWeights(_ weight: Tensor, _ input: Tensor, _ axis: Int) -> Tensor {
        weight.reshape([weight.numel] + [Int](repeating: 1, count: input.ndim - axis - 1))
    }

    /// `input` holds probabilities, `target` too.
    @_disfavoredOverload
    public static func binaryCrossEntropy(
        _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                binaryCrossEntropy(to(input), to(target), weight: to(weight), reduction: reduction)
            }
        }
        if input.shape != target.shape {
            fail(
                "Using a target size (torch.Size(\(target.shape))) that is different to the input size "
                    + "(torch.Size(\(input.shape))) is deprecated. Please ensure they have the same size.", .valueError)
        }
        let outside = torch.noGrad { ((input < 0).logicalOr(input > 1)).any() }
        if input.device.type != .meta, Bool(outside) { fail("all elements of input should be between 0 and 1") }
        return input.binaryCrossEntropy(target, weight: weight?.expand(input.shape), reduction)
    }

    /// Sigmoid and binary cross-entropy in one.
    /// - Parameter posWeight: the weight of positive targets, broadcast over the input.
    @_disfavoredOverload
    public static func binaryCrossEntropyWithLogits(
        _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean, posWeight: Tensor? = nil
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                binaryCrossEntropyWithLogits(
                    to(input), to(target), weight: to(weight),
                    reduction: reduction, posWeight: to(posWeight))
            }
        }
        if input.shape != target.shape {
            fail(
                "Target size (torch.Size(\(target.shape))) must be the same as input size (torch.Size(\(input.shape)))",
                .valueError)
        }
        return input.binaryCrossEntropyWithLogits(target, weight: weight, posWeight: posWeight, reduction)
    }

    /// The divergence of `target` from `input`, which holds logarithms; the target too with `logTarget`.
    @_disfavoredOverload
    public static func klDiv(
        _ input: Tensor, _ target: Tensor, reduction: Reduction = .mean, logTarget: Bool = false
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                klDiv(to(input), to(target), reduction: reduction, logTarget: logTarget)
            }
        }
        let each: Tensor
        if logTarget {
            each = target.exp() * (target - input)
        } else {
            // 0 · log 0 counts as 0; a negative number gives NaN.
            let safe = torch.where(target == 0, torch.onesLike(target), target)
            each = torch.where(target == 0, torch.zerosLike(target), target * safe.log()) - target * input
        }
        if reduction == .batchmean { return each.sum() / (input.shape.first ?? 1) }
        return each.reduced(reduction)
    }

    private static func warnOfBroadcast(_ input: Tensor, _ target: Tensor) {
        if input.shape == target.shape { return }
        warn(
            "Using a target size (torch.Size(\(target.shape))) that is different to the input size "
                + "(torch.Size(\(input.shape))). This will likely lead to incorrect results due to broadcasting. "
                + "Please ensure they have the same size.")
    }
}
