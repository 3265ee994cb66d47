/// Finds the declaration that the cursor means, and what its author wrote about it.
struct InspectionQuery {
    let kit: SourceKit
    let text: CellText
    let compilerArguments: [String]

    /// - Parameter detail: 0 for the declaration and its documentation, more for where it is
    ///   declared and the other declarations that the name may mean.
    func inspection(detail: Int) -> Inspection? {
        for name in text.meantNames {
            if let found = resolved(name, detail: detail) ?? named(name) { return found }
        }
        return nil
    }

    /// What the type checker says about the name; nil in code that it cannot resolve.
    private func resolved(_ name: Range<Int>, detail: Int) -> Inspection? {
        _ = try? kit.send([
            "key.request": .identifier("source.request.editor.open"),
            "key.name": .string(LanguageServer.sourceName),
            "key.sourcetext": .string(text.source),
            "key.compilerargs": .strings(compilerArguments),
            "key.syntactic_only": .int(1),
            "key.enablesyntaxmap": .int(0),
            "key.enablesubstructure": .int(0),
        ]) { _ in }
        defer {
            _ = try? kit.send([
                "key.request": .identifier("source.request.editor.close"),
                "key.name": .string(LanguageServer.sourceName),
            ]) { _ in }
        }
        let found = try? kit.send([
            "key.request": .identifier("source.request.cursorinfo"),
            "key.sourcefile": .string(LanguageServer.sourceName),
            "key.offset": .int(text.byteOffset(name.lowerBound)),
            "key.compilerargs": .strings(compilerArguments),
        ]) { symbol -> Inspection? in
            // Inside a string literal the type checker speaks of the literal's type.
            let found = symbol.string("key.name")?.prefix { $0 != "(" }
            guard let declaration = symbol.declaration,
                found == "init" || found.map(String.init) == text.text(name)
            else { return nil }
            var declarations = [declaration]
            var origin: String?
            if detail > 0 {
                declarations += symbol.dictionaries("key.secondary_symbols").compactMap(\.declaration)
                origin = symbol.string("key.modulename")
            }
            return Inspection(
                declarations: declarations,
                documentation: symbol.string("key.doc_comment") ?? "", module: origin)
        }
        return found ?? nil
    }

    /// The declarations of that very name which could stand there.
    private func named(_ name: Range<Int>) -> Inspection? {
        let word = text.text(name)
        let matching = CompletionQuery(kit: kit, text: text, compilerArguments: compilerArguments)
            .candidates(at: name.lowerBound, filter: word)
            .filter { $0.baseName == word && $0.kind.contains(".decl.") }
        guard let first = matching.first else { return nil }
        var declarations: [String] = []
        for candidate in matching where !declarations.contains(candidate.signature) {
            declarations.append(candidate.signature)
        }
        return Inspection(
            declarations: declarations, documentation: first.brief, module: nil)
    }
}

extension Inspection {
    fileprivate init(declarations: [String], documentation: String, module: String?) {
        let code = declarations.joined(separator: "\n")
        let notes = [documentation, module.map { "Module: \($0)" } ?? ""].filter { !$0.isEmpty }
        plain = ([code] + notes).joined(separator: "\n\n")
        markdown = (["```swift\n\(code)\n```"] + notes).joined(separator: "\n\n")
    }
}

extension SourceKit.Dictionary {
    /// The declaration as Swift, taken from the library's XML.
    fileprivate var declaration: String? {
        guard let xml = string("key.annotated_decl") else { return nil }
        var text = ""
        var inTag = false
        for character in xml {
            switch character {
            case "<": inTag = true
            case ">" where inTag: inTag = false
            default: if !inTag { text.append(character) }
            }
        }
        let entities: KeyValuePairs = [
            "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'", "&amp;": "&",
        ]
        for (entity, character) in entities { text.replace(entity, with: character) }
        return text.isEmpty ? nil : text
    }
}
