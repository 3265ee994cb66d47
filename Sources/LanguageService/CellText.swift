/// A cell with the lines that stand before it, and a cursor inside.
struct CellText {
    /// What the compiler sees: preamble and cell.
    let source: String
    /// The cursor in Unicode scalars of the cell, brought into its bounds.
    let cursor: Int
    private let scalars: [Unicode.Scalar]
    private let preambleBytes: Int

    init(cell: String, cursor: Int, preamble: String) {
        let lead = preamble.isEmpty || preamble.hasSuffix("\n") ? preamble : preamble + "\n"
        source = lead + cell
        preambleBytes = lead.utf8.count
        scalars = Array(cell.unicodeScalars)
        self.cursor = min(max(cursor, 0), scalars.count)
    }

    /// The offset in bytes of `source` for an offset in scalars of the cell.
    func byteOffset(_ scalar: Int) -> Int {
        scalars[..<scalar].reduce(preambleBytes) { $0 + UTF8.width($1) }
    }

    func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    /// The part of an identifier that ends at the cursor; empty where there is none.
    var typedPrefix: Range<Int> { identifierStart(before: cursor)..<cursor }

    /// The identifiers or operators that the cursor may mean: the one it touches, then the name of
    /// the call whose arguments it stands in.
    var meantNames: [Range<Int>] {
        [cursor, enclosingCall].compactMap { $0.flatMap(name(at:)) }
    }

    private func name(at position: Int) -> Range<Int>? {
        let start = identifierStart(before: position)
        var end = position
        while end < scalars.count, isIdentifierPart(scalars[end]) { end += 1 }
        if start < end { return Unicode.Scalar("0")..."9" ~= scalars[start] ? nil : start..<end }

        var first = position
        var last = position
        while first > 0, isOperator(scalars[first - 1]) { first -= 1 }
        while last < scalars.count, isOperator(scalars[last]) { last += 1 }
        return first < last ? first..<last : nil
    }

    /// The position just after the name before the innermost open parenthesis or bracket.
    private var enclosingCall: Int? {
        var depth = 0
        for position in stride(from: cursor - 1, through: 0, by: -1) {
            switch scalars[position] {
            case ")", "]", "}": depth += 1
            case "(" where depth == 0:
                let start = identifierStart(before: position)
                return start < position ? position : nil
            case "(", "[", "{":
                depth -= 1
                if depth < 0 { return nil }
            default: break
            }
        }
        return nil
    }

    private func identifierStart(before position: Int) -> Int {
        var start = position
        while start > 0, isIdentifierPart(scalars[start - 1]) { start -= 1 }
        return start
    }

    private func isIdentifierPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic
                || Unicode.Scalar("0")..."9" ~= scalar
        }
        let properties = scalar.properties
        return properties.isXIDContinue || properties.isEmoji || properties.isVariationSelector
            || scalar == "\u{200D}"
    }

    private func isOperator(_ scalar: Unicode.Scalar) -> Bool {
        "+-*/%<>=!&|^~?".unicodeScalars.contains(scalar)
    }
}
