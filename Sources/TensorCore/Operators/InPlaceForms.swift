/// In-place forms of operators whose result has the tensor's own shape: each writes over the tensor
/// what the form without the underscore gives, in the tensor's own type.
extension Tensor {
    @discardableResult public func div_(_ other: some TensorOperand, roundingMode: String?) -> Tensor {
        replace(with: clone().div(other, roundingMode: roundingMode))
    }
    @discardableResult public func fmod_(_ other: some TensorOperand) -> Tensor {
        Operators.fmod.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func atan2_(_ other: Tensor) -> Tensor { Operators.atan2.inPlace(self, other) }
    @discardableResult public func sgn_() -> Tensor { replace(with: clone().sgn()) }
    @discardableResult public func floatPower_(_ exponent: some TensorOperand) -> Tensor {
        replace(with: clone().floatPower(exponent))
    }
    @discardableResult public func nextafter_(_ other: Tensor) -> Tensor { replace(with: clone().nextafter(other)) }
    @discardableResult public func igamma_(_ other: Tensor) -> Tensor { replace(with: clone().igamma(other)) }
    @discardableResult public func igammac_(_ other: Tensor) -> Tensor { replace(with: clone().igammac(other)) }

    // MARK: Comparison and logic: 1 where it is true

    @discardableResult public func eq_(_ other: some TensorOperand) -> Tensor { copy_(eq(other)) }
    @discardableResult public func ne_(_ other: some TensorOperand) -> Tensor { copy_(ne(other)) }
    @discardableResult public func lt_(_ other: some TensorOperand) -> Tensor { copy_(lt(other)) }
    @discardableResult public func le_(_ other: some TensorOperand) -> Tensor { copy_(le(other)) }
    @discardableResult public func gt_(_ other: some TensorOperand) -> Tensor { copy_(gt(other)) }
    @discardableResult public func ge_(_ other: some TensorOperand) -> Tensor { copy_(ge(other)) }
    @discardableResult public func logicalAnd_(_ other: Tensor) -> Tensor { copy_(logicalAnd(other)) }
    @discardableResult public func logicalOr_(_ other: Tensor) -> Tensor { copy_(logicalOr(other)) }
    @discardableResult public func logicalXor_(_ other: Tensor) -> Tensor { copy_(logicalXor(other)) }
    @discardableResult public func logicalNot_() -> Tensor { copy_(logicalNot()) }
    @discardableResult public func bitwiseAnd_(_ other: some TensorOperand) -> Tensor { replace(with: bitwiseAnd(other)) }
    @discardableResult public func bitwiseOr_(_ other: some TensorOperand) -> Tensor { replace(with: bitwiseOr(other)) }
    @discardableResult public func bitwiseXor_(_ other: some TensorOperand) -> Tensor { replace(with: bitwiseXor(other)) }
    @discardableResult public func bitwiseNot_() -> Tensor { replace(with: bitwiseNot()) }

    // MARK: Products

    @discardableResult
    public func addmm_(
        _ mat1: Tensor, _ mat2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { replace(with: clone().addmm(mat1, mat2, beta: beta, alpha: alpha)) }
    @discardableResult
    public func addmv_(
        _ mat: Tensor, _ vec: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { replace(with: clone().addmv(mat, vec, beta: beta, alpha: alpha)) }
    @discardableResult
    public func addr_(
        _ vec1: Tensor, _ vec2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { replace(with: clone().addr(vec1, vec2, beta: beta, alpha: alpha)) }
    @discardableResult
    public func addbmm_(
        _ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { replace(with: clone().addbmm(batch1, batch2, beta: beta, alpha: alpha)) }
    @discardableResult
    public func baddbmm_(
        _ batch1: Tensor, _ batch2: Tensor, beta: any ScalarConvertible = 1, alpha: any ScalarConvertible = 1
    ) -> Tensor { replace(with: clone().baddbmm(batch1, batch2, beta: beta, alpha: alpha)) }

    // MARK: Parts

    /// Writes `value` on the main diagonal: where all indices are equal. With `wrap`, the diagonal of a
    /// tall matrix begins again after as many rows as there are columns.
    @discardableResult
    public func fillDiagonal_(_ fillValue: some ScalarConvertible, wrap: Bool = false) -> Tensor {
        check(ndim >= 2, "dimensions must larger than 1")
        check(
            ndim == 2 || dims.array.allSatisfy { $0 == dims[0] },
            "all dimensions of input must be of equal length")
        let (rows, columns) = (dims[0], dims.array.min() ?? 0)
        let step = steps.array.reduce(0, +)
        asStrided([Swift.min(rows, columns)], [step], storageOffset: storageOffset()).fill_(fillValue)
        if wrap, ndim == 2, rows > columns + 1 {
            let start = columns + 1
            narrow(0, start, rows - start).fillDiagonal_(fillValue, wrap: true)
        }
        return self
    }

    // MARK: Shape

    @discardableResult public func unsqueeze_(_ dim: Int) -> Tensor { rearrange(as: unsqueeze(dim)) }
    @discardableResult public func squeeze_() -> Tensor { rearrange(as: squeeze()) }
    @discardableResult public func squeeze_(_ dim: Int) -> Tensor { rearrange(as: squeeze(dim)) }
    @discardableResult public func squeeze_(_ dim: [Int]) -> Tensor { rearrange(as: squeeze(dim)) }
    @discardableResult public func t_() -> Tensor { rearrange(as: t()) }
    @discardableResult public func transpose_(_ dim0: Int, _ dim1: Int) -> Tensor { rearrange(as: transpose(dim0, dim1)) }
    @discardableResult public func swapaxes_(_ axis0: Int, _ axis1: Int) -> Tensor { transpose_(axis0, axis1) }
    @discardableResult public func swapdims_(_ dim0: Int, _ dim1: Int) -> Tensor { transpose_(dim0, dim1) }
    @discardableResult public func asStrided_(_ size: [Int], _ stride: [Int], _ storageOffset: Int? = nil) -> Tensor {
        rearrange(as: asStrided(size, stride, storageOffset: storageOffset))
    }
    @discardableResult public func asStrided_(_ size: [Int], _ stride: [Int], storageOffset: Int) -> Tensor {
        asStrided_(size, stride, storageOffset)
    }

    /// Gives the tensor another size, in memory's order; elements beyond the old ones are not set.
    @discardableResult
    public func resize_(_ size: [Int]) -> Tensor {
        check(!requiresGrad, "cannot resize variables that require grad")
        let target = Dims(size)
        if target.product > numel {
            let larger = Tensor(empty: target, dtype, backend)
            if numel > 0 { larger.flatten().narrow(0, 0, numel).copy_(flatten()) }
            return rearrange(as: larger)
        }
        return rearrange(as: asStrided(target, target.contiguousStrides, 0))
    }
    @discardableResult public func resize_(_ size: Int...) -> Tensor { resize_(size) }
    @discardableResult public func resizeAs_(_ other: Tensor) -> Tensor { resize_(other.shape) }
    /// Makes the tensor another name of what `source` holds.
    @discardableResult public func set_(_ source: Tensor) -> Tensor {
        check(!requiresGrad, "cannot call set_() on a tensor that requires grad")
        return rearrange(as: source.detach())
    }
}
