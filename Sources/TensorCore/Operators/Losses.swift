/// How a loss joins the values of a batch: PyTorch's `reduction`. Written `.sum` or `"sum"`.
public enum Reduction: String, Sendable, ExpressibleByStringLiteral {
    /// The losses themselves.
    case none
    /// Their mean (for weighted classes: the weighted mean).
    case mean
    case sum
    /// Their sum divided by the batch size; for `klDiv`.
    case batchmean

    public init(stringLiteral value: String) {
        guard let known = Reduction(rawValue: value) else {
            fail("\(value) is not a valid value for reduction", .valueError)
        }
        self = known
    }
}

extension Tensor {
    package func reduced(_ reduction: Reduction) -> Tensor {
        switch reduction {
        case .none: return self
        case .mean: return mean()
        case .sum: return sum()
        case .batchmean: fail("batchmean is not a valid value for reduction", .valueError)
        }
    }

    /// A loss that compares two tensors element by element.
    ///
    /// - Parameters:
    ///   - derivatives: the derivatives of `value` by the input and by the target.
    ///   - value: the loss of each element.
    private func pointwiseLoss(
        _ name: String, _ target: Tensor, _ others: [Tensor], _ reduction: Reduction,
        derivatives: [(_ x: Tensor, _ t: Tensor, _ others: [Tensor]) -> Tensor],
        value: (_ x: Tensor, _ t: Tensor) -> Tensor
    ) -> Tensor {
        let count = Tensor.broadcastCount(self, target)
        return FormulaNode.record(name, [self, target], saving: [self, target] + others) {
            Tensor.computedWide(self, target) { value($0[0]!, $0[1]!).reduced(reduction) }
        } gradients: { grad, context in
            derivatives.enumerated().map { i, derivative in
                guard context.needs(i) else { return nil }
                return Tensor.computedWide(grad, context.saved[0], context.saved[1]) { x in
                    let share = reduction == .mean ? x[0]! / count : x[0]!
                    return share * derivative(x[1]!, x[2]!, Array(context.saved.dropFirst(2)))
                }
            }
        }
    }

    private static func broadcastCount(_ a: Tensor, _ b: Tensor) -> Int { broadcastDims(a.dims, b.dims).product }

    package func mseLoss(_ target: Tensor, _ reduction: Reduction) -> Tensor {
        refuseComplexLoss("mse_cpu", target)
        return pointwiseLoss("MseLossBackward0", target, [], reduction,
            derivatives: [{ x, t, _ in 2 * (x - t) }, { x, t, _ in 2 * (t - x) }]
        ) { x, t in
            (x - t).square()
        }
    }

    package func smoothL1Loss(_ target: Tensor, _ reduction: Reduction, beta: Double) -> Tensor {
        refuseComplexLoss("smooth_l1_cpu", target)
        let slope = { (d: Tensor) in beta == 0 ? d.sign() : (d / beta).clamp(min: -1, max: 1) }
        return pointwiseLoss("SmoothL1LossBackward0", target, [], reduction,
            derivatives: [{ x, t, _ in slope(x - t) }, { x, t, _ in slope(t - x) }]
        ) { x, t in
            let d = (x - t).abs()
            return beta == 0 ? d : torch.where(d < beta, 0.5 * d.square() / beta, d - 0.5 * beta)
        }
    }

    package func huberLoss(_ target: Tensor, _ reduction: Reduction, delta: Double) -> Tensor {
        let slope = { (d: Tensor) in d.clamp(min: .float(-delta), max: .float(delta)) }
        return pointwiseLoss("HuberLossBackward0", target, [], reduction,
            derivatives: [{ x, t, _ in slope(x - t) }, { x, t, _ in slope(t - x) }]
        ) { x, t in
            let d = (x - t).abs()
            return torch.where(d <= delta, 0.5 * d.square(), delta * (d - 0.5 * delta))
        }
    }

    /// The input holds probabilities. Logarithms are kept above -100, so that the loss stays finite.
    package func binaryCrossEntropy(_ target: Tensor, weight: Tensor?, _ reduction: Reduction) -> Tensor {
        let weighted = { (value: Tensor, others: [Tensor]) in others.first.map { value * $0 } ?? value }
        let others = weight.map { [$0] } ?? []
        return pointwiseLoss("BinaryCrossEntropyBackward0", target, others, reduction, derivatives: [
            { x, t, others in weighted((x - t) / ((1 - x) * x).clamp(min: 1e-12), others) },
            { x, _, others in weighted((-x).log1p().clamp(min: -100) - x.log().clamp(min: -100), others) },
        ]) { x, t in
            let certain = x.log().clamp(min: -100)
            let other = (-x).log1p().clamp(min: -100)
            return weighted((t - 1) * other - t * certain, others)
        }
    }

    /// The input holds logits: sigmoid and loss in one, exact for large ones.
    package func binaryCrossEntropyWithLogits(
        _ target: Tensor, weight: Tensor?, posWeight: Tensor?, _ reduction: Reduction
    ) -> Tensor {
        let others = [weight, posWeight].compactMap { $0 }
        func parts(_ others: [Tensor]) -> (weight: Tensor?, posWeight: Tensor?) {
            (weight == nil ? nil : others[0], posWeight == nil ? nil : others.last)
        }
        // log(1 + exp(-x)) without overflow.
        let tail = { (x: Tensor) in (-x.abs()).exp().log1p() + (-x).clamp(min: 0) }
        return pointwiseLoss("BinaryCrossEntropyWithLogitsBackward0", target, others, reduction, derivatives: [
            { x, t, others in
                let (weight, posWeight) = parts(others)
                let sigmoid = x.sigmoid()
                let slope = posWeight.map { p in (p * t + 1 - t) * sigmoid - p * t } ?? sigmoid - t
                return weight.map { slope * $0 } ?? slope
            },
            { x, _, others in
                let (weight, posWeight) = parts(others)
                let slope = posWeight.map { p in (p - 1) * tail(x) - x } ?? -x
                return weight.map { slope * $0 } ?? slope
            },
        ]) { x, t in
            let scale = posWeight.map { 1 + ($0 - 1) * t }
            let value = (1 - t) * x + (scale.map { $0 * tail(x) } ?? tail(x))
            return weight.map { value * $0 } ?? value
        }
    }

    /// The negative log-likelihood of class indices. Self holds log-probabilities: `(C)`, `(N, C)` or
    /// `(N, C, d1, …)`; `target` holds classes, without the dimension C.
    package func nllLoss(
        _ target: Tensor, weight: Tensor?, ignoreIndex: Int, _ reduction: Reduction
    ) -> Tensor {
        check(!dims.isEmpty, "Expected input to have at least 1 dimension")
        check(
            target.dtype == .int64 || target.dtype == .uint8,
            "expected target dtype to be Long or Byte, but got \(target.dtype.scalarName)")
        let axis = dims.count == 1 ? 0 : 1
        if dims.count > 1 {
            check(
                target.ndim > 0 && size(0) == target.size(0),
                "Expected input batch_size (\(size(0))) to match target batch_size (\(target.ndim > 0 ? target.size(0) : 1)).",
                .valueError)
        }
        var expected = shape
        expected.remove(at: axis)
        check(
            target.shape == expected,
            "Expected target size \(expected), got \(target.shape)")
        let classes = size(axis)
        if let weight {
            check(
                weight.shape == [classes],
                "weight tensor should be defined either for all \(classes) classes or no classes but got weight tensor of "
                    + "shape: \(weight.shape)")
        }
        let index = target.to(.int64)
        checkClasses(index, classes, ignoreIndex)

        // The weight of each target, 0 where it is ignored; nil where all are 1.
        let (scale, places): (Tensor?, Tensor) = GradMode.with(false) {
            let ignored = index == ignoreIndex
            let hasIgnored = (0..<classes).contains(ignoreIndex) || device.type == .meta || Bool(ignored.any())
            let places = hasIgnored ? index.maskedFill(ignored, 0) : index
            var scale = weight.map { $0.indexSelect(0, places.reshape(-1)).reshape(places.shape) }
            if hasIgnored { scale = (scale ?? torch.ones(places.shape, dtype: dtype, device: device)).maskedFill(ignored, 0) }
            return (scale, places.unsqueeze(axis))
        }
        let total = scale.map { $0.sum() }
        let name = dims.count > 2 ? "NllLoss2DBackward0" : "NllLossBackward0"
        let inputDims = shape
        return FormulaNode.record(name, [self], saving: []) {
            let picked = -self.gather(axis, places).squeeze(axis)
            let losses = scale.map { picked * $0 } ?? picked
            switch reduction {
            case .mean: return total.map { losses.sum() / $0 } ?? losses.mean()
            default: return losses.reduced(reduction)
            }
        } gradients: { grad, _ in
            var each = reduction == .none ? grad : grad.expand(target.shape)
            if let scale { each = each * scale }
            if reduction == .mean { each = total.map { each / $0 } ?? each / Swift.max(target.numel, 1) }
            return [torch.zeros(inputDims, dtype: grad.dtype, device: grad.device).scatter(axis, places, (-each).unsqueeze(axis))]
        }
    }

    /// Stops with PyTorch's message on a class that there is not.
    private func checkClasses(_ index: Tensor, _ classes: Int, _ ignored: Int) {
        guard index.device.type == .cpu else { return }
        let index = index.contiguous()
        let values = UnsafeBufferPointer(start: index.address!.assumingMemoryBound(to: Int.self), count: index.numel)
        for value in values where value != ignored && !(0..<classes).contains(value) {
            fail("Target \(value) is out of bounds.", .indexError)
        }
    }
}
