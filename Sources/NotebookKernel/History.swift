import JupyterProtocol

/// The inputs of this session and the text of their results.
package struct History {
    package struct Entry {
        /// The execution count of the input.
        var line: Int
        var input: String
        var output: String?

        package init(line: Int, input: String, output: String?) {
            self.line = line
            self.input = input
            self.output = output
        }
    }

    /// The number of the only session there is: a restarted kernel starts afresh.
    static let session = 1

    private var entries: [Entry] = []

    package init() {}

    package mutating func append(_ entry: Entry) { entries.append(entry) }

    /// The content of a `history_reply`.
    package func reply(to request: JSONValue) -> JSONValue {
        let selected: [Entry]
        switch request["hist_access_type"]?.stringValue {
        case "tail":
            selected = Array(entries.suffix(limit(request) ?? entries.count))
        case "range":
            selected = range(request)
        case "search":
            selected = search(request)
        case let other:
            return .failure(
                name: "ValueError", value: "unknown hist_access_type \(other ?? "(none)")")
        }
        let withOutput = request["output"]?.boolValue ?? false
        return [
            "status": "ok",
            "history": .array(
                selected.map { entry in
                    let input = JSONValue.string(entry.input)
                    let output = entry.output.map(JSONValue.string) ?? .null
                    return [
                        .int(Self.session), .int(entry.line),
                        withOutput ? .array([input, output]) : input,
                    ]
                }),
        ]
    }

    private func limit(_ request: JSONValue) -> Int? { request["n"]?.intValue.map { max(0, $0) } }

    /// Lines from `start` up to `stop`, which is not included. Session 0 is the current one.
    private func range(_ request: JSONValue) -> [Entry] {
        guard [0, Self.session].contains(request["session"]?.intValue ?? 0) else { return [] }
        let start = request["start"]?.intValue ?? 1
        let stop = request["stop"]?.intValue ?? Int.max
        return entries.filter { $0.line >= start && $0.line < stop }
    }

    /// The last `n` inputs that match the pattern as a whole; with `unique` the newest of equal ones.
    private func search(_ request: JSONValue) -> [Entry] {
        let pattern = Array((request["pattern"]?.stringValue ?? "*").unicodeScalars)
        var seen: Set<String> = []
        let isUnique = request["unique"]?.boolValue ?? false
        let found = entries.reversed().filter {
            Self.matches(Array($0.input.unicodeScalars), pattern)
                && (!isUnique || seen.insert($0.input).inserted)
        }
        return found.prefix(limit(request) ?? found.count).reversed()
    }

    /// Whether a text matches a pattern in which `*` stands for any text and `?` for one character.
    /// Brackets stand for themselves: Swift is full of them.
    static func matches(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
        var (t, p) = (0, 0)
        // Where to go on when the text after the last star did not match: one character later.
        var retry: (text: Int, pattern: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == "*" {
                retry = (t, p + 1)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
                (t, p) = (t + 1, p + 1)
            } else if let again = retry {
                retry = (again.text + 1, again.pattern)
                (t, p) = (again.text + 1, again.pattern)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
