/// Products of vectors, matrices and batches beyond `matmul`.
extension Tensor {
    /// The tensor times a number that an integer type takes as an integer.
    fileprivate func scaled(_ factor: Scalar) -> Tensor {
        if factor.isReal(1) { return self }
        return dtype.isIntegral ? self * Int(factor.double) : self * factor
    }

    /// `beta · self + alpha · product(a, b)`. With `beta` 0 `self` gives its shape alone.
    private func weighted(
        _ a: Tensor, _ b: Tensor, _ beta: Scalar, _ alpha: Scalar, product: (Tensor, Tensor) -> Tensor
    ) -> Tensor {
        if dtype.isHalf, a.dtype == dtype, b.dtype == dtype {
            return Tensor.computedWide(self, a, b) { x in x[0]!.weighted(x[1]!, x[2]!, beta, alpha, product: product) }
        }
        let product = product(a, b)
        check(
            dtype == product.dtype,
            "self and the product must have the same dtype, but got \(dtype.scalarName) and \(product.dtype.scalarName)")
        check(
            dims.count <= product.dims.count && broadcastDims(dims, product.dims) == product.dims,
            "expand(torch.\(dtype.scalarName)Tensor\(shape), size=\(product.shape)): the number of sizes provided "
                + "(\(product.ndim)) must be greater or equal to the number of dimensions in the tensor (\(ndim))")
        return beta.isReal(0) ? product.scaled(alpha) : scaled(beta) + product.scaled(alpha)
    }

    /// `beta · self + alpha · (mat1 @ mat2)` with factors of any kind, complex ones too.
    @_disfavoredOverload
    public func addmm(
        _ mat1: Tensor, _ mat2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { weighted(mat1, mat2, beta.scalar, alpha.scalar) { $0.mm($1) } }

    /// `beta · self + alpha · (batch1 @ batch2)`, for (B, N, M) and (B, M, P).
    public func baddbmm(_ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        if Autocast.isOn {
            return Autocast.inLowerPrecision { to in to(self).baddbmm(to(batch1), to(batch2), beta: beta, alpha: alpha) }
        }
        return weighted(batch1, batch2, beta.scalar, alpha.scalar) { $0.bmm($1) }
    }

    /// `beta · self + alpha · Σ (batch1 @ batch2)` over the batch: (B, N, M) and (B, M, P) to (N, P).
    public func addbmm(_ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        if Autocast.isOn {
            return Autocast.inLowerPrecision { to in to(self).addbmm(to(batch1), to(batch2), beta: beta, alpha: alpha) }
        }
        check(batch1.ndim == 3, "batch1 must be a 3D tensor")
        check(batch2.ndim == 3, "batch2 must be a 3D tensor")
        check(
            batch1.size(0) == batch2.size(0),
            "batch1 and batch2 must have same number of batches, got \(batch1.size(0)) and \(batch2.size(0))")
        check(
            batch1.size(2) == batch2.size(1),
            "Incompatible matrix sizes for bmm (\(batch1.size(1))x\(batch1.size(2)) and "
                + "\(batch2.size(1))x\(batch2.size(2)))")
        // The batch is one more part of the summed dimension.
        let (b, n, m, p) = (batch1.size(0), batch1.size(1), batch1.size(2), batch2.size(2))
        return weighted(batch1, batch2, beta.scalar, alpha.scalar) { left, right in
            left.transpose(0, 1).reshape([n, b * m]).mm(right.reshape([b * m, p]))
        }
    }

    /// `beta · self + alpha · (mat @ vec)`.
    public func addmv(_ mat: Tensor, _ vec: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        check(
            mat.ndim == 2 && vec.ndim == 1 && ndim <= 1,
            "vector + matrix @ vector expected, got \(ndim), \(mat.ndim), \(vec.ndim)")
        check(
            mat.size(1) == vec.size(0) && (numel == mat.size(0) || numel == 1),
            "size mismatch, got input (\(ndim == 0 ? mat.size(0) : size(0))), mat (\(mat.size(0))x\(mat.size(1))), "
                + "vec (\(vec.size(0)))")
        return weighted(mat, vec, beta.scalar, alpha.scalar) { $0.mv($1) }
    }

    /// `beta · self + alpha · vec1 ⊗ vec2`.
    public func addr(_ vec1: Tensor, _ vec2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        check(vec1.ndim == 1, "addr: Expected 1-D argument vec1, but got \(vec1.ndim)-D")
        check(vec2.ndim == 1, "addr: Expected 1-D argument vec2, but got \(vec2.ndim)-D")
        let (beta, alpha) = (beta.scalar, alpha.scalar)
        if vec1.dtype == .bool, vec2.dtype == .bool {
            let product = vec1.outer(vec2)
            let kept = (beta.isReal(0) ? torch.zerosLike(self) : self).expand(product.shape)
            return alpha.isReal(0) ? kept.clone() : kept.logicalOr(product)
        }
        return Tensor.computedWide(self, vec1, vec2) { x in
            let product = x[1]!.outer(x[2]!).scaled(alpha)
            return beta.isReal(0) ? product : x[0]!.scaled(beta) + product
        }
    }

    /// The sums of products over the last dimension of both.
    public func inner(_ other: Tensor) -> Tensor {
        if ndim == 0 || other.ndim == 0 { return self * other }
        check(
            size(-1) == other.size(-1),
            "inner() the last dimension must match on both input tensors but got shapes \(shape) and \(other.shape)")
        return torch.tensordot(self, other, dims: ([-1], [-1]))
    }

    /// The dot product with the first vector's conjugate.
    public func vdot(_ other: Tensor) -> Tensor { conj().dot(other) }

    /// The Kronecker product: every element of `self` times the whole of `other`.
    public func kron(_ other: Tensor) -> Tensor {
        let rank = Swift.max(ndim, other.ndim)
        func padded(_ x: Tensor) -> [Int] { [Int](repeating: 1, count: rank - x.ndim) + x.shape }
        let (a, b) = (padded(self), padded(other))
        let left = reshape(a.flatMap { [$0, 1] })
        let right = other.reshape(b.flatMap { [1, $0] })
        return (left * right).reshape(zip(a, b).map { $0 * $1 })
    }

    /// The sum of a matrix's diagonal.
    public func trace() -> Tensor {
        check(ndim == 2, "trace: expected a matrix, but got tensor with dim \(ndim)")
        return diagonal().sum()
    }

    /// The vector product along `dim`, which has size 3 (the first such one if none is named).
    public func cross(_ other: Tensor, dim: Int? = nil) -> Tensor {
        let axis = dim ?? shape.firstIndex(of: 3)
        check(axis != nil, "no dimension of size 3 in input")
        return torch.linalg.cross(self, other, dim: axis!)
    }

    /// The p-norm of the difference.
    public func dist(_ other: Tensor, _ p: Double = 2) -> Tensor { (self - other).norm(p) }
}

extension torch {
    @_disfavoredOverload
    public static func addmm(
        _ input: Tensor, _ mat1: Tensor, _ mat2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { input.addmm(mat1, mat2, beta: beta, alpha: alpha) }
    public static func baddbmm(_ input: Tensor, _ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        input.baddbmm(batch1, batch2, beta: beta, alpha: alpha)
    }
    public static func addbmm(_ input: Tensor, _ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        input.addbmm(batch1, batch2, beta: beta, alpha: alpha)
    }
    public static func addmv(_ input: Tensor, _ mat: Tensor, _ vec: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        input.addmv(mat, vec, beta: beta, alpha: alpha)
    }
    public static func addr(_ input: Tensor, _ vec1: Tensor, _ vec2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1) -> Tensor {
        input.addr(vec1, vec2, beta: beta, alpha: alpha)
    }
    public static func inner(_ input: Tensor, _ other: Tensor) -> Tensor { input.inner(other) }
    public static func vdot(_ input: Tensor, _ other: Tensor) -> Tensor { input.vdot(other) }
    public static func kron(_ input: Tensor, _ other: Tensor) -> Tensor { input.kron(other) }
    public static func trace(_ input: Tensor) -> Tensor { input.trace() }
    public static func cross(_ input: Tensor, _ other: Tensor, dim: Int? = nil) -> Tensor { input.cross(other, dim: dim) }
    public static func dist(_ input: Tensor, _ other: Tensor, p: Double = 2) -> Tensor { input.dist(other, p) }
    /// The product of matrices, in the order of least work.
    public static func chainMatmul(_ matrices: Tensor...) -> Tensor { chainMatmul(matrices) }
    public static func chainMatmul(_ matrices: [Tensor]) -> Tensor {
        check(!matrices.isEmpty, "chain_matmul(): Expected one or more matrices")
        for x in matrices { check(x.ndim == 2, "Tensor dimension is \(x.ndim), expected 2 instead.") }
        return matrices.count == 1 ? matrices[0] : linalg.multiDot(matrices)
    }

    /// The products summed over the last `dims` dimensions of `a` and the first of `b`.
    public static func tensordot(_ a: Tensor, _ b: Tensor, dims: Int = 2) -> Tensor {
        check(dims >= 0, "tensordot expects dims >= 0, but got dims=\(dims)")
        check(
            dims <= Swift.min(a.ndim, b.ndim),
            "tensordot expects dims < ndim_a or ndim_b, but got dims=\(dims)")
        return tensordot(a, b, dims: (Array(-dims..<0), Array(0..<dims)))
    }

    /// The products summed over the named dimensions of `a` and those of `b`, in pairs.
    public static func tensordot(_ a: Tensor, _ b: Tensor, dims: ([Int], [Int])) -> Tensor {
        check(dims.0.count == dims.1.count, "both dimension lists should have same length")
        check(a.dtype == b.dtype, "both inputs should have same dtype")
        let (first, second) = (dims.0.map { a.normalized($0) }, dims.1.map { b.normalized($0) })
        var (left, right) = (a, b)
        for (place, (i, j)) in zip(first, second).enumerated() {
            if b.size(j) == 1 {
                left = left.sum(dim: i, keepdim: true).to(a.dtype)
            } else if a.size(i) == 1 {
                right = right.sum(dim: j, keepdim: true).to(b.dtype)
            } else {
                check(
                    a.size(i) == b.size(j),
                    "contracted dimensions need to match, but first has size \(a.size(i)) in dim \(dims.0[place]) "
                        + "and second has size \(b.size(j)) in dim \(dims.1[place])")
            }
        }
        let (keptA, keptB) = ((0..<a.ndim).filter { !first.contains($0) }, (0..<b.ndim).filter { !second.contains($0) })
        let k = first.reduce(1) { $0 * left.size($1) }
        let (m, n) = (keptA.reduce(1) { $0 * a.size($1) }, keptB.reduce(1) { $0 * b.size($1) })
        return left.permute(keptA + first).reshape([m, k]).mm(right.permute(second + keptB).reshape([k, n]))
            .reshape(keptA.map { a.size($0) } + keptB.map { b.size($0) })
    }

    /// The powers N − 1 to 0 of the elements of a vector, or with `increasing` 0 to N − 1, as rows.
    public static func vander(_ x: Tensor, N: Int? = nil, increasing: Bool = false) -> Tensor {
        check(x.ndim == 1, "x must be a one-dimensional tensor.")
        let n = N ?? x.size(0)
        check(n >= 0, "N must be non-negative.")
        let base = x.dtype.isIntegral ? x.to(.int64) : x
        if n <= 1 { return base.newOnes([base.size(0), n]) }
        let powers = linalg.vander(base, N: n)
        return increasing ? powers : powers.flip([1])
    }
}

extension torch.linalg {
    /// The vector product along `dim`, which has size 3; other dimensions broadcast.
    public static func cross(_ input: Tensor, _ other: Tensor, dim: Int = -1) -> Tensor {
        check(
            input.ndim == other.ndim, "linalg.cross: inputs must have the same number of dimensions.")
        check(
            input.size(dim) == 3 && other.size(dim) == 3,
            "linalg.cross: inputs dimension \(dim) must have length 3. Got \(input.size(dim)) and \(other.size(dim))")
        func part(_ x: Tensor, _ i: Int) -> Tensor { x.narrow(dim, i, 1) }
        func component(_ i: Int, _ j: Int) -> Tensor { part(input, i) * part(other, j) - part(input, j) * part(other, i) }
        return torch.cat([component(1, 2), component(2, 0), component(0, 1)], dim: dim)
    }

    /// The dot products along `dim`, with the first operand's conjugate; other dimensions broadcast.
    public static func vecdot(_ x: Tensor, _ y: Tensor, dim: Int = -1) -> Tensor {
        checkSameTypes("linalg.vecdot", x, y, names: ("x", "y"))
        return x.ndim == 1 && y.ndim == 1 ? x.vdot(y) : (x.conj() * y).sum(dim: dim)
    }

    /// The matrix product in the order of least work; the first and the last may be vectors.
    public static func multiDot(_ tensors: [Tensor]) -> Tensor {
        check(tensors.count >= 2, "multi_dot(): expected at least 2 tensors but got \(tensors.count)")
        let n = tensors.count
        var chain = tensors
        let (isRow, isColumn) = (chain[0].ndim == 1, chain[n - 1].ndim == 1)
        if isRow { chain[0] = chain[0].unsqueeze(0) }
        if isColumn { chain[n - 1] = chain[n - 1].unsqueeze(-1) }
        for (i, x) in chain.enumerated() {
            let ends = i == 0 || i == n - 1
            check(
                x.ndim == 2,
                ends
                    ? "multi_dot(): the \(i == 0 ? "first" : "last") tensor must be 1D or 2D but got \(tensors[i].ndim)D"
                    : "multi_dot(): tensor \(i) must be 2D but got \(x.ndim)D")
            check(
                x.dtype == tensors[0].dtype,
                "multi_dot(): all tensors must have be the same dtype but tensor 0 is \(tensors[0].dtype.cName) and "
                    + "tensor \(i) \(x.dtype.cName)")
            check(
                i == 0 || chain[i - 1].size(1) == x.size(0),
                "multi_dot(): tensors \(i - 1) and \(i) with shapes \(i > 0 ? tensors[i - 1].shape : []) and "
                    + "\(tensors[i].shape) cannot be multiplied")
        }
        var result = product(chain)
        if isRow { result = result.squeeze(0) }
        if isColumn { result = result.squeeze(-1) }
        return result
    }

    /// The chain's product; where it is cut decides the work.
    private static func product(_ chain: [Tensor]) -> Tensor {
        let n = chain.count
        let sizes = chain.map { $0.size(0) } + [chain[n - 1].size(1)]
        var cost = [[Int]](repeating: [Int](repeating: 0, count: n), count: n)
        var cut = cost
        for length in 1..<n {
            for i in 0..<(n - length) {
                let j = i + length
                cost[i][j] = Int.max
                for k in i..<j {
                    let total = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1]
                    if total < cost[i][j] { (cost[i][j], cut[i][j]) = (total, k) }
                }
            }
        }
        func part(_ i: Int, _ j: Int) -> Tensor {
            i == j ? chain[i] : part(i, cut[i][j]).mm(part(cut[i][j] + 1, j))
        }
        return part(0, n - 1)
    }

    /// The powers 0 to `N − 1` of each element as a new last dimension.
    public static func vander(_ x: Tensor, N: Int? = nil) -> Tensor {
        let x = x.ndim == 0 ? x.unsqueeze(0) : x
        let n = N ?? x.size(-1)
        check(n > 1, "N must be greater than 1.")
        var powers: [Tensor] = []
        let base = x.dtype.isIntegral ? x.to(.int64) : x
        for i in 0..<n { powers.append(i == 0 ? torch.onesLike(base) : powers[i - 1] * base) }
        return torch.stack(powers, dim: -1)
    }

    /// A view of the diagonals of the last two dimensions.
    public static func diagonal(_ A: Tensor, offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
        A.diagonal(offset: offset, dim1: dim1, dim2: dim2)
    }

    public static func matmul(_ input: Tensor, _ other: Tensor) -> Tensor { input.matmul(other) }
}

extension Scalar {
    /// Whether it is this number.
    fileprivate func isReal(_ value: Double) -> Bool { double == value && imaginary == 0 }
}
