import SwiftSyntax

/// A name that a cell declares at its top level.
package struct Declaration: Sendable, Equatable {
    /// The word after `import` that picks exactly this; nil for what can only come with its module.
    package var importKind: String?
    package var name: String
    /// Tells overloads apart: labels and parameter types; nil for what cannot be overloaded.
    package var signature: String?
    /// For a stored variable, the line on which its declaration begins.
    package var storedAtLine: Int?
    /// The names its own text mentions.
    package var mentions: Set<String>
}

/// What later cells may need of a cell.
package struct CellDeclarations: Sendable {
    package var declarations: [Declaration] = []
    /// Import statements, without comments.
    package var imports: [String] = []
    /// `Type.member` for each member that an extension adds to a type of another module, and
    /// `Type: Protocol` for each conformance.
    package var extensions: Set<String> = []
    /// Operators, precedence groups and the functions of operators, which can only come with their module.
    package var operators: Set<String> = []
    /// By which name a cell mentions one of the extensions or operators; conformances need no mention.
    private(set) var mentionedNames: [String: String] = [:]
    /// The declarations of operators and precedence groups.
    private(set) var operatorTexts: [String: String] = [:]

    /// What of the variables' values can be released when others take their places.
    private(set) var replaced: ReplacedVariables?

    /// What a later cell may need without mentioning anything that could be imported alone.
    var contributions: Set<String> { extensions.union(operators) }

    var haveStoredVariables: Bool { declarations.contains { $0.storedAtLine != nil } }

    package var names: Set<String> { Set(declarations.map(\.name)) }

    /// The overloads of a function; nil where the name is something else.
    func signatures(of name: String) -> Set<String>? {
        let found = declarations.filter { $0.name == name }.map(\.signature)
        return found.contains(nil) ? nil : Set(found.compactMap { $0 })
    }

    package init() {}

    package init(_ syntax: CellSyntax) {
        replaced = ReplacedVariables(of: syntax)
        for item in syntax.items { collect(item.item, syntax) }
        let own = names
        extensions = extensions.filter { !own.contains(String($0.prefix { $0 != "." && $0 != ":" })) }
    }

    private mutating func collect(_ item: CodeBlockItemSyntax.Item, _ syntax: CellSyntax) {
        switch item {
        case .decl(let declaration): collect(declaration, syntax)
        case .stmt, .expr:
            guard let guarded = GuardedVariables(item) else { return }
            for name in guarded.bound {
                add("var", name, guarded.node, storedAtLine: syntax.line(of: guarded.node))
            }
        }
    }

    private mutating func add(
        _ kind: String?, _ name: TokenSyntax, _ node: some SyntaxProtocol, signature: String? = nil,
        storedAtLine: Int? = nil
    ) {
        declarations.append(
            Declaration(
                importKind: kind, name: CellSyntax.unquoted(name.text), signature: signature,
                storedAtLine: storedAtLine, mentions: CellSyntax.mentions(in: node)))
    }

    private mutating func collect(_ declaration: DeclSyntax, _ syntax: CellSyntax) {
        switch declaration.as(DeclSyntaxEnum.self) {
        case .importDecl(let node):
            imports.append(node.trimmedDescription)
        case .variableDecl(let node):
            let isLocal = node.modifiers.contains { $0.name.tokenKind == .keyword(.async) }
            if !isLocal { collect(node, syntax) }
        case .functionDecl(let node):
            // Operators cannot be imported one by one.
            let isOperator = if case .identifier = node.name.tokenKind { false } else { true }
            if isOperator { note(\.operators, "func \(node.name.text)\(Self.signature(node))", as: node.name.text) }
            add(isOperator ? nil : "func", node.name, node, signature: Self.signature(node))
        case .classDecl(let node): add("class", node.name, node)
        case .actorDecl(let node): add("class", node.name, node)
        case .structDecl(let node): add("struct", node.name, node)
        case .enumDecl(let node): add("enum", node.name, node)
        case .protocolDecl(let node): add("protocol", node.name, node)
        case .typeAliasDecl(let node): add("typealias", node.name, node)
        case .macroDecl(let node): add(nil, node.name, node)
        case .operatorDecl(let node):
            let key = Self.operatorKey(node.fixitySpecifier.text, node.name.text)
            note(\.operators, key, as: node.name.text)
            operatorTexts[key] = node.trimmedDescription
            add(nil, node.name, node)
        case .precedenceGroupDecl(let node):
            let key = Self.groupKey(node.name.text)
            note(\.operators, key, as: node.name.text)
            operatorTexts[key] = node.trimmedDescription
            add(nil, node.name, node)
        case .extensionDecl(let node):
            collect(node)
        case .ifConfigDecl(let node):
            for clause in node.clauses {
                guard case .statements(let statements)? = clause.elements else { continue }
                for item in statements { collect(item.item, syntax) }
            }
        default: break
        }
    }

    private mutating func collect(_ node: VariableDeclSyntax, _ syntax: CellSyntax) {
        for binding in node.bindings {
            let line = binding.accessorBlock == nil || binding.initializer != nil ? syntax.line(of: node) : nil
            for name in binding.pattern.boundNames { add("var", name, node, storedAtLine: line) }
        }
    }

    private mutating func collect(_ node: ExtensionDeclSyntax) {
        let type = node.extendedType.trimmedDescription
        for inherited in node.inheritanceClause?.inheritedTypes ?? [] {
            extensions.insert("\(type): \(inherited.type.trimmedDescription)")
        }
        for member in node.memberBlock.members {
            switch member.decl.as(DeclSyntaxEnum.self) {
            case .functionDecl(let function):
                let key = "\(type).\(function.name.text)\(Self.signature(function))"
                note(\.extensions, key, as: CellSyntax.unquoted(function.name.text))
            case .variableDecl(let variable):
                for name in variable.bindings.flatMap({ $0.pattern.boundNames }) {
                    note(\.extensions, "\(type).\(name.text)", as: CellSyntax.unquoted(name.text))
                }
            default:
                extensions.insert("\(type).\(member.decl.trimmedDescription.prefix { $0 != "{" && $0 != "=" })")
            }
        }
        if node.memberBlock.members.isEmpty && node.inheritanceClause == nil { extensions.insert(type + ".") }
    }

    private mutating func note(_ keys: WritableKeyPath<Self, Set<String>>, _ key: String, as name: String) {
        self[keyPath: keys].insert(key)
        mentionedNames[key] = name
    }

    private static func operatorKey(_ fixity: String, _ name: String) -> String { "\(fixity) operator \(name)" }
    private static func groupKey(_ name: String) -> String { "precedencegroup \(name)" }

    /// The declarations of the operators and precedence groups that the cell mentions and does not
    /// declare: what several cells declare is ambiguous unless it stands in the cell that uses it.
    ///
    /// Where this declares the function of an operator again, the operator becomes its own: the cell
    /// that had them need not be visible then beside this one.
    ///
    /// - Returns: the declarations' texts.
    mutating func adoptOperators(from history: CellHistory, mentioning mentions: Set<String>) -> [String] {
        let again = operators.filter { $0.hasPrefix("func ") && history.declaresOperator($0) }
        return adopt(again.compactMap { mentionedNames[$0] }, from: history, asOwn: true)
            + adopt(mentions, from: history, asOwn: false)
    }

    private mutating func adopt(_ names: some Sequence<String>, from history: CellHistory, asOwn: Bool) -> [String] {
        var wanted = names.flatMap { name in
            ["infix", "prefix", "postfix"].map { Self.operatorKey($0, name) } + [Self.groupKey(name)]
        }
        var adopted: [String: String] = [:]
        while let key = wanted.popLast() {
            guard !operators.contains(key), adopted[key] == nil, let text = history.operatorText(key) else { continue }
            adopted[key] = text
            wanted += CellSyntax.mentions(in: CellSyntax(text).file).map(Self.groupKey)
        }
        if asOwn {
            for (key, text) in adopted {
                note(\.operators, key, as: String(key.split(separator: " ").last!))
                operatorTexts[key] = text
            }
        }
        return adopted.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func signature(_ node: FunctionDeclSyntax) -> String {
        node.signature.parameterClause.parameters.map {
            "\($0.firstName.text):\($0.type.trimmedDescription)\($0.ellipsis?.text ?? "")"
        }.joined(separator: ",")
    }
}

extension PatternSyntax {
    /// The variables a pattern binds.
    var boundNames: [TokenSyntax] {
        if let name = self.as(IdentifierPatternSyntax.self) { return [name.identifier] }
        if let tuple = self.as(TuplePatternSyntax.self) { return tuple.elements.flatMap(\.pattern.boundNames) }
        if let binding = self.as(ValueBindingPatternSyntax.self) { return binding.pattern.boundNames }
        return []
    }
}

extension CellDeclarations {
    /// Forgets the variables declared from a line on, which have no values, and all that mentions them.
    package mutating func drop(unreachedFrom line: Int) {
        var lost = Set(declarations.filter { ($0.storedAtLine ?? 0) >= line }.map(\.name))
        var count = -1
        while count != lost.count {
            count = lost.count
            lost.formUnion(declarations.filter { !$0.mentions.isDisjoint(with: lost) }.map(\.name))
        }
        declarations.removeAll { lost.contains($0.name) }
    }
}
