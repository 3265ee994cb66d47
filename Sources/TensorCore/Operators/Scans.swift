import CKernels

/// Running sums, products and extremes along a dimension, and what is built on them.
extension Tensor {
    private func scanned(_ kernel: ck_scan, _ axis: Int, _ dtype: DType?) -> Tensor {
        let operand = dtype.map { to($0) } ?? self
        let type = operand.dtype.isIntegral && dtype == nil ? .int64 : operand.dtype
        let out = Tensor(empty: dims, type, backend)
        if dims.isEmpty { out.copyValues(from: operand) } else { backend.scan(kernel, operand, axis, out) }
        return out
    }

    /// The sum of each element and all before it along `dim`. Integers give int64.
    public func cumsum(_ dim: Int, dtype: DType? = nil) -> Tensor {
        let axis = normalized(dim)
        let input = dtype.map { to($0) } ?? self
        return FormulaNode.record("CumsumBackward0", [input], saving: []) {
            self.scanned(CK_CUMSUM, axis, dtype)
        } gradients: { grad, _ in [grad.sumOfFollowing(axis)] }
    }
    public func cumsum(dim: Int, dtype: DType? = nil) -> Tensor { cumsum(dim, dtype: dtype) }
    @discardableResult public func cumsum_(_ dim: Int, dtype: DType? = nil) -> Tensor { replace(with: clone().cumsum(dim, dtype: dtype)) }

    /// The product of each element and all before it along `dim`. Integers give int64.
    public func cumprod(_ dim: Int, dtype: DType? = nil) -> Tensor {
        let axis = normalized(dim)
        let input = dtype.map { to($0) } ?? self
        return FormulaNode.record("CumprodBackward0", [input]) {
            self.scanned(CK_CUMPROD, axis, dtype)
        } gradients: { grad, context in [Tensor.cumprodGradient(grad, context.saved[0], axis)] }
    }
    public func cumprod(dim: Int, dtype: DType? = nil) -> Tensor { cumprod(dim, dtype: dtype) }
    @discardableResult public func cumprod_(_ dim: Int, dtype: DType? = nil) -> Tensor { replace(with: clone().cumprod(dim, dtype: dtype)) }

    /// `log(cumsum(exp(x)))` along `dim`, without overflow.
    public func logcumsumexp(_ dim: Int) -> Tensor {
        let axis = normalized(dim)
        check(!dtype.isIntegral, "\"logcumsumexp_out_cpu\" not implemented for '\(dtype.scalarName)'", .notImplemented)
        let input = self
        return FormulaNode.record("LogcumsumexpBackward0", [input]) {
            input.scanned(CK_LOGCUMSUMEXP, axis, nil)
        } gradients: { grad, context in
            let x = context.saved[0]
            let result = x.logcumsumexp(axis)
            if x.dtype.isComplex {
                let logs = torch.where(grad == 0, torch.onesLike(grad), grad).log()
                    .maskedFill(grad == 0, -1e30) - result.conj()
                return [(logs.flip(axis).logcumsumexp(axis).flip(axis) + x.conj()).exp()]
            }
            // The two signs of the gradient apart, each in logarithms.
            func part(_ sign: Double) -> Tensor {
                let mask = grad * sign > 0
                let size = torch.where(mask, grad * sign, torch.onesLike(grad)).log()
                let logs = size.maskedFill(mask.logicalNot(), -size.dtype.largestFinite)
                return ((logs - result).flip(axis).logcumsumexp(axis).flip(axis) + x).exp()
            }
            return [part(1) - part(-1)]
        }
    }
    public func logcumsumexp(dim: Int) -> Tensor { logcumsumexp(dim) }

    /// The largest element so far along `dim`, and the last place where it stood.
    public func cummax(_ dim: Int) -> (values: Tensor, indices: Tensor) { cumulativeExtreme("CummaxBackward0", dim, >=) }
    public func cummax(dim: Int) -> (values: Tensor, indices: Tensor) { cummax(dim) }
    /// The smallest element so far along `dim`, and the last place where it stood.
    public func cummin(_ dim: Int) -> (values: Tensor, indices: Tensor) { cumulativeExtreme("CumminBackward0", dim, <=) }
    public func cummin(dim: Int) -> (values: Tensor, indices: Tensor) { cummin(dim) }

    /// Doubles the reach of each place until it covers the whole row: log₂ n elementwise passes.
    private func cumulativeExtreme(
        _ name: String, _ dim: Int, _ isAtLeast: (Tensor, Tensor) -> Tensor
    ) -> (values: Tensor, indices: Tensor) {
        let called = name == "CummaxBackward0" ? "cummax" : "cummin"
        check(
            !dims.isEmpty || dim == 0 || dim == -1, "\(called)(): Expected reduction dim -1 or 0 for scalar but got \(dim)", .indexError)
        let axis = normalized(dim)
        refuseComplex("\"\(called)_cpu\" not implemented for '\(dtype.scalarName)'")
        if dims.isEmpty { return selection(name, 0, torch.zeros([], dtype: .int64, device: device)) }
        let size = dims[axis]
        let indices = GradMode.with(false) { () -> Tensor in
            var values = detach().movedim(axis, -1)
            var places = torch.arange(size, device: device).expand(values.shape)
            var reach = 1
            while reach < size {
                let (own, before) = (values.narrow(-1, reach, size - reach), values.narrow(-1, 0, size - reach))
                let keeps = isAtLeast(own, before).logicalOr(own.isnan())
                let head = (values.narrow(-1, 0, reach), places.narrow(-1, 0, reach))
                let chosen = torch.where(
                    keeps, places.narrow(-1, reach, size - reach), places.narrow(-1, 0, size - reach))
                values = torch.cat([head.0, torch.where(keeps, own, before)], dim: -1)
                places = torch.cat([head.1, chosen], dim: -1)
                reach *= 2
            }
            return places.movedim(-1, axis).contiguous()
        }
        return selection(name, axis, indices)
    }

    /// The sum of each element and all after it.
    private func sumOfFollowing(_ axis: Int) -> Tensor { flip(axis).cumsum(axis).flip(axis) }

    private static func cumprodGradient(_ grad: Tensor, _ x: Tensor, _ axis: Int) -> Tensor {
        if x.dims.isEmpty { return grad }
        if !(x == 0).any().item() {
            return (grad * x.cumprod(axis).conj()).sumOfFollowing(axis) / x.conj()
        }
        // With zeros: for each element, the products that leave it out.
        let size = x.dims[axis]
        let one = torch.onesLike(x.narrow(axis, 0, 1))
        let columns = (0..<size).map { k -> Tensor in
            let before = k == 0 ? one : x.narrow(axis, 0, k).cumprod(axis).narrow(axis, k - 1, 1)
            let after = torch.cat([one, x.narrow(axis, k + 1, size - k - 1)], dim: axis).cumprod(axis)
            return (grad.narrow(axis, k, size - k) * (before * after).conj()).sum(dim: axis)
        }
        return columns.isEmpty ? torch.zerosLike(x) : torch.stack(columns, dim: axis)
    }

    /// Writes the result of an operator over this tensor: the in-place form of those that need
    /// memory of their own to compute.
    @discardableResult
    func replace(with result: Tensor) -> Tensor {
        check(
            canCast(result.dtype, to: dtype),
            "result type \(result.dtype.scalarName) can't be cast to the desired output type \(dtype.scalarName)")
        return copy_(result)
    }

    /// The differences of neighbours along `dim`, taken `n` times; `prepend` and `append` are
    /// joined on first. Of bool, whether they differ.
    public func diff(n: Int = 1, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil) -> Tensor {
        check(!dims.isEmpty, "diff expects input to be at least one-dimensional")
        check(n >= 0, "order must be non-negative but got \(n)")
        let axis = normalized(dim)
        for extra in [prepend, append].compactMap({ $0 }) {
            check(extra.ndim == ndim, "diff expects prepend or append to be the same dimension as input")
            for i in 0..<ndim where i != axis && extra.dims[i] != dims[i] {
                fail(
                    "diff expects the shape of tensor to prepend or append to match that of input except along the differencing "
                        + "dimension; input.size(\(i)) = \(dims[i]), but got tensor.size(\(i)) = \(extra.dims[i])")
            }
        }
        if n == 0 { return clone() }
        var result = [prepend, self, append].compactMap { $0 }.count == 1
            ? self : torch.cat([prepend, self, append].compactMap { $0 }, dim: axis)
        for _ in 0..<Swift.min(n, result.dims[axis]) {
            let size = result.dims[axis]
            let (later, earlier) = (result.narrow(axis, 1, size - 1), result.narrow(axis, 0, size - 1))
            result = dtype == .bool ? later.logicalXor(earlier) : later - earlier
        }
        return result
    }

    /// The smallest and the largest element, of all or along `dim`.
    public func aminmax(dim: Int? = nil, keepdim: Bool = false) -> (min: Tensor, max: Tensor) {
        refuseComplex("aminmax not implemented for \(dtype.scalarName)", .typeError)
        let dims = dim.map { [$0] } ?? []
        if dim == nil { check(numel > 0, "aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.") }
        return (amin(dim: dims, keepdim: keepdim), amax(dim: dims, keepdim: keepdim))
    }

    /// The mean of the elements that are not NaN, of all or along dimensions.
    public func nanmean(dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        check(
            !self.dtype.isIntegral,
            "nanmean(): expected input to have floating point or complex dtype but got \(self.dtype.scalarName)")
        let x = dtype.map { to($0) } ?? self
        check(!x.dtype.isComplex, "nansum on CPU does not support complex inputs")
        let axes = dim ?? []
        let count = x.detach().isnan().logicalNot().sum(dim: axes, keepdim: keepdim)
        return x.nansum(dim: axes, keepdim: keepdim) / count
    }
    public func nanmean(dim: Int, keepdim: Bool = false) -> Tensor { nanmean(dim: [dim], keepdim: keepdim) }

    /// The sum of the elements that are not NaN, along dimensions.
    public func nansum(dim: [Int], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        refuseComplex("nansum on CPU does not support complex inputs")
        return Operators.nansum(self, dim, keepdim: keepdim, dtype: dtype)
    }
    public func nansum(dim: Int, keepdim: Bool = false) -> Tensor { nansum(dim: [dim], keepdim: keepdim) }
}

extension torch {
    public static func cumsum(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.cumsum(dim, dtype: dtype) }
    public static func cumprod(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.cumprod(dim, dtype: dtype) }
    public static func logcumsumexp(_ x: Tensor, dim: Int) -> Tensor { x.logcumsumexp(dim) }
    public static func cummax(_ x: Tensor, dim: Int) -> (values: Tensor, indices: Tensor) { x.cummax(dim) }
    public static func cummin(_ x: Tensor, dim: Int) -> (values: Tensor, indices: Tensor) { x.cummin(dim) }
    public static func diff(_ x: Tensor, n: Int = 1, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil) -> Tensor {
        x.diff(n: n, dim: dim, prepend: prepend, append: append)
    }
    public static func aminmax(_ x: Tensor, dim: Int? = nil, keepdim: Bool = false) -> (min: Tensor, max: Tensor) {
        x.aminmax(dim: dim, keepdim: keepdim)
    }
    public static func nanmean(_ x: Tensor, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        x.nanmean(dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func nansum(_ x: Tensor, dim: [Int] = [], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        x.nansum(dim: dim, keepdim: keepdim, dtype: dtype)
    }

    /// The standard deviation and the mean, of all elements or along dimensions.
    public static func stdMean(_ x: Tensor, dim: [Int]? = nil, correction: Double = 1, keepdim: Bool = false) -> (std: Tensor, mean: Tensor) {
        check(x.dtype.isDifferentiable, "std_mean only support floating point and complex dtypes", .notImplemented)
        let (variance, mean) = varMean(x, dim: dim, correction: correction, keepdim: keepdim)
        return (Operators.deviation(variance), mean)
    }
    public static func stdMean(_ x: Tensor, dim: Int, correction: Double = 1, keepdim: Bool = false) -> (std: Tensor, mean: Tensor) {
        stdMean(x, dim: [dim], correction: correction, keepdim: keepdim)
    }
    /// The variance and the mean, of all elements or along dimensions.
    public static func varMean(_ x: Tensor, dim: [Int]? = nil, correction: Double = 1, keepdim: Bool = false) -> (var: Tensor, mean: Tensor) {
        check(x.dtype.isDifferentiable, "var_mean only support floating point and complex dtypes", .notImplemented)
        let axes = dim ?? []
        return (x.var(dim: axes, correction: correction, keepdim: keepdim), x.mean(dim: axes, keepdim: keepdim))
    }
    public static func varMean(_ x: Tensor, dim: Int, correction: Double = 1, keepdim: Bool = false) -> (var: Tensor, mean: Tensor) {
        varMean(x, dim: [dim], correction: correction, keepdim: keepdim)
    }

    /// The area under `y` along `dim` by the trapezoidal rule, with points `dx` apart or at `x`.
    public static func trapezoid(_ y: Tensor, _ x: Tensor? = nil, dx: Double = 1, dim: Int = -1) -> Tensor {
        if y.size(dim) == 0 { return y.sum(dim: dim) * 0 }
        return trapezoids(y, x, dx, dim).sum(dim: dim)
    }
    public static func trapz(_ y: Tensor, _ x: Tensor? = nil, dx: Double = 1, dim: Int = -1) -> Tensor {
        trapezoid(y, x, dx: dx, dim: dim)
    }
    /// The same, up to each point.
    public static func cumulativeTrapezoid(_ y: Tensor, _ x: Tensor? = nil, dx: Double = 1, dim: Int = -1) -> Tensor {
        y.size(dim) == 0 ? y.narrow(dim, 0, 0) * dx : trapezoids(y, x, dx, dim).cumsum(dim)
    }

    /// The area between neighbouring points.
    private static func trapezoids(_ y: Tensor, _ x: Tensor?, _ dx: Double, _ dim: Int) -> Tensor {
        let axis = y.normalized(dim)
        let count = y.dims[axis]
        let sums = y.narrow(axis, 1, count - 1) + y.narrow(axis, 0, count - 1)
        guard let x else { return sums * (dx / 2) }
        // Points of one row serve all rows.
        let points = x.dims.count == 1 ? x.reshape([-1] + [Int](repeating: 1, count: y.dims.count - axis - 1)) : x
        let along = x.dims.count == 1 ? 0 : points.dims.count - (y.dims.count - axis)
        check(
            points.size(along) == count, "trapezoid: There must be one `x` value for each sample point")
        return points.diff(dim: along) * sums / 2
    }
}
