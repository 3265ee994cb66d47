/// Asks for the completions of a cell and makes of them what a front end can insert.
struct CompletionQuery {
    let kit: SourceKit
    let text: CellText
    let compilerArguments: [String]

    /// A candidate as the language library describes it.
    struct Candidate {
        var name: String
        var description: String
        var insertion: String
        var typeName: String
        var kind: String
        var context: String
        var brief: String
        var bytesToErase: Int
        var isSystem: Bool
        var notRecommended: Bool

        /// The name without argument labels.
        var baseName: Substring { name.prefix { $0 != "(" } }

        var signature: String {
            typeName.isEmpty || typeName == "Void" || description.contains("->")
                ? description : "\(description) -> \(typeName)"
        }
    }

    func reply() -> CompletionReply {
        let typed = text.typedPrefix
        let prefix = text.text(typed)
        var reply = CompletionReply(completions: [], start: typed.lowerBound, end: typed.upperBound)
        // Digits before the cursor are a number, which nothing completes.
        if let first = prefix.first, first.isASCII, first.isNumber { return reply }

        let candidates = candidates(at: typed.lowerBound, filter: prefix)
        // Some texts replace what stands before the prefix as well (`.` by `?.`). A front end
        // replaces one range for all, so the others repeat that part.
        let erased = candidates.map(\.bytesToErase).max() ?? 0
        reply.start = max(0, typed.lowerBound - erased)
        let lead = text.text(reply.start..<typed.lowerBound)

        var seen: Set<String> = []
        reply.completions = ranked(candidates, prefix: prefix).compactMap { candidate in
            guard let insertion = Self.insertion(of: candidate) else { return nil }
            let whole = String(lead.dropLast(candidate.bytesToErase)) + insertion
            guard whole != lead + prefix, seen.insert(whole).inserted else { return nil }
            return Completion(
                text: whole, kind: Self.kindName(candidate.kind), signature: candidate.signature)
        }
        return reply
    }

    /// Everything that may stand at a position and begins with `filter`, whatever the case.
    func candidates(at position: Int, filter: String) -> [Candidate] {
        let offset = text.byteOffset(position)
        let session: KeyValuePairs<String, SourceKit.Value> = [
            "key.request": .identifier("source.request.codecomplete.open"),
            "key.name": .string(LanguageServer.sourceName),
            "key.sourcefile": .string(LanguageServer.sourceName),
            "key.sourcetext": .string(text.source),
            "key.offset": .int(offset),
            "key.compilerargs": .strings(compilerArguments),
            "key.codecomplete.options": .dictionary([
                "key.codecomplete.filtertext": .string(filter),
                // The limit would cut a user's own names among the thousands that a module has.
                "key.codecomplete.requestlimit": .int(filter.isEmpty ? 0 : 500),
                "key.codecomplete.hideunderscores": .int(filter.hasPrefix("_") ? 0 : 1),
                "key.codecomplete.hidelowpriority": .int(0),
                "key.codecomplete.fuzzymatching": .int(0),
                "key.codecomplete.group.overloads": .int(0),
                "key.codecomplete.group.stems": .int(0),
                "key.codecomplete.includeobjectliterals": .int(0),
                "key.codecomplete.addinneroperators": .int(0),
                "key.codecomplete.addinnerresults": .int(0),
            ]),
        ]
        defer {
            _ = try? kit.send([
                "key.request": .identifier("source.request.codecomplete.close"),
                "key.name": .string(LanguageServer.sourceName),
                "key.offset": .int(offset),
            ]) { _ in }
        }
        let found = try? kit.send(session) { answer in
            answer.dictionaries("key.results").compactMap { result -> Candidate? in
                // With nothing typed, the whole of Foundation says less than the names at hand.
                if filter.isEmpty, result.isImportedFromSystem { return nil }
                return Candidate(result)
            }
        }
        return (found ?? []).filter {
            $0.name.lowercased().hasPrefix(filter.lowercased()) && (filter.hasPrefix("_") || !$0.name.hasPrefix("_"))
        }
    }

    private func ranked(_ candidates: [Candidate], prefix: String) -> [Candidate] {
        // The place in the library's order comes last and keeps the overloads of a name in it.
        candidates.enumerated()
            .map { place, candidate in
                let caseDiffers = candidate.name.hasPrefix(prefix) ? 0 : 1
                return (
                    key: (caseDiffers, candidate.rank, candidate.name.lowercased(), place),
                    candidate: candidate
                )
            }
            .sorted { $0.key < $1.key }
            .map(\.candidate)
    }

    /// What to insert: a name without its call, an argument label with its colon, or a declaration
    /// up to its body; nil where nothing remains.
    private static func insertion(of candidate: Candidate) -> String? {
        let insertion = candidate.insertion
        var text: Substring
        if let body = insertion.firstRange(of: "<#code#>") {
            text = insertion[..<body.lowerBound]
            while text.last?.isWhitespace == true { text.removeLast() }
        } else {
            text = insertion[...]
            if let hole = text.firstRange(of: "<#") { text = text[..<hole.lowerBound] }
            if candidate.kind.contains(".decl."), let call = text.firstIndex(of: "("),
                call != text.startIndex
            {
                text = text[..<call]
            }
        }
        if candidate.kind.contains(".keyword") {
            while text.last?.isWhitespace == true { text.removeLast() }
        }
        // Brackets, quotes and digits are offered as literals: nobody asks for those.
        return text.contains(where: \.isLetter) ? String(text) : nil
    }

    /// The last words of the library's identifiers, in the terms of a user.
    private static func kindName(_ identifier: String) -> String {
        let known: KeyValuePairs<String, String> = [
            ".function.method.": "method", ".function.constructor": "initializer",
            ".function.subscript": "subscript", ".function.operator": "operator",
            ".function.": "function", ".var.instance": "property", ".var.static": "property",
            ".var.class": "property", ".var.": "variable", ".enumelement": "case",
            ".generic_type_param": "type", ".associatedtype": "type", ".pattern": "argument",
        ]
        if let name = known.first(where: { identifier.contains($0.key) })?.value { return name }
        return identifier.split(separator: ".").last.map(String.init) ?? identifier
    }
}

extension SourceKit.Dictionary {
    fileprivate var isImportedFromSystem: Bool {
        int("key.is_system") != 0
            && identifier("key.context") == "source.codecompletion.context.othermodule"
    }
}

extension CompletionQuery.Candidate {
    init(_ dictionary: SourceKit.Dictionary) {
        name = dictionary.string("key.name") ?? ""
        description = dictionary.string("key.description") ?? name
        insertion = dictionary.string("key.sourcetext") ?? name
        typeName = dictionary.string("key.typename") ?? ""
        kind = dictionary.identifier("key.kind") ?? ""
        context = dictionary.identifier("key.context") ?? ""
        brief = dictionary.string("key.doc.brief") ?? ""
        bytesToErase = dictionary.int("key.num_bytes_to_erase")
        isSystem = dictionary.int("key.is_system") != 0
        notRecommended = dictionary.int("key.not_recommended") != 0
    }

    /// Lower is nearer to what the user wrote.
    fileprivate var rank: Int {
        if notRecommended { return 4 }
        switch context.split(separator: ".").last {
        case "local", "exprspecific", "thisclass", "outsidenominal", "thismodule": return 0
        case "superclass": return 1
        case "othermodule": return isSystem ? 3 : 2
        default: return 3
        }
    }
}
