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
        let (rows, columns) = (query.size(-2), key.size(-2))
        let mask = isCausal
            ? torch.ones([rows, columns], dtype: .bool, device: query.device).tril() : attnMask
        return attention(query, key, value, mask, factor, dropoutP).result
    }

    /// The result, and the weights by which it sums the values.
    static func attention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor?, _ scale: Double, _ dropoutP: Double
    ) -> (result: Tensor, weights: Tensor) {
        var scores = query.matmul(key.mT) * scale
        var weights: Tensor
        if let mask {
            if mask.dtype == .bool {
                scores = scores.maskedFill(mask.logicalNot(), -Double.infinity)
            } else {
                scores = scores + mask
            }
            // A row without any key would be 0 / 0.
            let hidden = torch.noGrad { (scores == -Double.infinity).all(dim: -1, keepdim: true) }
            weights = scores.maskedFill(hidden, 0).softmax(-1).maskedFill(hidden, 0)
        } else {
            weights = scores.softmax(-1)
        }
        if dropoutP > 0 { weights = dropout(weights, p: dropoutP, training: true) }
        return (weights.matmul(value), weights)
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
