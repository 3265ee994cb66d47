/// How many elements, or points, lie in each of several parts. Results carry no gradients.
extension Tensor {
    /// How many elements lie in each of `bins` equal parts of [`min`, `max`]; of the range of the
    /// elements themselves if both are the same. Elements outside do not count.
    public func histc(bins: Int = 100, min: Double = 0, max: Double = 0) -> Tensor {
        check(!dtype.isComplex, "aminmax not implemented for \(dtype.scalarName)", .typeError)
        check(dtype.isFloatingPoint, "\"histogram_cpu\" not implemented for '\(dtype.scalarName)'", .notImplemented)
        check(bins > 0, "torch.histogram(): bins must be > 0, but got \(bins) for dimension 0")
        check(min.isFinite && max.isFinite, "torch.histc: range of [\(boundText(min)), \(boundText(max))] is not finite")
        check(min <= max, "torch.histc: max must be larger than min")
        return Tensor.computedWide(detach()) { torch.histogram($0[0]!, bins, range: min == max ? nil : (min, max)).hist }
    }
}

/// A bound as C++ writes it.
private func boundText(_ value: Double) -> String { NumberText.general(value, 6) }

/// The parts along one dimension of a histogram.
private struct Bins {
    let edges: Tensor
    /// The lower and the upper end where the parts are equally wide.
    let range: (Double, Double)?
    var count: Int { edges.numel - 1 }

    /// Equal parts of a range; of that of the values unless given.
    init(_ count: Int, _ range: (Double, Double)?, of values: Tensor, dimension: Int, _ type: DType) {
        check(count > 0, "torch.histogram(): bins must be > 0, but got \(count) for dimension \(dimension)")
        let isEmpty = values.numel == 0 || values.device.type == .meta
        var (low, high) = range ?? (isEmpty ? (0, 1) : (values.min().item(), values.max().item()))
        check(
            low.isFinite && high.isFinite,
            "torch.histogramdd: dimension \(dimension)'s range [\(boundText(low)), \(boundText(high))] is not finite")
        check(
            low <= high,
            "torch.histogramdd: min should not exceed max, but got min \(boundText(low)) max \(boundText(high)) for "
                + "dimension \(dimension)")
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        edges = torch.linspace(low, high, count + 1, dtype: type, device: values.device)
        self.range = (low, high)
    }

    init(edges: Tensor, dimension: Int, _ type: DType) {
        check(
            edges.ndim == 1,
            "torch.histogramdd: bins tensor should have one dimension, but got \(edges.ndim) dimensions in the bins tensor "
                + "for dimension \(dimension)")
        check(
            edges.numel > 0,
            "torch.histogramdd: bins tensor should have at least 1 element, but got 0 elements in the bins tensor for "
                + "dimension \(dimension)")
        check(
            edges.dtype == type,
            "torch.histogramdd: input tensor and bins tensors should have the same dtype, but got input with dtype "
                + "\(type.cName) and bins for dimension \(dimension) with dtype \(edges.dtype.cName)")
        self.edges = edges.detach()
        range = nil
    }

    /// The part that each value lies in, and whether it lies in any. The last includes its end.
    func places(_ values: Tensor) -> (places: Tensor, inside: Tensor) {
        if let (low, high) = range {
            let wide = values.to(.float64)
            let inside = (wide >= low).logicalAnd(wide <= high)
            let places = ((wide - low) * (Double(count) / (high - low))).maskedFill(inside.logicalNot(), 0).to(.int64)
            return (places.clamp(max: .int(count - 1)), inside)
        }
        let inside = (values >= edges[0]).logicalAnd(values <= edges[count])
        let places = torch.searchsorted(edges, values, right: true) - 1
        return (places.clamp(min: 0, max: .int(Swift.max(count - 1, 0))), inside)
    }
}

/// The weights of points in a grid of parts.
private func gridHistogram(
    _ points: Tensor, _ bins: [Bins], _ weight: Tensor?, density: Bool
) -> Tensor {
    if let weight {
        check(
            weight.shape == Array(points.shape.dropLast()),
            "torch.histogramdd: if weight tensor is provided it should have the same shape as the input tensor excluding its "
                + "innermost dimension, but got input with shape \(points.dims) and weight with shape \(weight.dims)")
        check(
            weight.dtype == points.dtype,
            "torch.histogramdd: if weight tensor is provided, input tensor and weight tensor should have the same dtype, but "
                + "got input(\(points.dtype.cName)), and weight(\(weight.dtype.cName))")
    }
    let sizes = bins.map(\.count)
    if points.device.type == .meta { return torch.empty(sizes, dtype: points.dtype, device: points.device) }
    let rows = points.detach().reshape([-1, bins.count])
    var place = torch.zeros([rows.size(0)], dtype: .int64)
    var counted = torch.ones([rows.size(0)], dtype: .bool)
    for (i, bin) in bins.enumerated() {
        let (own, inside) = bin.places(rows.select(1, i))
        place = place * bin.count + own
        counted = counted.logicalAnd(inside)
    }
    let weights = weight?.detach().reshape([-1]) ?? torch.ones([rows.size(0)], dtype: points.dtype)
    let flat = torch.zeros([sizes.reduce(1, *)], dtype: points.dtype)
    if flat.numel > 0 { flat.indexAdd_(0, place.maskedFill(counted.logicalNot(), 0), weights * counted) }
    let hist = flat.reshape(sizes)
    if !density { return hist }
    // The weight of a part over its width along every dimension.
    let scaled = hist / hist.sum()
    return bins.enumerated().reduce(scaled) { result, bin in
        result / bin.element.edges.diff().reshape((0..<sizes.count).map { $0 == bin.offset ? -1 : 1 })
    }
}

extension torch {
    public static func histc(_ x: Tensor, bins: Int = 100, min: Double = 0, max: Double = 0) -> Tensor {
        x.histc(bins: bins, min: min, max: max)
    }

    /// How many elements lie in each of `bins` equal parts of `range`, or their `weight`; with
    /// `density`, scaled so that the area is 1. The last part includes its end.
    public static func histogram(
        _ x: Tensor, _ bins: Int, range: (Double, Double)? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: Tensor) {
        checkType(x)
        let parts = Bins(bins, range, of: x.detach(), dimension: 0, x.dtype)
        return (gridHistogram(x.reshape([-1, 1]), [parts], weight?.reshape(-1), density: density), parts.edges)
    }
    /// The same for parts between increasing `bins`.
    public static func histogram(
        _ x: Tensor, _ bins: Tensor, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: Tensor) {
        checkType(x)
        let parts = Bins(edges: bins, dimension: 0, x.dtype)
        return (gridHistogram(x.reshape([-1, 1]), [parts], weight?.reshape(-1), density: density), bins)
    }

    /// How many points (the last dimension of `x`) lie in each part of a grid with so many parts
    /// along each coordinate. `range` holds the lower and the upper bound of each coordinate in turn.
    public static func histogramdd(
        _ x: Tensor, _ bins: [Int], range: [Double]? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: [Tensor]) {
        checkPoints(x, bins.count)
        if let range {
            check(
                range.count == 2 * bins.count,
                "torch.histogramdd: for a \(bins.count)-dimensional histogram range should have \(2 * bins.count) elements, "
                    + "but got \(range.count)")
        }
        let parts = bins.enumerated().map { i, count in
            Bins(
                count, range.map { ($0[2 * i], $0[2 * i + 1]) }, of: x.detach().select(-1, i), dimension: i, x.dtype)
        }
        return (gridHistogram(x, parts, weight, density: density), parts.map(\.edges))
    }
    /// The same with one number of parts for every coordinate.
    public static func histogramdd(
        _ x: Tensor, _ bins: Int, range: [Double]? = nil, weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: [Tensor]) {
        histogramdd(x, Array(repeating: bins, count: x.ndim == 0 ? 0 : x.size(-1)), range: range, weight: weight, density: density)
    }
    /// The same for parts between the increasing numbers given for each coordinate.
    public static func histogramdd(
        _ x: Tensor, _ bins: [Tensor], weight: Tensor? = nil, density: Bool = false
    ) -> (hist: Tensor, binEdges: [Tensor]) {
        checkPoints(x, bins.count)
        let parts = bins.enumerated().map { Bins(edges: $1, dimension: $0, x.dtype) }
        return (gridHistogram(x, parts, weight, density: density), bins)
    }

    private static func checkPoints(_ x: Tensor, _ count: Int) {
        check(x.ndim >= 2, "torch.histogramdd: input tensor should have at least 2 dimensions")
        check(
            count == x.size(-1), "histogramdd: The size of bins must be equal to the innermost dimension of the input.")
        checkType(x)
    }
    private static func checkType(_ x: Tensor) {
        check(
            x.dtype == .float32 || x.dtype == .float64, "\"histogramdd\" not implemented for '\(x.dtype.scalarName)'",
            .notImplemented)
    }
}
