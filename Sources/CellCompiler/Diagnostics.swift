/// One thing the compiler says about a cell, with the source line, the caret and the fix-its.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable { case error, warning, note, remark }

    public var severity: Severity
    /// `cell 3` for the cell itself; notes may point elsewhere.
    public var file: String
    /// From 1; 0 where the compiler gave no place.
    public var line: Int
    /// From 1, in bytes of UTF-8 as the compiler counts.
    public var column: Int
    public var message: String
    /// The quoted source with caret, ranges and fix-its, as the compiler prints it.
    public var excerpt: [String]

    /// The diagnostic as lines of a terminal.
    public func lines(colored: Bool = true) -> [String] {
        let color = switch severity { case .error: "31"; case .warning: "33"; case .note, .remark: "36" }
        let word = colored ? "\u{1B}[1;\(color)m\(severity.rawValue):\u{1B}[0m" : "\(severity.rawValue):"
        let (column, excerpt) = inCharacters
        let place = line > 0 ? "\(file):\(line):\(column): " : ""
        return ["\(place)\(word) \(message)"] + excerpt + (pythonHint.map { [$0] } ?? [])
    }

    /// Column and excerpt for a reader: in a line of more than ASCII the column is not the number of
    /// the character, and the compiler prints no caret below it.
    private var inCharacters: (column: Int, excerpt: [String]) {
        guard let quoted = excerpt.first, !quoted.utf8.allSatisfy({ $0 < 0x80 }),
            let place = quoted.utf8.index(quoted.startIndex, offsetBy: column - 1, limitedBy: quoted.endIndex)
        else { return (column, excerpt) }
        let before = quoted[..<place]
        let indent = before.map { $0 == "\t" ? "\t" : $0.isWide ? "  " : " " }
        return (before.count + 1, excerpt.count == 1 ? [quoted, indent.joined() + "^"] : excerpt)
    }
}

extension Diagnostic {
    /// Reads what the compiler printed in its LLVM style about a lowered cell.
    package static func parse(_ text: String, of cell: LoweredCell, label: String) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let next = Diagnostic(header: line) {
                diagnostics.append(next)
            } else if !diagnostics.isEmpty, diagnostics.last!.excerpt.isEmpty ? !line.isEmpty : line.contains(where: { $0 != " " }) {
                diagnostics[diagnostics.count - 1].excerpt.append(String(line))
            }
        }
        diagnostics = diagnostics.droppingRemarksOnLowering(label: label).withoutRepetitions.namingMissingMembers
        // A value that does not compile has no type, which the variable's declaration then lacks.
        let direct = diagnostics.filter { $0.excerpt.first?.contains(".take(_") != true }
        if direct.contains(where: { $0.severity == .error }) { diagnostics = direct }
        return diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            // The text goes on after the cell's last line: there the compiler misses an end.
            if diagnostic.file == Subprocess.inputPath {
                (diagnostic.file, diagnostic.line, diagnostic.column) = (label, cell.lines.count, 1)
                diagnostic.excerpt = []
            }
            diagnostic = cell.firstLinePrefixes.reduce(diagnostic) {
                $0.removing($1.text, column: $1.column, label: label)
            }
            // The lowering cuts lines into pieces, each of which keeps its place. Of tabs the compiler
            // makes spaces, which its caret stands below if there is one.
            if diagnostic.file == label, cell.lines.indices.contains(diagnostic.line - 1), !diagnostic.excerpt.isEmpty,
                case let line = cell.lines[diagnostic.line - 1], diagnostic.excerpt.count == 1 || !line.contains("\t")
            {
                diagnostic.excerpt[0] = String(line)
            }
            return diagnostic
        }
    }

    /// `file:line:column: severity: message`, or without a place.
    private init?(header: Substring) {
        let severities: [Severity] = [.error, .warning, .note, .remark]
        for severity in severities {
            let word = severity.rawValue + ": "
            if header.hasPrefix(word) {
                self.init(
                    severity: severity, file: "", line: 0, column: 0,
                    message: String(header.dropFirst(word.count)), excerpt: [])
                return
            }
            guard let range = header.firstRange(of: ": " + word) else { continue }
            let place = header[..<range.lowerBound].split(separator: ":")
            guard place.count >= 3, let column = Int(place[place.count - 1]), let line = Int(place[place.count - 2])
            else { continue }
            self.init(
                severity: severity, file: place.dropLast(2).joined(separator: ":"), line: line, column: column,
                message: String(header[range.upperBound...]), excerpt: [])
            return
        }
        return nil
    }

    /// Takes the lowering's call out of the first line.
    private func removing(_ prefix: String, column start: Int, label: String) -> Diagnostic {
        guard file == label, line == 1, excerpt.first?.hasPrefix(prefix) == true else { return self }
        var result = self
        let shift = prefix.utf8.count - (start - 1)
        result.column = max(column - shift, start)
        let padding = String(repeating: " ", count: start - 1)
        result.excerpt = excerpt.enumerated().map { index, text in
            index == 0 || text.prefix(prefix.count).allSatisfy { $0 == " " || $0 == "~" }
                ? padding + text.dropFirst(prefix.count) : text
        }
        return result
    }
}

extension Character {
    /// Whether it takes two columns where all characters have one width.
    fileprivate var isWide: Bool {
        guard let scalar = unicodeScalars.first else { return false }
        if scalar.properties.isEmojiPresentation { return true }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return true
        default: return unicodeScalars.contains("\u{FE0F}")
        }
    }
}

extension [Diagnostic] {
    /// Each once: a lowered cell has what uses child tasks in two places.
    fileprivate var withoutRepetitions: [Diagnostic] {
        var known: [Diagnostic] = []
        for diagnostic in self where !known.contains(diagnostic) { known.append(diagnostic) }
        return known
    }

    /// A missing member of a module in the words for other types, and once: that tensors of layers are
    /// looked up by key paths is not the reader's concern.
    fileprivate var namingMissingMembers: [Diagnostic] {
        let detail = #/ has no dynamic member ('\w+') using key path from root type 'nn.LayerTensors'/#
        let places = Set(filter { $0.message.contains(detail) }.map { [$0.line, $0.column] })
        return compactMap { diagnostic in
            if let match = diagnostic.message.firstMatch(of: detail) {
                var plain = diagnostic
                plain.message.replaceSubrange(match.range, with: " has no member \(match.1)")
                return plain
            }
            let follows = diagnostic.message.hasPrefix("cannot call value of non-function type 'Tensor")
            return follows && places.contains([diagnostic.line, diagnostic.column]) ? nil : diagnostic
        }
    }

    /// Without the warnings about code that the lowering added, and their notes; without notes on the
    /// library's own files, which are not there for the user to read.
    fileprivate func droppingRemarksOnLowering(label: String) -> [Diagnostic] {
        var isDropping = false
        return filter { diagnostic in
            if diagnostic.severity == .note {
                // Everything in the standard library that has the name would match if something were otherwise.
                let isGuess = diagnostic.file != label && diagnostic.message.hasPrefix("candidate would match if")
                return !isDropping && !isGuess && !diagnostic.file.hasPrefix("/")
            }
            let quoted = diagnostic.excerpt.first ?? ""
            let prefix = quoted.hasPrefix(LoweredCell.callPrefix) ? (quoted.firstIndex(of: "(").map { quoted.distance(from: quoted.startIndex, to: $0) } ?? 0) : -1
            // To the user an earlier cell's type is their own.
            let isAboutModules = diagnostic.message.hasPrefix("extension declares a conformance of imported type")
            isDropping = diagnostic.severity != .error
                && (diagnostic.file != label || diagnostic.column <= prefix + 1 || isAboutModules)
            return !isDropping
        }
    }
}
