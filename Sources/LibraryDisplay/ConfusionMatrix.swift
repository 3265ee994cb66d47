import Charts
import NotebookDisplay
import TensorCore

/// How often each class was taken for each other: rows are the true classes, columns the
/// predicted ones.
///
/// ```swift
/// ConfusionMatrix(model(x).argmax(1), labels, names: ["cat", "dog"])
/// ```
public struct ConfusionMatrix: Sendable {
    public let names: [String]
    /// `counts[true][predicted]`.
    public private(set) var counts: [[Int]]

    /// - Parameters:
    ///   - predicted: class numbers.
    ///   - labels: the true ones, as many.
    ///   - names: by default the numbers up to the largest.
    public init(_ predicted: Tensor, _ labels: Tensor, names: [String]? = nil) {
        let predicted: [Int] = predicted.detach().array(), labels: [Int] = labels.detach().array()
        if predicted.count != labels.count {
            fail("\(predicted.count) predictions cannot be compared with \(labels.count) labels", .valueError)
        }
        let count = names?.count ?? (max(predicted.max() ?? 0, labels.max() ?? 0) + 1)
        self.names = names ?? (0..<count).map(String.init)
        counts = Array(repeating: Array(repeating: 0, count: count), count: count)
        for (label, prediction) in zip(labels, predicted) {
            for number in [label, prediction] where number < 0 || number >= count {
                fail("class \(number) is out of range for \(count) classes", .indexError)
            }
            counts[label][prediction] += 1
        }
    }

    /// The part of the predictions that are right; NaN where there are none.
    public var accuracy: Double {
        let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        return Double(right) / Double(counts.joined().reduce(0, +))
    }

    /// Of those predicted to be of a class the part that is.
    public func precision(_ index: Int) -> Double {
        Double(counts[index][index]) / Double(counts.reduce(0) { $0 + $1[index] })
    }

    /// Of those of a class the part that was found.
    public func recall(_ index: Int) -> Double {
        Double(counts[index][index]) / Double(counts[index].reduce(0, +))
    }

    /// The harmonic mean of precision and recall.
    public func f1(_ index: Int) -> Double {
        let missed = counts[index].reduce(0, +) + counts.reduce(0) { $0 + $1[index] }
        return 2 * Double(counts[index][index]) / Double(missed)
    }

    /// Each class with its precision, recall and F1.
    public var table: Table {
        Table(columns: ["class", "precision", "recall", "F1", "samples"], rows: names.indices.map { i in
            [names[i]] + [precision(i), recall(i), f1(i)].map { NumberText.fixed($0, 3) } + [String(counts[i].reduce(0, +))]
        })
    }

    /// The counts as colours.
    public var figure: Figure {
        let size = 150 + 34 * Double(min(names.count, 14))
        return Figure(width: size + 60, height: size)
            .heatmap(counts, rows: names, columns: names, annotate: names.count <= 20)
            .xlabel("predicted").ylabel("true").title("accuracy \(NumberText.fixed(accuracy * 100, 2)) %")
    }
}

extension ConfusionMatrix: Displayable, CustomStringConvertible {
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
