extension Figure: CustomStringConvertible {
    /// What the figure shows, in words and small bars: for where there are no pictures.
    public var description: String {
        let lines = marks.map { ($0.label.map { "\($0): " } ?? "") + $0.summary }
        let heading = titleText.isEmpty ? "Figure" : titleText
        let axes = [xlabelText.isEmpty ? nil : "x: \(xlabelText)", ylabelText.isEmpty ? nil : "y: \(ylabelText)"]
            .compactMap { $0 }.joined(separator: ", ")
        return (["\(heading)\(axes.isEmpty ? "" : " (\(axes))")"] + lines.map { "  " + $0 }).joined(separator: "\n")
    }
}

/// Numbers as a row of small bars: `▁▃▇▅`. Of many numbers the means of equal parts.
package func sparkline(_ values: [Double], width: Int = 40) -> String {
    let count = min(width, values.count)
    let means = (0..<count).map { part -> Double in
        let range = part * values.count / count ..< (part + 1) * values.count / count
        let finite = values[range].filter(\.isFinite)
        return finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count)
    }
    guard let range = means.finiteRange else { return "" }
    let bars = Array("▁▂▃▄▅▆▇█")
    let span = range.upperBound - range.lowerBound
    return String(
        means.map { mean in
            mean.isFinite ? bars[span > 0 ? min(7, Int((mean - range.lowerBound) / span * 8)) : 3] : " "
        })
}

extension Mark {
    fileprivate var summary: String {
        func range(_ values: [Double]) -> String {
            values.finiteRange.map { "\(NumberText.short($0.lowerBound)) … \(NumberText.short($0.upperBound))" } ?? "no numbers"
        }
        switch shape {
        case .line(let x, let y, _):
            return "line of \(NumberText.counted(y.count, "point")), x \(range(x)), y \(range(y))  \(sparkline(y))"
        case .points(let x, let y, _, _): return "\(NumberText.counted(y.count, "point")), x \(range(x)), y \(range(y))"
        case .bars(_, let heights, _, _, _): return "\(NumberText.counted(heights.count, "bar")), \(range(heights))  \(sparkline(heights))"
        case .histogram(let edges, let counts):
            return "histogram in \(NumberText.counted(counts.count, "bin")), \(range(edges))  \(sparkline(counts, width: 60))"
        case .band(let x, let low, let high): return "band over x \(range(x)), y \(range(low + high))"
        case .rule(let value, let isVertical): return "line at \(isVertical ? "x" : "y") = \(NumberText.short(value))"
        case .text(_, _, let words): return words
        case .cells(let grid, _, _, _): return "\(grid.rows) × \(grid.columns) numbers, \(range(grid.values))"
        case .raster(let raster): return "image of \(raster.width) × \(raster.height) pixels"
        case .contours(let grid, _, _, let levels, _, _):
            return "contours of \(grid.rows) × \(grid.columns) numbers at \(levels.map { NumberText.short($0) }.joined(separator: ", "))"
        }
    }
}
