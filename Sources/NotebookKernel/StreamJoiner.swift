import CellSession
import Dispatch
import Synchronization

/// Joins the pieces of text that a cell writes within a moment into one message: a program writes
/// line by line, and a notebook would keep every line as an output of its own.
///
/// Nothing is held for longer than the interval, and nothing overtakes anything.
final class StreamJoiner: Sendable {
    private struct Pending {
        var stream = CellEvent.Stream.stdout
        var text = ""
        /// Counts the texts sent, so that a timer knows whether its text is still waiting.
        var sent = 0
    }

    private static let interval = DispatchTimeInterval.milliseconds(10)
    private static let limit = 1 << 16

    private let pending = Mutex(Pending())
    private let publish: @Sendable (CellEvent) -> Void

    init(publish: @escaping @Sendable (CellEvent) -> Void) { self.publish = publish }

    func add(_ event: CellEvent) {
        pending.withLock { pending in
            guard case .stream(let stream, let text) = event else {
                send(&pending)
                publish(event)
                return
            }
            if stream != pending.stream { send(&pending) }
            pending.stream = stream
            let isFirst = pending.text.isEmpty
            pending.text += text
            if pending.text.utf8.count >= Self.limit {
                send(&pending)
            } else if isFirst {
                sendLater(pending.sent)
            }
        }
    }

    /// Sends what waits: before the cell asks for input, and when it has ended.
    func flush() { pending.withLock { send(&$0) } }

    private func sendLater(_ sent: Int) {
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.interval) { [self] in
            pending.withLock { if $0.sent == sent { send(&$0) } }
        }
    }

    private func send(_ pending: inout Pending) {
        if pending.text.isEmpty { return }
        publish(.stream(pending.stream, pending.text))
        pending.text = ""
        pending.sent += 1
    }
}
