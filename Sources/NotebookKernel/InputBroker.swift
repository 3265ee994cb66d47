import CellSession
import JupyterProtocol

/// Asks front ends for the lines that cells read.
final class InputBroker: Sendable {
    private struct Question {
        let identities: [[UInt8]]
        let messageID: String
        var answer: InputAnswer?
    }

    private struct State {
        var questions: [Int: Question] = [:]
        var lastNumber = 0
        /// Interrupts so far; a cell that started before the last one asks nothing more.
        var interrupts = 0
    }

    private let state = SharedState(State())
    private let sockets: KernelSockets

    init(_ sockets: KernelSockets) { self.sockets = sockets }

    /// To be read when a cell starts and given to `ask`.
    var interrupts: Int { state.withLock { $0.interrupts } }

    /// A line from the front end that sent the request, or that the cell was interrupted.
    func ask(
        _ prompt: String, password: Bool, for request: Message, since interrupts: Int
    ) -> InputAnswer {
        // Replies that come before the question answer an older one: nobody waits for them.
        sockets.drainIncoming()
        let number: Int? = state.withLock { state in
            guard state.interrupts == interrupts else { return nil }
            let id = sockets.send(
                "input_request", ["prompt": .string(prompt), "password": .bool(password)],
                on: .stdin, to: request.identities, parent: request.rawHeader)
            state.lastNumber += 1
            state.questions[state.lastNumber] = Question(
                identities: request.identities, messageID: id)
            return state.lastNumber
        }
        guard let number else { return .interrupted }
        let answer = state.wait { $0.questions[number]?.answer }
        state.withLock { $0.questions[number] = nil }
        return answer
    }

    /// Takes an `input_reply`; one that answers no open question is dropped.
    func receive(_ reply: Message) {
        guard let line = reply.content["value"]?.stringValue else { return }
        let parent = reply.parentHeader["msg_id"]?.stringValue
        state.withLock { state in
            // Not every client names the question it answers; then it is the client's last one.
            let number = state.questions
                .filter { $0.value.answer == nil }
                .filter {
                    parent == nil
                        ? $0.value.identities == reply.identities : $0.value.messageID == parent
                }
                .map(\.key).max()
            if let number { state.questions[number]?.answer = .line(line) }
        }
    }

    /// Ends all waiting.
    func interrupt() {
        state.withLock { state in
            state.interrupts += 1
            for number in state.questions.keys { state.questions[number]?.answer = .interrupted }
        }
    }
}
