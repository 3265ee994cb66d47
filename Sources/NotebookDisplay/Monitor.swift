import Charts

/// A number that a monitor can show: Swift's numbers, and tensors of one element.
public protocol MonitorValue {
    var monitorValue: Double { get }
}

extension Double: MonitorValue { public var monitorValue: Double { self } }
extension Float: MonitorValue { public var monitorValue: Double { Double(self) } }
extension Int: MonitorValue { public var monitorValue: Double { Double(self) } }

/// Draws a training's curves while it runs.
///
/// ```swift
/// let monitor = Monitor(total: epochs * loader.count)
/// for epoch in 0..<epochs {
///     for (x, y) in loader {
///         …
///         monitor.log(["loss": loss, "accuracy": accuracy], samples: x.size(0))
///     }
/// }
/// ```
///
/// A notebook shows the curves below the cell, drawn anew at most ten times a second by a thread
/// of their own, and keeps the last state as SVG. Elsewhere a line of text is printed every few
/// seconds and at the end. A metric's newest number stands in its title. The curve of a metric with
/// many numbers is smoothed, and the band around it shows the numbers themselves. Metrics that differ
/// in `train_`, `val_`, `valid_` or `test_` share a chart; `charts` puts others together.
/// Several threads may log.
public final class Monitor: @unchecked Sendable {
    private let lock = TimedLock()
    private let drawingLock = TimedLock()
    private let title: String
    private let total: Int?
    private let smoothing: Double?
    private let charts: [[String]]

    private var names: [String] = []
    private var indexOfName: [String: Int] = [:]
    private var histories: [MetricHistory] = []
    private var step = 0
    private var samples = 0
    /// Of the first log and of the newest that was drawn.
    private var start: (seconds: Double, step: Int, samples: Int)?
    private var end = 0.0
    private var isChanged = false
    private var isLastDrawn = false
    private var isScheduled = false
    private var handle: DisplayHandle?

    /// - Parameters:
    ///   - title: stands above the curves.
    ///   - total: how many steps there will be; with it the time left is shown.
    ///   - smoothing: from 0, the numbers themselves, to nearly 1, a mean of very many; by default 0.9
    ///     for metrics with more than 50 numbers and 0 for others.
    ///   - charts: the names of metrics that share a chart: `[["RNN", "LSTM", "GRU"]]`.
    public init(
        _ title: String = "", total: Int? = nil, smoothing: Double? = nil, charts: [[String]] = []
    ) {
        require(smoothing.map { $0 >= 0 && $0 < 1 } ?? true, "smoothing must be at least 0 and less than 1")
        self.title = title
        self.total = total
        self.smoothing = smoothing
        self.charts = charts
    }

    /// Takes the metrics of one step.
    ///
    /// - Parameters:
    ///   - values: by name; charts appear in the order in which names appear first.
    ///   - step: which step; by default the one after the last.
    ///   - samples: how many samples the step took, for the throughput.
    public func log(_ values: KeyValuePairs<String, Double>, step: Int? = nil, samples: Int = 0) {
        record(step, samples) { for (name, value) in values { add(name, value) } }
    }

    /// The same for numbers of several types, and for tensors.
    @_disfavoredOverload
    public func log(_ values: KeyValuePairs<String, any MonitorValue>, step: Int? = nil, samples: Int = 0) {
        // Outside the lock: a tensor's number may take a while, or stop the cell.
        log(pairs: values.map { ($0.key, $0.value.monitorValue) }, step: step, samples: samples)
    }

    /// The same for names that the program computes.
    public func log(pairs: [(String, Double)], step: Int? = nil, samples: Int = 0) {
        record(step, samples) { for (name, value) in pairs { add(name, value) } }
    }

    /// Draws the last state now. A notebook does so by itself when the cell ends.
    public func finish() { _ = drawIfChanged(isLast: true) }

    private func record(_ step: Int?, _ samples: Int, _ add: () -> Void) {
        let mustBeShown = lock.withLock {
            self.step = step ?? self.step + 1
            self.samples += samples
            if start == nil { start = (secondsNow(), self.step, self.samples) }
            add()
            isChanged = true
            defer { isScheduled = true }
            return !isScheduled
        }
        if mustBeShown { show() }
    }

    private func add(_ name: String, _ value: Double) {
        let index: Int
        if let known = indexOfName[name] {
            index = known
        } else {
            index = names.count
            indexOfName[name] = index
            names.append(name)
            histories.append(MetricHistory(smoothing: smoothing))
        }
        histories[index].add(value, step: Double(step))
    }

    /// Takes a place in the output and has it drawn from now on.
    private func show() {
        drawingLock.withLock {
            if handle == nil && DisplaySink.current.isLive {
                handle = display(MIMEBundle(["text/plain": title.isEmpty ? "training …" : "\(title) …"]))
            }
        }
        LiveDisplays.add(self)
    }
}

extension Monitor: LiveDisplay {
    func drawIfChanged(isLast: Bool) -> Bool {
        drawingLock.withLockSoon {
            let state: MonitorState? = lock.withLockSoon {
                // The last drawing has more forms, so it is made even if nothing is new.
                let isWanted = isChanged || isLast && !isLastDrawn && DisplaySink.current.isLive
                guard isWanted, start != nil else { return nil }
                if isChanged { end = secondsNow() }
                (isChanged, isLastDrawn) = (false, isLast)
                if isLast { isScheduled = false }
                return currentState
            } ?? nil
            guard let state else { return false }
            if DisplaySink.current.isLive {
                let bundle = isLast ? state.lastBundle : state.bundle
                if let handle { handle.update(bundle) } else { handle = display(bundle) }
            } else {
                print(state.line)
            }
            return true
        } ?? false
    }

    private var currentState: MonitorState {
        let start = start ?? (end, step, samples)
        let seconds = end - start.seconds
        return MonitorState(
            title: title, total: total, step: step, seconds: seconds,
            stepRate: seconds > 0 ? Double(step - start.step) / seconds : 0,
            sampleRate: seconds > 0 ? Double(samples - start.samples) / seconds : 0,
            metrics: zip(names, histories).map { ($0, $1) }, sharedCharts: charts)
    }
}

extension Monitor: Displayable {
    /// The curves so far.
    public var mimeBundle: MIMEBundle { lock.withLock { currentState }.lastBundle }
}
