import TensorCore

/// Attention (Vaswani et al., 2017).
extension nn.functional {
    /// `softmax(query · keyᵀ · scale + mask) · value`.
    ///
    /// - Parameters:
    ///   - query: `(…, L, E)`.
    ///   - key: `(…, S, E)`.
    ///   - value: `(…, S, Ev)`.
    ///   - attnMask: broadcast to `(…, L, S)`: bool, true where a query may see a key, or numbers that are added.
    ///     A query that may see no key gives zero.
    ///   - dropoutP: the probability of dropping a weight, whether in training or not.
    ///   - isCausal: query i sees keys 0 to i only.
    ///   - scale: `1 / √E` unless given.
    ///   - enableGqa: fewer heads (dimension -3) of key and value may serve several of the query each.
    /// - Returns: `(…, L, Ev)`.
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, attnMask: Tensor? = nil, dropoutP: Double = 0,
        isCausal: Bool = false, scale: Double? = nil, enableGqa: Bool = false
    ) -> Tensor {
        checkAttention(query, key, value, attnMask, isCausal)
        if !(0...1).contains(dropoutP) { fail("dropout probability has to be between 0 and 1, but got \(dropoutP)") }
        var (key, value) = (key, value)
        if enableGqa {
            let heads = query.size(-3)
            if heads % key.size(-3) != 0 || heads % value.size(-3) != 0 {
                fail("Number of heads in key and value must divide the number of heads in query")
            }
            key = key.repeatInterleave(heads / key.size(-3), dim: -3)
            value = value.repeatInterleave(heads / value.size(-3), dim: -3)
        }
        let factor = scale ?? 1 / Double(query.size(-1)).squareRoot()
        let mask = attnMask.map { $0.dtype == .bool ? added($0.logicalNot(), "attn_mask", query) : $0 }
        return Tensor.computedWide(query, key, value) { x in
            if dropoutP == 0 { return x[0]!.attention(x[1]!, x[2]!, mask: mask, isCausal: isCausal, scale: factor) }
            // The weights are what an identity in place of the values gives.
            let sources = x[1]!.size(-2)
            let one = torch.eye(sources, dtype: x[0]!.dtype, device: query.device).expand(x[1]!.shape.dropLast() + [sources])
            let weights = x[0]!.attention(x[1]!, one, mask: mask, isCausal: isCausal, scale: factor)
            return dropout(weights, p: dropoutP, training: true).matmul(x[2]!)
        }
    }

    private static func checkAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor?, _ isCausal: Bool
    ) {
        if query.dtype != key.dtype || query.dtype != value.dtype {
            fail(
                "Expected query, key, and value to have the same dtype, but got query.dtype: \(query.dtype.cName) key.dtype: "
                    + "\(key.dtype.cName) and value.dtype: \(value.dtype.cName) instead.")
        }
        if query.ndim < 2 || key.ndim < 2 || value.ndim < 2 {
            fail(
                "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: \(query.ndim) key.dim: "
                    + "\(key.ndim) and value.dim: \(value.ndim) instead.")
        }
        guard let mask else { return }
        if mask.dtype != .bool && mask.dtype != .float32 && mask.dtype != query.dtype {
            fail(
                "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: "
                    + "\(mask.dtype.cName) and  query.dtype: \(query.dtype.cName) instead.")
        }
        if isCausal { fail("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True") }
    }
}

extension nn.functional {
    /// Attention of several heads with its projections: what `nn.MultiheadAttention` computes, with PyTorch's arguments.
    ///
    /// - Parameters:
    ///   - query: `(L, N, E)` or `(L, E)`; key and value have S for L.
    ///   - inProjWeight: the three projections one above the other, `(3 E, E)`; nil with `useSeparateProjWeight`.
    ///   - biasK: a row `(1, 1, E)` that is added to the keys, and `biasV` one to the values.
    ///   - addZeroAttn: whether a key and a value of zeros are added.
    ///   - keyPaddingMask: `(N, S)`, true (or a number to add) for keys that are not to be seen.
    ///   - needWeights: whether the weights are given too.
    ///   - attnMask: `(L, S)` or `(N · heads, L, S)`, true for what is not to be seen, or numbers to add.
    ///   - averageAttnWeights: whether the weights are the mean of all heads.
    ///   - isCausal: a hint that `attnMask` is the causal one, which must be given.
    /// - Returns: `(L, N, E)`, and the weights `(N, L, S)` or `(N, heads, L, S)`.
    public static func multiHeadAttentionForward(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ embedDimToCheck: Int, _ numHeads: Int,
        _ inProjWeight: Tensor?, _ inProjBias: Tensor?, _ biasK: Tensor?, _ biasV: Tensor?, _ addZeroAttn: Bool,
        _ dropoutP: Double, _ outProjWeight: Tensor, _ outProjBias: Tensor?, training: Bool = true,
        keyPaddingMask: Tensor? = nil, needWeights: Bool = true, attnMask: Tensor? = nil,
        useSeparateProjWeight: Bool = false, qProjWeight: Tensor? = nil, kProjWeight: Tensor? = nil,
        vProjWeight: Tensor? = nil, averageAttnWeights: Bool = true, isCausal: Bool = false
    ) -> (Tensor, Tensor?) {
        checkHeads(query, key, value, embedDimToCheck, numHeads, keyPaddingMask)
        if isCausal && attnMask == nil { fail("Need attn_mask if specifying the is_causal hint.") }
        let isBatched = query.ndim == 3
        let alone = { (x: Tensor) in isBatched ? x : x.unsqueeze(1) }
        let (length, batch, width) = (query.size(0), isBatched ? query.size(1) : 1, query.size(-1))

        // The projections of query, key and value.
        let inputs = [alone(query), key === query ? nil : alone(key), value === key ? nil : alone(value)]
        let weights = useSeparateProjWeight
            ? [qProjWeight!, kProjWeight!, vProjWeight!] : inProjWeight!.chunk(3, dim: 0)
        let biases: [Tensor?] = inProjBias.map { $0.chunk(3, dim: 0) } ?? [nil, nil, nil]
        var q: Tensor, k: Tensor, v: Tensor
        if inputs[1] == nil, inputs[2] == nil, let inProjWeight, !useSeparateProjWeight {
            let parts = linear(inputs[0]!, inProjWeight, inProjBias).chunk(3, dim: -1)
            (q, k, v) = (parts[0], parts[1], parts[2])
        } else {
            let keys = inputs[1] ?? inputs[0]!
            q = linear(inputs[0]!, weights[0], biases[0])
            k = linear(keys, weights[1], biases[1])
            v = linear(inputs[2] ?? keys, weights[2], biases[2])
        }
        var padding = keyPaddingMask.map { isBatched ? $0 : $0.unsqueeze(0) }.map { added($0, "key_padding_mask", query) }
        var mask = attnMask.map { added($0, "attn_mask", query) }
        checkMask(mask, length, k.size(0), batch * numHeads)
        if let biasK, let biasV {
            k = torch.cat([k, biasK.repeat(1, batch, 1)])
            v = torch.cat([v, biasV.repeat(1, batch, 1)])
            (mask, padding) = (mask.map(widened), padding.map(widened))
        }
        // (N · heads, L, width of a head)
        let headed = { (x: Tensor) in
            x.reshape([x.size(0), batch * numHeads, width / numHeads]).transpose(0, 1)
        }
        (q, k, v) = (headed(q), headed(k), headed(v))
        if addZeroAttn {
            let zero = torch.zeros([batch * numHeads, 1, width / numHeads], dtype: k.dtype, device: k.device)
            (k, v) = (torch.cat([k, zero], dim: 1), torch.cat([v, zero], dim: 1))
            (mask, padding) = (mask.map(widened), padding.map(widened))
        }
        let sources = k.size(1)
        if let hidden = padding {
            let each = hidden.reshape(batch, 1, 1, sources).expand([batch, numHeads, 1, sources])
                .reshape(batch * numHeads, 1, sources)
            mask = mask.map { $0 + each } ?? each
        }

        let probability = training ? dropoutP : 0
        let scale = 1 / Double(width / numHeads).squareRoot()
        var result: Tensor
        var shares: Tensor?
        if needWeights {
            var scores = (q * scale).matmul(k.mT)
            if let mask { scores = scores + mask }
            var each = scores.softmax(-1)
            if probability > 0 { each = dropout(each, p: probability, training: true) }
            result = each.matmul(v)
            let heads = each.reshape(batch, numHeads, length, sources)
            shares = averageAttnWeights ? heads.mean(dim: 1) : heads
        } else {
            let split = { (x: Tensor) in x.reshape([batch, numHeads, x.size(1), x.size(2)]) }
            let spread = mask.map { mask in
                mask.ndim == 3 && mask.size(0) > 1 ? split(mask) : mask
            }
            result = scaledDotProductAttention(split(q), split(k), split(v), attnMask: spread, dropoutP: probability)
                .reshape(batch * numHeads, length, width / numHeads)
        }
        result = linear(result.transpose(0, 1).reshape(length, batch, width), outProjWeight, outProjBias)
        return isBatched ? (result, shares) : (result.squeeze(1), shares?.squeeze(0))
    }

    /// A mask as numbers to add: minus infinity where it is true.
    static func added(_ mask: Tensor, _ name: String, _ like: Tensor) -> Tensor {
        if mask.isFloatingPoint() { return mask }
        if mask.dtype != .bool { fail("only bool and floating types of \(name) are supported", .assertionError) }
        return torch.zeros(mask.shape, dtype: like.dtype, device: like.device).maskedFill(mask, -Double.infinity)
    }

    /// One more column, which hides nothing.
    private static func widened(_ mask: Tensor) -> Tensor {
        torch.cat([mask, torch.zeros(mask.shape.dropLast() + [1], dtype: mask.dtype, device: mask.device)], dim: -1)
    }

    private static func checkHeads(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ width: Int, _ heads: Int, _ padding: Tensor?
    ) {
        if query.ndim != 2 && query.ndim != 3 {
            fail(
                "query should be unbatched 2D or batched 3D tensor but received \(query.ndim)-D query tensor", .assertionError)
        }
        if key.ndim != query.ndim || value.ndim != query.ndim {
            let (kind, rank) = query.ndim == 3 ? ("batched", 3) : ("unbatched", 2)
            fail(
                "For \(kind) (\(rank)-D) `query`, expected `key` and `value` to be \(rank)-D but found \(key.ndim)-D and "
                    + "\(value.ndim)-D tensors respectively", .assertionError)
        }
        if let padding, padding.ndim != query.ndim - 1 {
            let (kind, rank) = query.ndim == 3 ? ("batched", 3) : ("unbatched", 2)
            fail(
                "For \(kind) (\(rank)-D) `query`, expected `key_padding_mask` to be `None` or \(rank - 1)-D but found "
                    + "\(padding.ndim)-D tensor instead", .assertionError)
        }
        if query.size(-1) != width {
            fail("was expecting embedding dimension of \(width), but got \(query.size(-1))", .assertionError)
        }
        if width % heads != 0 { fail("embed_dim \(width) not divisible by num_heads \(heads)", .assertionError) }
        if key.shape.dropLast() != value.shape.dropLast() {
            fail(
                "key's sequence and batch dims torch.Size(\(Array(key.shape.dropLast()))) do not match value's "
                    + "torch.Size(\(Array(value.shape.dropLast())))", .assertionError)
        }
    }

    private static func checkMask(_ mask: Tensor?, _ length: Int, _ sources: Int, _ heads: Int) {
        guard let mask else { return }
        switch mask.ndim {
        case 2 where mask.shape != [length, sources]:
            fail("The shape of the 2D attn_mask is torch.Size(\(mask.shape)), but should be \(tuple([length, sources])).")
        case 3 where mask.shape != [heads, length, sources]:
            fail("The shape of the 3D attn_mask is torch.Size(\(mask.shape)), but should be \(tuple([heads, length, sources])).")
        case 2, 3: break
        default: fail("attn_mask's dimension \(mask.ndim) is not supported")
        }
    }
}
