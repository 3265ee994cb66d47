import TensorCore

/// Distances and angles between rows.
extension nn.functional {
    /// The p-norm of the difference along the last dimension; `eps` is added to the difference.
    @_disfavoredOverload
    public static func pairwiseDistance(
        _ x1: Tensor, _ x2: Tensor, p: Double = 2, eps: Double = 1e-6, keepdim: Bool = false
    ) -> Tensor { (x1 - x2 + eps).norm(p, dim: -1, keepdim: keepdim) }

    /// The p-norm distances of all pairs of rows of `(N, M)`: the upper triangle row by row, `N (N - 1) / 2` numbers.
    public static func pdist(_ input: Tensor, p: Double = 2) -> Tensor {
        if input.ndim != 2 { fail("pdist only supports 2D tensors, got: \(input.ndim)D") }
        if !input.isFloatingPoint() { fail("pdist only supports floating-point dtypes") }
        if p < 0 { fail("pdist only supports non-negative p values") }
        let count = input.size(0)
        let pairs = torch.triuIndices(count, count, offset: 1).to(input.device)
        return (input.indexSelect(0, pairs[0]) - input.indexSelect(0, pairs[1])).norm(p, dim: 1)
    }

    /// The cosine of the angle between two tensors along `dim`. Lengths below `eps` count as `eps`.
    @_disfavoredOverload
    public static func cosineSimilarity(_ x1: Tensor, _ x2: Tensor, dim: Int = 1, eps: Double = 1e-8) -> Tensor {
        let dtype = torch.promoteTypes(x1.dtype, x2.dtype)
        if !dtype.isFloatingPoint {
            fail("expected common dtype to be floating point, yet common dtype is \(dtype.scalarName)")
        }
        // Broadcast first: a dimension counted from the end must mean the same one in both.
        if x1.shape != x2.shape {
            let shape = torch.broadcastShapes(x1.shape, x2.shape)
            return cosineSimilarity(x1.expand(shape), x2.expand(shape), dim: dim, eps: eps)
        }
        return Tensor.computedWide(x1.to(dtype), x2.to(dtype)) { given in
            let (x, y) = (given[0]!, given[1]!)
            let scale = x.norm(2, dim: dim).clamp(min: .float(eps)) * y.norm(2, dim: dim).clamp(min: .float(eps))
            return (x * y).sum(dim: dim) / scale
        }
    }
}
