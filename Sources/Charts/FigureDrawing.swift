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
    let layout: FigureLayout
    let legend: FigureLegend?
    var svg = SVGText()

    static let axisStyle = "stroke=\"currentColor\" stroke-opacity=\"0.6\" fill=\"none\""

    init(_ figure: Figure) {
        self.figure = figure
        let layout = FigureLayout(figure, legendHeight: 0)
        let legend = FigureLegend(figure, layout)
        if let legend, legend.isBelow {
            self.layout = FigureLayout(figure, legendHeight: legend.height)
        } else {
            self.layout = layout
        }
        self.legend = legend
    }

    var left: Double { layout.left }
    var top: Double { layout.top }
    var width: Double { layout.width }
    var height: Double { layout.height }
    var xAxis: Axis { layout.xAxis }
    var yAxis: Axis { layout.yAxis }
    func x(_ value: Double) -> Double { layout.x(value) }
    func y(_ value: Double) -> Double { layout.y(value) }

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
        if let legend { draw(legend) }
    }

    private mutating func drawGrid() {
        guard figure.showsGrid else { return }
        let style = "stroke=\"currentColor\" stroke-opacity=\"0.13\""
        for tick in layout.xTicks where !tick.label.isEmpty { svg.line(x(tick.value), top, x(tick.value), top + height, style) }
        for tick in layout.yTicks where !tick.label.isEmpty { svg.line(left, y(tick.value), left + width, y(tick.value), style) }
    }

    private mutating func drawAxes() {
        svg.rectangle(left, top, width, height, FigureDrawing.axisStyle)
        for tick in layout.xTicks {
            let place = x(tick.value), bottom = top + height
            svg.line(place, bottom, place, bottom + (tick.label.isEmpty ? 2 : 4), FigureDrawing.axisStyle)
            if tick.label.isEmpty { continue }
            let name = FigureDrawing.shortened(tick.label, layout.longestNameBelow)
            if layout.hasUprightNames {
                let turn = "transform=\"rotate(-90 \(SVGText.number(place + 4)) \(SVGText.number(bottom + 8)))\""
                svg.label(name, place + 4, bottom + 8, .end, turn)
            } else {
                svg.label(name, place, bottom + 16)
            }
        }
        for tick in layout.yTicks {
            let place = y(tick.value)
            svg.line(left - (tick.label.isEmpty ? 2 : 4), place, left, place, FigureDrawing.axisStyle)
            if !tick.label.isEmpty { svg.label(FigureDrawing.shortened(tick.label, FigureLayout.longestNameBeside), left - 7, place + 4, .end) }
        }
        if !figure.titleText.isEmpty {
            svg.label(figure.titleText, left + width / 2, top - 10, .middle, "font-size=\"13\" font-weight=\"600\"")
        }
        if !figure.xlabelText.isEmpty {
            svg.label(figure.xlabelText, left + width / 2, top + height + 34 + layout.heightOfNames(figure))
        }
        if !figure.ylabelText.isEmpty {
            let widest = layout.yTicks.map { $0.label.count }.max() ?? 0
            let place = left - 16 - Double(min(widest, FigureLayout.longestNameBeside)) * FigureLayout.characterWidth
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
