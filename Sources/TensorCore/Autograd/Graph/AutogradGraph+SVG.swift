extension AutogradGraph {
    private static let characterWidth = 7.3, lineHeight = 15.0
    private static let pageColor = "var(--jp-content-font-color1,var(--vscode-editor-foreground,#7d7d7d))"
    private static let padding = 9.0, margin = 12.0, layerGap = 34.0, gap = 18.0

    /// The graph as a picture on white: leaves above, the result below.
    public var svg: String { drawing(isOnPage: false) }

    /// The picture as a part of a page, whose colours it takes.
    package var pageSVG: String { drawing(isOnPage: true) }

    private func drawing(isOnPage: Bool) -> String {
        let widths = vertices.map { vertex in
            Double(vertex.text.map(\.count).max() ?? 0) * Self.characterWidth + 2 * Self.padding
        }
        let layout = LayeredLayout(widths: widths, edges: edges, gap: Self.gap)
        let heights = vertices.map { Double($0.text.count) * Self.lineHeight + Self.padding }
        let bands = bands(layout, heights)
        let width = (layout.places.map { $0.x + $0.width / 2 }.max() ?? 0) + 2 * Self.margin
        let height = (bands.last.map { $0.top + $0.height } ?? 0) + Self.margin
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.text(width))" height="\(Self.text(height))" \
            viewBox="0 0 \(Self.text(width)) \(Self.text(height))" \
            font-family="ui-monospace, 'DejaVu Sans Mono', monospace" font-size="12" \
            style="max-width:100%;height:auto;color:\(isOnPage ? Self.pageColor : "#222")">

            """
        if !isOnPage { text += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" }
        for route in layout.routes { text += Self.edge(route, layout, bands, heights) }
        for (i, vertex) in vertices.enumerated() {
            let band = bands[layout.places[i].layer]
            text += Self.box(vertex, layout.places[i].x + Self.margin, band.top + band.height / 2, widths[i], heights[i], isOnPage)
        }
        return text + "</svg>\n"
    }

    /// Where each layer begins, and how high it is.
    private func bands(_ layout: LayeredLayout, _ heights: [Double]) -> [(top: Double, height: Double)] {
        var top = Self.margin
        return layout.layers.map { layer in
            let height = layer.compactMap { $0 < heights.count ? heights[$0] : nil }.max() ?? Self.lineHeight
            defer { top += height + Self.layerGap }
            return (top, height)
        }
    }

    private static func box(
        _ vertex: Vertex, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ isOnPage: Bool
    ) -> String {
        // A bright box would stand out from a dark page.
        let fill = isOnPage ? "\(vertex.kind.stroke)\" fill-opacity=\"0.3" : vertex.kind.fill
        var text = """
            <rect x="\(Self.text(x - width / 2))" y="\(Self.text(y - height / 2))" width="\(Self.text(width))" \
            height="\(Self.text(height))" rx="\(vertex.kind == .operation ? 9 : 2)" fill="\(fill)" \
            stroke="\(vertex.kind.stroke)"/>

            """
        let first = y - Double(vertex.text.count - 1) / 2 * lineHeight + 4
        for (i, line) in vertex.text.enumerated() {
            text += """
                <text x="\(Self.text(x))" y="\(Self.text(first + Double(i) * lineHeight))" text-anchor="middle" \
                fill="currentColor">\(escaped(line))</text>

                """
        }
        return text
    }

    /// A curve that leaves and enters each layer upright.
    private static func edge(
        _ route: [Int], _ layout: LayeredLayout, _ bands: [(top: Double, height: Double)], _ heights: [Double]
    ) -> String {
        func centre(_ place: Int) -> Double {
            let band = bands[layout.places[place].layer]
            return band.top + band.height / 2
        }
        func x(_ place: Int) -> Double { layout.places[place].x + margin }
        let start = centre(route[0]) + heights[route[0]] / 2
        var path = "M\(text(x(route[0]))) \(text(start))"
        var y = start
        for (from, to) in zip(route, route.dropFirst()) {
            let end = centre(to) - (to < heights.count ? heights[to] / 2 : 0)
            let bend = (y + end) / 2
            path += " C\(text(x(from))) \(text(bend)) \(text(x(to))) \(text(bend)) \(text(x(to))) \(text(end))"
            y = end
        }
        // Every route ends downwards. No marker: its identifier could be another drawing's too.
        let end = x(route[route.count - 1])
        return "<path d=\"\(path)\" fill=\"none\" stroke=\"#777\"/>\n"
            + "<path d=\"M\(text(end - 3)) \(text(y - 6))h6L\(text(end)) \(text(y))z\" fill=\"#777\"/>\n"
    }

    /// A length to a tenth of a pixel.
    private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "<" ? "&lt;" : $0 == ">" ? "&gt;" : $0 == "&" ? "&amp;" : String($0) }.joined()
    }
}

extension AutogradGraph.Kind {
    fileprivate var stroke: String {
        switch self {
        case .leaf: "#5b8fc7"
        case .operation: "#999"
        case .result: "#6aa84f"
        }
    }
}
