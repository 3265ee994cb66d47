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

    /// Whether a type has stored variables of its own.
    var hasStaticVariables: Bool {
        let finder = StaticVariableFinder(viewMode: .sourceAccurate)
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

private final class StaticVariableFinder: SyntaxVisitor {
    var found = false

    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
        let isStatic = node.modifiers.contains { $0.name.tokenKind == .keyword(.static) }
        if isStatic, node.bindingSpecifier.tokenKind == .keyword(.var),
            node.bindings.contains(where: { $0.accessorBlock == nil || $0.initializer != nil })
        {
            found = true
        }
        return .visitChildren
    }
}

extension SyntaxProtocol {
    /// Whether an error may leave this code where it stands, so that a call of it needs a `try`.
    var throwsInPlace: Bool {
        let finder = ThrowFinder(viewMode: .sourceAccurate)
        finder.walk(self)
        return finder.found
    }
}

/// Finds a `try` or `throw` that belongs to the code itself rather than to a function or closure in it.
private final class ThrowFinder: SyntaxVisitor {
    var found = false

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: ThrowStmtSyntax) -> SyntaxVisitorContinueKind {
        found = true
        return .skipChildren
    }
    override func visit(_ node: TryExprSyntax) -> SyntaxVisitorContinueKind {
        if node.questionOrExclamationMark == nil { found = true }
        return .visitChildren
    }
}

/// Collects the variables that a pattern of a condition binds.
final class BindingFinder: SyntaxVisitor {
    private(set) var names: [TokenSyntax] = []
    /// Each `var` in front of some of them.
    private(set) var mutable: [TokenSyntax] = []

    override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
        names.append(node.identifier)
        return .skipChildren
    }
    override func visit(_ node: ValueBindingPatternSyntax) -> SyntaxVisitorContinueKind {
        if node.bindingSpecifier.tokenKind == .keyword(.var) { mutable.append(node.bindingSpecifier) }
        return .visitChildren
    }
}

extension CodeBlockItemSyntax {
    /// The `if` or `switch` this item is, if each of its branches is one expression and one is always taken.
    var conditionalValue: ExprSyntax? {
        switch item {
        case .expr(let expression): expression.isConditionalValue ? expression : nil
        case .stmt(let statement):
            statement.as(ExpressionStmtSyntax.self).flatMap { $0.expression.isConditionalValue ? $0.expression : nil }
        case .decl: nil
        }
    }

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

extension ExprSyntax {
    fileprivate var isConditionalValue: Bool {
        if let node = self.as(IfExprSyntax.self) {
            guard Self.isValue(node.body.statements) else { return false }
            switch node.elseBody {
            case .ifExpr(let other): return ExprSyntax(other).isConditionalValue
            case .codeBlock(let block): return Self.isValue(block.statements)
            case nil: return false
            }
        }
        guard let node = self.as(SwitchExprSyntax.self) else { return false }
        return node.cases.allSatisfy { element in
            if case .switchCase(let one) = element { Self.isValue(one.statements) } else { false }
        }
    }

    private static func isValue(_ statements: CodeBlockItemListSyntax) -> Bool {
        guard statements.count == 1, let item = statements.first else { return false }
        if item.item.is(ThrowStmtSyntax.self) { return true }
        return item.shownExpression != nil || item.conditionalValue != nil
    }
}
