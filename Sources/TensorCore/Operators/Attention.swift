/// Attention as one operator.
extension Tensor {
    /// `softmax(self · keyᵀ · scale + mask) · value`, a query that sees nothing giving zero.
    ///
    /// - Parameters:
    ///   - mask: numbers to add; broadcast to (…, L, S).
    ///   - isCausal: whether query i sees keys 0 to i only.
    package func attention(_ key: Tensor, _ value: Tensor, mask: Tensor?, isCausal: Bool, scale: Double) -> Tensor {
        let batch = Array(shape.dropLast(2))
        let isBlocked = device.type == .cpu && (dtype == .float32 || dtype == .float64)
            && numel > 0 && key.numel > 0 && value.numel > 0
            && Array(key.shape.dropLast(2)) == batch && Array(value.shape.dropLast(2)) == batch
            && size(-1) == key.size(-1) && key.size(-2) == value.size(-2)
            && (mask.map { $0.node == nil && $0.ndim <= ndim } ?? true)
        guard isBlocked else {
            return attentionWeights(key, mask: mask, isCausal: isCausal, scale: scale).matmul(value)
        }
        return dtype == .float32
            ? blockedAttention(key, value, mask, isCausal, scale, Float.self)
            : blockedAttention(key, value, mask, isCausal, scale, Double.self)
    }

    private func blockedAttention<Element: AttentionElement>(
        _ key: Tensor, _ value: Tensor, _ mask: Tensor?, _ isCausal: Bool, _ scale: Double, _ element: Element.Type
    ) -> Tensor {
        let batch = Array(shape.dropLast(2)), (length, sources) = (size(-2), key.size(-2))
        let added = GradMode.with(false) {
            mask.map { mask in
                // The last dimension must have its elements; the others may repeat.
                let own = mask.to(dtype)
                return own.expand(Array(own.shape.dropLast()) + [sources]).contiguous().expand(batch + [length, sources])
            }
        }
        let run = { (q: Tensor, k: Tensor, v: Tensor) in
            BlockedAttention<Element>(q, k, v, added, isCausal: isCausal, scale: scale)
        }
        let out = torch.empty(batch + [length, value.size(-1)], dtype: dtype)
        let logSums = torch.empty(batch + [length], dtype: dtype)
        GradMode.with(false) { run(self, key, value).forward(out, logSums) }
        let name = "ScaledDotProductFlashAttentionForCpuBackward0"
        return FormulaNode.record(name, [self, key, value], saving: [self, key, value, out]) {
            out.alias()
        } gradients: { grad, context in
            let (q, k, v) = (context.saved[0], context.saved[1], context.saved[2])
            if GradMode.isEnabled {
                // To be differentiated again, by operators that can.
                let weights = q.attentionWeights(k, mask: mask, isCausal: isCausal, scale: scale)
                let weightGrad = grad.matmul(v.mT)
                let scoreGrad = weights * (weightGrad - (weightGrad * weights).sum(dim: -1, keepdim: true)) * scale
                return [scoreGrad.matmul(k), scoreGrad.mT.matmul(q), weights.mT.matmul(grad)]
            }
            let slopes = (grad * context.saved[3]).sum(dim: -1)
            let gradients = [q, k, v].map { torch.zeros($0.shape, dtype: $0.dtype) }
            run(q, k, v).backward(grad.contiguous(), logSums, slopes.contiguous(), gradients[0], gradients[1], gradients[2])
            return gradients
        }
    }

    /// The weights by which attention sums the values, made of operators.
    private func attentionWeights(_ key: Tensor, mask: Tensor?, isCausal: Bool, scale: Double) -> Tensor {
        var scores = matmul(key.mT) * scale
        if isCausal {
            let seen = torch.ones([size(-2), key.size(-2)], dtype: .bool, device: device).tril()
            scores = scores.maskedFill(seen.logicalNot(), -Double.infinity)
        }
        guard let mask else { return scores.softmax(-1) }
        scores = scores + mask
        // A row that sees nothing would be 0 / 0.
        let hidden = GradMode.with(false) { (scores == -Double.infinity).all(dim: -1, keepdim: true) }
        return scores.maskedFill(hidden, 0).softmax(-1).maskedFill(hidden, 0)
    }
}
