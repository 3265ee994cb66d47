internal import CCellHost
import Dispatch
import Synchronization

/// Runs the bodies of cells that await: as a task, while the cell's thread waits for it.
enum AsyncCells {
    private nonisolated(unsafe) static var running: Body?

    /// A cell's body while it runs.
    private final class Body: @unchecked Sendable {
        var task: Task<Void, Never>?
        var error: (any Error)?
        /// Names the body's task and the child tasks below it.
        let owner = ch_begin_tasks()
        private let hasEnded = Mutex(false)

        func end() {
            hasEnded.withLock {
                $0 = true
                // Other tasks may get the memory of these.
                ch_drop_tasks(owner, false)
            }
        }

        func drop() { hasEnded.withLock { if !$0 { ch_drop_tasks(owner, true) } } }
    }

    /// Whether the cell that runs awaits, or has just been stopped while it did.
    static var isRunning: Bool { running != nil }

    static func run(_ body: @escaping @Sendable () async throws -> Void) {
        let current = Body()
        let ended = DispatchSemaphore(value: 0)
        running = current
        current.task = Task.detached {
            do { try await body() } catch { current.error = error }
            current.end()
            ended.signal()
        }
        ch_body_started()
        ended.wait()
        guard let error = current.error else { return forget() }
        ch_adopt_throw(unsafeBitCast(error, to: UnsafeMutableRawPointer.self))
        CellHost.stop(uncaught: error)
    }

    /// Cancels the body that runs now; true if there is one.
    static func cancel() -> Bool {
        running?.task?.cancel()
        return running != nil
    }

    /// Forgets a body whose cell was stopped.
    ///
    /// - Parameter isDropped: whether it, and the child tasks it waits for, must not go on.
    static func forget(isDropped: Bool = false) {
        if isDropped { running?.drop() }
        running = nil
    }
}
