/// Normalization: values are shifted and scaled to mean 0 and variance 1, then by learned numbers.
extension Tensor {
    /// Over the last dimensions, which have the sizes `normalizedShape`.
    package func layerNorm(_ normalizedShape: [Int], weight: Tensor?, bias: Tensor?, eps: Double) -> Tensor {
        check(
            normalizedShape.count >= 1 && shape.suffix(normalizedShape.count) == normalizedShape[...],
            "Given normalized_shape=\(normalizedShape), expected input with shape [*, "
                + normalizedShape.map(String.init).joined(separator: ", ") + "], but got input of size\(shape)")
        let axes = Array((ndim - normalizedShape.count)..<ndim)
        return normalized("NativeLayerNormBackward0", over: axes, eps, weight, bias, broadcastShape: normalizedShape).result
    }

    /// Over all dimensions but the second: what BatchNorm does in training. Also gives the batch's
    /// mean and its variance without correction.
    package func batchNorm(weight: Tensor?, bias: Tensor?, eps: Double) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        let axes = [0] + Array(2..<Swift.max(ndim, 2))
        let channels = [size(1)] + [Int](repeating: 1, count: ndim - 2)
        let (result, mean, variance) = normalized(
            "NativeBatchNormBackward0", over: axes, eps, weight, bias, broadcastShape: channels)
        return (result, mean.reshape(-1), variance.reshape(-1))
    }

    /// With given statistics: what BatchNorm does in evaluation.
    package func batchNorm(
        mean: Tensor, variance: Tensor, weight: Tensor?, bias: Tensor?, eps: Double
    ) -> Tensor {
        let channels = [size(1)] + [Int](repeating: 1, count: ndim - 2)
        let inputs = [self, weight, bias].compactMap { $0 }
        let hasWeight = weight != nil
        let scale = GradMode.with(false) { (variance + eps).rsqrt().reshape(channels) }
        let center = mean.detach().reshape(channels)
        return FormulaNode.record("NativeBatchNormBackward0", inputs) {
            var result = (self - center) * scale
            if let weight { result = result * weight.reshape(channels) }
            if let bias { result = result + bias.reshape(channels) }
            return result
        } gradients: { grad, context in
            let x = context.saved[0]
            let axes = [0] + Array(2..<Swift.max(x.ndim, 2))
            let weighted = hasWeight ? grad * context.saved[1].reshape(channels) : grad
            var gradients: [Tensor?] = [weighted * scale]
            if hasWeight { gradients.append((grad * (x - center) * scale).sum(dim: axes)) }
            gradients.append(grad.sum(dim: axes))
            return gradients
        }
    }

    private func normalized(
        _ name: String, over axes: [Int], _ eps: Double, _ weight: Tensor?, _ bias: Tensor?, broadcastShape: [Int]
    ) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        func statistics(_ x: Tensor) -> (center: Tensor, mean: Tensor, variance: Tensor) {
            let mean = x.mean(dim: axes, keepdim: true)
            let center = x - mean
            return (center, mean, center.square().mean(dim: axes, keepdim: true))
        }
        let (center, mean, variance) = GradMode.with(false) { statistics(self) }
        let scale = GradMode.with(false) { (variance + eps).rsqrt() }
        let inputs = [self, weight, bias].compactMap { $0 }
        let hasWeight = weight != nil
        let result = FormulaNode.record(name, inputs) {
            var result = center * scale
            if let weight { result = result * weight.reshape(broadcastShape) }
            if let bias { result = result + bias.reshape(broadcastShape) }
            return result
        } gradients: { grad, context in
            let x = context.saved[0]
            var unit = center * scale
            var inverse = scale
            if GradMode.isEnabled {
                // To be differentiated again, the statistics must depend on the input.
                let (center, _, variance) = statistics(x)
                inverse = (variance + eps).rsqrt()
                unit = center * inverse
            }
            let weighted = hasWeight ? grad * context.saved[1].reshape(broadcastShape) : grad
            var gradients: [Tensor?] = [nil]
            if context.needs(0) {
                let mean = weighted.mean(dim: axes, keepdim: true)
                let slope = (weighted * unit).mean(dim: axes, keepdim: true)
                gradients[0] = (weighted - mean - unit * slope) * inverse
            }
            // Summed over what the weight does not have; the engine gives it the weight's shape.
            if hasWeight { gradients.append(Tensor.summed(grad * unit, like: broadcastShape).reshape(context.saved[1].shape)) }
            if context.saved.count > (hasWeight ? 2 : 1) {
                gradients.append(Tensor.summed(grad, like: broadcastShape).reshape(context.saved.last!.shape))
            }
            return gradients
        }
        return (result, mean, variance)
    }

    private static func summed(_ x: Tensor, like shape: [Int]) -> Tensor { x.sumToSize(shape) }
}
