/// Distinct values, counts, and search in sorted values. Results carry no gradients.
extension Tensor {
    /// The distinct elements in increasing order; along `dim`, the distinct parts.
    public func unique(sorted: Bool = true, dim: Int? = nil) -> Tensor {
        unique(sorted: sorted, returnInverse: true, returnCounts: true, dim: dim).output
    }
    /// The distinct elements, where in them each element is, and how often each occurs.
    @_disfavoredOverload
    public func unique(
        sorted: Bool = true, returnInverse: Bool, returnCounts: Bool = false, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor, counts: Tensor) {
        distinct(dim, sorting: true)
    }
    /// The elements without those equal to the one before; along `dim`, the parts.
    public func uniqueConsecutive(dim: Int? = nil) -> Tensor { distinct(dim, sorting: false).output }
    /// The same, where in the result each element is, and how often each occurs in a row.
    @_disfavoredOverload
    public func uniqueConsecutive(
        returnInverse: Bool, returnCounts: Bool = false, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor, counts: Tensor) { distinct(dim, sorting: false) }

    private func distinct(_ dim: Int?, sorting: Bool) -> (output: Tensor, inverseIndices: Tensor, counts: Tensor) {
        GradMode.with(false) {
            let source = detach()
            check(
                !dtype.isComplex, "\"\(dim == nil ? "unique" : "unique_dim")\" not implemented for '\(dtype.scalarName)'", .notImplemented)
            check(dim == nil || ndim > 0, "Dimension specified as \(dim ?? 0) but tensor has no dimensions", .indexError)
            let axis = dim.map { normalized($0) }
            check(
                axis == nil || !dims.array.enumerated().contains { $0.element == 0 && $0.offset != axis },
                "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied")
            // One row for each part that is compared.
            let parts = axis.map { source.movedim($0, 0).contiguous() } ?? source.flatten()
            let count = parts.size(0)
            let rows = parts.reshape([count, count == 0 ? 1 : parts.numel / count])
            let order = sorting ? rows.lexicographicOrder() : torch.arange(count)
            let sorted = rows.indexSelect(0, order)
            let changes = (sorted.narrow(0, Swift.min(1, count), Swift.max(count - 1, 0))
                != sorted.narrow(0, 0, Swift.max(count - 1, 0))).any(dim: 1)
            let isFirst = torch.cat([torch.ones([Swift.min(count, 1)], dtype: .bool), changes])
            let starts = isFirst.nonzero().reshape(-1)
            let groups = isFirst.cumsum(0) - 1
            let inverse = torch.zeros([count], dtype: .int64).scatter(0, order, groups)
            let counts = torch.cat([starts, torch.tensor([count])]).diff()
            let output = parts.indexSelect(0, order.indexSelect(0, starts))
            return (
                axis.map { output.movedim(0, $0).contiguous() } ?? output,
                axis == nil ? inverse.reshape(shape) : inverse, counts
            )
        }
    }

    /// The order of the rows of a matrix by their first column, those equal by the second, and so on.
    private func lexicographicOrder() -> Tensor {
        var order = torch.arange(size(0))
        for column in (0..<size(1)).reversed() {
            let keys = select(1, column).indexSelect(0, order)
            order = order.indexSelect(0, keys.order(0))
        }
        return order
    }

    /// How often each number from 0 occurs in a vector of them, or the sum of their `weights`.
    public func bincount(weights: Tensor? = nil, minlength: Int = 0) -> Tensor {
        check(
            dtype.isIntegral && dtype != .bool, "\"bincount_cpu\" not implemented for '\(dtype.scalarName)'", .notImplemented)
        check(minlength >= 0, "minlength should be >= 0")
        check(dims.count == 1 || numel == 0, "bincount only supports 1-d non-negative integral inputs.")
        if numel == 0 { return torch.zeros([minlength], dtype: .int64) }
        check((self.min().item() as Int) >= 0, "bincount only supports 1-d non-negative integral inputs.")
        if let weights {
            check(
                weights.dims == dims, "weights should be 1-d and have the same length as input")
        }
        let size = Swift.max((self.max().item() as Int) + 1, minlength)
        let type: DType = weights.map { $0.dtype == .float32 ? .float32 : .float64 } ?? .int64
        let amounts = weights?.detach().to(type) ?? torch.ones(shape, dtype: .int64)
        return torch.zeros([size], dtype: type).indexAdd_(0, to(.int64), amounts)
    }

    /// Whether each element is one of `testElements`.
    public func isin(_ testElements: Tensor, invert: Bool = false) -> Tensor {
        let type = promotedType([self, testElements])
        check(!type.isComplex, "Unsupported input type encountered for isin(): \(dtype.scalarName)", .notImplemented)
        let sorted = testElements.detach().to(type).flatten().sort().values
        if sorted.numel == 0 { return torch.full(shape, invert, dtype: .bool, device: device) }
        let x = detach().to(type)
        let places = torch.searchsorted(sorted, x).clamp(max: .int(sorted.numel - 1))
        let found = sorted.indexSelect(0, places.reshape(-1)).reshape(shape) == x
        return invert ? found.logicalNot() : found
    }

    /// The positions of the elements that are not zero: (count, dimensions).
    public func argwhere() -> Tensor { nonzero() }
}

extension torch {
    public static func unique(_ x: Tensor, sorted: Bool = true, dim: Int? = nil) -> Tensor { x.unique(sorted: sorted, dim: dim) }
    @_disfavoredOverload
    public static func unique(
        _ x: Tensor, sorted: Bool = true, returnInverse: Bool, returnCounts: Bool = false, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor, counts: Tensor) {
        x.unique(sorted: sorted, returnInverse: returnInverse, returnCounts: returnCounts, dim: dim)
    }
    public static func uniqueConsecutive(_ x: Tensor, dim: Int? = nil) -> Tensor { x.uniqueConsecutive(dim: dim) }
    @_disfavoredOverload
    public static func uniqueConsecutive(
        _ x: Tensor, returnInverse: Bool, returnCounts: Bool = false, dim: Int? = nil
    ) -> (output: Tensor, inverseIndices: Tensor, counts: Tensor) {
        x.uniqueConsecutive(returnInverse: returnInverse, returnCounts: returnCounts, dim: dim)
    }
    public static func bincount(_ x: Tensor, weights: Tensor? = nil, minlength: Int = 0) -> Tensor {
        x.bincount(weights: weights, minlength: minlength)
    }
    public static func argwhere(_ x: Tensor) -> Tensor { x.argwhere() }
    public static func isin(
        _ elements: Tensor, _ testElements: Tensor, assumeUnique: Bool = false, invert: Bool = false
    ) -> Tensor { elements.isin(testElements, invert: invert) }
    public static func isin(
        _ elements: Tensor, _ testElement: some ScalarConvertible, assumeUnique: Bool = false, invert: Bool = false
    ) -> Tensor { elements.isin(Tensor(wrapping: testElement.scalar, beside: elements), invert: invert) }
    public static func isin(
        _ element: some ScalarConvertible, _ testElements: Tensor, assumeUnique: Bool = false, invert: Bool = false
    ) -> Tensor { Tensor(wrapping: element.scalar, beside: testElements).isin(testElements, invert: invert) }

    /// Where each value would be inserted to keep `sortedSequence` in order along its last
    /// dimension: before equal elements, or behind them if `right`. The leading dimensions of both
    /// agree, or the sequence is a vector. A sequence that is not in order comes with the
    /// `sorter` that orders it.
    public static func searchsorted(
        _ sortedSequence: Tensor, _ values: Tensor, outInt32: Bool = false, right: Bool = false, side: String? = nil,
        sorter: Tensor? = nil
    ) -> Tensor {
        if let side {
            check(
                side == "left" || side == "right",
                "torch.searchsorted(): side can only be 'left' or 'right' but got \(side)")
            check(!(right && side == "left"), "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True")
        }
        if let sorter {
            check(
                sorter.dims == sortedSequence.dims,
                "torch.searchsorted(): boundary and sorter must have the same size, but got boundary tensor "
                    + "\(sortedSequence.dims)and got sorter tensor \(sorter.dims)")
            check(
                sorter.dtype == .int64,
                "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype \(sorter.dtype.scalarName)")
            check(
                sorter.numel == 0 || sorter.device.type == .meta
                    || (sorter.min().item() as Int) >= 0 && (sorter.max().item() as Int) < sortedSequence.size(-1),
                "torch.searchsorted(): sorter index out of range")
        }
        let sequence = sorter.map { sortedSequence.gather(-1, $0) } ?? sortedSequence
        check(
            !sequence.dims.isEmpty,
            "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 dimension")
        check(
            !values.dims.isEmpty || sequence.dims.count == 1,
            "torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got "
                + "boundaries tensor dim(\(sequence.dims.count)) and input value's dim(0) numel(1)")
        check(
            !sequence.dtype.isComplex && !values.dtype.isComplex,
            "\"searchsorted_out_cpu\" not implemented for '\(sequence.dtype.scalarName)'", .notImplemented)
        let length = sequence.size(-1)
        check(
            sequence.dims.count == 1
                || sequence.shape.dropLast() == values.shape.dropLast() && values.dims.count == sequence.dims.count,
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries "
                + "tensor and input value tensor must match, but we got boundaries tensor \(sequence.dims) and input "
                + "value tensor \(values.dims)")
        let behind = right || side == "right"
        let row = sequence.dims.count == 1 ? Swift.max(values.numel, 1) : Swift.max(values.size(-1), 1)
        let type: DType = outInt32 ? .int32 : .int64
        if values.device.type == .meta { return torch.empty(values.shape, dtype: type, device: values.device) }
        let (edges, numbers): ([Double], [Double]) = (sequence.array(), values.array())
        // A NaN is larger than all numbers, as in a sorted sequence.
        func isBefore(_ a: Double, _ b: Double) -> Bool { a < b || (b.isNaN && !a.isNaN) }
        let places = numbers.enumerated().map { i, number -> Int in
            let start = sequence.dims.count == 1 ? 0 : i / row * length
            var (low, high) = (0, length)
            while low < high {
                let middle = (low + high) / 2
                let edge = edges[start + middle]
                let passes = behind ? !isBefore(number, edge) : isBefore(edge, number)
                if passes { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return Tensor(places, shape: values.shape).to(type)
    }
    public static func searchsorted(
        _ sortedSequence: Tensor, _ value: some ScalarConvertible, outInt32: Bool = false, right: Bool = false,
        side: String? = nil, sorter: Tensor? = nil
    ) -> Tensor {
        searchsorted(
            sortedSequence, Tensor(wrapping: value.scalar, beside: sortedSequence), outInt32: outInt32, right: right,
            side: side, sorter: sorter)
    }
    /// The number of the interval between `boundaries` in which each value lies.
    public static func bucketize(
        _ input: Tensor, _ boundaries: Tensor, outInt32: Bool = false, right: Bool = false
    ) -> Tensor {
        check(boundaries.dims.count == 1, "boundaries tensor must be 1 dimension, but got dim(\(boundaries.dims.count))")
        return searchsorted(boundaries, input, outInt32: outInt32, right: right)
    }
}
