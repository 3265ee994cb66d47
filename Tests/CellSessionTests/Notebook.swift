import CellSession
import Foundation

/// A notebook without a front end: runs cells and keeps what they gave.
final class Notebook: @unchecked Sendable {
    struct Run {
        var outcome: CellOutcome
        var stdout = ""
        var stderr = ""
        var result: String?
        var displays: [CellEvent] = []

        var errorName: String? { if case .failure(let name, _, _) = outcome { name } else { nil } }
        var errorValue: String? { if case .failure(_, let value, _) = outcome { value } else { nil } }
        var traceback: String { if case .failure(_, _, let lines) = outcome { lines.joined(separator: "\n") } else { "" } }
        /// The traceback without colours.
        var plainTraceback: String {
            traceback.replacingOccurrences(of: "\u{1B}\\[[0-9;]*m", with: "", options: .regularExpression)
        }
    }

    let session: CellSession
    var input: @Sendable (String, Bool) -> InputAnswer = { _, _ in .endOfFile }
    private var count = 0
    private let lock = NSLock()
    private var stray: [CellEvent] = []

    init() throws {
        session = try CellSession(.discover())
        session.onStrayEvent = { [weak self] event in self?.lock.withLock { self?.stray.append(event) } }
    }

    deinit { session.shutdown() }

    var strayText: String {
        lock.withLock { stray.map { if case .stream(_, let text) = $0 { text } else { "" } }.joined() }
    }

    /// Runs a cell; with `interruptAfter`, interrupts it after so many seconds.
    @discardableResult
    func run(_ source: String, interruptAfter seconds: Double? = nil, silent: Bool = false) -> Run {
        count += 1
        final class Box: @unchecked Sendable { var run = Run(outcome: .success) }
        let box = Box()
        if let seconds {
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [session] in session.interrupt() }
        }
        box.run.outcome = session.execute(
            source, options: CellOptions(executionCount: count, silent: silent),
            onEvent: { event in
                switch event {
                case .stream(.stdout, let text): box.run.stdout += text
                case .stream(.stderr, let text): box.run.stderr += text
                case .result(let bundle): box.run.result = bundle.data["text/plain"]
                default: box.run.displays.append(event)
                }
            },
            onInput: { [self] in input($0, $1) })
        return box.run
    }
}
