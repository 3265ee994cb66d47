import SwiftParser
import SwiftSyntax

/// A cell as the parser sees it.
package struct CellSyntax {
    let file: SourceFileSyntax
    let converter: SourceLocationConverter

    package init(_ source: String) {
        file = Parser.parse(source: source)
        converter = SourceLocationConverter(fileName: "", tree: file)
    }

    var items: [CodeBlockItemSyntax] { Array(file.statements) }

    func line(of node: some SyntaxProtocol) -> Int {
        converter.location(for: node.positionAfterSkippingLeadingTrivia).line
    }

    func position(of node: some SyntaxProtocol) -> (line: Int, column: Int) {
        let location = converter.location(for: node.positionAfterSkippingLeadingTrivia)
        return (location.line, location.column)
    }

    /// Whether the top-level code waits, so that it must run as a task.
    var awaits: Bool {
        let finder = AwaitFinder(viewMode: .sourceAccurate)
        finder.walk(file)
        return finder.found
    }

    /// Every name and operator that occurs.
    static func mentions(in node: some SyntaxProtocol) -> Set<String> {
        var names: Set<String> = []
        for token in node.tokens(viewMode: .sourceAccurate) {
            switch token.tokenKind {
            case .identifier(let name): names.insert(unquoted(name))
            case .binaryOperator(let name), .prefixOperator(let name), .postfixOperator(let name):
                names.insert(name)
            default: break
            }
        }
        return names
    }

    /// A name without its backticks.
    static func unquoted(_ name: String) -> String {
        name.hasPrefix("`") && name.hasSuffix("`") && name.count > 2 ? String(name.dropFirst().dropLast()) : name
    }
}

/// Finds an `await` that belongs to the top level rather than to a function or closure.
private final class AwaitFinder: SyntaxVisitor {
    var found = false

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: DeinitializerDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
        found = true
        return .skipChildren
    }
    override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
        if node.awaitKeyword != nil { found = true }
        return .visitChildren
    }
    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
        if node.modifiers.contains(where: { $0.name.tokenKind == .keyword(.async) }) { found = true }
        return .visitChildren
    }
}

extension CodeBlockItemSyntax {
    /// The expression this item is, if its value can be shown: assignments have none.
    var shownExpression: ExprSyntax? {
        guard case .expr(let expression) = item else { return nil }
        if let sequence = expression.as(SequenceExprSyntax.self),
            sequence.elements.contains(where: { $0.is(AssignmentExprSyntax.self) })
        {
            return nil
        }
        if expression.is(IfExprSyntax.self) || expression.is(SwitchExprSyntax.self) { return nil }
        if let macro = expression.as(MacroExpansionExprSyntax.self),
            ["warning", "error"].contains(macro.macroName.text)
        {
            return nil
        }
        return expression
    }
}
