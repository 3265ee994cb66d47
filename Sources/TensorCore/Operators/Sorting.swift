/// Order along a dimension: sort, topk, kthvalue, median, mode.

/// A result that was taken from one position of each row: its gradient goes back there.
final class SelectionBackward: ViewNode {
    private let ownName: String
    private let dim: Int
    private let indices: Tensor

    /// `indices` keeps the dimension, and has as many entries as the result.
    init(_ name: String, _ input: Tensor, _ dim: Int, _ indices: Tensor) {
        ownName = name
        self.dim = dim
        self.indices = indices
        super.init(input)
    }

    override var name: String { ownName }

    override func gradient(_ grad: Tensor) -> Tensor {
        Tensor.computedWide(grad.reshape(indices.dims)) { given in
            torch.zeros(inputDims.array, dtype: given[0]!.dtype, device: grad.device).scatterAdd_(dim, indices, given[0]!)
        }
    }
}

extension Tensor {
    /// The values at `indices` along `axis`, recorded as one call of `name` with both as results.
    func selection(
        _ name: String, _ axis: Int, _ indices: Tensor, keepdim: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        let found = GradMode.with(false) { () -> (values: Tensor, indices: Tensor) in
            let values = detach().gather(axis, indices)
            return keepdim || dims.isEmpty ? (values, indices.detach()) : (values.squeeze(axis), indices.squeeze(axis))
        }
        if node != nil, GradMode.isEnabled {
            SelectionBackward(name, self, axis, indices).produces([found.values, found.indices])
        }
        return found
    }

    /// The positions of the elements of each row in order, equal ones as they stand; the first `count` if given.
    func order(_ axis: Int, descending: Bool = false, count: Int? = nil) -> Tensor {
        if dims.isEmpty { return torch.zeros([], dtype: .int64, device: device) }
        let rows = GradMode.with(false) { detach().movedim(axis, -1).contiguous() }
        var wanted = rows.dims
        if let count { wanted[wanted.count - 1] = count }
        let values = Tensor(empty: wanted, dtype, backend)
        let indices = Tensor(empty: wanted, .int64, backend)
        backend.sort(rows, descending: descending, values, indices)
        return indices.movedim(-1, axis).contiguous()
    }

    /// The elements in order along `dim`, and where each stood. NaN counts as the largest; equal
    /// elements always keep their order, whether `stable` or not.
    public func sort(_ dim: Int = -1, descending: Bool = false, stable: Bool = false) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        return selection("SortBackward0", axis, order(axis, descending: descending))
    }
    public func sort(dim: Int, descending: Bool = false, stable: Bool = false) -> (values: Tensor, indices: Tensor) {
        sort(dim, descending: descending, stable: stable)
    }
    /// The positions that sort the elements along `dim`.
    public func argsort(_ dim: Int = -1, descending: Bool = false, stable: Bool = false) -> Tensor {
        order(normalized(dim), descending: descending)
    }
    public func argsort(dim: Int, descending: Bool = false, stable: Bool = false) -> Tensor {
        order(normalized(dim), descending: descending)
    }
    /// The elements in order along the first dimension.
    public func msort() -> Tensor { sort(0).values }

    /// The `k` largest (or smallest) elements along `dim`, in order, and their positions.
    public func topk(
        _ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        refuseComplex(" topk does not support complex dtypes on CPU", .typeError)
        check(dtype != .bool, "topk does not support bool dtypes on CPU", .notImplemented)
        check(k >= 0 && k <= (dims.isEmpty ? 1 : dims[axis]), "selected index k out of range")
        return selection("TopkBackward0", axis, order(axis, descending: largest, count: k))
    }

    /// The `k`-th smallest element along `dim`, counted from 1, and its position.
    public func kthvalue(_ k: Int, dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        check(
            dims.isEmpty || dims[axis] > 0, "kthvalue(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        refuseComplex("\"kthvalue_cpu\" not implemented for '\(dtype.scalarName)'")
        check(
            k >= 1 && k <= (dims.isEmpty ? 1 : dims[axis]),
            "kthvalue(): selected number k out of range for dimension \(axis)")
        let order = order(axis, count: k)
        return selection(
            "KthvalueBackward0", axis, dims.isEmpty ? order : order.narrow(axis, k - 1, 1).contiguous(),
            keepdim: keepdim)
    }

    /// The lower of the middle elements along `dim` and its position; NaN if there is one.
    public func median(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        middle("MedianBackward0", dim, keepdim, ignoresNaN: false)
    }
    public func median(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        median(dim: dim, keepdim: keepdim)
    }
    /// The lower of the middle elements; NaN if there is one, or nothing at all.
    public func median() -> Tensor {
        checkMedian("median_cpu")
        return numel == 0 ? middleOfNothing : flatten().median(dim: 0).values
    }
    /// NaN, which integers hold as their least number.
    private var middleOfNothing: Tensor {
        if let (least, _) = dtype.integerBounds { return newFull([], least) }
        return sum(dtype: dtype) + Double.nan
    }
    /// `median` over the elements that are not NaN.
    public func nanmedian(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        middle("NanmedianBackward0", dim, keepdim, ignoresNaN: true)
    }
    public func nanmedian(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        nanmedian(dim: dim, keepdim: keepdim)
    }
    public func nanmedian() -> Tensor {
        checkMedian("median_cpu")
        return numel == 0 ? middleOfNothing : flatten().nanmedian(dim: 0).values
    }

    private func checkMedian(_ kernel: String) {
        check(
            !dtype.isComplex && dtype != .bool, "\"\(kernel)\" not implemented for '\(dtype.scalarName)'", .notImplemented)
    }
    private func middle(
        _ node: String, _ dim: Int, _ keepdim: Bool, ignoresNaN: Bool
    ) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        let size = dims.isEmpty ? 1 : dims[axis]
        check(size > 0, "median(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        checkMedian("median_out")
        let order = order(axis)
        if dims.isEmpty || dtype.isIntegral {
            return selection(
                node, axis, dims.isEmpty ? order : order.narrow(axis, (size - 1) / 2, 1).contiguous(), keepdim: keepdim)
        }
        // NaNs are last: the place of the first of them is their count from the end.
        let missing = detach().isnan().sum(dim: axis, keepdim: true)
        var place = (size - 1 - missing).clamp(min: 0).floorDivide(2)
        if !ignoresNaN {
            place = torch.where(missing > 0, size - missing, torch.fullLike(place, (size - 1) / 2))
        }
        return selection(node, axis, order.gather(axis, place), keepdim: keepdim)
    }

    /// The most frequent element along `dim`, the smallest of several, and its last position.
    public func mode(_ dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        refuseComplex("\"mode_cpu\" not implemented for '\(dtype.scalarName)'")
        let order = order(axis)
        if dims.isEmpty { return selection("ModeBackward0", axis, order, keepdim: keepdim) }
        let size = dims[axis]
        check(size > 0, "mode(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        let sorted = detach().gather(axis, order).movedim(axis, -1)
        // How long the run of equal elements is that ends at each place.
        let places = torch.arange(size, device: device).expand(sorted.shape)
        let changes = sorted.narrow(-1, 1, size - 1) != sorted.narrow(-1, 0, size - 1)
        let first = torch.zeros(changes.shape.dropLast() + [1], dtype: .int64, device: device)
        let starts = torch.cat([first, changes * places.narrow(-1, 1, size - 1)], dim: -1)
        let run = places - starts.cummax(dim: -1).values
        let longest = run.max(dim: -1, keepdim: true).indices.movedim(-1, axis)
        return selection("ModeBackward0", axis, order.gather(axis, longest), keepdim: keepdim)
    }
    public func mode(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { mode(dim, keepdim: keepdim) }

    /// The quantiles `q` (0 to 1) of the elements along `dim`, or of all. Between two elements
    /// `interpolation` chooses: `linear`, `lower`, `higher`, `midpoint` or `nearest`. A vector `q`
    /// gives a leading dimension.
    public func quantile(
        _ q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantiles("quantile", q.tensor(beside: self), dim, keepdim, interpolation, ignoresNaN: false)
    }
    /// `quantile` over the elements that are not NaN.
    public func nanquantile(
        _ q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor {
        quantiles("nanquantile", q.tensor(beside: self), dim, keepdim, interpolation, ignoresNaN: true)
    }

    private func quantiles(
        _ name: String, _ q: Tensor, _ dim: Int?, _ keepdim: Bool, _ interpolation: String, ignoresNaN: Bool
    ) -> Tensor {
        if Autocast.isOn {
            return Autocast.inFloat32 { to in
                to(self).quantiles(name, to(q), dim, keepdim, interpolation, ignoresNaN: ignoresNaN)
            }
        }
        check(numel > 0, "\(name)() input tensor must be non-empty")
        check(q.dims.count <= 1, "\(name)() q must be a scalar or 1D tensor")
        check(
            dtype == .float32 || dtype == .float64, "\(name)() input tensor must be either float or double dtype")
        check(
            q.isWrappedNumber || q.dtype == dtype, "\(name)() q tensor must be same dtype as the input tensor")
        check(
            ["linear", "lower", "higher", "midpoint", "nearest"].contains(interpolation),
            "\(name)() interpolation must be one of linear, lower, higher, midpoint or nearest, but got \(interpolation)")
        let wanted = q.to(dtype)
        check(
            !q.isWrappedNumber || (0...1).contains(q.item() as Double),
            "quantile() q must be in the range [0, 1] but got \(NumberText.general(q.isWrappedNumber ? q.item() : 0, 6))")
        check(
            q.numel == 0 || q.device.type == .meta || (wanted >= 0).logicalAnd(wanted <= 1).all().item(),
            "\(name)() q values must be in the range [0, 1]")
        let axis = dim.map { normalized($0) }
        let rows = (axis.map { dims.isEmpty ? self.reshape(1) : movedim($0, -1) } ?? flatten()).sort(-1).values
        let size = rows.size(-1)
        let missing = rows.detach().isnan().sum(dim: -1, keepdim: true)
        let points = wanted.to(device).reshape(-1)
        var ranks: Tensor
        if ignoresNaN {
            ranks = (points * (size - 1 - missing)).clamp(min: 0)
        } else {
            ranks = torch.where(missing > 0, torch.full([1], size - 1, dtype: dtype, device: device), points * (size - 1))
        }
        ranks = ranks.to(dtype)
        if interpolation == "lower" { ranks = ranks.floor() }
        if interpolation == "higher" { ranks = ranks.ceil() }
        if interpolation == "nearest" { ranks = ranks.round() }
        let below = ranks.to(.int64)
        var result = rows.gather(-1, below)
        if interpolation == "linear" || interpolation == "midpoint" {
            let weights = interpolation == "midpoint" ? torch.fullLike(ranks, 0.5) : ranks - below.to(dtype)
            result = result.lerp(rows.gather(-1, ranks.ceil().to(.int64)), weights)
        }
        // The quantiles come first; the reduced dimension stays, if at all, with size 1.
        result = result.movedim(-1, 0)
        if keepdim {
            if let axis { result = dims.isEmpty ? result : result.unsqueeze(axis + 1) } else {
                result = result.reshape([result.size(0)] + [Int](repeating: 1, count: dims.count))
            }
        }
        return q.dims.isEmpty ? result.squeeze(0) : result
    }
}

extension torch {
    public static func sort(
        _ x: Tensor, dim: Int = -1, descending: Bool = false, stable: Bool = false
    ) -> (values: Tensor, indices: Tensor) { x.sort(dim, descending: descending, stable: stable) }
    public static func argsort(_ x: Tensor, dim: Int = -1, descending: Bool = false, stable: Bool = false) -> Tensor {
        x.argsort(dim, descending: descending, stable: stable)
    }
    public static func msort(_ x: Tensor) -> Tensor { x.msort() }
    public static func topk(
        _ x: Tensor, _ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> (values: Tensor, indices: Tensor) { x.topk(k, dim: dim, largest: largest, sorted: sorted) }
    public static func kthvalue(_ x: Tensor, _ k: Int, dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        x.kthvalue(k, dim: dim, keepdim: keepdim)
    }
    public static func median(_ x: Tensor) -> Tensor { x.median() }
    public static func median(_ x: Tensor, dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        x.median(dim: dim, keepdim: keepdim)
    }
    public static func nanmedian(_ x: Tensor) -> Tensor { x.nanmedian() }
    public static func nanmedian(_ x: Tensor, dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        x.nanmedian(dim: dim, keepdim: keepdim)
    }
    public static func mode(_ x: Tensor, dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
        x.mode(dim, keepdim: keepdim)
    }
    public static func quantile(
        _ x: Tensor, _ q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor { x.quantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation) }
    public static func nanquantile(
        _ x: Tensor, _ q: some TensorOperand, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear"
    ) -> Tensor { x.nanquantile(q, dim: dim, keepdim: keepdim, interpolation: interpolation) }
}
