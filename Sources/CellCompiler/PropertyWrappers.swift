import SwiftSyntax

/// Variables with property wrappers, which the compiler knows in types and functions but not at the
/// top level of a file.
///
/// Such a variable becomes a member of a structure of its own, and beside that a computed variable
/// of its name that leads there. A computed variable needs a type, which only the compiler can tell,
/// and so it is asked first: with a question that does not compile, whose error names the type.
struct PropertyWrappers {
    private struct Variable {
        var node: VariableDeclSyntax
        var name: String
        var type: String?
        var isReadOnly = false
    }

    private let source: String
    private let syntax: CellSyntax
    private var variables: [Variable] = []

    /// Nil where the failure is another one.
    init?(_ failure: CompileFailure, in source: String, _ syntax: CellSyntax) {
        (self.source, self.syntax) = (source, syntax)
        find(in: failure.diagnostics)
        if variables.isEmpty { return nil }
    }

    /// Adds the variables that the compiler complains of.
    private mutating func find(in diagnostics: [Diagnostic]) {
        let lines = diagnostics.filter { $0.message == "property wrappers are not yet supported in top-level code" }
            .map(\.line)
        // The compiler stops at these before it says anything of the wrapper.
        let unknown = Set(diagnostics.map(\.message).filter { $0.hasPrefix("cannot find '$") })
        var found: [Variable] = []
        for node in syntax.items.compactMap({ $0.item.as(VariableDeclSyntax.self) }) {
            let range = syntax.line(of: node)...syntax.converter.location(for: node.endPositionBeforeTrailingTrivia).line
            guard node.bindings.count == 1, let name = node.bindings.first?.pattern.boundNames.first else { continue }
            if let known = variables.first(where: { $0.node.id == node.id }) {
                found.append(known)
            } else if lines.contains(where: range.contains) || unknown.contains("cannot find '$\(name.text)' in scope") {
                found.append(Variable(node: node, name: CellSyntax.unquoted(name.text)))
            }
        }
        variables = found
    }

    /// Whether the type of every variable is known.
    private var isComplete: Bool { variables.allSatisfy { $0.type != nil } }

    /// Compiles the cell, asking as often as there is something new to learn.
    ///
    /// - Returns: the cell as it was compiled at last.
    mutating func resolve(by compile: (String) throws -> Void) throws -> String {
        while true {
            do {
                try compile(rewritten)
                return rewritten
            } catch let failure as CompileFailure {
                guard learn(from: failure) else { throw asWritten(failure) }
            }
        }
    }

    /// Learns from the compiler's answer to the questions; false if it says nothing new.
    private mutating func learn(from failure: CompileFailure) -> Bool {
        let (count, asked) = (variables.count, variables.filter { $0.type == nil }.count)
        for diagnostic in failure.diagnostics where diagnostic.file == Self.questions {
            guard variables.indices.contains(diagnostic.line - 1) else { continue }
            if diagnostic.message.hasPrefix("cannot assign to property") {
                variables[diagnostic.line - 1].isReadOnly = true
            } else if diagnostic.message.hasSuffix("to specified type '\(Self.question)'") {
                variables[diagnostic.line - 1].type = diagnostic.message.split(separator: "'").dropFirst().first.map(String.init)
            }
        }
        let left = variables.filter { $0.type == nil }.count
        find(in: failure.diagnostics)
        return variables.count > count || left < asked
    }

    /// The cell with the variables that are known, and with questions about the others.
    private var rewritten: String {
        var text = Array(source.utf8)
        func insert(_ addition: String, at position: AbsolutePosition) {
            text.insert(contentsOf: addition.utf8, at: position.utf8Offset)
        }
        for variable in variables.reversed() {
            let (name, storage) = (variable.name, Self.storage(of: variable.name))
            var after = " }; var \(storage) = \(Self.structure(of: name))()"
            if let type = variable.type {
                let setter = variable.isReadOnly ? "" : " set { \(storage).`\(name)` = newValue }"
                after += "; var `\(name)`: \(type) { get { \(storage).`\(name)` }\(setter) }"
            }
            insert(after, at: variable.node.endPositionBeforeTrailingTrivia)
            insert(Self.opening(of: variable.name), at: variable.node.positionAfterSkippingLeadingTrivia)
        }
        var result = withOwnProjections(String(decoding: text, as: UTF8.self))
        if isComplete { return result }
        result += "\nstruct \(Self.question) {}\n"
        for (index, variable) in variables.enumerated() where variable.type == nil {
            let place = "#sourceLocation(file: \"\(Self.questions)\", line: \(index + 1))\n"
            let member = "wrapped.`\(variable.name)`"
            let parameter = "(wrapped: inout \(Self.structure(of: variable.name))) -> Void"
            result += "\(place)_ = { \(parameter) in let _: \(Self.question) = \(member) }\n"
                + "\(place)_ = { \(parameter) in \(member) = \(member) }\n"
        }
        return result
    }

    private static let questions = "questions"
    private static let question = "_WrappedValue"

    private static func structure(of name: String) -> String { "_Wrapped_\(name)" }

    /// What stands in front of a variable in the rewritten cell.
    private static func opening(of name: String) -> String { "struct \(structure(of: name)) { " }

    /// A failure of the rewritten cell in terms of the cell as it was written.
    private func asWritten(_ failure: CompileFailure) -> CompileFailure {
        let others = failure.diagnostics.filter { $0.file != Self.questions }.map { diagnostic in
            guard let variable = variables.first(where: { syntax.line(of: $0.node) == diagnostic.line }),
                case let start = syntax.position(of: variable.node).column - 1,
                case let shift = Self.opening(of: variable.name).utf8.count, diagnostic.column > start + shift
            else { return diagnostic }
            var result = diagnostic
            result.column -= shift
            let line = source.split(separator: "\n", omittingEmptySubsequences: false)[diagnostic.line - 1]
            result.excerpt = [String(line)] + diagnostic.excerpt.dropFirst().map { below -> String in
                String(below.prefix(start)) + String(below.dropFirst(start + shift))
            }
            return result
        }
        return others.isEmpty ? failure : CompileFailure(reason: .diagnostics(others))
    }

    /// The variable that holds the wrapper of another.
    private static func storage(of name: String) -> String { "_wrapped_\(name)" }

    /// A cell with its projected values (`$level`) named as members of where they are.
    ///
    /// - Parameter isDeclared: whether a cell declares a name.
    static func withProjections(_ source: String, in file: SourceFileSyntax, isDeclared: (String) -> Bool) -> String {
        var bytes = Array(source.utf8)
        for token in file.tokens(viewMode: .sourceAccurate).reversed() {
            guard token.text.hasPrefix("$"), case let storage = storage(of: String(token.text.dropFirst())),
                token.previousToken(viewMode: .sourceAccurate)?.tokenKind != .period, isDeclared(storage)
            else { continue }
            bytes.insert(contentsOf: (storage + ".").utf8, at: token.positionAfterSkippingLeadingTrivia.utf8Offset)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func withOwnProjections(_ text: String) -> String {
        Self.withProjections(text, in: CellSyntax(text).file) { name in
            variables.contains { Self.storage(of: $0.name) == name }
        }
    }
}

extension CompileFailure {
    fileprivate var diagnostics: [Diagnostic] { if case .diagnostics(let all) = reason { all } else { [] } }
}
