import JupyterProtocol

/// The requests that wait for one thread.
final class RequestQueue: Sendable {
    private struct State {
        /// Each request, and whether an error before it aborts it.
        var waiting: [(request: Request, isAborted: Bool)] = []
        var isClosed = false
    }

    private let state = SharedState(State())

    /// Adds a request; false if the queue is closed.
    func append(_ request: Request) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.waiting.append((request, false))
            return true
        }
    }

    /// Waits for the next request; nil when the queue is closed and empty.
    func next() -> (request: Request, isAborted: Bool)? {
        let next: (request: Request, isAborted: Bool)?? = state.wait { state in
            if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
            return state.isClosed ? .some(nil) : nil
        }
        return next ?? nil
    }

    /// Aborts the executions that wait now; later ones run.
    func abortExecutions() {
        state.withLock { state in
            for index in state.waiting.indices
            where state.waiting[index].request.message.type == "execute_request" {
                state.waiting[index].isAborted = true
            }
        }
    }

    /// Takes no more requests; those that wait are still answered.
    func close() { state.withLock { $0.isClosed = true } }
}
