import TensorCore

/// Losses over margins and distributions.
extension nn.functional {
    /// `1 − cos(x1, x2)` for a target of 1; for −1 the cosine, where it exceeds the margin.
    public static func cosineEmbeddingLoss(
        _ input1: Tensor, _ input2: Tensor, _ target: Tensor, margin: Double = 0, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                cosineEmbeddingLoss(to(input1), to(input2), to(target), margin: margin, reduction: reduction)
            }
        }
        if target.ndim > 1 { fail("0D or 1D target tensor expected, multi-target not supported") }
        if input1.ndim != target.ndim + 1 || input2.ndim != target.ndim + 1 {
            fail(
                "\(target.ndim)D target tensor expects \(target.ndim + 1)D input tensors, but found inputs with sizes "
                    + "\(input1.shape) and \(input2.shape).")
        }
        let dim = target.ndim
        let product = (input1 * input2).sum(dim: dim)
        let (a, b) = ((input1 * input1).sum(dim: dim) + 1e-12, (input2 * input2).sum(dim: dim) + 1e-12)
        let cosine = product / (a * b).sqrt()
        let zero = torch.zerosLike(cosine)
        return (torch.where(target == 1, 1 - cosine, zero)
            + torch.where(target == -1, (cosine - margin).relu(), zero)).reduced(reduction)
    }

    /// The input for a target of 1; `max(0, margin − input)` for −1.
    @_disfavoredOverload
    public static func hingeEmbeddingLoss(
        _ input: Tensor, _ target: Tensor, margin: Double = 1, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                hingeEmbeddingLoss(to(input), to(target), margin: margin, reduction: reduction)
            }
        }
        let zero = torch.zerosLike(input)
        return (torch.where(target == 1, zero, (margin - input).relu())
            + torch.where(target == -1, zero, input)).reduced(reduction)
    }

    /// `max(0, −target · (input1 − input2) + margin)`.
    public static func marginRankingLoss(
        _ input1: Tensor, _ input2: Tensor, _ target: Tensor, margin: Double = 0, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                marginRankingLoss(to(input1), to(input2), to(target), margin: margin, reduction: reduction)
            }
        }
        if input1.ndim != input2.ndim || input1.ndim != target.ndim {
            fail(
                "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: "
                    + "torch.Size(\(input1.shape)), input2: torch.Size(\(input2.shape)), target: torch.Size(\(target.shape)) ")
        }
        return (-target * (input1 - input2) + margin).relu().reduced(reduction)
    }

    /// The hinge of each wrong class against the right one: `(N, C)` or `(C)`, to the power `p`.
    @_disfavoredOverload
    public static func multiMarginLoss(
        _ input: Tensor, _ target: Tensor, p: Int = 1, margin: Double = 1, weight: Tensor? = nil,
        reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                multiMarginLoss(to(input), to(target), p: p, margin: margin, weight: to(weight), reduction: reduction)
            }
        }
        if p != 1 && p != 2 { fail("only p == 1 and p == 2 supported", .valueError) }
        if let weight, weight.ndim != 1 { fail("weight must be one-dimensional", .valueError) }
        let rows = rowsOfClasses(input)
        if target.ndim > 1 || target.numel != rows.size(0) {
            fail("inconsistent target size, expected \(rows.size(0)) but got \(target.shape)")
        }
        if let weight, weight.numel != rows.size(1) {
            fail("inconsistent weight size, expected \(rows.size(1)) but got \(weight.shape)")
        }
        let classes = target.reshape(-1, 1)
        checkClasses(classes, (0..<rows.size(1)), "target out of range")
        var hinge = (margin - rows.gather(1, classes) + rows).relu()
        if p == 2 { hinge = hinge.square() }
        if let weight { hinge = hinge * weight.indexSelect(0, classes.reshape(-1)).unsqueeze(1) }
        let each = hinge.scatter(1, classes, torch.zerosLike(classes, dtype: input.dtype)).sum(dim: 1) / rows.size(1)
        return each.reshape(target.shape).reduced(reduction)
    }

    /// The hinges of all classes that are not targets against those that are. A row of `target`
    /// lists classes up to the first −1.
    @_disfavoredOverload
    public static func multilabelMarginLoss(_ input: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                multilabelMarginLoss(to(input), to(target), reduction: reduction)
            }
        }
        let rows = rowsOfClasses(input)
        let matches = input.ndim < 2 ? target.ndim <= 1 && target.numel == rows.size(1) : target.shape == input.shape
        if !matches { fail("inconsistent target size: \(target.shape) for input of size: \(input.shape)") }
        let classes = target.reshape(rows.shape)
        checkClasses(classes, -1..<rows.size(1), "argument #2 'target' is out of range")
        // 1 up to the first −1 of a row.
        let counts = torch.noGrad { (classes < 0).to(.int64).cumsum(1) == 0 }
        let places = classes.maskedFill(counts.logicalNot(), 0)
        let isTarget = torch.noGrad {
            torch.zeros(rows.shape, dtype: .int64, device: rows.device).scatterAdd(1, places, counts.to(.int64)) > 0
        }
        let right = rows.gather(1, places)
        let hinge = (1 - right.unsqueeze(2) + rows.unsqueeze(1)).relu()
        let used = counts.unsqueeze(2).logicalAnd(isTarget.logicalNot().unsqueeze(1))
        let each = torch.where(used, hinge, torch.zerosLike(hinge)).sum(dim: [1, 2]) / Swift.max(rows.size(1), 1)
        return (input.ndim < 2 ? each.squeeze(0) : each).reduced(reduction)
    }

    /// (N, C), of one row for (C) and for a single number.
    private static func rowsOfClasses(_ input: Tensor) -> Tensor {
        if input.ndim > 2 || input.ndim > 0 && input.size(-1) == 0 {
            fail("Expected non-empty vector or matrix with optional 0-dim batch size, but got: \(input.shape)")
        }
        return input.ndim < 2 ? input.reshape(1, -1) : input
    }

    private static func checkClasses(_ classes: Tensor, _ range: Range<Int>, _ message: String) {
        if classes.dtype != .int64 { fail("expected scalar type Long but found \(classes.dtype.scalarName)") }
        if classes.numel == 0 || classes.device.type == .meta { return }
        let (low, high) = classes.aminmax()
        if !range.contains(low.item()) || !range.contains(high.item()) { fail(message) }
    }

    /// Binary cross-entropy with logits of each class, the mean over classes.
    @_disfavoredOverload
    public static func multilabelSoftMarginLoss(
        _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
    ) -> Tensor {
        let each = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
        return (weight.map { each * $0 } ?? each).mean(dim: -1).reduced(reduction)
    }

    /// `log(1 + exp(−target · input))`.
    @_disfavoredOverload
    public static func softMarginLoss(_ input: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                softMarginLoss(to(input), to(target), reduction: reduction)
            }
        }
        return (input * -target).exp().log1p().reduced(reduction)
    }

    /// The negative log-likelihood of Poisson counts, `input` being the logarithm of the rate
    /// (with `logInput`); `full` adds Stirling's term.
    @_disfavoredOverload
    public static func poissonNllLoss(
        _ input: Tensor, _ target: Tensor, logInput: Bool = true, full: Bool = false, eps: Double = 1e-8,
        reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                poissonNllLoss(to(input), to(target), logInput: logInput, full: full, eps: eps, reduction: reduction)
            }
        }
        var loss = logInput ? input.exp() - target * input : input - target * (input + eps).log()
        if full {
            let stirling = target * target.log() - target + 0.5 * (2 * Double.pi * target).log()
            loss = loss + stirling.maskedFill(target <= 1, 0)
        }
        return loss.reduced(reduction)
    }

    /// The negative log-likelihood of normal values with means `input` and variances `variance`.
    public static func gaussianNllLoss(
        _ input: Tensor, _ target: Tensor, _ variance: Tensor, full: Bool = false, eps: Double = 1e-6,
        reduction: Reduction = .mean
    ) -> Tensor {
        if torch.noGrad({ Bool((variance < 0).any()) }) { fail("var has negative entry/entries", .valueError) }
        if reduction == .batchmean { fail("batchmean is not valid", .valueError) }
        var spread = variance
        if variance.shape != input.shape {
            // One variance for the last dimension, or for the only one of size 1.
            let different = input.ndim == variance.ndim ? zip(input.shape, variance.shape).filter { $0 != $1 }.map(\.1) : []
            if Array(input.shape.dropLast()) == variance.shape {
                spread = variance.unsqueeze(-1)
            } else if different.reduce(0, +) != 1 {
                fail("var is of incorrect size", .valueError)
            }
        }
        // The bound changes the value and lets the gradient pass.
        let bounded = spread + torch.noGrad { spread.clampMin(eps) - spread }
        var loss = 0.5 * (bounded.log() + (input - target).square() / bounded)
        if full { loss = loss + 0.9189385332046727 }
        return loss.reduced(reduction)
    }

    /// `max(0, d(anchor, positive) − d(anchor, negative) + margin)` with the p-norm distance; with
    /// `swap`, the negative's distance to the positive counts if it is smaller.
    public static func tripletMarginLoss(
        _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, margin: Double = 1, p: Double = 2, eps: Double = 1e-6,
        swap: Bool = false, reduction: Reduction = .mean
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                tripletMarginLoss(
                    to(anchor), to(positive), to(negative), margin: margin, p: p,
                    eps: eps, swap: swap, reduction: reduction)
            }
        }
        return tripletMarginWithDistanceLoss(
            anchor, positive, negative, distanceFunction: { pairwiseDistance($0, $1, p: p, eps: eps) }, margin: margin,
            swap: swap, reduction: reduction)
    }

    /// The same with any distance.
    public static func tripletMarginWithDistanceLoss(
        _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, distanceFunction: ((Tensor, Tensor) -> Tensor)? = nil,
        margin: Double = 1, swap: Bool = false, reduction: Reduction = .mean
    ) -> Tensor {
        if margin <= 0 { fail("margin must be greater than 0, got \(margin)", .valueError) }
        if anchor.ndim != positive.ndim || positive.ndim != negative.ndim {
            fail(
                "The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: "
                    + "anchor \(anchor.ndim)D, positive \(positive.ndim)D, and negative \(negative.ndim)D inputs")
        }
        let distance = distanceFunction ?? { pairwiseDistance($0, $1) }
        let near = distance(anchor, positive)
        var far = distance(anchor, negative)
        if swap { far = far.minimum(distance(positive, negative)) }
        return (margin + near - far).relu().reduced(reduction)
    }
}
