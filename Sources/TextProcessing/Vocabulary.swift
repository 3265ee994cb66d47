import TensorCore

/// Tokens and their numbers: torchtext's `Vocab`.
///
///     let vocabulary = Vocabulary(texts.map(tokenizers.basicEnglish), minFreq: 2, specials: ["<pad>", "<unk>"])
///     vocabulary.defaultIndex = vocabulary["<unk>"]
///     vocabulary(["the", "cat"])   // [2, 17]
public struct Vocabulary: Sendable {
    /// The tokens in the order of their numbers; torchtext's `get_itos`.
    public private(set) var tokens: [String]
    /// The number of a token that is not in the vocabulary; without it such a token is an error.
    public var defaultIndex: Int?
    private var indices: [String: Int]

    /// A vocabulary of the given tokens, in this order.
    public init(tokens: [String], defaultIndex: Int? = nil) {
        self.tokens = []
        indices = [:]
        self.defaultIndex = defaultIndex
        for token in tokens { append(token) }
    }

    /// The tokens of texts, the most frequent first and equally frequent ones in alphabetical order:
    /// torchtext's `build_vocab_from_iterator`.
    ///
    /// - Parameters:
    ///   - texts: lists of tokens.
    ///   - minFreq: rarer tokens are left out.
    ///   - specials: tokens to add, such as "<unk>" and "<pad>".
    ///   - specialFirst: they get the first numbers, else the last.
    ///   - maxTokens: the largest number of tokens, specials included.
    public init<Texts: Sequence>(
        _ texts: Texts, minFreq: Int = 1, specials: [String] = [], specialFirst: Bool = true, maxTokens: Int? = nil,
        defaultIndex: Int? = nil
    ) where Texts.Element: Sequence<String> {
        var counts: [String: Int] = [:]
        for text in texts { for token in text { counts[token, default: 0] += 1 } }
        for special in specials { counts[special] = nil }
        // By code points, as Python compares strings.
        var found = counts.sorted {
            $0.value != $1.value
                ? $0.value > $1.value : $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
        }.filter { $0.value >= minFreq }.map(\.key)
        if let maxTokens {
            if specials.count >= maxTokens { fail("len(specials) >= max_tokens, so the vocab will be entirely special tokens.", .assertionError) }
            found = Array(found.prefix(maxTokens - specials.count))
        }
        self.init(tokens: specialFirst ? specials + found : found + specials, defaultIndex: defaultIndex)
    }

    public var count: Int { tokens.count }
    public func contains(_ token: String) -> Bool { indices[token] != nil }

    /// The number of a token.
    public subscript(_ token: String) -> Int {
        guard let index = indices[token] ?? defaultIndex else {
            fail("Token \(token) not found and default index is not set")
        }
        return index
    }

    /// The numbers of tokens.
    public func callAsFunction(_ tokens: [String]) -> [Int] { tokens.map { self[$0] } }
    public func lookupIndices(_ tokens: [String]) -> [Int] { self(tokens) }

    /// The token of a number.
    public func lookupToken(_ index: Int) -> String {
        if !tokens.indices.contains(index) {
            fail("Specified index \(index) is out of bounds for vocab of size \(count)")
        }
        return tokens[index]
    }
    public func lookupTokens(_ indices: [Int]) -> [String] { indices.map(lookupToken) }

    /// Adds a token at the end.
    public mutating func append(_ token: String) {
        if contains(token) { fail("Token \(token) already exists in the Vocab with index: \(self[token])") }
        indices[token] = tokens.count
        tokens.append(token)
    }
}
