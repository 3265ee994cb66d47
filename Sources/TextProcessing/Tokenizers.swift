/// torchtext's tokenizers.
public enum tokenizers {
    /// Lower-case words; punctuation marks are tokens of their own, quotes, semicolons, colons and
    /// line breaks of HTML are left out. torchtext's `basic_english`.
    ///
    ///     tokenizers.basicEnglish("Don't panic!")  // ["don", "'", "t", "panic", "!"]
    public static func basicEnglish(_ text: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        func endWord() {
            if !word.isEmpty { tokens.append(word) }
            word = ""
        }
        for part in parts(of: text.lowercased()) {
            for character in part {
                switch character {
                case "\"": continue
                case "'", ".", ",", "(", ")", "!", "?":
                    endWord()
                    tokens.append(String(character))
                case ";", ":": endWord()
                case _ where character.isWhitespace: endWord()
                default: word.append(character)
                }
            }
            endWord()
        }
        return tokens
    }

    /// The words between spaces, as they are.
    public static func whitespace(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// What lies between line breaks of HTML.
    private static func parts(of text: String) -> [Substring] {
        let mark = "<br />"
        var parts: [Substring] = []
        var start = text.startIndex
        var place = start
        while place < text.endIndex {
            if text[place] == "<", text[place...].hasPrefix(mark) {
                parts.append(text[start..<place])
                place = text.index(place, offsetBy: mark.count)
                start = place
            } else {
                place = text.index(after: place)
            }
        }
        return parts + [text[start...]]
    }
}

/// The runs of `n` tokens, joined by spaces, for each length up to `n`: torchtext's `ngrams_iterator`.
public func ngrams(_ tokens: [String], _ n: Int) -> [String] {
    tokens + (n < 2 ? [] : (2...n).flatMap { length in
        tokens.count < length
            ? [] : (0...(tokens.count - length)).map { tokens[$0..<($0 + length)].joined(separator: " ") }
    })
}
