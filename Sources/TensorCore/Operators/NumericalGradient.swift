/// Estimates of derivatives from values on a grid.
extension torch {
    /// The derivatives along `dim` (all dimensions unless given) of values at points `spacing`
    /// apart, by central differences (`torch.gradient`).
    ///
    /// - Parameter edgeOrder: how exactly the two ends are estimated: 1 or 2.
    public static func gradient(_ x: Tensor, spacing: Double = 1, dim: [Int]? = nil, edgeOrder: Int = 1) -> [Tensor] {
        let axes = gradientAxes(x, nil, dim, edgeOrder)
        return axes.map { x.evenDifferences($0, spacing, edgeOrder) }
    }
    /// The same with a distance for each dimension.
    public static func gradient(_ x: Tensor, spacing: [Double], dim: [Int]? = nil, edgeOrder: Int = 1) -> [Tensor] {
        let axes = gradientAxes(x, spacing.count, dim, edgeOrder)
        return zip(axes, spacing).map { x.evenDifferences($0, $1, edgeOrder) }
    }
    /// The same at the given coordinates along each dimension.
    public static func gradient(_ x: Tensor, spacing: [Tensor], dim: [Int]? = nil, edgeOrder: Int = 1) -> [Tensor] {
        let axes = gradientAxes(x, spacing.count, dim, edgeOrder)
        for points in spacing {
            check(
                points.ndim == 1,
                "torch.gradient expected each element of spacing to have one dimension, but got an element with "
                    + "\(points.ndim) dimensions!")
        }
        return zip(axes, spacing).map { x.differences($0, at: $1, edgeOrder) }
    }

    /// The dimensions to differentiate along, checked against the number of spacings.
    private static func gradientAxes(_ x: Tensor, _ spacings: Int?, _ dim: [Int]?, _ edgeOrder: Int) -> [Int] {
        if let spacings {
            if let dim {
                check(
                    spacings == dim.count,
                    "torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim arguments to have "
                        + "the same length, but got a spacing argument of length \(spacings) and a dim argument of length "
                        + "\(dim.count).")
            } else {
                check(
                    spacings == x.ndim,
                    "torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal to 'self.dim() = "
                        + "\(x.ndim)', since dim argument was not given, but got a list of length \(spacings)")
            }
        }
        check(edgeOrder == 1 || edgeOrder == 2, "torch.gradient only supports edge_order=1 and edge_order=2.")
        let axes = (dim ?? Array(0..<x.ndim)).map { x.normalized($0) }
        for (i, axis) in axes.enumerated() {
            check(!axes[..<i].contains(axis), "dim \(axis) appears multiple times in the list of dims")
        }
        for axis in axes {
            check(x.size(axis) >= edgeOrder + 1, "torch.gradient expected each dimension size to be at least edge_order+1")
        }
        return axes
    }
}

extension Tensor {
    private func between(_ axis: Int, _ start: Int, _ end: Int) -> Tensor { slice(axis, start, end, 1) }

    /// Derivatives at points `step` apart.
    fileprivate func evenDifferences(_ axis: Int, _ step: Double, _ edgeOrder: Int) -> Tensor {
        let n = size(axis)
        let x = floating()
        func at(_ i: Int) -> Tensor { x.between(axis, i, i + 1) }
        let inner = (x.between(axis, 2, n) - x.between(axis, 0, n - 2)) / (2 * step)
        let (first, last): (Tensor, Tensor)
        if edgeOrder == 1 {
            (first, last) = ((at(1) - at(0)) / step, (at(n - 1) - at(n - 2)) / step)
        } else {
            first = (-1.5 * at(0) + 2 * at(1) - 0.5 * at(2)) / step
            last = (1.5 * at(n - 1) - 2 * at(n - 2) + 0.5 * at(n - 3)) / step
        }
        return torch.cat([first, inner, last], dim: axis)
    }

    /// Derivatives at the coordinates `points`, which need not be evenly apart.
    fileprivate func differences(_ axis: Int, at points: Tensor, _ edgeOrder: Int) -> Tensor {
        let n = size(axis)
        let x = floating()
        func at(_ i: Int) -> Tensor { x.between(axis, i, i + 1) }
        let distances = points.diff()
        // Distances as a column that broadcasts along the axis.
        func along(_ values: Tensor) -> Tensor { values.reshape((0..<ndim).map { $0 == axis ? -1 : 1 }) }
        let (d1, d2) = (along(distances.between(0, 0, n - 2)), along(distances.between(0, 1, n - 1)))
        let inner = x.between(axis, 0, n - 2) * (-d2 / (d1 * (d1 + d2)))
            + x.between(axis, 1, n - 1) * ((d2 - d1) / (d1 * d2)) + x.between(axis, 2, n) * (d1 / (d2 * (d1 + d2)))
        func distance(_ i: Int) -> Tensor { distances.select(0, i) }
        let (first, last): (Tensor, Tensor)
        if edgeOrder == 1 {
            (first, last) = ((at(1) - at(0)) / distance(0), (at(n - 1) - at(n - 2)) / distance(n - 2))
        } else {
            let (a, b) = (distance(0), distance(1)), (c, d) = (distance(n - 3), distance(n - 2))
            first = at(0) * (-(2 * a + b) / (a * (a + b))) + at(1) * ((a + b) / (a * b)) - at(2) * (a / (b * (a + b)))
            last = at(n - 3) * (d / (c * (c + d))) - at(n - 2) * ((c + d) / (c * d)) + at(n - 1) * ((c + 2 * d) / (d * (c + d)))
        }
        return torch.cat([first, inner, last], dim: axis)
    }
}
