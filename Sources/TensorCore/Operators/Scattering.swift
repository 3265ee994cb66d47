import CKernels

/// Reads and writes at given positions beyond gather and scatter.
extension Tensor {
    /// The elements at flat positions, in the shape of `index`.
    public func take(_ index: Tensor) -> Tensor {
        check(index.dtype == .int64, "take(): Expected a long tensor for index, but got \(index.dtype.scalarName)")
        check(
            numel > 0 || index.numel == 0,
            "take(): tried to take from an empty tensor", .indexError)
        if index.numel == 0 {
            return FormulaNode.record("TakeBackward0", [self], saving: []) { self.newEmpty(index.shape) } gradients: { g, _ in
                [torch.zeros(self.shape, dtype: g.dtype, device: g.device)]
            }
        }
        checkFlatPositions(index)
        return flatten().gathered([index])
    }

    /// Stops on flat positions beyond the elements there are.
    private func checkFlatPositions(_ index: Tensor) {
        let outside = device.type == .meta ? index.reshape(-1).narrow(0, 0, 0)
            : index.maskedSelect((index < -numel).logicalOr(index >= numel))
        check(
            outside.numel == 0,
            "out of range: tried to access index \(outside.numel == 0 ? 0 : outside[0].item() as Int) on a tensor of \(numel) elements.",
            .indexError)
    }
    /// The elements at positions along `dim`, broadcast over the others; of the flattened tensor
    /// without `dim`.
    public func takeAlongDim(_ indices: Tensor, dim: Int? = nil) -> Tensor {
        check(
            indices.dtype == .int64,
            "torch.take_along_dim(): dtype of indices should be Long but got \(indices.dtype.scalarName)")
        guard let dim else { return flatten().gather(0, indices.flatten()) }
        check(
            indices.dims.count == dims.count,
            "torch.take_along_dim(): input and indices should have the same number of dimensions, but got \(dims.count) "
                + "dimensions for input, and \(indices.dims.count) dimensions for indices")
        let axis = normalized(dim)
        var (own, wanted) = (shape, indices.shape)
        own[axis] = 1
        wanted[axis] = 1
        var common = broadcastDims(Dims(own), Dims(wanted)).array
        common[axis] = self.shape[axis]
        let source = expand(common)
        common[axis] = indices.shape[axis]
        // Positions count from the end where they are negative.
        return source.gather(axis, indices.remainder(Swift.max(source.size(axis), 1)).expand(common))
    }
    /// A copy with `source` written, or added, at flat positions.
    public func put(_ index: Tensor, _ source: Tensor, accumulate: Bool = false) -> Tensor {
        check(index.dtype == .int64, "put_(): Expected a long tensor for index, but got \(index.dtype.scalarName)")
        check(
            source.dtype == dtype,
            "put_(): self and source expected to have the same dtype, but got self.dtype = \(dtype.scalarName) and "
                + "source.dtype = \(source.dtype.scalarName)")
        check(
            index.numel == source.numel,
            "put_(): Expected source and index to have the same number of elements, but got source.numel() = "
                + "\(source.numel), index.numel() = \(index.numel)")
        if index.numel == 0 { return clone() }
        checkFlatPositions(index)
        return clone().flatten().indexPut([index.flatten()], source.flatten(), accumulate: accumulate).reshape(dims)
    }
    @discardableResult public func put_(_ index: Tensor, _ source: Tensor, accumulate: Bool = false) -> Tensor {
        replace(with: put(index, source, accumulate: accumulate))
    }

    /// A copy with the parts of `source` at `index` along `dim`.
    public func indexCopy(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        let axis = normalized(dim)
        check(index.dims.count <= 1, "index_copy_(): Index should have dimension 1 or 0 (got \(index.dims.count))", .indexError)
        check(index.dtype == .int64, "index_copy_(): Expected a long tensor for index, but got \(index.dtype.scalarName)")
        check(
            source.dtype == dtype,
            "index_copy_(): self and source expected to have the same dtype, but got (self) \(dtype.scalarName) and "
                + "(source) \(source.dtype.scalarName)")
        check(
            ndim == 0 || source.ndim == 0 || source.ndim == ndim,
            "index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality "
                + "(\(source.ndim)), destination dimensionality (\(ndim))", .indexError)
        if ndim > 0, source.ndim > 0 {
            let (own, given) = (shape.enumerated().filter { $0.offset != axis }.map(\.element), source.shape.enumerated().filter { $0.offset != axis }.map(\.element))
            check(
                own == given,
                "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: "
                    + "\(own.map(String.init).joined(separator: " ")) at dimension \(axis) and source slice shape: "
                    + "\(given.map(String.init).joined(separator: " ")) at dimension 0.")
            check(
                index.numel == source.dims[axis],
                "index_copy_(): Number of indices (\(index.numel)) should be equal to source.size(dim) (\(source.dims[axis]))",
                .indexError)
        }
        if dims.isEmpty { return source.reshape([]).clone() }
        let result = clone()
        let parts = source.dims.isEmpty ? source.expand(shape.enumerated().map { $0.offset == axis ? 1 : $0.element }) : source
        result.movedim(axis, 0).indexPut_([Optional(index.reshape(-1))], parts.movedim(axis, 0))
        return result
    }
    @discardableResult public func indexCopy_(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
        replace(with: indexCopy(dim, index, source))
    }
    /// A copy with one value at `index` along `dim`.
    public func indexFill(_ dim: Int, _ index: Tensor, _ value: some TensorOperand) -> Tensor {
        let axis = normalized(dim)
        check(index.dtype == .int64, "index_fill_(): Expected dtype int64 for index.", .indexError)
        check(index.dims.count <= 1, "Index has to be a vector/scalar")
        check(
            dtype.isComplex || (value as? any ScalarConvertible)?.scalar.dtype.isComplex != true,
            "index_fill_(): Converting complex Scalar to non-complex type is not supported")
        let number = value.tensor(beside: self)
        check(
            number.dims.isEmpty,
            "index_fill_ only supports a 0-dimensional value tensor, but got tensor with \(number.dims.count) dimension(s).")
        if dims.isEmpty { return index.numel == 0 ? clone() : fill(number.to(dtype)) }
        // Where the index names a part twice, it is filled once.
        let hit = torch.zeros([dims[axis]], dtype: .bool, device: device)
        if index.numel > 0 { hit.indexPut_([Optional(index.reshape(-1))], torch.ones([], dtype: .bool, device: device)) }
        let mask = hit.reshape((0..<ndim).map { $0 == axis ? -1 : 1 })
        return FormulaNode.record("IndexFillBackward0", [self, number], saving: []) {
            Operators.where(mask, number.to(self.dtype), self)
        } gradients: { g, _ in [g.maskedFill(mask, 0), g.maskedFill(mask.logicalNot(), 0).sum()] }
    }
    @discardableResult public func indexFill_(_ dim: Int, _ index: Tensor, _ value: some TensorOperand) -> Tensor {
        replace(with: indexFill(dim, index, value))
    }

    /// A copy with the elements of `source` combined in at `index` along `dim`: `reduce` is `sum`,
    /// `prod`, `mean`, `amax` or `amin`. Without `includeSelf` the old values there do not count.
    public func scatterReduce(
        _ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        let axis = normalized(dim)
        check(
            ["sum", "prod", "mean", "amax", "amin"].contains(reduce),
            "reduce argument must be either sum, prod, mean, amax or amin, got \(reduce)")
        check(source.dtype == dtype, "scatter(): Expected self.dtype to be equal to src.dtype")
        if index.numel > 0 {
            // One number counts as a row of one.
            for (other, name) in [(self, "self"), (source, "src")] {
                check(
                    Swift.max(index.ndim, 1) == Swift.max(other.ndim, 1),
                    "Index tensor must have the same number of dimensions as \(name) tensor")
            }
            for i in 0..<Swift.min(index.ndim, source.ndim, ndim) where index.dims[i] > source.dims[i] || (i != axis && index.dims[i] > dims[i]) {
                fail(
                    "Expected index \(index.dims) to be no larger than self \(dims) apart from dimension \(axis) and to be no "
                        + "larger size than src \(source.dims)")
            }
        }
        // The part of the source that the index covers.
        var part = source
        for i in 0..<Swift.min(index.ndim, source.ndim) where index.dims[i] < source.dims[i] { part = part.narrow(i, 0, index.dims[i]) }
        let values = part
        return FormulaNode.record("ScatterReduceBackward0", [self, values]) {
            Tensor.scatterReduced(self.detach(), axis, index, values.detach(), reduce, includeSelf)
        } gradients: { grad, context in
            Tensor.scatterReduceGradients(grad, context.saved[0], axis, index, context.saved[1], reduce, includeSelf)
        }
    }
    public func scatterReduce(
        dim: Int, index: Tensor, src: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor { scatterReduce(dim, index, src, reduce: reduce, includeSelf: includeSelf) }
    @discardableResult public func scatterReduce_(
        _ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor { replace(with: clone().scatterReduce(dim, index, source, reduce: reduce, includeSelf: includeSelf)) }

    private static func scatterReduced(
        _ x: Tensor, _ axis: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, _ includeSelf: Bool
    ) -> Tensor {
        let result = x.clone()
        if index.numel == 0 { return result }
        let hit = torch.zerosLike(x).scatter_(axis, index, 1) != 0
        if !includeSelf {
            // What each reduction starts from.
            let start: Scalar
            switch reduce {
            case "prod": start = 1
            case "amax": start = x.dtype.lowest
            case "amin": start = x.dtype.highest
            default: start = 0
            }
            result.copyValues(from: torch.where(hit, torch.fullLike(x, start), x))
        }
        let modes: [String: ck_scatter] = [
            "prod": CK_SCATTER_MULTIPLY, "amax": CK_SCATTER_MAX, "amin": CK_SCATTER_MIN,
        ]
        result.backend.scatter(result, axis, index, source.contiguous(), modes[reduce] ?? CK_SCATTER_ADD)
        if reduce == "mean" {
            let counts = counts(x, axis, index, includeSelf)
            return torch.div(result, counts, roundingMode: x.dtype.isIntegral ? "floor" : nil).to(x.dtype)
        }
        return result
    }

    /// How many values each element was made of, at least 1.
    private static func counts(_ x: Tensor, _ axis: Int, _ index: Tensor, _ includeSelf: Bool) -> Tensor {
        let ones = torch.ones(index.shape, dtype: x.dtype, device: x.device)
        let start = includeSelf ? torch.onesLike(x.detach()) : torch.zerosLike(x.detach())
        let counts = start.scatterAdd_(axis, index, ones)
        return counts.maskedFill(counts == 0, 1)
    }

    private static func scatterReduceGradients(
        _ grad: Tensor, _ x: Tensor, _ axis: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, _ includeSelf: Bool
    ) -> [Tensor] {
        if index.numel == 0 { return [grad, torch.zerosLike(source)] }
        let hit = torch.zerosLike(x.detach()).scatter_(axis, index, 1) != 0
        func masked(_ own: Tensor) -> Tensor { includeSelf ? own : torch.where(hit, torch.zerosLike(grad), grad) }
        switch reduce {
        case "sum":
            return [masked(grad), grad.gather(axis, index)]
        case "mean":
            let each = grad / counts(x.detach(), axis, index, includeSelf)
            return [masked(each), each.gather(axis, index)]
        case "prod":
            return productGradients(grad, x, axis, index, source, includeSelf, masked)
        default:
            // Those equal to the extreme share the gradient.
            let result = scatterReduced(x.detach(), axis, index, source.detach(), reduce, includeSelf)
            let own = (x.detach() == result).to(grad.dtype)
            let given = (source.detach() == result.gather(axis, index)).to(grad.dtype)
            let start = includeSelf ? own.clone() : torch.zerosLike(own)
            let shares = start.scatterAdd_(axis, index, given)
            let each = grad / shares.maskedFill(shares == 0, 1)
            return [masked(own * each), given * each.gather(axis, index)]
        }
    }

    /// Each factor's gradient is the product of the others: the product over the factor, and for a
    /// factor of zero the product of those that are not zero, times the second zero if there is one:
    /// it counts when the gradient is differentiated.
    private static func productGradients(
        _ grad: Tensor, _ x: Tensor, _ axis: Int, _ index: Tensor, _ source: Tensor, _ includeSelf: Bool,
        _ masked: (Tensor) -> Tensor
    ) -> [Tensor] {
        func filled(_ t: Tensor) -> Tensor { torch.where(t == 0, torch.onesLike(t), t) }
        func product(_ x: Tensor, _ source: Tensor) -> Tensor {
            x.scatterReduce(axis, index, source, reduce: "prod", includeSelf: includeSelf)
        }
        let (whole, nonzero) = (product(x, source), product(filled(x), filled(source)))
        let ownZero = (x.detach() == 0).to(grad.dtype), givenZero = (source.detach() == 0).to(grad.dtype)
        let zeros = (includeSelf ? ownZero.clone() : torch.zerosLike(ownZero)).scatterAdd_(axis, index, givenZero)
        func onlyZeros(_ t: Tensor) -> Tensor { torch.where(t == 0, t, torch.zerosLike(t)) }
        let sum = (includeSelf ? onlyZeros(x) : torch.zerosLike(x)).scatterAdd(axis, index, onlyZeros(source))
        func share(_ value: Tensor, _ isZero: Tensor, _ group: (Tensor) -> Tensor) -> Tensor {
            let count = group(zeros)
            let other = torch.where(count == 2, group(sum) - value, torch.zerosLike(value))
            let alone = group(nonzero) * torch.where(count == 1, torch.onesLike(value), other)
            return torch.where(isZero != 0, alone, group(whole) / filled(value))
        }
        return [
            masked(grad * share(x, ownZero) { $0 }),
            grad.gather(axis, index) * share(source, givenZero) { $0.gather(axis, index) },
        ]
    }

    /// A copy with the parts of `source` combined in at `index` along `dim`: `reduce` is `prod`,
    /// `mean`, `amax` or `amin`.
    public func indexReduce(
        _ dim: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor {
        check(
            ["prod", "mean", "amax", "amin"].contains(reduce),
            "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got \(reduce).")
        check(
            source.dtype == dtype,
            "index_reduce_(): self and source expected to have the same dtype, but got (self) \(dtype.scalarName) and "
                + "(source) \(source.dtype.scalarName)")
        check(
            index.dtype == .int64 || index.dtype == .int32,
            "index_reduce_(): Expected dtype int32/int64 for index but got: \(index.dtype.scalarName)")
        let axis = normalized(dim)
        let count = source.ndim > axis ? source.dims[axis] : 1
        check(
            index.numel == count,
            "index_reduce_(): Number of indices (\(index.numel)) should be equal to source.size(dim): (\(count)), for dim: \(axis)")
        if dims.isEmpty {
            return reshape([1]).indexReduce(0, index, source.reshape([1]), reduce, includeSelf: includeSelf).reshape([])
        }
        let column = index.reshape((0..<dims.count).map { $0 == axis ? -1 : 1 }).to(.int64)
        return scatterReduce(axis, column.expand(source.shape), source, reduce: reduce, includeSelf: includeSelf)
    }
    @discardableResult public func indexReduce_(
        _ dim: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor { replace(with: clone().indexReduce(dim, index, source, reduce, includeSelf: includeSelf)) }

    /// A copy whose elements at true places of `mask` are those of `source`, in order.
    public func maskedScatter(_ mask: Tensor, _ source: Tensor) -> Tensor {
        check(
            mask.dtype == .bool, "masked_scatter_ only supports boolean masks, but got mask with dtype \(mask.dtype.scalarName)")
        check(
            source.dtype == dtype,
            "masked_scatter: expected self and source to have same dtypes but got\(dtype.scalarName) and \(source.dtype.scalarName)")
        let shape = broadcastDims(mask.dims, dims).array
        if device.type == .meta { return expand(shape).clone() }
        let places = mask.expand(shape).nonzeroTuple()
        let count = mask.expand(shape).flatten().sum().item() as Int
        check(source.numel >= count, "Number of elements of source < number of ones in mask")
        let whole = expand(shape).clone()
        if count == 0 { return whole }
        if places.isEmpty { return whole * 0 + source.flatten()[0] }
        return whole.indexPut_(places, source.flatten().narrow(0, 0, count))
    }
    @discardableResult public func maskedScatter_(_ mask: Tensor, _ source: Tensor) -> Tensor {
        replace(with: maskedScatter(mask, source))
    }
}

extension DType {
    /// The least value, −∞ for floating types.
    var lowest: Scalar {
        switch self {
        case .bool, .uint8: .int(0)
        case .int8: .int(Int(Int8.min))
        case .int16: .int(Int(Int16.min))
        case .int32: .int(Int(Int32.min))
        case .int64: .int(Int.min)
        default: .float(-.infinity)
        }
    }
    /// The greatest value, ∞ for floating types.
    var highest: Scalar {
        switch self {
        case .bool: .int(1)
        case .uint8: .int(255)
        case .int8: .int(Int(Int8.max))
        case .int16: .int(Int(Int16.max))
        case .int32: .int(Int(Int32.max))
        case .int64: .int(Int.max)
        default: .float(.infinity)
        }
    }
}

extension torch {
    public static func take(_ x: Tensor, _ index: Tensor) -> Tensor { x.take(index) }
    public static func takeAlongDim(_ x: Tensor, _ indices: Tensor, dim: Int? = nil) -> Tensor { x.takeAlongDim(indices, dim: dim) }
    public static func put(_ x: Tensor, _ index: Tensor, _ source: Tensor, accumulate: Bool = false) -> Tensor {
        x.put(index, source, accumulate: accumulate)
    }
    public static func indexAdd(_ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, alpha: Double = 1) -> Tensor {
        x.indexAdd(dim, index, source, alpha: alpha)
    }
    public static func indexCopy(_ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor { x.indexCopy(dim, index, source) }
    public static func indexFill(_ x: Tensor, _ dim: Int, _ index: Tensor, _ value: some TensorOperand) -> Tensor {
        x.indexFill(dim, index, value)
    }
    public static func indexPut(_ x: Tensor, _ indices: [Tensor], _ values: Tensor, accumulate: Bool = false) -> Tensor {
        x.indexPut(indices, values, accumulate: accumulate)
    }
    public static func indexReduce(
        _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, includeSelf: Bool = true
    ) -> Tensor { x.indexReduce(dim, index, source, reduce, includeSelf: includeSelf) }
    public static func scatterReduce(
        _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String, includeSelf: Bool = true
    ) -> Tensor { x.scatterReduce(dim, index, source, reduce: reduce, includeSelf: includeSelf) }
    public static func maskedScatter(_ x: Tensor, _ mask: Tensor, _ source: Tensor) -> Tensor { x.maskedScatter(mask, source) }
    public static func maskedFill(_ x: Tensor, _ mask: Tensor, _ value: some TensorOperand) -> Tensor { x.maskedFill(mask, value) }
}
