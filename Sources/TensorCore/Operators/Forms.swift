import CKernels

/// Further forms of operators: several dimensions at once, positions given as tensors, positional
/// arguments that PyTorch allows.
extension Tensor {
    /// Drops those of the given dimensions that have size 1.
    public func squeeze(_ dim: [Int]) -> Tensor {
        let axes = distinctAxes(dim)
        let kept = (0..<ndim).filter { !(axes.contains($0) && dims[$0] == 1) }
        return viewed(Dims(kept.map { dims[$0] }), Dims(kept.map { steps[$0] }), offset, SqueezeBackward0(self))
    }
    public func squeeze(dim: [Int]) -> Tensor { squeeze(dim) }

    /// The dimensions with negative numbers resolved. Stops where one comes twice.
    private func distinctAxes(_ dim: [Int]) -> [Int] {
        let axes = dim.map { normalized($0) }
        for (i, axis) in axes.enumerated() {
            check(!axes[..<i].contains(axis), "dim \(axis) appears multiple times in the list of dims")
        }
        return axes
    }

    /// Whether all, or any, elements are true along several dimensions; none in the list means
    /// that nothing is reduced.
    public func all(dim: [Int], keepdim: Bool = false) -> Tensor {
        dim.isEmpty ? truth : Operators.all(self, dim, keepdim: keepdim)
    }
    public func any(dim: [Int], keepdim: Bool = false) -> Tensor {
        dim.isEmpty ? truth : Operators.any(self, dim, keepdim: keepdim)
    }
    private var truth: Tensor { dtype == .uint8 ? (self != 0).to(.uint8) : self != 0 }
    public func all(_ dim: Int, keepdim: Bool = false) -> Tensor { all(dim: dim, keepdim: keepdim) }
    public func any(_ dim: Int, keepdim: Bool = false) -> Tensor { any(dim: dim, keepdim: keepdim) }
    public func countNonzero(dim: [Int]) -> Tensor { Operators.countNonzero(self != 0, dim) }

    /// The variance and the standard deviation, over `count − 1` where `unbiased`, else `count`.
    public func `var`(_ unbiased: Bool) -> Tensor { self.var(unbiased: unbiased) }
    public func std(_ unbiased: Bool) -> Tensor { std(unbiased: unbiased) }

    /// `length` elements along `dim` from a start that is a 0-d tensor of whole numbers.
    public func narrow(_ dim: Int, _ start: Tensor, _ length: Int) -> Tensor {
        check(
            start.ndim == 0 && start.dtype.isIntegral && start.dtype != .bool, "start must be an 0-dim integral Tensor.")
        return narrow(dim, start.item() as Int, length)
    }

    /// As many pieces as a 0-d tensor says, or pieces at the positions in a vector.
    public func tensorSplit(_ indicesOrSections: Tensor, dim: Int = 0) -> [Tensor] {
        check(ndim > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
        check(
            indicesOrSections.dtype == .int64,
            "tensor_split expected tensor_indices_or_sections to have dtype of long, but got \(indicesOrSections.dtype.scalarName)")
        check(
            indicesOrSections.ndim <= 1,
            "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a "
                + "tensor with \(indicesOrSections.ndim) dims")
        if indicesOrSections.ndim == 0 { return tensorSplit(indicesOrSections.item() as Int, dim: dim) }
        return tensorSplit(indicesOrSections.array() as [Int], dim: dim)
    }

    /// The indices of the elements that are not zero, as one vector per dimension.
    public func nonzero(asTuple: Bool) -> [Tensor] {
        if !asTuple { return [nonzero()] }
        return ndim == 0 ? unsqueeze(0).nonzeroTuple() : nonzeroTuple()
    }
    /// The first `size` indices of elements that are not zero, filled up with `fillValue`.
    public func nonzeroStatic(size: Int, fillValue: Int = -1) -> Tensor {
        check(size >= 0, "nonzero_static: 'size' must be an non-negative integer")
        if device.type == .meta { return torch.empty([size, ndim], dtype: .int64, device: device) }
        let found = nonzero()
        let kept = found.narrow(0, 0, Swift.min(size, found.size(0)))
        return torch.cat([kept, torch.full([size - kept.size(0), ndim], fillValue, dtype: .int64)])
    }

    /// A copy with `source` added to, or multiplied with, what stands at `index` along `dim`:
    /// `reduce` is `add` or `multiply`. It has no gradient: use `scatterReduce` for one.
    public func scatter(_ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String) -> Tensor {
        clone().scatter_(dim, index, source, reduce: reduce)
    }
    @discardableResult
    public func scatter_(_ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String) -> Tensor {
        check(reduce == "add" || reduce == "multiply", "reduce argument must be either add or multiply.")
        if GradMode.isEnabled, node != nil || source.node != nil { fail("derivative for aten::scatter is not implemented") }
        if reduce == "add" { return scatterAdd_(dim, index, source) }
        return copy_(scatterReduce(dim, index, source, reduce: "prod"))
    }
    /// The same with one number.
    public func scatter(_ dim: Int, _ index: Tensor, _ value: some ScalarConvertible, reduce: String) -> Tensor {
        clone().scatter_(dim, index, torch.full(index.shape, value, dtype: dtype), reduce: reduce)
    }
    /// A copy with one number at `index` along `dim`.
    public func scatter(_ dim: Int, _ index: Tensor, _ value: some ScalarConvertible) -> Tensor {
        clone().scatter_(dim, index, value)
    }
}

extension torch {
    public static func squeeze(_ x: Tensor, _ dim: [Int]) -> Tensor { x.squeeze(dim) }
    public static func squeezeCopy(_ x: Tensor, _ dim: [Int]) -> Tensor { x.squeeze(dim).clone() }
    public static func all(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.all(dim: dim, keepdim: keepdim) }
    public static func all(_ x: Tensor, dim: [Int], keepdim: Bool = false) -> Tensor { x.all(dim: dim, keepdim: keepdim) }
    public static func any(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.any(dim: dim, keepdim: keepdim) }
    public static func any(_ x: Tensor, dim: [Int], keepdim: Bool = false) -> Tensor { x.any(dim: dim, keepdim: keepdim) }
    public static func countNonzero(_ x: Tensor, dim: [Int]) -> Tensor { x.countNonzero(dim: dim) }
    public static func `var`(_ x: Tensor, _ unbiased: Bool) -> Tensor { x.var(unbiased: unbiased) }
    public static func std(_ x: Tensor, _ unbiased: Bool) -> Tensor { x.std(unbiased: unbiased) }
    public static func varMean(_ x: Tensor, _ unbiased: Bool) -> (var: Tensor, mean: Tensor) {
        varMean(x, correction: unbiased ? 1 : 0)
    }
    public static func stdMean(_ x: Tensor, _ unbiased: Bool) -> (std: Tensor, mean: Tensor) {
        stdMean(x, correction: unbiased ? 1 : 0)
    }
    public static func narrow(_ x: Tensor, _ dim: Int, _ start: Tensor, _ length: Int) -> Tensor { x.narrow(dim, start, length) }
    public static func tensorSplit(_ x: Tensor, _ indicesOrSections: Tensor, dim: Int = 0) -> [Tensor] {
        x.tensorSplit(indicesOrSections, dim: dim)
    }
    public static func nonzero(_ x: Tensor, asTuple: Bool) -> [Tensor] { x.nonzero(asTuple: asTuple) }
    public static func nonzeroStatic(_ x: Tensor, size: Int, fillValue: Int = -1) -> Tensor {
        x.nonzeroStatic(size: size, fillValue: fillValue)
    }
    public static func scatter(_ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String) -> Tensor {
        x.scatter(dim, index, source, reduce: reduce)
    }
    public static func scatter(_ x: Tensor, _ dim: Int, _ index: Tensor, _ value: some ScalarConvertible) -> Tensor {
        x.scatter(dim, index, value)
    }
    /// Every `step`-th element along `dim` from `start` up to `end`; a view. In brackets:
    /// `x[(start ..< end).by(step)]`.
    public static func slice(_ x: Tensor, _ dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1) -> Tensor {
        x.slice(dim, start, end, step)
    }
}
