import CellCompiler
import Foundation
import HostProtocol

/// Cells as errors show them.
struct CellSources {
    struct Cell {
        var label: String
        var path: String
        var entry: String
        var lines: [Substring]

        /// A line as a traceback shows it.
        func excerpt(line: Int, function: String?) -> [String] {
            let place = function.map { " in \u{1B}[36m\($0)\u{1B}[0m" } ?? ""
            let head = "\u{1B}[32m\(label)\u{1B}[0m, line \(line)\(place)"
            guard lines.indices.contains(line - 1) else { return [head] }
            return [head, "\u{1B}[32m----> \(line)\u{1B}[0m \(lines[line - 1])"]
        }
    }
    var cells: [UInt32: Cell] = [:]
}

/// Turns what went wrong into the three parts of a Jupyter error.
struct ErrorReports {
    var symbolizer: Symbolizer
    var sources: CellSources

    struct Report {
        var error: CellError
        /// The top-level line that the cell had reached, where that is known.
        var reachedLine: Int?
    }

    func report(_ fault: Fault, image: UInt32?, runsAsTask: Bool = false) -> Report {
        let (places, failure) = symbolizer.frames(of: fault.addresses) { sources.cells[$0]?.path }
        var (name, value) = describe(fault, failure: failure)
        if fault.kind != .interrupt {
            switch fault.origin {
            case .main: value += " (on the main thread: main-actor code runs again after a restart)"
            case .other where !runsAsTask:
                value += " (in a task or thread that the cell started; that task or thread is lost)"
            default: break
            }
        }
        var lines = ["\u{1B}[1;31m\(name)\u{1B}[0m: \(value)"]
        value = String(value.prefix { $0 != "\n" })
        // A closure in a top-level line, which the lowering may have put there, is part of it to the reader.
        let frames = zip(places, places.dropFirst().map(Optional.some) + [nil]).filter { frame, next in
            guard let next, frame.function.hasPrefix("closure #"), isTopLevel(next) else { return true }
            return frame.image != next.image || frame.line != next.line
        }.map(\.0)
        for frame in frames.prefix(12) {
            guard let cell = sources.cells[frame.image] else { continue }
            lines += cell.excerpt(line: frame.line, function: isTopLevel(frame) ? nil : frame.function)
        }
        if frames.count > 12 { lines.append("… and \(frames.count - 12) more") }
        let reached = frames.last { frame in
            frame.image == image && frame.function == sources.cells[frame.image]?.entry
        }
        let reachedLine = reached?.line ?? (fault.reachedLine > 0 ? Int(fault.reachedLine) : nil)
        // The stack of a task ends where it last went on, which may be anywhere below the cell's own code.
        if let reachedLine, reached == nil, let cell = image.flatMap({ sources.cells[$0] }),
            !frames.contains(where: { $0.image == image && isTopLevel($0) })
        {
            lines += cell.excerpt(line: reachedLine, function: nil)
        }
        return Report(error: CellError(name: name, value: value, traceback: lines), reachedLine: reachedLine)
    }

    private func isTopLevel(_ frame: SourceFrame) -> Bool {
        sources.cells[frame.image].map { frame.function.contains($0.entry) } ?? false
    }

    private func describe(_ fault: Fault, failure: String?) -> (name: String, value: String) {
        switch fault.kind {
        case .libraryError, .uncaughtError:
            return (fault.name, fault.message)
        case .exit:
            if !fault.message.isEmpty { return ("Exit", fault.message) }
            return ("Exit", "exit(\(fault.code)) was called; the session goes on and keeps its variables")
        case .interrupt:
            return ("KeyboardInterrupt", "the cell was interrupted" + fault.message)
        case .stackOverflow:
            return ("StackOverflow", "the stack is used up: unbounded recursion?")
        case .load:
            return ("LoadError", fault.message)
        case .signal:
            if let words = lastWords(fault.message) { return ("FatalError", words) }
            if let failure { return ("FatalError", failure) }
            switch fault.code {
            case SIGSEGV, SIGBUS: return ("BadAccess", "memory was accessed that is not there (null or dangling pointer)")
            case SIGABRT: return ("Abort", "abort() was called")
            case SIGFPE: return ("FatalError", "arithmetic error")
            default: return ("FatalError", "the cell trapped (\(String(cString: strsignal(fault.code))))")
            }
        }
    }

    /// `file:line: Fatal error: words`, without file and line, which point into the library as
    /// often as into the cell; other last words as they are.
    private func lastWords(_ text: String) -> String? {
        let text = text.components(separatedBy: "\nCurrent stack trace:")[0]
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if trimmed.isEmpty { return nil }
        for (mark, plain) in [("Fatal error", "fatalError() was called"), ("Precondition failed", ""), ("Assertion failed", "")] {
            guard let range = trimmed.range(of: mark) else { continue }
            let words = trimmed[range.upperBound...].drop { $0 == ":" || $0 == " " }
            if !plain.isEmpty { return words.isEmpty ? plain : String(words) }
            return words.isEmpty ? mark : "\(mark): \(words)"
        }
        return trimmed
    }

    /// One error with everything that the compiler said.
    static func compileError(_ diagnostics: [Diagnostic]) -> CellError {
        let first = diagnostics.first { $0.severity == .error }
        let place = first.map { $0.line > 0 ? " (line \($0.line))" : "" } ?? ""
        return CellError(
            name: "CompileError", value: (first?.message ?? "the cell does not compile") + place,
            traceback: diagnostics.flatMap { $0.lines() })
    }

    /// The host's end, which takes every variable with it.
    static func hostEnded(status: Int32) -> CellError {
        let signal = status & 0x7f
        let cause = signal == SIGKILL
            ? "was killed (out of memory, or from outside)"
            : signal != 0
                ? "ended with signal \(signal) (\(String(cString: strsignal(signal))))"
                : "ended with status \((status >> 8) & 0xff)"
        let value = "The process that held the session's variables \(cause). All variables are gone; "
            + "the next cell runs in a fresh process."
        return CellError(name: "HostDied", value: value, traceback: ["\u{1B}[1;31mHostDied\u{1B}[0m: \(value)"])
    }
}
