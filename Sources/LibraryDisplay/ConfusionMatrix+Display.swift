import Charts
import Metrics
import NotebookDisplay

extension ConfusionMatrix: Displayable, CustomStringConvertible {
    /// Each class with its precision, recall, F1 and number of samples.
    public var table: Table {
        let scores = [precision(average: .none), recall(average: .none), f1Score(average: .none)] as [[Double]]
        return Table(columns: ["class", "precision", "recall", "F1", "samples"], rows: names.indices.map { i in
            [names[i]] + scores.map { NumberText.fixed($0[i], 3) } + [String(support[i])]
        })
    }

    /// The counts as colours.
    public var figure: Figure {
        let size = 150 + 34 * Double(min(names.count, 14))
        return Figure(width: size + 60, height: size)
            .heatmap(counts, rows: names, columns: names, annotate: names.count <= 20)
            .xlabel("predicted").ylabel("true").title("accuracy \(NumberText.fixed(accuracy * 100, 2)) %")
    }

    public var description: String {
        let matrix = Table(
            title: "rows: true, columns: predicted; accuracy \(NumberText.fixed(accuracy * 100, 2)) %",
            columns: [""] + names, rows: zip(names, counts).map { name, row in [name] + row.map(String.init) })
        return "\(matrix)\n\n\(table)"
    }

    public var mimeBundle: MIMEBundle {
        let drawing = figure.svg
        let html = "<div style=\"display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start\"><div>\(drawing)</div>\(table.html)</div>"
        return MIMEBundle(["text/plain": description, "text/html": html, "image/svg+xml": drawing])
    }
}
