/// Where a figure's axes stand and which ticks they have.
struct FigureLayout {
    let xAxis: Axis
    let yAxis: Axis
    let isUpsideDown: Bool
    /// The area of the data.
    private(set) var left = 0.0
    private(set) var top = 0.0
    private(set) var width = 0.0
    private(set) var height = 0.0
    private(set) var xTicks: [Axis.Tick] = []
    private(set) var yTicks: [Axis.Tick] = []
    /// The names below the x axis stand on end where they do not fit side by side.
    private(set) var hasUprightNames = false

    static let characterWidth = 6.2
    /// Lines of words closer than this run into each other.
    private static let lineHeight = 11.0
    static let longestNameBeside = 24
    /// Longer names below the x axis are cut; where they stand on end, they take at most a third of the figure.
    private(set) var longestNameBelow = 18

    /// - Parameter legendHeight: kept free below the axes.
    init(_ figure: Figure, legendHeight: Double) {
        let extent = figure.extent
        isUpsideDown = extent.isUpsideDown
        xAxis = Axis(
            extent.x, limits: figure.xLimits, scale: figure.xAxisScale, margins: extent.xEdge.margins(extent.x))
        yAxis = Axis(
            extent.y, limits: figure.yLimits, scale: figure.yAxisScale, margins: extent.yEdge.margins(extent.y))
        place(figure, extent, below: legendHeight)
        if let names = figure.xNames, !fits(names) {
            hasUprightNames = true
            let third = Int(figure.height / 3 / FigureLayout.characterWidth)
            longestNameBelow = min(longestNameBelow, max(6, third))
            place(figure, extent, below: legendHeight + heightOfNames(figure))
        }
        xTicks = xTicks(figure, extent)
    }

    /// Where a number is drawn.
    func x(_ value: Double) -> Double { left + xAxis.position(value) * width }
    func y(_ value: Double) -> Double {
        let position = yAxis.position(value)
        return top + (isUpsideDown ? position : 1 - position) * height
    }

    private mutating func place(_ figure: Figure, _ extent: Figure.Extent, below: Double) {
        top = figure.titleText.isEmpty ? 12 : 30
        let bottom = (figure.xlabelText.isEmpty ? 24 : 42) + below
        let right = figure.colorScale == nil ? 14.0 : 76
        height = max(figure.height - top - bottom, 20)
        yTicks = figure.yNames.map { named($0, yAxis, height, needing: FigureLayout.lineHeight) }
            ?? yAxis.ticks(max(Int(height / 34), height > 50 ? 3 : 1), isCounted: extent.isCounted)
        let longest = yTicks.map { $0.label.count }.max() ?? 0
        left = 14 + Double(min(longest, FigureLayout.longestNameBeside)) * FigureLayout.characterWidth
            + (figure.ylabelText.isEmpty ? 0 : 18)
        width = max(figure.width - left - right, 20)
        if figure.hasSquareUnits, xAxis.scale == .linear, yAxis.scale == .linear {
            let unit = min(width / (xAxis.high - xAxis.low), height / (yAxis.high - yAxis.low))
            let slack = (width - unit * (xAxis.high - xAxis.low), height - unit * (yAxis.high - yAxis.low))
            (left, width) = (left + slack.0 / 2, width - slack.0)
            (top, height) = (top + slack.1 / 2, height - slack.1)
        }
    }

    private func xTicks(_ figure: Figure, _ extent: Figure.Extent) -> [Axis.Tick] {
        if let names = figure.xNames {
            return named(
                names, xAxis, width,
                needing: hasUprightNames ? FigureLayout.lineHeight : widthOfNames(names))
        }
        // As many ticks as fit side by side with their labels.
        let widest = xAxis.ticks(Int(width / 60)).map(\.label.count).max() ?? 1
        let spacing = max(48, Double(min(widest, 14)) * FigureLayout.characterWidth + 14)
        return xAxis.ticks(max(2, Int(width / spacing)), isCounted: extent.isCounted)
    }

    // MARK: Names

    /// The names that fit along an axis, all where each has the room it needs.
    private func named(_ names: [String], _ axis: Axis, _ length: Double, needing room: Double) -> [Axis.Tick] {
        let step = max(1, Int((room * (axis.high - axis.low) / length - 1e-9).rounded(.up)))
        return stride(from: 0, to: names.count, by: step).compactMap { i in
            let position = axis.position(Double(i))
            return position >= 0 && position <= 1 ? Axis.Tick(value: Double(i), label: names[i]) : nil
        }
    }

    private func widthOfNames(_ names: [String]) -> Double {
        Double(min(names.map(\.count).max() ?? 0, longestNameBelow)) * FigureLayout.characterWidth + 6
    }

    /// Whether names may stand side by side: all of them, or so short ones that some are enough.
    private func fits(_ names: [String]) -> Bool {
        let room = width / (xAxis.high - xAxis.low), needed = widthOfNames(names)
        return needed <= room || room < FigureLayout.lineHeight && names.allSatisfy { $0.count <= 4 }
    }

    /// What upright names need more than level ones.
    func heightOfNames(_ figure: Figure) -> Double {
        guard hasUprightNames, let names = figure.xNames else { return 0 }
        return max(0, widthOfNames(names) - 14)
    }
}
