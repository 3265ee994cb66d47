import NotebookDisplay

/// What a kernel asks about the text of a cell. Positions count Unicode code points, as in
/// Jupyter's messages.
public protocol LanguageAssistant: Sendable {
    /// What may stand at the cursor.
    func completions(in code: String, cursor: Int) -> Completions

    /// What is known about the symbol at the cursor; nil if there is none or nothing is known.
    ///
    /// - Parameter detail: 0 for a summary, 1 for everything.
    func inspection(of code: String, cursor: Int, detail: Int) -> MIMEBundle?
}

/// Texts that may take the place of a part of the cell.
public struct Completions: Sendable {
    public struct Match: Sendable {
        public var text: String
        /// What it is, for the icon beside it (`function`, `class`, `keyword`); nil if unknown.
        public var kind: String?
        /// Its declaration; empty if unknown.
        public var signature: String

        public init(text: String, kind: String? = nil, signature: String = "") {
            self.text = text
            self.kind = kind
            self.signature = signature
        }
    }

    public var matches: [Match]
    /// The code points the chosen match replaces.
    public var replaced: Range<Int>

    public init(matches: [Match], replaced: Range<Int>) {
        self.matches = matches
        self.replaced = replaced
    }
}
