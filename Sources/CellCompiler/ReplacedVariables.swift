import SwiftSyntax

/// The variables of a cell whose values can be released when others take their places.
struct ReplacedVariables {
    /// Those that the cell itself, run again, gives new values. Not those that code could change
    /// before that, nor those that something in the background may use meanwhile.
    private(set) var whenRunAgain: Set<String> = []
    /// Those that nothing in the cell can reach when it has ended.
    private(set) var whenDeclaredAnew: Set<String> = []
    /// The names that functions, closures and types mention: code that may run at any time.
    let captured: Set<String>
    /// Whether some of that code may run while other cells do.
    let hasBackground: Bool

    init(of syntax: CellSyntax) {
        let finder = CaptureFinder(viewMode: .sourceAccurate)
        finder.walk(syntax.file)
        captured = finder.mentioned
        hasBackground = !CellSyntax.mentions(in: syntax.file).isDisjoint(with: [
            "Task", "Thread", "DispatchQueue", "OperationQueue", "Timer", "async", "addTask", "detached", "detachNewThread",
        ])
        for variable in syntax.items.compactMap({ $0.item.as(VariableDeclSyntax.self) }) {
            let isConstant = variable.bindingSpecifier.tokenKind == .keyword(.let)
            guard variable.attributes.isEmpty,
                variable.modifiers.allSatisfy({ [.keyword(.private), .keyword(.fileprivate)].contains($0.name.tokenKind) })
            else { continue }
            for binding in variable.bindings where binding.initializer != nil && binding.accessorBlock == nil {
                // The name becomes part of a symbol.
                for name in binding.pattern.boundNames.map(\.text) where name.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "`") }) {
                    if !captured.contains(name) { whenDeclaredAnew.insert(name) }
                    if !captured.contains(name) || isConstant && !hasBackground { whenRunAgain.insert(name) }
                }
            }
        }
    }

    /// The function that keeps a variable's value.
    static func symbol(of name: String, entry: String) -> String { "\(entry)_keep_\(name)" }

    /// The functions that keep the variables' values.
    func functions(entry: String) -> String {
        whenRunAgain.sorted().map { name in
            let symbol = Self.symbol(of: name, entry: entry)
            return "@_cdecl(\"\(symbol)\") public func _\(symbol)() { NotebookDisplay._keepReplaced(\(name)) }\n"
        }.joined()
    }
}

/// Finds the names that functions, closures and types mention.
private final class CaptureFinder: SyntaxVisitor {
    private(set) var mentioned: Set<String> = []

    private func note(_ node: some SyntaxProtocol) -> SyntaxVisitorContinueKind {
        mentioned.formUnion(CellSyntax.mentions(in: node))
        return .skipChildren
    }
    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { note(node) }
    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { note(node) }
    override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { note(node) }
    override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { note(node) }
    override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind { note(node) }
}
