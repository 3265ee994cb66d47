extension FigureDrawing {
    /// More points than this in a line are not told apart by the eye.
    private static let mostLinePoints = 3000
    private static let mostPoints = 8000

    static func lineStyle(_ mark: Mark) -> String {
        let dash = mark.dash.isEmpty ? "" : " stroke-dasharray=\"\(mark.dash)\""
        return "fill=\"none\" stroke=\"\(escapedMarkup(mark.css))\" stroke-width=\"1.8\" stroke-linejoin=\"round\" stroke-linecap=\"round\"\(dash)"
    }

    mutating func draw(_ mark: Mark) {
        let color = escapedMarkup(mark.css)
        switch mark.shape {
        case .line(let xs, let ys, _):
            svg.add("<path d=\"\(path(xs, ys))\" \(FigureDrawing.lineStyle(mark))/>")
        case .points(let xs, let ys, let radius, let values):
            drawPoints(xs, ys, radius, values, color)
        case .bars(let places, let heights, let base, let width, let isHorizontal):
            for (i, place) in places.enumerated() where heights[i].isFinite {
                let (from, to) = (base[i], base[i] + heights[i])
                if isHorizontal {
                    drawBox(from, to, place - width / 2, place + width / 2, color)
                } else {
                    drawBox(place - width / 2, place + width / 2, from, to, color)
                }
            }
        case .histogram(let edges, let counts):
            for (i, count) in counts.enumerated() where count > 0 { drawBox(edges[i], edges[i + 1], 0, count, color) }
        case .band(let xs, let low, let high):
            let forth = path(xs, high), back = path(xs.reversed(), low.reversed())
            if !forth.isEmpty && !back.isEmpty {
                // With an edge, so that a band of no height is seen too.
                svg.add(
                    "<path d=\"\(forth)L\(back.dropFirst())Z\" fill=\"\(color)\" fill-opacity=\"0.22\" "
                        + "stroke=\"\(color)\" stroke-opacity=\"0.22\" stroke-width=\"0.8\"/>")
            }
        case .rule(let value, let isVertical):
            let style = FigureDrawing.ruleStyle(color)
            if isVertical {
                svg.line(x(value), top, x(value), top + height, style)
            } else {
                svg.line(left, y(value), left + width, y(value), style)
            }
        case .text(let atX, let atY, let words): svg.label(words, x(atX), y(atY))
        case .cells(let grid, let colormap, let range, let showsValues):
            guard !grid.values.isEmpty else { return }
            drawImage(Raster(grid, colormap: colormap, range: range))
            if showsValues { annotate(grid, colormap, range) }
        case .raster(let raster):
            if !raster.rgba.isEmpty { drawImage(raster) }
        case .contours(let grid, let xs, let ys, let levels, let colormap, let isFilled):
            drawContours(grid, xs, ys, levels, colormap, isFilled)
        }
    }

    static func ruleStyle(_ color: String) -> String {
        "stroke=\"\(color)\" stroke-width=\"1.2\" stroke-dasharray=\"5 4\""
    }

    /// A line through the places that exist; of very many points the extremes of each stretch.
    private func path(_ xs: [Double], _ ys: [Double]) -> String {
        var text = ""
        var isDown = false
        func visit(_ i: Int) {
            let place = (x: x(xs[i]), y: y(ys[i]))
            guard place.x.isFinite, place.y.isFinite else { return isDown = false }
            // Of no length, so that a point without neighbours is a dot.
            let start = isDown ? "L" : "M", end = isDown ? "" : "h0"
            text += "\(start)\(SVGText.number(place.x)) \(SVGText.number(place.y))\(end)"
            isDown = true
        }
        guard xs.count > FigureDrawing.mostLinePoints else {
            for i in xs.indices { visit(i) }
            return text
        }
        let stretches = FigureDrawing.mostLinePoints / 4
        for stretch in 0..<stretches {
            let range = stretch * xs.count / stretches ..< (stretch + 1) * xs.count / stretches
            let finite = range.filter { ys[$0].isFinite }
            guard let low = finite.min(by: { ys[$0] < ys[$1] }), let high = finite.max(by: { ys[$0] < ys[$1] }) else {
                isDown = false
                continue
            }
            for i in Set([finite.first!, low, high, finite.last!]).sorted() { visit(i) }
        }
        return text
    }

    private mutating func drawPoints(
        _ xs: [Double], _ ys: [Double], _ radius: Double, _ values: [Double]?, _ color: String
    ) {
        let scale = ColorScale(.viridis, values?.finiteRange ?? 0...1)
        svg.add("<g fill=\"\(color)\" fill-opacity=\"0.8\">")
        for i in stride(from: 0, to: xs.count, by: max(1, (xs.count + FigureDrawing.mostPoints - 1) / FigureDrawing.mostPoints)) {
            let place = (x: x(xs[i]), y: y(ys[i]))
            guard place.x.isFinite, place.y.isFinite else { continue }
            var fill = ""
            if let value = values?[i], !value.isNaN {
                let (r, g, b) = scale.color(value)
                fill = " fill=\"rgb(\(r),\(g),\(b))\""
            }
            svg.add(
                "<circle cx=\"\(SVGText.number(place.x))\" cy=\"\(SVGText.number(place.y))\" r=\"\(SVGText.number(radius))\"\(fill)/>")
        }
        svg.add("</g>")
    }

    /// A filled rectangle between numbers; on a logarithmic axis zero is its lower end.
    private mutating func drawBox(_ x1: Double, _ x2: Double, _ y1: Double, _ y2: Double, _ color: String) {
        func end(_ value: Double, _ axis: Axis, _ place: Double, _ low: Double) -> Double {
            axis.scale == .log && value <= 0 ? low : place
        }
        let from = (x: end(x1, xAxis, x(x1), left), y: end(y1, yAxis, y(y1), top + height))
        let to = (x: end(x2, xAxis, x(x2), left), y: end(y2, yAxis, y(y2), top + height))
        svg.rectangle(
            min(from.x, to.x), min(from.y, to.y), abs(to.x - from.x), abs(to.y - from.y),
            "fill=\"\(color)\" fill-opacity=\"0.75\" stroke=\"\(color)\" stroke-width=\"0.6\"")
    }

    private mutating func drawImage(_ raster: Raster) {
        let from = (x: x(-0.5), y: y(-0.5)), to = (x: x(Double(raster.width) - 0.5), y: y(Double(raster.height) - 0.5))
        addImage(raster, from.x, min(from.y, to.y), to.x - from.x, abs(to.y - from.y), isSmooth: raster.width > Int(width))
    }

    private mutating func annotate(_ grid: Grid, _ colormap: Colormap, _ range: ClosedRange<Double>) {
        let scale = ColorScale(colormap, range)
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let value = grid[row, column]
                guard !value.isNaN else { continue }
                let (r, g, b) = scale.color(value)
                let isBright = 0.299 * Double(r) + 0.587 * Double(g) + 0.114 * Double(b) > 140
                let isCount = value == value.rounded() && abs(value) < 1e7
                svg.label(
                    isCount ? NumberText.fixed(value, 0) : NumberText.short(value, 3), x(Double(column)), y(Double(row)) + 4, .middle,
                    "style=\"fill:\(isBright ? "#111" : "#fff")\"")
            }
        }
    }

    private mutating func drawContours(
        _ grid: Grid, _ xs: [Double], _ ys: [Double], _ levels: [Double], _ colormap: Colormap, _ isFilled: Bool
    ) {
        guard !levels.isEmpty, let xRange = xs.finiteRange, let yRange = ys.finiteRange else { return }
        let scale = ColorScale(contours: grid, levels: levels, colormap, isFilled: isFilled)
        if isFilled {
            let bands = Contours.bands(grid, x: xs, y: ys, levels: levels, pixels: (240, 180))
            let from = (x: x(xRange.lowerBound), y: y(yRange.upperBound))
            addImage(
                Raster(bands, colormap: colormap, range: scale.range), from.x, from.y,
                x(xRange.upperBound) - from.x, y(yRange.lowerBound) - from.y, isSmooth: true)
        }
        for level in levels {
            let (r, g, b) = scale.color(level)
            var path = ""
            for (a, b) in Contours.segments(grid, x: xs, y: ys, level: level) {
                path += "M\(SVGText.number(x(a.x))) \(SVGText.number(y(a.y)))L\(SVGText.number(x(b.x))) \(SVGText.number(y(b.y)))"
            }
            if path.isEmpty { continue }
            let stroke = isFilled ? "stroke=\"#fff\" stroke-opacity=\"0.5\" stroke-width=\"0.7\"" : "stroke=\"rgb(\(r),\(g),\(b))\" stroke-width=\"1.5\""
            svg.add("<path d=\"\(path)\" fill=\"none\" stroke-linecap=\"round\" \(stroke)/>")
        }
    }
}
