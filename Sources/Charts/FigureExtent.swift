/// What a figure's data span.
extension Figure {
    /// How data meet the ends of an axis.
    enum Edge {
        case free
        /// Bars stand on zero.
        case standing
        /// Images fill the axis.
        case filled

        func margins(_ range: ClosedRange<Double>?) -> (low: Double, high: Double) {
            switch self {
            case .free: (0.05, 0.05)
            case .standing: ((range?.lowerBound ?? 0) < 0 ? 0.06 : 0, (range?.upperBound ?? 0) > 0 ? 0.06 : 0)
            case .filled: (0, 0)
            }
        }
    }

    struct Extent {
        var x: ClosedRange<Double>?
        var y: ClosedRange<Double>?
        var xEdge = Edge.free
        var yEdge = Edge.free
        /// Row 0 is on top.
        var isUpsideDown = false
        /// The axes count rows and columns.
        var isCounted = false
    }

    var extent: Extent {
        var extent = Extent()
        extent.isCounted = countsAlongAxes
        func include(_ x: [Double], _ y: [Double]) {
            extent.x = union(extent.x, x, xAxisScale)
            extent.y = union(extent.y, y, yAxisScale)
        }
        for mark in marks {
            switch mark.shape {
            case .line(let x, let y, _), .points(let x, let y, _, _):
                include(x, y)
            case .band(let x, let low, let high):
                include(x, low + high)
            case .rule(let value, isVertical: true): include([value], [])
            case .rule(let value, isVertical: false): include([], [value])
            case .text(let x, let y, _): include([x], [y])
            case .bars(let places, let heights, let base, let width, let isHorizontal):
                let across = places.flatMap { [$0 - width / 2, $0 + width / 2] }
                let along = base + zip(base, heights).map { $0 + $1 }
                include(isHorizontal ? along : across, isHorizontal ? across : along)
                if isHorizontal { (extent.xEdge, extent.isUpsideDown) = (.standing, true) } else { extent.yEdge = .standing }
            case .histogram(let edges, let counts):
                include(edges, yAxisScale == .log ? counts : counts + [0])
                extent.yEdge = .standing
            case .cells(let grid, _, _, _): includeImage(grid.columns, grid.rows)
            case .raster(let raster): includeImage(raster.width, raster.height)
            case .contours(_, let x, let y, _, _, _):
                include(x, y)
                (extent.xEdge, extent.yEdge) = (.filled, .filled)
            }
        }
        func includeImage(_ width: Int, _ height: Int) {
            include([-0.5, Double(width) - 0.5], [-0.5, Double(height) - 0.5])
            (extent.xEdge, extent.yEdge, extent.isUpsideDown, extent.isCounted) = (.filled, .filled, true, true)
        }
        if isYInverted { extent.isUpsideDown.toggle() }
        return extent
    }

    private func union(_ range: ClosedRange<Double>?, _ values: [Double], _ scale: AxisScale) -> ClosedRange<Double>? {
        let new = (scale == .log ? values.filter { $0 > 0 } : values).finiteRange
        guard let new, let range else { return new ?? range }
        return min(range.lowerBound, new.lowerBound)...max(range.upperBound, new.upperBound)
    }
}
