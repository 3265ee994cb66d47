import NotebookDisplay

/// What makes the names of earlier cells visible to the language service.
public struct LanguageContext: Codable, Sendable, Equatable {
    /// Lines put before the cell: imports of earlier cells and of what they imported.
    public var preamble: String
    /// Arguments of the compiler's front end (search paths, language mode, module cache), without
    /// the source and the module name.
    public var compilerArguments: [String]

    public init(preamble: String = "", compilerArguments: [String] = []) {
        self.preamble = preamble
        self.compilerArguments = compilerArguments
    }
}

/// One text that may stand in place of what was typed.
public struct Completion: Codable, Sendable, Equatable {
    /// The text to insert.
    public var text: String
    /// What it names: `function`, `method`, `property`, `struct`, `keyword`, `argument`, …
    public var kind: String
    /// The declaration in short, with its type: `max(by: (Int, Int) throws -> Bool) -> Int?`.
    public var signature: String
}

/// The completions of a cell at a cursor.
public struct CompletionReply: Codable, Sendable, Equatable {
    /// Best first, each text once.
    public var completions: [Completion]
    /// The range that a completion replaces, in Unicode scalars of the cell.
    public var start: Int
    public var end: Int

    /// The texts to insert.
    public var matches: [String] { completions.map(\.text) }
}

/// A declaration and its documentation.
struct Inspection: Codable, Equatable {
    var plain: String
    var markdown: String

    var bundle: MIMEBundle { MIMEBundle(["text/plain": plain, "text/markdown": markdown]) }
}

/// What the kernel asks of the helper process.
struct Request: Codable {
    enum Question: Codable {
        case complete
        case inspect(detail: Int)
    }

    var id: Int
    var question: Question
    var cell: String
    var cursor: Int
    var context: LanguageContext
}

/// What the helper answers to the request of the same id.
struct Reply: Codable {
    var id: Int
    var completion: CompletionReply?
    var inspection: Inspection?
}
