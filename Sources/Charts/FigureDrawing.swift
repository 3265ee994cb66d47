extension Figure {
    /// The figure as an SVG document that stands for itself.
    ///
    /// Its background is transparent, and lines and words take the color of the page's text: a
    /// gray where the drawing is an image and knows no page.
    public var svg: String { Figure.document(width: width, height: height, summary: description, content(at: (0, 0))) }

    /// Wraps drawings in an SVG element.
    static func document(width: Double, height: Double, summary: String, _ content: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(SVGText.number(width))" height="\(SVGText.number(height))" \
        viewBox="0 0 \(SVGText.number(width)) \(SVGText.number(height))" role="img" \
        style="max-width:100%;height:auto;color:var(--jp-content-font-color1,var(--vscode-editor-foreground,#7d7d7d))" \
        font-family="system-ui, 'DejaVu Sans', Helvetica, sans-serif" font-size="11">
        <title>\(escapedMarkup(summary.split(separator: "\n").first.map(String.init) ?? "figure"))</title>
        \(content)</svg>
        """
    }

    /// The elements that draw the figure with its upper left corner at a place.
    func content(at origin: (x: Double, y: Double)) -> String {
        var drawing = FigureDrawing(self)
        drawing.draw()
        if origin == (0, 0) { return drawing.svg.text }
        return "<g transform=\"translate(\(SVGText.number(origin.x)) \(SVGText.number(origin.y)))\">\n\(drawing.svg.text)</g>\n"
    }
}

/// Draws one figure: axes, then marks, then the legend.
struct FigureDrawing {
    let figure: Figure
    let xAxis: Axis
    let yAxis: Axis
    let isUpsideDown: Bool
    /// The area of the data.
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    let xTicks: [Axis.Tick]
    let yTicks: [Axis.Tick]
    var svg = SVGText()

    static let characterWidth = 6.2
    static let axisStyle = "stroke=\"currentColor\" stroke-opacity=\"0.6\" fill=\"none\""

    init(_ figure: Figure) {
        self.figure = figure
        let extent = figure.extent
        isUpsideDown = extent.isUpsideDown
        xAxis = Axis(
            extent.x, limits: figure.xLimits, scale: figure.xAxisScale,
            margins: extent.xEdge.margins(extent.x))
        yAxis = Axis(
            extent.y, limits: figure.yLimits, scale: figure.yAxisScale,
            margins: extent.yEdge.margins(extent.y))
        var top = figure.titleText.isEmpty ? 12.0 : 30, bottom = figure.xlabelText.isEmpty ? 24.0 : 42
        var right = figure.colorScale == nil ? 14.0 : 76
        let room = max(figure.height - top - bottom, 20)
        yTicks = FigureDrawing.ticks(yAxis, figure.yNames, Int(room / (figure.yNames == nil ? 34 : 15)))
        let longest = yTicks.map { $0.label.count }.max() ?? 0
        var left = 14 + min(Double(longest), 24) * FigureDrawing.characterWidth + (figure.ylabelText.isEmpty ? 0 : 18)
        var width = max(figure.width - left - right, 20), height = room
        if figure.hasSquareUnits, xAxis.scale == .linear, yAxis.scale == .linear {
            let unit = min(width / (xAxis.high - xAxis.low), height / (yAxis.high - yAxis.low))
            let slack = (width - unit * (xAxis.high - xAxis.low), height - unit * (yAxis.high - yAxis.low))
            (left, right, width) = (left + slack.0 / 2, right + slack.0 / 2, width - slack.0)
            (top, bottom, height) = (top + slack.1 / 2, bottom + slack.1 / 2, height - slack.1)
        }
        // As many ticks as fit side by side with their labels.
        let widest = (figure.xNames ?? xAxis.ticks(Int(width / 60)).map(\.label)).map(\.count).max() ?? 1
        let spacing = max(48, Double(min(widest, 14)) * FigureDrawing.characterWidth + 14)
        xTicks = FigureDrawing.ticks(xAxis, figure.xNames, max(2, Int(width / spacing)))
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }

    private static func ticks(_ axis: Axis, _ names: [String]?, _ count: Int) -> [Axis.Tick] {
        guard let names else { return axis.ticks(count) }
        let step = max(1, (names.count + max(count, 1) - 1) / max(count, 1))
        return names.indices.filter { $0 % step == 0 }.map { Axis.Tick(value: Double($0), label: names[$0]) }
    }

    func x(_ value: Double) -> Double { left + xAxis.position(value) * width }
    func y(_ value: Double) -> Double {
        let position = yAxis.position(value)
        return top + (isUpsideDown ? position : 1 - position) * height
    }

    mutating func draw() {
        drawGrid()
        // Clipped by a nested drawing: an identifier could be another output's too.
        svg.add(
            "<svg x=\"\(SVGText.number(left))\" y=\"\(SVGText.number(top))\" width=\"\(SVGText.number(width))\" "
                + "height=\"\(SVGText.number(height))\" viewBox=\"\(SVGText.number(left)) \(SVGText.number(top)) "
                + "\(SVGText.number(width)) \(SVGText.number(height))\" preserveAspectRatio=\"none\">")
        for mark in figure.marks { draw(mark) }
        svg.add("</svg>")
        drawAxes()
        if let scale = figure.colorScale { drawColorBar(scale) }
        drawLegend()
    }

    private mutating func drawGrid() {
        guard figure.showsGrid else { return }
        let style = "stroke=\"currentColor\" stroke-opacity=\"0.13\""
        for tick in xTicks where !tick.label.isEmpty { svg.line(x(tick.value), top, x(tick.value), top + height, style) }
        for tick in yTicks where !tick.label.isEmpty { svg.line(left, y(tick.value), left + width, y(tick.value), style) }
    }

    private mutating func drawAxes() {
        svg.rectangle(left, top, width, height, FigureDrawing.axisStyle)
        for tick in xTicks {
            let place = x(tick.value), bottom = top + height
            svg.line(place, bottom, place, bottom + (tick.label.isEmpty ? 2 : 4), FigureDrawing.axisStyle)
            if !tick.label.isEmpty { svg.label(FigureDrawing.shortened(tick.label, 18), place, bottom + 16) }
        }
        for tick in yTicks {
            let place = y(tick.value)
            svg.line(left - (tick.label.isEmpty ? 2 : 4), place, left, place, FigureDrawing.axisStyle)
            if !tick.label.isEmpty { svg.label(FigureDrawing.shortened(tick.label, 24), left - 7, place + 4, .end) }
        }
        if !figure.titleText.isEmpty {
            svg.label(figure.titleText, left + width / 2, top - 10, .middle, "font-size=\"13\" font-weight=\"600\"")
        }
        if !figure.xlabelText.isEmpty { svg.label(figure.xlabelText, left + width / 2, top + height + 34) }
        if !figure.ylabelText.isEmpty {
            let widest = yTicks.map { $0.label.count }.max() ?? 0
            let place = left - 16 - min(Double(widest), 24) * FigureDrawing.characterWidth
            let middle = top + height / 2
            svg.label(
                figure.ylabelText, place, middle, .middle,
                "transform=\"rotate(-90 \(SVGText.number(place)) \(SVGText.number(middle)))\"")
        }
    }

    private mutating func drawColorBar(_ scale: ColorScale) {
        let place = left + width + 12, isBanded = !scale.levels.isEmpty
        addImage(scale.ramp(isBanded ? 256 : 64), place, top, 12, height, isSmooth: !isBanded)
        svg.rectangle(place, top, 12, height, FigureDrawing.axisStyle)
        let axis = Axis(scale.range, limits: scale.range, scale: .linear)
        func y(_ value: Double) -> Double { top + height * (1 - axis.position(value)) }
        guard isBanded else {
            for tick in axis.ticks(Int(height / 34)) { svg.label(tick.label, place + 16, y(tick.value) + 4, .start) }
            return
        }
        // Every level has a line where its band begins, and a number where there is room.
        var lowest = Double.infinity
        for level in scale.levels {
            svg.line(place, y(level), place + 12, y(level), "stroke=\"#fff\" stroke-opacity=\"0.5\" stroke-width=\"0.7\"")
            if lowest - y(level) < 14 { continue }
            lowest = y(level)
            svg.label(NumberText.short(level), place + 16, y(level) + 4, .start)
        }
    }

    mutating func addImage(
        _ raster: Raster, _ x: Double, _ y: Double, _ width: Double, _ height: Double, isSmooth: Bool
    ) {
        svg.add(
            "<image x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" width=\"\(SVGText.number(width))\" "
                + "height=\"\(SVGText.number(height))\" preserveAspectRatio=\"none\""
                + (isSmooth ? "" : " style=\"image-rendering:pixelated\"") + " href=\"\(raster.dataURI)\"/>")
    }

    static func shortened(_ text: String, _ length: Int) -> String {
        text.count <= length ? text : text.prefix(length - 1) + "…"
    }
}
