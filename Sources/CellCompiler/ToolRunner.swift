import Foundation

/// Runs the toolchain for cells, and keeps one compiler waiting for the next.
///
/// Half of the time of a small cell is the compiler's own start. The next cell's command line is
/// known before the cell is, but for its text, so a compiler is started ahead and its text fed
/// through a pipe. If the kernel dies the pipe closes and the compiler ends.
final class ToolRunner: @unchecked Sendable {
    private let lock = NSLock()
    private var running: Subprocess?
    private var isCancelled = false
    private var standby: (executable: String, arguments: [String], process: Subprocess)?

    deinit { dismissStandby() }

    /// Forgets an earlier `cancel()`.
    func begin() { lock.withLock { isCancelled = false } }

    /// Ends the tool that runs now, and refuses others until `begin()`.
    func cancel() {
        lock.withLock {
            isCancelled = true
            running?.kill()
        }
    }

    /// Runs a tool; nil if it was cancelled.
    func run(_ executable: String, _ arguments: [String], input: String = "") -> Subprocess.Output? {
        let waiting = lock.withLock { () -> Subprocess? in
            guard let ready = standby, ready.executable == executable, ready.arguments == arguments else { return nil }
            standby = nil
            return ready.process
        }
        // One that waited may have been ended from outside, by a Ctrl-C in the kernel's terminal.
        if let waiting, let output = run(waiting, input: input), !output.wasKilled { return output }
        return run(Subprocess(executable, arguments), input: input)
    }

    private func run(_ process: Subprocess?, input: String) -> Subprocess.Output? {
        lock.withLock {
            if isCancelled { process?.kill() }
            running = process
        }
        let output = process?.finish(input: input) ?? Subprocess.Output(status: -1, text: "the tool does not start")
        return lock.withLock {
            running = nil
            return isCancelled ? nil : output
        }
    }

    /// Starts a tool that will probably be run with these arguments next.
    func prepare(_ executable: String, _ arguments: [String]) {
        let dismissed = lock.withLock { () -> Subprocess? in
            if let standby, standby.executable == executable, standby.arguments == arguments { return nil }
            // Whoever cancels a cell may be about to end the session.
            if isCancelled { return nil }
            defer { standby = Subprocess(executable, arguments).map { (executable, arguments, $0) } }
            return standby?.process
        }
        dismissed?.dismiss()
    }

    /// Ends the tool that waits.
    func dismissStandby() {
        let dismissed = lock.withLock { () -> Subprocess? in
            defer { standby = nil }
            return standby?.process
        }
        dismissed?.dismiss()
    }
}
