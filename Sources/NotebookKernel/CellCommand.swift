import CellSession
import JupyterProtocol
import NotebookDisplay

/// A cell that speaks to the kernel and is no Swift. Lines that the engine understands (`%opt`) are
/// not commands: such a cell goes to the engine as it is.
package struct CellCommand: Sendable {
    /// How the command is written; an argument stands in angle brackets.
    let usage: String
    let summary: String
    /// The argument of a cell that is this command; nil if it is not.
    let argument: @Sendable (_ cell: Substring) -> String?
    let run:
        @Sendable (_ argument: String, Kernel, _ onEvent: (CellEvent) -> Void) -> CellOutcome

    static let all: [CellCommand] = [
        CellCommand(
            usage: "?<symbol>, <symbol>?", summary: "show what is known about a symbol",
            argument: { cell in
                guard !cell.contains(where: \.isNewline) else { return nil }
                let symbol = String(cell.drop { $0 == "?" }.drop(while: \.isWhitespace))
                if cell.first == "?" { return symbol.isEmpty ? nil : symbol }
                // As in IPython; optional chaining that leads to nothing is no Swift.
                let name = symbol.prefix { $0 == "." || $0 == "_" || $0.isLetter || $0.isNumber }
                let marks = symbol.dropFirst(name.count)
                return !name.isEmpty && (marks == "?" || marks == "??") ? String(name) : nil
            },
            run: { symbol, kernel, onEvent in
                let found = kernel.language.inspect(
                    symbol, cursor: symbol.unicodeScalars.count, detail: 1,
                    context: kernel.currentLanguageContext)
                if let found {
                    onEvent(.page(found))
                } else {
                    onEvent(.stream(.stdout, "nothing is known about \(symbol)\n"))
                }
                return .success
            }),
        word(
            "%reset", "forget every variable and start a fresh process",
            run: { _, kernel, _ in
                kernel.engine.started?.shutdown()
                return .success
            }),
        word(
            "%help", "list these commands",
            run: { _, _, onEvent in
                let lines = all.map { ($0.usage, $0.summary) } + engineDirectives
                let width = lines.map(\.0.count).max() ?? 0
                for (usage, summary) in lines {
                    let gap = String(repeating: " ", count: width - usage.count + 2)
                    onEvent(.stream(.stdout, "\(usage)\(gap)\(summary)\n"))
                }
                return .success
            }),
    ]

    /// What the engine understands in front of a cell, for `%help`.
    private static let engineDirectives = [
        ("%opt none|speed [--all]", "how this cell, or this and every later one, is optimised")
    ]

    /// The words beginning with `%` that a text may become.
    static func completions(of typed: String) -> [String] {
        guard typed.hasPrefix("%") else { return [] }
        let words = all.map(\.usage) + engineDirectives.map(\.0)
        return words.map { String($0.prefix { $0 != " " }) }.filter { $0.hasPrefix(typed) }.sorted()
    }

    /// A command that is one fixed word.
    private static func word(
        _ usage: String, _ summary: String,
        run: @escaping @Sendable (String, Kernel, (CellEvent) -> Void) -> CellOutcome
    ) -> CellCommand {
        CellCommand(
            usage: usage, summary: summary, argument: { $0 == usage ? "" : nil }, run: run)
    }

    /// The command a cell consists of, with its argument; nil if the cell is Swift.
    package static func find(in cell: String) -> (command: CellCommand, argument: String)? {
        var text = cell[...].drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        for command in all {
            if let argument = command.argument(text) { return (command, argument) }
        }
        return unknown.argument(text).map { (unknown, $0) }
    }

    /// A cell that begins with `%` and a word, which no Swift does, and is none of the commands.
    private static let unknown = CellCommand(
        usage: "", summary: "",
        argument: { cell in
            let line = cell.prefix { !$0.isNewline }
            guard line.first == "%", line.drop(while: { $0 == "%" }).first?.isLetter == true else { return nil }
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "%opt", words.count > 1, ["none", "speed"].contains(words[1]) { return nil }
            return words[0]
        },
        run: { word, _, _ in
            let usage = engineDirectives.map(\.0).first { $0.hasPrefix(word + " ") }
            let text = usage.map { "write it as \($0)" } ?? "there is no command \(word); %help lists them"
            return .failure(
                name: "UsageError", value: text, traceback: ["\u{1B}[1;31mUsageError\u{1B}[0m: \(text)"])
        })
}
