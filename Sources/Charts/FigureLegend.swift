extension FigureDrawing {
    /// The legend, in the corner where the fewest data are.
    mutating func drawLegend() {
        let labelled = figure.marks.filter { $0.label != nil }
        guard figure.showsLegend, !labelled.isEmpty else { return }
        let longest = labelled.map { min($0.label!.count, 30) }.max()!
        let boxWidth = Double(longest) * FigureDrawing.characterWidth + 42, boxHeight = Double(labelled.count) * 16 + 8
        let corners = [
            (left + width - boxWidth - 6, top + 6), (left + 6, top + 6),
            (left + width - boxWidth - 6, top + height - boxHeight - 6), (left + 6, top + height - boxHeight - 6),
        ]
        let points = shownPoints
        let crowds = corners.map { corner in
            points.count { $0.x > corner.0 && $0.x < corner.0 + boxWidth && $0.y > corner.1 && $0.y < corner.1 + boxHeight }
        }
        let best = corners[crowds.firstIndex(of: crowds.min()!)!]
        // What is behind shows through a little, whatever the page's color; colors would hide the words.
        let (ground, opacity) = coversColors ? ("#fff", 0.9) : ("none", 0.75)
        svg.rectangle(
            best.0, best.1, boxWidth, boxHeight,
            "rx=\"4\" style=\"fill:var(--jp-layout-color0,var(--vscode-editor-background,\(ground)))\" "
                + "fill-opacity=\"\(opacity)\" stroke=\"currentColor\" stroke-opacity=\"0.25\"")
        for (i, mark) in labelled.enumerated() {
            let y = best.1 + 16 * Double(i) + 12
            drawKey(mark, best.0 + 8, y)
            svg.label(FigureDrawing.shortened(mark.label!, 30), best.0 + 34, y + 4, .start)
        }
    }

    private mutating func drawKey(_ mark: Mark, _ x: Double, _ y: Double) {
        switch mark.shape {
        case .points(_, _, let radius, _):
            svg.add(
                "<circle cx=\"\(SVGText.number(x + 10))\" cy=\"\(SVGText.number(y))\" "
                    + "r=\"\(SVGText.number(min(radius, 5)))\" fill=\"\(escapedMarkup(mark.css))\"/>")
        case .bars, .histogram, .band:
            svg.rectangle(x + 2, y - 5, 16, 10, "fill=\"\(escapedMarkup(mark.css))\" fill-opacity=\"0.75\"")
        case .rule:
            svg.line(x, y, x + 20, y, FigureDrawing.ruleStyle(escapedMarkup(mark.css)))
        default:
            svg.line(x, y, x + 20, y, FigureDrawing.lineStyle(mark))
        }
    }

    private var coversColors: Bool {
        figure.marks.contains { mark in
            switch mark.shape {
            case .cells, .raster, .contours(_, _, _, _, _, isFilled: true): true
            default: false
            }
        }
    }

    /// Some of the places where data are drawn.
    private var shownPoints: [(x: Double, y: Double)] {
        func some(_ xs: [Double], _ ys: [Double]) -> [(x: Double, y: Double)] {
            stride(from: 0, to: xs.count, by: max(1, xs.count / 400)).map { (x(xs[$0]), y(ys[$0])) }
        }
        return figure.marks.flatMap { mark -> [(x: Double, y: Double)] in
            switch mark.shape {
            case .line(let xs, let ys, _), .points(let xs, let ys, _, _): return some(xs, ys)
            case .bars(let xs, let ys, _, _, isHorizontal: false): return some(xs, ys)
            case .bars(let ys, let xs, _, _, isHorizontal: true): return some(xs, ys)
            case .histogram(let edges, let counts): return some(Array(edges.dropLast()), counts)
            case .band(let xs, _, let high): return some(xs, high)
            case .rule, .text, .cells, .raster, .contours: return []
            }
        }
    }
}
