import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax

/// Whether a text can be run as it stands.
public enum CellCompleteness: Sendable, Equatable {
    case complete
    /// More must follow, indented like this.
    case incomplete(indent: String)
    case invalid

    public init(of source: String) {
        let source = CellDirectives(source).source
        let file = Parser.parse(source: source)
        if !file.hasError {
            self = Self.lacksBody(file.statements.last) ? .incomplete(indent: "") : .complete
            return
        }
        // Whatever stays broken when text follows is broken already; what is only missing its
        // end has its error at the end.
        let end = file.endPosition.utf8Offset - source.utf8.reversed().prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }.count
        let errors = ParseDiagnosticsGenerator.diagnostics(for: file).filter { $0.diagMessage.severity == .error }
        let isOpen = errors.allSatisfy { diagnostic in
            !Self.endsLine(diagnostic.message)
                && (diagnostic.position.utf8Offset >= end || Self.isUnterminated(diagnostic.message))
        }
        self = isOpen && !errors.isEmpty ? .incomplete(indent: Self.indent(after: source)) : .invalid
    }

    /// Whether a function ends before its body, which may begin on the next line. One that is defined
    /// elsewhere has none.
    private static func lacksBody(_ item: CodeBlockItemSyntax?) -> Bool {
        guard let function = item?.item.as(FunctionDeclSyntax.self), function.body == nil else { return false }
        return !function.attributes.contains { $0.trimmedDescription.hasPrefix("@_") }
    }

    private static func isUnterminated(_ message: String) -> Bool {
        message.contains("to end") || message.contains("unterminated")
    }

    /// Whether what is missing can only stand on the same line: the end of a string of one line.
    private static func endsLine(_ message: String) -> Bool {
        message.contains("to end string literal") && !message.contains("\"\"\"")
    }

    private static func indent(after source: String) -> String {
        let last = source.split(separator: "\n", omittingEmptySubsequences: true).last ?? ""
        let current = String(last.prefix { $0 == " " || $0 == "\t" })
        let trimmed = last.reversed().drop { $0 == " " }
        let opens = trimmed.first.map { "{([:".contains($0) } ?? false
        return opens ? current + "    " : current
    }
}
