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
        ([status] + metrics.map { "\($0.name) \(NumberText.short($0.history.smoothed))" }).joined(separator: " · ")
    }

    private var text: String {
        let width = metrics.map(\.name.count).max() ?? 0
        return ([status] + metrics.map { name, history in
            let number = NumberText.short(history.smoothed)
            return name + String(repeating: " ", count: width - name.count + 2) + number
                + String(repeating: " ", count: max(1, 11 - number.count)) + sparkline(history.means)
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

    private var figures: [Figure] {
        var charts: [String] = []
        for (name, _) in metrics where !charts.contains(MonitorState.chart(of: name)) {
            charts.append(MonitorState.chart(of: name))
        }
        return charts.map { chart in
            let shown = metrics.filter { MonitorState.chart(of: $0.name) == chart }
            return shown.reduce(Figure(width: 400, height: 230).xlabel("step")) { figure, metric in
                let history = metric.history, steps = history.steps
                let label = shown.count > 1 ? "\(metric.name) \(NumberText.short(history.smoothed))" : nil
                let curve = figure.plot(steps, history.means, label: label)
                return curve.fillBetween(steps, history.lows, history.highs)
            }.title(shown.count > 1 ? chart : "\(chart)  \(NumberText.short(shown[0].history.smoothed))")
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
