import Charts

/// What a monitor knows at a moment, and what it looks like.
struct MonitorState {
    let title: String
    let total: Int?
    let step: Int
    let seconds: Double
    /// Steps a second.
    let stepRate: Double
    /// Samples a second; 0 where they are not counted.
    let sampleRate: Double
    let metrics: [(name: String, history: MetricHistory)]
    /// Names of metrics that the user wants in one chart.
    let sharedCharts: [[String]]

    /// Progress, times, throughput, memory.
    var status: String {
        var parts = title.isEmpty ? [] : [title]
        parts.append("step " + NumberText.grouped(step) + (total.map { " / " + NumberText.grouped($0) } ?? ""))
        parts.append(NumberText.clock(seconds))
        if let total, step < total, stepRate > 0 {
            parts.append("\(NumberText.clock(Double(total - step) / stepRate)) left")
        }
        if stepRate > 0 { parts.append("\(NumberText.amount(stepRate)) steps/s") }
        if sampleRate > 0 { parts.append("\(NumberText.amount(sampleRate)) samples/s") }
        parts.append(NumberText.bytes(residentMemory()))
        return parts.joined(separator: " · ")
    }

    /// One line of text.
    var line: String {
        ([status] + metrics.map { "\($0.name) \(NumberText.short($0.history.last))" }).joined(separator: " · ")
    }

    private var text: String {
        let width = metrics.map(\.name.count).max() ?? 0
        return ([status] + metrics.map { name, history in
            let number = NumberText.short(history.last)
            return name + String(repeating: " ", count: width - name.count + 2) + number
                + String(repeating: " ", count: max(1, 11 - number.count)) + sparkline(history.curve)
        }).joined(separator: "\n")
    }

    /// Words that say on which data a metric was measured.
    private static let splits = ["train", "val", "valid", "validation", "test", "eval"]

    /// The metric's name without those words.
    private static func chart(of name: String) -> String {
        for split in splits where name.hasPrefix(split) && name.count > split.count {
            let rest = name.dropFirst(split.count)
            if let separator = rest.first, "_/ ".contains(separator) { return String(rest.dropFirst()) }
            if rest.first!.isUppercase { return rest.prefix(1).lowercased() + rest.dropFirst() }
        }
        return name
    }

    /// The metrics of each chart, in the order in which they appeared first.
    private var charts: [(title: String, metrics: [(name: String, history: MetricHistory)])] {
        var charts: [(title: String, metrics: [(name: String, history: MetricHistory)])] = []
        var indexOfChart: [String: Int] = [:]
        for metric in metrics {
            let shared = sharedCharts.first { $0.contains(metric.name) }
            // A name with a line break is nobody's metric.
            let key = shared.map { "\n" + $0.joined(separator: "\n") } ?? MonitorState.chart(of: metric.name)
            if indexOfChart[key] == nil {
                indexOfChart[key] = charts.count
                charts.append((shared == nil ? key : "", []))
            }
            charts[indexOfChart[key]!].metrics.append(metric)
        }
        return charts
    }

    private var figures: [Figure] {
        charts.map { chart in
            let isAlone = chart.metrics.count == 1
            return chart.metrics.reduce(Figure(width: 400, height: 230).xlabel("step")) { figure, metric in
                let history = metric.history, steps = history.steps
                let label = isAlone ? nil : "\(metric.name) \(NumberText.short(history.last))"
                let curve = figure.plot(steps, history.curve, label: label)
                return history.isSmoothed ? curve.fillBetween(steps, history.lows, history.highs) : curve
            }.title(isAlone ? "\(chart.title.isEmpty ? chart.metrics[0].name : chart.title)  \(NumberText.short(chart.metrics[0].history.last))" : chart.title)
        }
    }

    /// While the training runs.
    var bundle: MIMEBundle {
        var bundle = lastBundle
        bundle.data["image/svg+xml"] = nil
        return bundle
    }

    /// What stays in the notebook.
    var lastBundle: MIMEBundle { MIMEBundle(drawing: Panels(figures, title: status).svg, text: text) }
}
