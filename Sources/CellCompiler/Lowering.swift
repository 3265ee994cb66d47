import SwiftSyntax

/// A cell as it is given to the compiler.
///
/// Most cells stay as they are and compile as a script: top-level code runs in order and its
/// variables are globals. What changes: the last expression is shown, and `private` at the top
/// level is dropped, since a later cell is another file; what a top-level guard binds, which the
/// compiler keeps to the file, becomes variables that a closure gives their values. A cell that awaits at its top level is
/// rebuilt as a library, because a script that awaits ends the process: its statements become the
/// body of an async function, its variables globals that take their values from that body.
///
/// Every piece keeps its line and column, so that diagnostics need no translation.
package struct LoweredCell {
    package var text = ""
    /// Whether the text is a library with an entry of its own rather than a script.
    package var isLibrary: Bool
    /// What the lowering puts in front of pieces of the cell's first line, and the columns at which
    /// the pieces really begin.
    package var firstLinePrefixes: [(text: String, column: Int)] = []
    /// The cell as the user wrote it.
    let lines: [Substring]

    /// How every call begins that the lowering adds.
    static let callPrefix = "NotebookDisplay._"

    /// - Parameters:
    ///   - label: the file name that diagnostics give.
    ///   - entry: the C symbol that runs the cell.
    ///   - showsResult: whether the last expression is shown.
    ///   - showsConditional: whether an `if` or `switch` at the end is such an expression.
    ///   - releasesReplaced: whether the cell has functions that release what its variables held.
    package init(
        _ source: String, syntax: CellSyntax, label: String, entry: String, showsResult: Bool,
        showsConditional: Bool = false, releasesReplaced: Bool = true
    ) {
        lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        var text = CellText(source)
        if source.hasPrefix("#!") { text.overwrite(0..<2, with: "//") }
        text.dropPrivate(in: syntax)
        // The variables are the closure's results, which are not changed where they are bound.
        for guarded in syntax.items.compactMap({ GuardedVariables($0.item) }) {
            for word in guarded.mutable { text.overwrite(text.range(of: word), with: "let") }
        }
        // The compiler explains broken syntax best when nothing was moved.
        isLibrary = syntax.awaits && !syntax.file.hasError
        let last = syntax.file.hasError ? nil : syntax.items.last
        let shown = showsConditional
            ? last.flatMap { [isLibrary] in ShownExpression(conditional: $0, awaits: isLibrary) }
            : last.flatMap { ShownExpression($0, showsResult) }
        if let shown { note(shown.call.before, before: shown.node, in: syntax) }
        let functions = syntax.file.hasError || !releasesReplaced ? "" : ReplacedVariables(of: syntax).functions(entry: entry)
        let releases = functions.isEmpty ? "" : "#sourceLocation(file: \"\(entry)\", line: 1)\n" + functions
        if isLibrary {
            var library = LibraryLowering(text: text, syntax: syntax, label: label, entry: entry)
            self.text = library.lower(shown) + releases
            firstLinePrefixes += library.firstLinePrefixes
            return
        }
        self.text = "#sourceLocation(file: \"\(label)\", line: 1)\n"
        var end = 0
        for item in syntax.items where !syntax.file.hasError {
            let range: Range<Int>
            if let guarded = GuardedVariables(item.item) {
                range = text.range(of: guarded.node)
                let call = ("\(guarded.declared) = \(guarded.call)", "return \(guarded.names) }()")
                note(call.0, before: guarded.node, in: syntax)
                self.text += text[end..<range.lowerBound] + "\n"
                    + text.wrapped(range, in: call, at: syntax.position(of: guarded.node), label: label)
            } else if let shown, item.id == shown.item.id {
                range = text.range(of: shown.node)
                self.text += text[end..<range.lowerBound] + "\n"
                    + text.wrapped(range, in: shown.call, at: syntax.position(of: shown.node), label: label)
            } else {
                continue
            }
            // What follows on the line stays where it is.
            end = item.semicolon.map { text.range(of: $0).upperBound } ?? range.upperBound
            let next = syntax.converter.location(for: AbsolutePosition(utf8Offset: end))
            self.text += "\n#sourceLocation(file: \"\(label)\", line: \(next.line))\n"
                + String(repeating: " ", count: next.column - 1)
        }
        self.text += text[end..<text.count] + "\n"
        self.text += releases
    }

    /// Remembers what precedes a piece of the first line.
    private mutating func note(_ prefix: String, before node: some SyntaxProtocol, in syntax: CellSyntax) {
        let location = syntax.position(of: node)
        if location.line == 1 { firstLinePrefixes.append((prefix, location.column)) }
    }
}

/// The last expression of a cell and the call it is passed to.
struct ShownExpression {
    var node: ExprSyntax
    var item: CodeBlockItemSyntax
    var call: (before: String, after: String)

    init?(_ item: CodeBlockItemSyntax, _ showsResult: Bool) {
        guard let expression = item.shownExpression else { return nil }
        node = expression
        self.item = item
        // A trailing semicolon asks for silence.
        let isSilent = item.semicolon != nil || !showsResult
        call = (LoweredCell.callPrefix + (isSilent ? "discardResult" : "showResult") + "(", ")")
    }

    /// An `if` or `switch` of which every branch is a value.
    init?(conditional item: CodeBlockItemSyntax, awaits: Bool) {
        guard item.semicolon == nil, let expression = item.conditionalValue else { return nil }
        node = expression
        self.item = item
        let opening = awaits ? "try await { () async throws in " : expression.throwsInPlace ? "try { () throws in " : "{ "
        call = (LoweredCell.callPrefix + "showResult(" + opening, "}())")
    }
}

/// What a guard at the top level binds, as variables whose values a closure around the guard gives.
struct GuardedVariables {
    var node: GuardStmtSyntax
    /// The variables as a pattern and as an expression: a name, or several in parentheses.
    var names: String
    var bound: [TokenSyntax]
    /// Each `var` in front of some of them.
    var mutable: [TokenSyntax]

    var declared: String { "\(mutable.isEmpty ? "let" : "var") \(names)" }
    /// The call of the closure, up to the guard.
    var call: String { node.throwsInPlace ? "try { () throws in " : "{ " }

    /// Nil for what is no guard, or binds nothing, or needs an earlier variable of the same name.
    init?(_ item: CodeBlockItemSyntax.Item) {
        guard case .stmt(let statement) = item, let node = statement.as(GuardStmtSyntax.self) else { return nil }
        var bound: [TokenSyntax] = [], mutable: [TokenSyntax] = []
        var mentioned: Set<String> = []
        func mention(_ value: some SyntaxProtocol, besides bound: [TokenSyntax]) {
            mentioned.formUnion(CellSyntax.mentions(in: value).subtracting(bound.map { CellSyntax.unquoted($0.text) }))
        }
        for condition in node.conditions {
            switch condition.condition {
            case .optionalBinding(let binding):
                // `guard let x` unwraps an x that is there already.
                guard let initializer = binding.initializer else { return nil }
                mention(initializer, besides: bound)
                bound += binding.pattern.boundNames
                if binding.bindingSpecifier.tokenKind == .keyword(.var) { mutable.append(binding.bindingSpecifier) }
            case .matchingPattern(let match):
                mention(match.initializer, besides: bound)
                let finder = BindingFinder(viewMode: .sourceAccurate)
                finder.walk(match.pattern)
                bound += finder.names
                mutable += finder.mutable
            case .expression(let expression):
                mention(expression, besides: bound)
            case .availability: break
            }
        }
        guard !bound.isEmpty, mentioned.isDisjoint(with: bound.map { CellSyntax.unquoted($0.text) }) else { return nil }
        (self.node, self.bound, self.mutable) = (node, bound, mutable)
        names = bound.count == 1 ? bound[0].text : "(" + bound.map(\.text).joined(separator: ", ") + ")"
    }
}

/// A cell's text, cut and changed by UTF-8 offsets without moving what stays.
struct CellText {
    private var bytes: [UInt8]

    init(_ source: String) { bytes = Array(source.utf8) }

    var count: Int { bytes.count }

    subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    package mutating func overwrite(_ range: Range<Int>, with text: String) {
        bytes.replaceSubrange(range, with: text.utf8)
    }

    func range(of node: some SyntaxProtocol) -> Range<Int> {
        node.positionAfterSkippingLeadingTrivia.utf8Offset..<node.endPositionBeforeTrailingTrivia.utf8Offset
    }

    /// Blanks `private` and `fileprivate` of top-level declarations.
    mutating func dropPrivate(in syntax: CellSyntax) {
        for item in syntax.items {
            guard case .decl(let declaration) = item.item,
                let modifiers = declaration.asProtocol((any WithModifiersSyntax).self)?.modifiers
            else { continue }
            for modifier in modifiers where modifier.detail == nil {
                guard [.keyword(.private), .keyword(.fileprivate)].contains(modifier.name.tokenKind) else { continue }
                let range = range(of: modifier)
                overwrite(range, with: String(repeating: " ", count: range.count))
            }
        }
    }

    /// A piece of the cell inside a call, whose own text stands on the line before the piece.
    ///
    /// Before the first line there is none, so there the call precedes the piece on its line:
    /// `Diagnostics` takes it out again where the compiler quotes it.
    func wrapped(
        _ range: Range<Int>, in call: (before: String, after: String), at location: (line: Int, column: Int),
        label: String
    ) -> String {
        let indent = String(repeating: " ", count: location.column - 1)
        let start = location.line == 1 ? call.before : call.before + "\n" + indent
        return "#sourceLocation(file: \"\(label)\", line: \(max(location.line - 1, 1)))\n"
            + start + self[range] + "\n\(call.after)"
    }
}

/// Rebuilds a cell that awaits as a library.
private struct LibraryLowering {
    let text: CellText
    let syntax: CellSyntax
    let label: String
    let entry: String
    private var globals = ""
    private var body = ""
    private var closures = 0
    /// The child tasks declared so far, which are locals of the body.
    private var children: [VariableDeclSyntax] = []
    package private(set) var firstLinePrefixes: [(text: String, column: Int)] = []

    init(text: CellText, syntax: CellSyntax, label: String, entry: String) {
        self.text = text
        self.syntax = syntax
        self.label = label
        self.entry = entry
    }

    mutating func lower(_ shown: ShownExpression?) -> String {
        for item in syntax.items {
            if let shown, item.id == shown.item.id {
                reach(item)
                body += text.wrapped(
                    text.range(of: shown.node), in: shown.call, at: syntax.position(of: shown.node), label: label) + "\n"
            } else if let guarded = GuardedVariables(item.item), children(mentionedBy: guarded.node).isEmpty {
                lower(guarded)
            } else if let variable = item.item.as(VariableDeclSyntax.self), !variable.isAsyncLet {
                lower(variable)
            } else if case .decl(let declaration) = item.item, !declaration.is(VariableDeclSyntax.self),
                !declaration.holdsStatements
            {
                globals += placed(text.range(of: item), at: syntax.position(of: item))
            } else {
                if let variable = item.item.as(VariableDeclSyntax.self), variable.isAsyncLet { children.append(variable) }
                reach(item)
                body += placed(text.range(of: item), at: syntax.position(of: item))
            }
        }
        return """
            \(globals)
            #sourceLocation(file: "\(entry)", line: 1)
            private let \(name("slot")) = NotebookDisplay._CellSlot()
            private func \(name("body"))() async throws {
            \(body)
            #sourceLocation(file: "\(entry)", line: 1)
            }
            @_cdecl("\(entry)") public func \(name("entry"))() {
                NotebookDisplay._runAsyncCell { try await \(name("body"))() }
            }

            """
    }

    /// Says in the body that a statement begins, for errors to tell where the cell was.
    private mutating func reach(_ node: some SyntaxProtocol) {
        let line = syntax.line(of: node)
        body += "#sourceLocation(file: \"\(label)\", line: \(line))\n\(LoweredCell.callPrefix)reach(line: \(line))\n"
    }

    private func name(_ part: String) -> String { "_\(entry)_\(part)" }

    private func placed(_ range: Range<Int>, at location: (line: Int, column: Int)) -> String {
        "#sourceLocation(file: \"\(label)\", line: \(location.line))\n"
            + String(repeating: " ", count: location.column - 1) + text[range] + "\n"
    }

    private mutating func lower(_ variable: VariableDeclSyntax) {
        let names = variable.bindings.flatMap { $0.pattern.boundNames }
        // `let _ = await f()` declares nothing.
        reach(variable)
        if names.isEmpty {
            body += placed(text.range(of: variable), at: syntax.position(of: variable))
            return
        }
        let start = variable.positionAfterSkippingLeadingTrivia.utf8Offset
        let word = text.range(of: variable.bindingSpecifier)
        for binding in variable.bindings {
            let before = text[start..<word.lowerBound]
            let specifier = binding.initializer == nil ? "var" : text[word]
            let pattern = text[text.range(of: binding.pattern)]
            let annotation = binding.typeAnnotation.map { text[text.range(of: $0)] } ?? ""
            let accessors = binding.accessorBlock.map { " " + text[text.range(of: $0)] } ?? ""
            let declared = "\(before)\(specifier) \(pattern)\(annotation)"
            let directive = "#sourceLocation(file: \"\(label)\", line: \(syntax.line(of: binding)))\n"
            guard let initializer = binding.initializer else {
                // A computed variable, or one that is assigned later.
                let type = binding.typeAnnotation?.type
                let isDefaulted = type == nil || type!.is(OptionalTypeSyntax.self)
                    || type!.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
                let value = isDefaulted || binding.accessorBlock != nil ? "" : " = NotebookDisplay._CellSlot.unset()"
                globals += directive + declared + value + accessors + "\n"
                continue
            }
            closures += 1
            let closure = name("value\(closures)")
            let value = initializer.value
            let result = binding.typeAnnotation.map { closureType($0.type) }
            let signature = "private let \(closure) = { () async throws\(result.map { " -> \($0)" } ?? "") in "
            let children = children(mentionedBy: value)
            let computed = children.isEmpty
                ? lower(value, asResultOf: closure, type: result, signature) : lower(value, using: children, type: result, signature)
            globals += "\n\(directive)\(declared) = \(name("slot")).take(\(closure))\(accessors)\n"
            initialize(
                binding.pattern.boundNames.first, with: computed, at: value, awaits: variable.mayBelongToActor)
        }
    }

    /// Computes a variable's value in the body, and has the variable take it.
    private mutating func initialize(
        _ variable: TokenSyntax?, with value: String, at node: some SyntaxProtocol, awaits: Bool = false
    ) {
        body += """
            #sourceLocation(file: "\(label)", line: \(syntax.line(of: node)))
            \(name("slot")).put(\(value))
            \(variable.map { "_ = \(awaits ? "await " : "")\($0.text)" } ?? "")

            """
    }

    private mutating func lower(_ guarded: GuardedVariables) {
        reach(guarded.node)
        closures += 1
        let closure = name("value\(closures)")
        let location = syntax.position(of: guarded.node)
        let opening = "private let \(closure) = { () async throws in "
        if location.line == 1 { firstLinePrefixes.append((opening, location.column)) }
        globals += text.wrapped(
            text.range(of: guarded.node), in: (opening, "return \(guarded.names) }"), at: location, label: label)
        globals += "\n#sourceLocation(file: \"\(label)\", line: \(location.line))\n"
            + "\(guarded.declared) = \(name("slot")).take(\(closure))\n"
        initialize(guarded.bound[0], with: "try await \(closure)()", at: guarded.node)
    }

    /// Makes a variable's value the result of a closure; returns the call that computes it.
    private mutating func lower(
        _ value: ExprSyntax, asResultOf closure: String, type: String?, _ signature: String
    ) -> String {
        let isStatement = value.is(IfExprSyntax.self) || value.is(SwitchExprSyntax.self)
        // A value of another type is then told as one of a variable's, where it stands.
        let parentheses = type.map { ("let \(closure): \($0) = ", "return \(closure) ") }
            ?? (isStatement ? ("", "") : ("return (", ")"))
        let opening = signature + parentheses.0
        let location = syntax.position(of: value)
        if location.line == 1 { firstLinePrefixes.append((opening, location.column)) }
        globals += text.wrapped(text.range(of: value), in: (opening, "\(parentheses.1)}"), at: location, label: label)
        return "try await \(closure)()"
    }

    /// Has a variable's value computed in the body, as child tasks are locals there; returns its name.
    /// The closure, which gives no more than the value's type, has children of its own.
    private mutating func lower(
        _ value: ExprSyntax, using children: [VariableDeclSyntax], type: String?, _ signature: String
    ) -> String {
        let local = name("local\(closures)")
        let location = syntax.position(of: value), range = text.range(of: value)
        let declaration = "let \(local)\(type.map { ": \($0)" } ?? "") ="
        globals += signature + "\n"
        for child in children { globals += placed(text.range(of: child), at: syntax.position(of: child)) }
        globals += text.wrapped(range, in: (declaration, "return \(local) }"), at: location, label: label)
        body += text.wrapped(range, in: (declaration, ""), at: location, label: label)
        return local
    }

    /// The child tasks whose values an expression uses.
    private func children(mentionedBy value: some SyntaxProtocol) -> [VariableDeclSyntax] {
        let names = CellSyntax.mentions(in: value)
        return children.filter { child in
            child.bindings.contains { $0.pattern.boundNames.contains { names.contains(CellSyntax.unquoted($0.text)) } }
        }
    }

    private func closureType(_ type: TypeSyntax) -> String {
        if let unwrapped = type.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) {
            return "(\(unwrapped.wrappedType.trimmedDescription))?"
        }
        return type.trimmedDescription
    }
}

extension VariableDeclSyntax {
    /// Whether an attribute may name a global actor, whose variables are read by waiting.
    fileprivate var mayBelongToActor: Bool {
        attributes.contains { attribute in
            attribute.as(AttributeSyntax.self).map { $0.attributeName.trimmedDescription != "available" } ?? false
        }
    }

    /// A child task: it ends with its scope, so it stays a local of its cell.
    fileprivate var isAsyncLet: Bool { modifiers.contains { $0.name.tokenKind == .keyword(.async) } }
}

extension DeclSyntax {
    /// A conditional block with statements, which only a function body can hold.
    fileprivate var holdsStatements: Bool {
        guard let block = self.as(IfConfigDeclSyntax.self) else { return false }
        return block.clauses.contains { clause in
            guard case .statements(let statements)? = clause.elements else { return false }
            return statements.contains { if case .decl = $0.item { false } else { true } }
        }
    }
}
