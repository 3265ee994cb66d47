/// Several figures side by side: matplotlib's `subplots`.
///
/// ```swift
/// Panels([Figure().plot(loss).title("loss"), Figure().hist(weights).title("weights")])
/// ```
public struct Panels: Sendable, CustomStringConvertible {
    public var figures: [Figure]
    /// How many stand in a row.
    public var columns: Int
    /// A line above them all.
    public var title: String

    /// - Parameter columns: by default as many as fit in 800 points, at least two if there are two figures.
    public init(_ figures: [Figure], columns: Int? = nil, title: String = "") {
        require(columns ?? 1 > 0, "at least one column is needed")
        self.figures = figures
        self.title = title
        let fitting = Int(800 / max(figures.map(\.width).max() ?? 800, 1))
        self.columns = columns ?? min(max(2, fitting), max(1, figures.count))
    }

    public var svg: String {
        let rows = stride(from: 0, to: figures.count, by: columns).map { figures[$0..<min($0 + columns, figures.count)] }
        var content = ""
        var y = title.isEmpty ? 0.0 : 24, widest = 0.0
        for row in rows {
            var x = 0.0
            for figure in row {
                content += figure.content(at: (x, y))
                x += figure.width
            }
            y += row.map(\.height).max() ?? 0
            widest = max(widest, x)
        }
        if !title.isEmpty {
            var heading = SVGText()
            heading.label(title, 12, 16, .start, "font-size=\"12.5\"")
            widest = max(widest, Double(title.count) * 6.6 + 24)
            content = heading.text + content
        }
        return Figure.document(
            width: widest, height: y, summary: title.isEmpty ? "\(figures.count) figures" : title, content)
    }

    public var description: String {
        ((title.isEmpty ? [] : [title]) + figures.map(\.description)).joined(separator: "\n")
    }
}
