/// Where the legend stands: where it covers the least of the data, and below the axes if it would
/// cover a curve wherever it stands.
struct FigureLegend {
    /// A mark with a label, and where its line begins in the legend.
    struct Entry {
        let mark: Mark
        let x: Double
        let y: Double
    }
    let entries: [Entry]
    let isBelow: Bool
    let x: Double
    let y: Double
    let width: Double
    let height: Double

    private static let lineHeight = 16.0
    static let longestLabel = 30
    /// Places of data that a legend may cover, three pixels of a curve each.
    private static let mostCovered = 4
    /// Axes that are not higher than this keep the legend inside.
    private static let leastHeight = 70.0

    /// Nil where nothing has a label.
    init?(_ figure: Figure, _ layout: FigureLayout) {
        let marks = figure.marks.filter { $0.label != nil }
        guard figure.showsLegend, !marks.isEmpty else { return nil }
        let inside = FigureLegend.flow(marks, within: 0)
        let best = FigureLegend.corner(inside.size, figure, layout)
        let below = FigureLegend.flow(marks, within: figure.width - 8)
        isBelow = best.covered > FigureLegend.mostCovered
            && layout.height - below.size.height >= FigureLegend.leastHeight
        let (place, chosen) = isBelow ? (FigureLegend.under(below.size, figure, layout), below) : ((best.x, best.y), inside)
        (x, y, width, height, entries) = (place.0, place.1, chosen.size.width, chosen.size.height, chosen.entries)
    }

    private static func under(
        _ size: (width: Double, height: Double), _ figure: Figure, _ layout: FigureLayout
    ) -> (Double, Double) {
        let centred = layout.left + (layout.width - size.width) / 2
        return (max(4, min(centred, figure.width - size.width - 4)), figure.height - size.height)
    }

    /// Entries one after another in lines of a width; wider ones have a line of their own.
    private static func flow(_ marks: [Mark], within most: Double) -> (entries: [Entry], size: (width: Double, height: Double)) {
        var entries: [Entry] = []
        var x = 0.0, y = 0.0, widest = 0.0
        for mark in marks {
            let width = SVGText.width(of: FigureDrawing.shortened(mark.label!, longestLabel)) + 42
            if x > 0, x + width > most { (x, y) = (0, y + lineHeight) }
            entries.append(Entry(mark: mark, x: x, y: y))
            x += width
            widest = max(widest, x)
        }
        return (entries, (widest, y + lineHeight + 8))
    }

    /// The corner or edge of the axes with the fewest data.
    private static func corner(
        _ size: (width: Double, height: Double), _ figure: Figure, _ layout: FigureLayout
    ) -> (x: Double, y: Double, covered: Int) {
        let right = layout.left + layout.width - size.width - 6, left = layout.left + 6
        let bottom = layout.top + layout.height - size.height - 6, top = layout.top + 6
        let middle = (x: (left + right) / 2, y: (top + bottom) / 2)
        let corners = [
            (right, top), (left, top), (right, bottom), (left, bottom),
            (right, middle.y), (left, middle.y), (middle.x, top), (middle.x, bottom),
        ]
        let places = figure.coveredPlaces(layout)
        let space = 3.0
        let covered = corners.map { corner in
            places.count {
                $0.x > corner.0 - space && $0.x < corner.0 + size.width + space
                    && $0.y > corner.1 - space && $0.y < corner.1 + size.height + space
            }
        }
        let best = covered.indices.min { covered[$0] < covered[$1] }!
        let isTooLarge = !places.isEmpty && (right < left || bottom < top)
        return (corners[best].0, corners[best].1, isTooLarge ? .max : covered[best])
    }
}

extension Figure {
    /// Places that marks cover, about three pixels apart along curves. Pictures cover everything
    /// alike and are left out.
    fileprivate func coveredPlaces(_ layout: FigureLayout) -> [(x: Double, y: Double)] {
        var places: [(x: Double, y: Double)] = []
        func line(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) {
            let length = max(abs(b.x - a.x), abs(b.y - a.y))
            guard length.isFinite else { return }
            let count = min(max(1, Int(length / 3)), 400)
            for i in 0..<count {
                let part = Double(i) / Double(count)
                places.append((a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part))
            }
        }
        func curve(_ xs: [Double], _ ys: [Double]) {
            // Of very many points some are enough.
            let shown = stride(from: 0, to: xs.count, by: max(1, xs.count / 1000)).map { (layout.x(xs[$0]), layout.y(ys[$0])) }
            for (a, b) in zip(shown, shown.dropFirst()) { line(a, b) }
            if let last = shown.last, last.0.isFinite, last.1.isFinite { places.append(last) }
        }
        func box(_ x1: Double, _ x2: Double, _ y1: Double, _ y2: Double) {
            let from = (x: layout.x(x1), y: layout.y(y1)), to = (x: layout.x(x2), y: layout.y(y2))
            // Upright lines through the box; what has no place on a logarithmic axis is at its end.
            let low = from.y.isFinite ? from.y : layout.top + layout.height
            for x in stride(from: min(from.x, to.x), through: max(from.x, to.x), by: 6) { line((x, low), (x, to.y)) }
        }
        for mark in marks {
            switch mark.shape {
            case .line(let xs, let ys, _): curve(xs, ys)
            case .points(let xs, let ys, _, _):
                places += stride(from: 0, to: xs.count, by: max(1, xs.count / 2000)).map { (layout.x(xs[$0]), layout.y(ys[$0])) }
            case .band(let xs, let low, let high):
                curve(xs, low)
                curve(xs, high)
            case .bars(let middles, let heights, let base, let width, let isHorizontal):
                for (i, middle) in middles.enumerated() where heights[i].isFinite {
                    let across = (middle - width / 2, middle + width / 2), along = (base[i], base[i] + heights[i])
                    let (x, y) = isHorizontal ? (along, across) : (across, along)
                    box(x.0, x.1, y.0, y.1)
                }
            case .histogram(let edges, let counts):
                for (i, count) in counts.enumerated() where count > 0 { box(edges[i], edges[i + 1], 0, count) }
            case .rule(let value, isVertical: true):
                line((layout.x(value), layout.top), (layout.x(value), layout.top + layout.height))
            case .rule(let value, isVertical: false):
                line((layout.left, layout.y(value)), (layout.left + layout.width, layout.y(value)))
            case .text(let x, let y, let words):
                let half = Double(words.count) / 2 * FigureLayout.characterWidth
                line((layout.x(x) - half, layout.y(y)), (layout.x(x) + half, layout.y(y)))
            case .cells, .raster, .contours: break
            }
        }
        return places
    }
}

extension FigureDrawing {
    mutating func draw(_ legend: FigureLegend) {
        // What is behind shows through a little, whatever the page's color; colors would hide the words.
        let (ground, opacity) = coversColors ? ("#fff", 0.9) : ("none", 0.75)
        if !legend.isBelow {
            svg.rectangle(
                legend.x, legend.y, legend.width, legend.height,
                "rx=\"4\" style=\"fill:var(--jp-layout-color0,var(--vscode-editor-background,\(ground)))\" "
                    + "fill-opacity=\"\(opacity)\" stroke=\"currentColor\" stroke-opacity=\"0.25\"")
        }
        for entry in legend.entries {
            let x = legend.x + entry.x, y = legend.y + entry.y + 12
            drawKey(entry.mark, x + 8, y)
            svg.label(FigureDrawing.shortened(entry.mark.label!, FigureLegend.longestLabel), x + 34, y + 4, .start)
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
            // White on a picture is seen, on the legend's ground it would not be.
            if coversColors { svg.line(x, y, x + 20, y, "stroke=\"#888\" stroke-width=\"3.4\" stroke-linecap=\"round\"") }
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
}
