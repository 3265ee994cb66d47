import Glibc

extension Figure {
    private func adding(_ shape: Mark.Shape, _ label: String?, _ color: String?) -> Figure {
        with { $0.marks.append(Mark(shape, label: label, color: color, index: nextColor)) }
    }

    /// A line through points.
    ///
    /// - Parameters:
    ///   - color: any CSS color; by default the palette's next.
    ///   - dashed: drawn with gaps.
    public func plot(
        _ x: some PlotData, _ y: some PlotData, label: String? = nil, color: String? = nil, dashed: Bool = false
    ) -> Figure {
        let (x, y) = Figure.pairs(x.plotValues, y.plotValues)
        return adding(.line(x, y, isDashed: dashed), label, color)
    }

    /// A line through values at 0, 1, 2, ….
    public func plot(
        _ y: some PlotData, label: String? = nil, color: String? = nil, dashed: Bool = false
    ) -> Figure {
        let y = y.plotValues
        return plot(0..<y.count, y, label: label, color: color, dashed: dashed)
    }

    /// A curve of a function, computed at many places.
    public func plot(
        over range: ClosedRange<Double>, label: String? = nil, color: String? = nil, _ function: (Double) -> Double
    ) -> Figure {
        let x = (0...400).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 400 }
        return plot(x, x.map(function), label: label, color: color)
    }

    /// Points.
    ///
    /// - Parameters:
    ///   - values: numbers that colour the points, `viridis` from low to high.
    ///   - size: their diameter in pixels.
    public func scatter(
        _ x: some PlotData, _ y: some PlotData, values: (any PlotData)? = nil, size: Double = 5,
        label: String? = nil, color: String? = nil
    ) -> Figure {
        let (x, y) = Figure.pairs(x.plotValues, y.plotValues)
        let values = values?.plotValues
        require(values.map { $0.count == x.count } ?? true, "values must be as many as points, but are \(values?.count ?? 0) for \(NumberText.counted(x.count, "point"))")
        return adding(.points(x, y, radius: size / 2, values: values), label, color)
    }

    /// How often values fall between edges.
    ///
    /// - Parameters:
    ///   - bins: how many of equal width; by default by Freedman and Diaconis' rule, 10 to 60.
    ///   - density: the area is 1 instead of the count of values.
    public func hist(
        _ values: some PlotData, bins: Int? = nil, density: Bool = false, label: String? = nil, color: String? = nil
    ) -> Figure {
        let (edges, counts) = Figure.histogram(values.plotValues, bins: bins)
        let width = edges[1] - edges[0], total = counts.reduce(0, +)
        let heights = density && total > 0 ? counts.map { $0 / (total * width) } : counts
        return adding(.histogram(edges: edges, counts: heights), label, color)
    }

    /// Upright bars.
    public func bar(
        _ x: some PlotData, _ heights: some PlotData, width: Double = 0.8, label: String? = nil, color: String? = nil
    ) -> Figure {
        let (x, heights) = Figure.pairs(x.plotValues, heights.plotValues)
        return adding(
            .bars(x, heights, base: heights.map { _ in 0 }, width: width, isHorizontal: false), label, color)
    }

    /// Upright bars with names.
    public func bar(_ names: [String], _ heights: some PlotData, label: String? = nil, color: String? = nil) -> Figure {
        bar(0..<names.count, heights, label: label, color: color).xticks(names)
    }

    /// Bars to the right with names, the first on top.
    public func barh(_ names: [String], _ widths: some PlotData, label: String? = nil, color: String? = nil) -> Figure {
        let (y, widths) = Figure.pairs((0..<names.count).plotValues, widths.plotValues)
        return adding(
            .bars(y, widths, base: widths.map { _ in 0 }, width: 0.8, isHorizontal: true), label, color
        ).yticks(names)
    }

    /// The area between two curves, pale.
    public func fillBetween(
        _ x: some PlotData, _ low: some PlotData, _ high: some PlotData, label: String? = nil, color: String? = nil
    ) -> Figure {
        let (x, low, high) = (x.plotValues, low.plotValues, high.plotValues)
        require(
            x.count == low.count && x.count == high.count,
            "x, low and high must be of the same length, but have \(x.count), \(low.count) and \(high.count) values")
        return with {
            $0.marks.append(Mark(.band(x, low, high), label: label, color: color, index: max(0, nextColor - 1)))
        }
    }

    /// A line across the whole chart at a height.
    public func axhline(_ y: Double, label: String? = nil, color: String? = nil) -> Figure {
        adding(.rule(y, isVertical: false), label, color ?? "currentColor")
    }

    /// A line from top to bottom.
    public func axvline(_ x: Double, label: String? = nil, color: String? = nil) -> Figure {
        adding(.rule(x, isVertical: true), label, color ?? "currentColor")
    }

    /// Words at a place in the data.
    public func text(_ x: Double, _ y: Double, _ words: String) -> Figure { adding(.text(x, y, words), nil, nil) }

    /// Numbers in rows and columns as colours, the first row on top, with a colour bar.
    ///
    /// - Parameters:
    ///   - range: the numbers of the first and the last colour; by default the smallest and largest.
    ///   - annotate: writes each number into its cell.
    public func heatmap(
        _ data: some GridData, rows: [String]? = nil, columns: [String]? = nil, colormap: Colormap = .viridis,
        range: ClosedRange<Double>? = nil, annotate: Bool = false
    ) -> Figure {
        let grid = data.plotGrid
        let range = range ?? grid.values.finiteRange ?? 0...1
        var figure = adding(.cells(grid, colormap, range, showsValues: annotate), nil, nil).grid(false)
        if let rows { figure = figure.yticks(rows) }
        if let columns { figure = figure.xticks(columns) }
        return figure
    }

    /// Numbers in rows and columns as an image with square pixels.
    public func imshow(
        _ data: some GridData, colormap: Colormap = .viridis, range: ClosedRange<Double>? = nil
    ) -> Figure {
        heatmap(data, colormap: colormap, range: range).equalAspect()
    }

    /// A picture in its own colours.
    public func imshow(_ raster: Raster) -> Figure { adding(.raster(raster), nil, nil).grid(false).equalAspect() }

    /// Lines of equal height.
    ///
    /// - Parameters:
    ///   - z: heights; row `i`, column `j` belongs to `y[i]` and `x[j]`.
    ///   - levels: which heights; by default about eight round ones.
    public func contour(
        _ x: some PlotData, _ y: some PlotData, _ z: some GridData, levels: [Double]? = nil,
        colormap: Colormap = .viridis
    ) -> Figure {
        contours(x.plotValues, y.plotValues, z.plotGrid, levels, colormap, isFilled: false)
    }

    /// Lines of equal height over colours between them: a band between two levels has the colour of
    /// its middle. Below the lowest and above the highest level the colours at the ends go on.
    public func contourf(
        _ x: some PlotData, _ y: some PlotData, _ z: some GridData, levels: [Double]? = nil,
        colormap: Colormap = .viridis
    ) -> Figure {
        contours(x.plotValues, y.plotValues, z.plotGrid, levels, colormap, isFilled: true)
    }

    /// Lines of equal height over the numbers of columns and rows.
    public func contour(_ z: some GridData, levels: [Double]? = nil, colormap: Colormap = .viridis) -> Figure {
        contours(z.plotGrid, levels, colormap, isFilled: false)
    }

    /// Bands between equal heights over the numbers of columns and rows.
    public func contourf(_ z: some GridData, levels: [Double]? = nil, colormap: Colormap = .viridis) -> Figure {
        contours(z.plotGrid, levels, colormap, isFilled: true)
    }

    private func contours(_ grid: Grid, _ levels: [Double]?, _ colormap: Colormap, isFilled: Bool) -> Figure {
        contours(
            (0..<grid.columns).map(Double.init), (0..<grid.rows).map(Double.init), grid, levels, colormap, isFilled: isFilled)
    }

    private func contours(
        _ x: [Double], _ y: [Double], _ grid: Grid, _ levels: [Double]?, _ colormap: Colormap, isFilled: Bool
    ) -> Figure {
        require(
            x.count == grid.columns && y.count == grid.rows,
            "\(grid.rows) × \(grid.columns) heights need \(grid.columns) x and \(grid.rows) y, not \(x.count) and \(y.count)")
        let levels = levels?.sorted() ?? Figure.roundLevels(grid.values.finiteRange ?? 0...1, coversAll: isFilled)
        return adding(.contours(grid, x: x, y: y, levels: levels, colormap, isFilled: isFilled), nil, nil).grid(false)
    }

    private static func roundLevels(_ heights: ClosedRange<Double>, coversAll: Bool) -> [Double] {
        var levels = Axis(heights, limits: nil, scale: .linear).ticks(9).map(\.value)
        guard coversAll, levels.count > 1 else { return levels }
        let step = levels[1] - levels[0]
        if levels[0] > heights.lowerBound { levels.insert(levels[0] - step, at: 0) }
        if levels.last! < heights.upperBound { levels.append(levels.last! + step) }
        return levels
    }

    private static func pairs(_ x: [Double], _ y: [Double]) -> ([Double], [Double]) {
        require(x.count == y.count, "x and y must be of the same length, but have \(x.count) and \(y.count) values")
        return (x, y)
    }

    /// Edges and counts of bins of equal width over the finite values.
    static func histogram(_ values: [Double], bins: Int?) -> (edges: [Double], counts: [Double]) {
        let finite = values.filter(\.isFinite)
        var range = finite.finiteRange ?? 0...1
        if range.lowerBound == range.upperBound { range = range.lowerBound - 0.5...range.upperBound + 0.5 }
        let span = range.upperBound - range.lowerBound
        let count = max(1, bins ?? roundNumberOfBins(finite, span))
        var counts = [Double](repeating: 0, count: count)
        for value in finite {
            counts[min(count - 1, Int((value - range.lowerBound) / span * Double(count)))] += 1
        }
        let edges = (0...count).map { range.lowerBound + span * Double($0) / Double(count) }
        return (edges, counts)
    }

    private static func roundNumberOfBins(_ values: [Double], _ span: Double) -> Int {
        guard values.count > 1 else { return 10 }
        let sorted = values.sorted()
        let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        let width = 2 * spread / cbrt(Double(sorted.count))
        return width > 0 ? min(60, max(10, Int(min(span / width, 60)))) : 10
    }
}
