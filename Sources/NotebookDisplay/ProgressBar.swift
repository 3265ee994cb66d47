import Charts
import Glibc

/// Goes through a sequence and shows how far it has come: Python's `tqdm`.
///
/// ```swift
/// for epoch in tqdm(0..<10, "epochs") {
///     for (x, y) in tqdm(loader, "batches") { … }
/// }
/// ```
///
/// A notebook shows a bar for each loop that runs, the inner below the outer, and keeps the outer
/// one's last state. A terminal shows lines that are written over. Anything else, such as a log,
/// gets one line when the outer loop ends.
///
/// - Parameters:
///   - total: how many elements there are; by default what the sequence knows.
public func tqdm<Base: Sequence>(_ base: Base, _ title: String = "", total: Int? = nil) -> ProgressSequence<Base> {
    ProgressSequence(base: base, title: title, total: total)
}

/// A sequence that shows how far a loop has come in it; made by `tqdm`.
public struct ProgressSequence<Base: Sequence>: Sequence {
    let base: Base
    let title: String
    let total: Int?

    public struct Iterator: IteratorProtocol {
        private var base: Base.Iterator
        private let bar: ProgressBar

        init(_ base: Base.Iterator, _ bar: ProgressBar) {
            self.base = base
            self.bar = bar
        }

        public mutating func next() -> Base.Element? {
            guard let element = base.next() else {
                bar.finish(isComplete: true)
                return nil
            }
            bar.advance()
            return element
        }
    }

    public func makeIterator() -> Iterator {
        let count = total ?? (base as? any Collection)?.count
        let known = count ?? (base.underestimatedCount > 0 ? base.underestimatedCount : nil)
        return Iterator(base.makeIterator(), ProgressBar(title: title, total: known))
    }

    public var underestimatedCount: Int { base.underestimatedCount }
}

/// One running loop's progress. Belongs to the thread that made it.
final class ProgressBar {
    private let title: String
    private let total: Int?
    private let start = secondsNow()
    private var begun = 0
    private var isFinished = false
    private let group: ProgressGroup

    init(title: String, total: Int?) {
        self.title = title
        self.total = total
        group = ProgressGroup.ofThisThread
        group.open(self)
    }

    /// A loop that is left early ends its bar too.
    deinit { finish(isComplete: false) }

    /// Another element is worked on.
    func advance() {
        begun += 1
        group.drawIfDue()
    }

    /// - Parameter isComplete: whether the element that was begun last is done too.
    func finish(isComplete: Bool) {
        if isFinished { return }
        isFinished = true
        if isComplete { begun += 1 }
        group.close(self)
    }

    /// How many elements are done: all that were begun but the one that is worked on.
    private var done: Int { max(0, begun - 1) }

    private var fraction: Double? { total.map { $0 > 0 ? min(1, Double(done) / Double($0)) : 1 } }

    /// `42/100 [00:03<00:05, 12.3it/s]`, as tqdm has it.
    private var numbers: String {
        let seconds = secondsNow() - start
        let rate = seconds > 0 ? Double(done) / seconds : 0
        let left = total.map { rate > 0 ? NumberText.clock(Double($0 - done) / rate) : "?" }
        let speed = rate == 0 ? "?it/s" : rate >= 1 ? "\(NumberText.amount(rate))it/s" : "\(NumberText.amount(1 / rate))s/it"
        return "\(done)/\(total.map(String.init) ?? "?") [\(NumberText.clock(seconds))\(left.map { "<\($0)" } ?? ""), \(speed)]"
    }

    private var heading: String { title.isEmpty ? "" : title + ": " }

    var text: String {
        guard let fraction else { return heading + numbers }
        let eighths = Int((fraction * 20 * 8).rounded(.down)), parts = Array(" ▏▎▍▌▋▊▉")
        let full = String(repeating: "█", count: eighths / 8)
        let bar = full + (eighths < 160 ? String(parts[eighths % 8]) : "")
        let percent = "\(Int(fraction * 100))%"
        return heading + percent + "|" + bar + String(repeating: " ", count: 20 - min(20, bar.count)) + "| " + numbers
    }

    var html: String {
        let color = isFinished ? "#009e73" : "#2a84c6"
        let bar = fraction.map {
            "<progress max=\"1\" value=\"\(NumberText.fixed($0, 4))\" style=\"width:16em;height:1em;vertical-align:middle;"
                + "accent-color:\(color)\"></progress> \(Int($0 * 100))% "
        } ?? ""
        return "<div style=\"font-family:var(--jp-code-font-family,monospace);font-size:13px;white-space:nowrap\">"
            + "\(escapedMarkup(heading))\(bar)\(escapedMarkup(numbers))</div>"
    }
}
