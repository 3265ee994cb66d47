/// Normalization: values are shifted and scaled to mean 0 and variance 1, then by learned numbers.
extension Tensor {
    /// Over the last dimensions, which have the sizes `normalizedShape`.
    package func layerNorm(_ normalizedShape: [Int], weight: Tensor?, bias: Tensor?, eps: Double) -> Tensor {
        check(
            normalizedShape.count >= 1 && shape.suffix(normalizedShape.count) == normalizedShape[...],
            "Given normalized_shape=\(normalizedShape), expected input with shape [*, "
                + normalizedShape.map(String.init).joined(separator: ", ") + "], but got input of size\(shape)")
        for (name, given) in [("weight", weight), ("bias", bias)] {
            guard let given else { continue }
            check(
                given.shape == normalizedShape,
                "Expected \(name) to be of same shape as normalized_shape, but got \(name) of shape \(given.shape) and "
                    + "normalized_shape = \(normalizedShape)")
        }
        checkParameterTypes([weight, bias])
        let groups = NormalizationGroups(
            outer: 1, groups: shape.dropLast(normalizedShape.count).reduce(1, *), inner: normalizedShape.reduce(1, *),
            hasWeightByPosition: true, eps: eps)
        let axes = Array((ndim - normalizedShape.count)..<ndim)
        return normalized("NativeLayerNormBackward0", over: axes, groups, weight, bias, broadcastShape: normalizedShape).result
    }

    /// Over all dimensions but the second: what BatchNorm does in training. Also gives the batch's
    /// mean and its variance without correction.
    package func batchNorm(weight: Tensor?, bias: Tensor?, eps: Double) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        let axes = [0] + Array(2..<Swift.max(ndim, 2))
        let (result, mean, variance) = normalized(
            "NativeBatchNormBackward0", over: axes, channelGroups(eps), weight, bias, broadcastShape: channelShape)
        return (result, mean.reshape(-1), variance.reshape(-1))
    }

    /// With given statistics: what BatchNorm does in evaluation.
    package func batchNorm(
        mean: Tensor, variance: Tensor, weight: Tensor?, bias: Tensor?, eps: Double
    ) -> Tensor {
        let channels = channelShape
        let inputs = [self, weight, bias].compactMap { $0 }
        let hasWeight = weight != nil
        let (mean, variance) = (mean.detach(), variance.detach())
        func scale() -> Tensor { (variance + eps).rsqrt().reshape(channels) }
        return FormulaNode.record("NativeBatchNormBackward0", inputs) {
            if isOfOneNormalizedType([weight, bias, mean, variance]) {
                let out = Tensor(empty: dims, dtype, backend)
                backend.normalize(
                    contiguous(), channelGroups(eps), given: true, weight?.contiguous(), bias?.contiguous(),
                    mean.contiguous(), variance.contiguous(), out)
                return out
            }
            var result = (self - mean.reshape(channels)) * scale()
            if let weight { result = result * weight.reshape(channels) }
            if let bias { result = result + bias.reshape(channels) }
            return result
        } gradients: { grad, context in
            let x = context.saved[0]
            let axes = [0] + Array(2..<Swift.max(x.ndim, 2))
            let scale = scale()
            let weighted = hasWeight ? grad * context.saved[1].reshape(channels) : grad
            var gradients: [Tensor?] = [weighted * scale]
            if hasWeight { gradients.append((grad * (x - mean.reshape(channels)) * scale).sum(dim: axes)) }
            gradients.append(grad.sum(dim: axes))
            return gradients
        }
    }

    /// Stops unless the parameters have this tensor's type, or float32 beside one of fewer bits.
    package func checkParameterTypes(_ parameters: [Tensor?]) {
        let types = parameters.compactMap { $0?.dtype }
        guard let first = types.first else { return }
        if first == dtype {
            if let other = types.first(where: { $0 != dtype }) {
                fail("expected scalar type \(dtype.scalarName) but found \(other.scalarName)")
            }
            return
        }
        check(types.allSatisfy { $0 == .float32 }, "mixed dtype (CPU): expect parameter to have scalar type of Float")
        check(dtype.isHalf, "mixed dtype (CPU): all inputs must share same datatype.")
    }

    /// The shape in which one number for each channel broadcasts to this tensor.
    private var channelShape: [Int] { [size(1)] + [Int](repeating: 1, count: ndim - 2) }

    private func channelGroups(_ eps: Double) -> NormalizationGroups {
        NormalizationGroups(
            outer: size(0), groups: size(1), inner: shape.dropFirst(2).reduce(1, *), hasWeightByPosition: false, eps: eps)
    }

    /// Whether the kernels know this type and the others are of it too.
    private func isOfOneNormalizedType(_ others: [Tensor?]) -> Bool {
        (dtype == .float32 || dtype == .float64) && storage.contents == nil
            && others.allSatisfy { $0 == nil || $0!.dtype == dtype }
    }

    private func normalized(
        _ name: String, over axes: [Int], _ groups: NormalizationGroups, _ weight: Tensor?, _ bias: Tensor?,
        broadcastShape: [Int]
    ) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        func statistics(_ x: Tensor) -> (center: Tensor, mean: Tensor, variance: Tensor) {
            let mean = x.mean(dim: axes, keepdim: true)
            let center = x - mean
            return (center, mean, center.square().mean(dim: axes, keepdim: true))
        }
        let inputs = [self, weight, bias].compactMap { $0 }
        let (hasWeight, hasBias) = (weight != nil, bias != nil)
        let hasKernel = isOfOneNormalizedType([weight, bias])
        var reducedDims = dims
        for axis in axes { reducedDims[axis] = 1 }
        var mean = Tensor(empty: reducedDims, dtype, backend)
        var variance = Tensor(empty: reducedDims, dtype, backend)
        let kept = (mean, variance)
        let result = FormulaNode.record(name, inputs) {
            if hasKernel {
                let out = Tensor(empty: dims, dtype, backend)
                backend.normalize(
                    contiguous(), groups, given: false, weight?.contiguous(), bias?.contiguous(), mean, variance, out)
                return out
            }
            let center: Tensor
            (center, mean, variance) = statistics(self)
            var result = center * (variance + groups.eps).rsqrt()
            if let weight { result = result * weight.reshape(broadcastShape) }
            if let bias { result = result + bias.reshape(broadcastShape) }
            return result
        } gradients: { grad, context in
            let x = context.saved[0]
            if hasKernel, !GradMode.isEnabled {
                func room(_ index: Int) -> Tensor? {
                    context.needs(index) ? Tensor(empty: context.saved[index].dims, x.dtype, x.backend) : nil
                }
                let byInput = room(0)
                let byWeight = hasWeight ? room(1) : nil
                let byBias = hasBias ? room(context.saved.count - 1) : nil
                x.backend.normalizeBackward(
                    grad.contiguous(), x.contiguous(), groups, hasWeight ? context.saved[1].contiguous() : nil, kept.0,
                    kept.1, byInput: byInput, byWeight: byWeight, byBias: byBias)
                return [byInput] + (hasWeight ? [byWeight] : []) + (hasBias ? [byBias] : [])
            }
            // To be differentiated again, the statistics must depend on the input.
            let (center, _, variance) = statistics(x)
            let inverse = (variance + groups.eps).rsqrt()
            let unit = center * inverse
            let weighted = hasWeight ? grad * context.saved[1].reshape(broadcastShape) : grad
            var gradients: [Tensor?] = [nil]
            if context.needs(0) {
                let mean = weighted.mean(dim: axes, keepdim: true)
                let slope = (weighted * unit).mean(dim: axes, keepdim: true)
                gradients[0] = (weighted - mean - unit * slope) * inverse
            }
            // Summed over what the weight does not have; the engine gives it the weight's shape.
            if hasWeight { gradients.append((grad * unit).sumToSize(broadcastShape).reshape(context.saved[1].shape)) }
            if hasBias { gradients.append(grad.sumToSize(broadcastShape).reshape(context.saved.last!.shape)) }
            return gradients
        }
        return (result, mean, variance)
    }
}

/// How normalization sees contiguous memory: as (outer, groups, inner). The elements of a group, in all
/// `outer` segments, get mean 0 and variance 1.
struct NormalizationGroups {
    let outer: Int, groups: Int, inner: Int
    /// Weight and bias have a number for each position in a segment; if not, for each group.
    let hasWeightByPosition: Bool
    /// Added to the variance.
    let eps: Double
}
