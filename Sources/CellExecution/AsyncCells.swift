internal import CCellHost
import Dispatch

/// Runs the bodies of cells that await: as a task, while the cell's thread waits for it.
enum AsyncCells {
    private nonisolated(unsafe) static var running: Task<(any Error)?, Never>?

    /// Whether the cell that runs awaits, or has just been stopped while it did.
    static var isRunning: Bool { running != nil }

    static func run(_ body: @escaping @Sendable () async throws -> Void) {
        final class Ending: @unchecked Sendable { var error: (any Error)? }
        let ending = Ending()
        let ended = DispatchSemaphore(value: 0)
        running = Task.detached {
            do { try await body() } catch { ending.error = error }
            ended.signal()
            return ending.error
        }
        ended.wait()
        guard let error = ending.error else { return forget() }
        ch_adopt_throw(unsafeBitCast(error, to: UnsafeMutableRawPointer.self))
        CellHost.stop(uncaught: error)
    }

    /// Cancels the body that runs now; true if there is one.
    static func cancel() -> Bool {
        running?.cancel()
        return running != nil
    }

    /// Forgets a body whose cell was stopped.
    static func forget() { running = nil }
}
