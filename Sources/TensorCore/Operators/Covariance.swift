/// Covariances, correlations and the limit on norms of parts.
extension Tensor {
    /// The covariance matrix of variables (rows) over observations (columns); a scalar for one
    /// variable (`torch.cov`).
    ///
    /// - Parameters:
    ///   - correction: subtracted from the number of observations; 1 is the unbiased estimate.
    ///   - fweights: how often each observation counts, whole numbers.
    ///   - aweights: how much each observation counts.
    public func cov(correction: Int = 1, fweights: Tensor? = nil, aweights: Tensor? = nil) -> Tensor {
        check(
            ndim <= 2, "cov(): expected input to have two or fewer dimensions but got an input with \(ndim) dimensions")
        check(dtype != .bool, "cov(): bool dtype is not supported for input", .notImplemented)
        let rows = ndim < 2 ? reshape([1, -1]) : self
        let count = rows.size(1)
        let given = fweights.map { counts -> Tensor in
            checkWeights("fweights", counts, count)
            check(
                counts.dtype.isIntegral && counts.dtype != .bool,
                "cov(): expected fweights to have integral dtype but got fweights with \(counts.dtype.scalarName) dtype")
            return counts
        }
        let weighed = aweights.map { weights -> Tensor in
            checkWeights("aweights", weights, count)
            check(
                weights.dtype.isFloatingPoint,
                "cov(): expected aweights to have floating point dtype but got aweights with \(weights.dtype.scalarName) dtype")
            return weights
        }
        for (name, weights) in [("fweights", given), ("aweights", weighed)] {
            guard let weights else { continue }
            check(
                weights.numel == count,
                "cov(): expected \(name) to have the same numel as there are observations in the input but got "
                    + "\(weights.numel) != \(count)")
            check(
                weights.numel == 0 || device.type == .meta || (weights.detach().min().item() as Double) >= 0,
                "cov(): \(name) cannot be negative")
        }
        let weights = given.map { counts in weighed.map { counts * $0 } ?? counts } ?? weighed
        let values = dtype.isIntegral ? rows.to(.default) : rows
        guard let weights else {
            let centered = values - values.mean(dim: 1, keepdim: true)
            return Tensor.product(centered, centered, over: count - correction)
        }
        let sum = weights.sum()
        check(device.type == .meta || (sum.item() as Double) != 0, "cov(): weights sum to zero, can't be normalized")
        let centered = values - (values * weights).sum(dim: 1, keepdim: true) / sum
        let norm: Tensor
        if correction == 0 {
            norm = sum
        } else if let weighed {
            norm = sum - correction * (weights * weighed).sum() / sum
        } else {
            norm = sum - correction
        }
        let product = centered.matmul((centered * weights).mT.conj())
        let divided = product / (device.type == .meta || (norm.item() as Double) > 0 ? norm : torch.zerosLike(norm))
        return divided.squeeze()
    }

    private static func product(_ a: Tensor, _ b: Tensor, over count: Int) -> Tensor {
        if count <= 0 { warn("cov(): degrees of freedom is <= 0. Correction should be strictly less than the number of observations.") }
        return (a.matmul(b.mT.conj()) / Double(Swift.max(count, 0))).squeeze()
    }

    private func checkWeights(_ name: String, _ weights: Tensor, _ count: Int) {
        check(
            weights.ndim <= 1,
            "cov(): expected \(name) to have one or fewer dimensions but got \(name) with \(weights.ndim) dimensions")
    }

    /// The correlations of variables (rows) over observations (columns): 1 on the diagonal
    /// (`torch.corrcoef`).
    public func corrcoef() -> Tensor {
        check(
            ndim <= 2,
            "corrcoef(): expected input to have two or fewer dimensions but got an input with \(ndim) dimensions")
        let covariance = cov()
        if covariance.ndim == 0 { return covariance / covariance }
        let deviation = covariance.diagonal().real.sqrt()
        let ratio = covariance / deviation.unsqueeze(1) / deviation.unsqueeze(0)
        if !ratio.dtype.isComplex { return ratio.clamp(min: -1, max: 1) }
        return torch.complex(ratio.real.clamp(min: -1, max: 1), ratio.imag.clamp(min: -1, max: 1))
    }

    /// The tensor with each part along `dim` whose `p`-norm is above `maxnorm` scaled down to it.
    public func renorm(_ p: Double, _ dim: Int, _ maxnorm: Double) -> Tensor {
        check(p > 0, "renorm: non-positive-norm not supported")
        check(maxnorm >= 0, "renorm: expected maxnorm to be >= 0 but got \(NumberText.general(maxnorm, 6))")
        check(ndim >= 2, "renorm: input needs at least 2 dimensions, got \(ndim) dimensions")
        let axis = normalized(dim)
        check(
            !dtype.isIntegral, "linalg.vector_norm: Expected a floating point or complex tensor as input. Got \(dtype.scalarName)",
            .notImplemented)
        return Tensor.computedWide(self) { given in
            let norms = given[0]!.norm(p, dim: (0..<ndim).filter { $0 != axis }, keepdim: true)
            return given[0]! * torch.where(norms > maxnorm, maxnorm / (norms + 1e-7), torch.onesLike(norms))
        }
    }
    @discardableResult public func renorm_(_ p: Double, _ dim: Int, _ maxnorm: Double) -> Tensor {
        replace(with: clone().renorm(p, dim, maxnorm))
    }
}

extension torch {
    public static func cov(_ x: Tensor, correction: Int = 1, fweights: Tensor? = nil, aweights: Tensor? = nil) -> Tensor {
        x.cov(correction: correction, fweights: fweights, aweights: aweights)
    }
    public static func corrcoef(_ x: Tensor) -> Tensor { x.corrcoef() }
    public static func renorm(_ x: Tensor, _ p: Double, _ dim: Int, _ maxnorm: Double) -> Tensor { x.renorm(p, dim, maxnorm) }
}
