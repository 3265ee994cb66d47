import CellSession
import JupyterProtocol
import NotebookDisplay

/// An engine that knows a few forms of line, for trying the kernel without a compiler.
final class ScriptedEngine: CellEngine, @unchecked Sendable {
    private let interrupts = Monitor(0)
    var onStrayEvent: (@Sendable (CellEvent) -> Void)?

    func execute(
        _ source: String, options: CellOptions,
        onEvent: @escaping @Sendable (CellEvent) -> Void,
        onInput: @escaping @Sendable (String, Bool) -> String?
    ) -> CellOutcome {
        let interruptsBefore = interrupts.withLock { $0 }
        for line in source.split(separator: "\n") {
            if line.contains("readLine()") {
                onEvent(.stream(.stdout, "read \(onInput("", false) ?? "nothing")\n"))
            } else if line.hasPrefix("print(\"") {
                onEvent(.stream(.stdout, line.dropFirst(7).dropLast(2) + "\n"))
            } else if line.hasPrefix("fatalError(") {
                return failure("Fatal error", String(line))
            } else if line == "while true {}" {
                interrupts.wait { $0 > interruptsBefore ? () : nil }
                return failure("Interrupted", "the cell was interrupted")
            } else if let sum = sum(line) {
                onEvent(.result(MIMEBundle(["text/plain": sum])))
            } else if line.hasPrefix("display(") {
                onEvent(.display(MIMEBundle(["text/plain": "d"]), displayID: "x", update: false))
                onEvent(.display(MIMEBundle(["text/plain": "e"]), displayID: "x", update: true))
                onEvent(.clearOutput(wait: true))
            } else if line == "missing" {
                return failure("Compile error", String(line))
            }
        }
        if interrupts.withLock({ $0 }) > interruptsBefore {
            return failure("Interrupted", "the cell was interrupted")
        }
        return .success
    }

    func evaluate(_ expression: String) -> Result<MIMEBundle, CellError> {
        if let sum = sum(expression[...]) { return .success(MIMEBundle(["text/plain": sum])) }
        return .failure(CellError(name: "Compile error", value: expression, traceback: []))
    }

    func interrupt() { interrupts.withLock { $0 += 1 } }
    func shutdown() {}

    func completeness(of source: String) -> Completeness {
        source.hasSuffix("{") ? .incomplete(indent: "    ") : .complete
    }

    private func sum(_ line: Substring) -> String? {
        let terms = line.split(separator: "+").map { $0.filter { $0 != " " } }
        let numbers = terms.compactMap { Int($0) }
        return numbers.isEmpty || numbers.count < terms.count ? nil : "\(numbers.reduce(0, +))"
    }

    private func failure(_ name: String, _ value: String) -> CellOutcome {
        .failure(name: name, value: value, traceback: ["\(name): \(value)"])
    }
}
