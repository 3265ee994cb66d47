import Foundation
import NotebookDisplay

/// Completion and documentation for cells, from the toolchain's own language library.
///
/// The library runs in a helper process, since it may crash or never come back on half-written
/// code. A helper that dies is started anew by the next request, and no request waits longer than
/// its time limit, so that neither can cost more than one answer.
public final class LanguageService: @unchecked Sendable {
    private let command: [String]
    private let timeLimit: Duration
    private let lock = NSLock()
    private var helper: HelperProcess?
    private var lastID = 0
    /// Since when the helper owes an answer that was given up.
    private var silentSince: ContinuousClock.Instant?

    /// How long a helper may think about a text that nobody waits for any more. The first use of a
    /// large module builds its cache, which is worth finishing.
    private static let patience = Duration.seconds(20)

    /// - Parameters:
    ///   - command: the command line of the helper: a program (its path) that calls
    ///     `LanguageServiceProcess.main`.
    ///   - timeLimit: the longest that a request waits.
    public init(command: [String], timeLimit: Duration = .seconds(3)) {
        self.command = command
        self.timeLimit = timeLimit
    }

    /// What may be inserted at a cursor.
    ///
    /// Texts that begin with what was typed as it was typed come before those that differ in case,
    /// and what stands near (local, of this type) before what was imported.
    ///
    /// - Parameters:
    ///   - cursor: in Unicode scalars of the cell; beyond its ends means at its ends.
    /// - Returns: no completions where nothing fits, the time ran out or the helper failed.
    public func complete(
        _ cell: String, cursor: Int, context: LanguageContext
    ) -> CompletionReply {
        if let found = ask(.complete, cell, cursor, context)?.completion { return found }
        let cursor = min(max(cursor, 0), cell.unicodeScalars.count)
        return CompletionReply(completions: [], start: cursor, end: cursor)
    }

    /// The declaration and the documentation of the name at a cursor, or of the call around it, as
    /// `text/plain` and `text/markdown`.
    ///
    /// - Parameters:
    ///   - cursor: in Unicode scalars of the cell; beyond its ends means at its ends.
    ///   - detail: 0, or 1 for the module and the other declarations of the name as well.
    /// - Returns: nil where there is no name or nothing is known about it.
    public func inspect(
        _ cell: String, cursor: Int, detail: Int, context: LanguageContext
    ) -> MIMEBundle? {
        ask(.inspect(detail: detail), cell, cursor, context)?.inspection?.bundle
    }

    /// Starts the helper and has it load the modules of `context`. Returns at once.
    public func warmUp(context: LanguageContext) {
        Thread.detachNewThread {
            _ = self.complete("", cursor: 0, context: context)
        }
    }

    /// The helper's process, while one runs.
    package var helperIdentifier: pid_t? { lock.withLock { helper?.identifier } }

    private func ask(
        _ question: Request.Question, _ cell: String, _ cursor: Int, _ context: LanguageContext
    ) -> Reply? {
        let deadline = ContinuousClock.now + timeLimit
        guard lock.lock(before: Date(timeIntervalSinceNow: timeLimit / .seconds(1))) else {
            return nil
        }
        defer { lock.unlock() }
        if let silentSince, ContinuousClock.now - silentSince > Self.patience { helper = nil }

        lastID += 1
        let request = Request(
            id: lastID, question: question, cell: cell, cursor: cursor, context: context)
        // A helper that was killed while nobody asked is noticed only now, hence the second try.
        for _ in 0..<2 {
            do {
                return try answer(to: request, deadline: deadline)
            } catch MessageSocket.Failure.timeout {
                silentSince = silentSince ?? ContinuousClock.now
                return nil
            } catch {
                helper = nil
            }
        }
        return nil
    }

    private func answer(to request: Request, deadline: ContinuousClock.Instant) throws -> Reply {
        if helper == nil {
            helper = try HelperProcess(command: command)
            silentSince = nil
        }
        guard let socket = helper?.socket else { throw MessageSocket.Failure.closed }
        try socket.send(request)
        while true {
            let reply: Reply = try socket.receive(deadline: deadline)
            silentSince = nil
            // Answers to requests that were given up come first.
            if reply.id == request.id { return reply }
        }
    }
}
