import CKernels
import Synchronization

/// A programming error that `fail` reported on a thread of the library's own, on its way to the
/// thread that waits for that thread's result.
public struct ProgrammingError: Error, CustomStringConvertible {
    public let kind: FailureKind
    public let message: String

    public var description: String { "\(kind.rawValue): \(message)" }

    private final class Report: Sendable {
        let error = Mutex<ProgrammingError?>(nil)
    }

    /// Runs `body` and gives the programming error that ended it; nil if it returned.
    ///
    /// What `body` held when it failed stays in memory, so this is for threads that end after a
    /// failure. Traps of Swift's own (an index out of range) are not caught.
    package static func capture(_ body: @escaping () -> Void) -> ProgrammingError? {
        let report = Report()
        let call = Unmanaged.passRetained(Call(body))
        let hasReturned = ck_run_escapable(
            { Unmanaged<Call>.fromOpaque($0).takeUnretainedValue().body() }, call.toOpaque(),
            Unmanaged.passUnretained(report).toOpaque())
        call.release()
        if hasReturned { return nil }
        ck_parallel_recover()
        return report.error.withLock { $0 }
    }

    private final class Call {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Leaves the `capture` that runs on this thread, if there is one.
    static func endCapture(_ kind: FailureKind, _ message: String) {
        guard let pointer = ck_escape_report() else { return }
        Unmanaged<Report>.fromOpaque(pointer).takeUnretainedValue().error.withLock {
            $0 = ProgrammingError(kind: kind, message: message)
        }
        ck_escape()
    }
}
