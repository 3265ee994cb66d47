/// Collects the elements of an SVG drawing.
struct SVGText {
    private(set) var text = ""

    /// Adds an element.
    mutating func add(_ element: String) {
        text += element
        text += "\n"
    }

    /// A length to a tenth of a pixel.
    static func number(_ value: Double) -> String {
        guard abs(value) < 1e6 else { return value > 0 ? "1000000" : "-1000000" }
        let tenths = Int((value * 10).rounded())
        if tenths % 10 == 0 { return String(tenths / 10) }
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// About how long a label is in DejaVu Sans, the widest of the fonts that it may be drawn in.
    static func width(of text: String) -> Double {
        text.reduce(0) { width, character in
            if "ijlI.,:;|!' ".contains(character) { return width + 3.5 }
            if "rtf()[]-".contains(character) { return width + 4.5 }
            if "mwMW@%".contains(character) { return width + 10.7 }
            return width + (character.isUppercase ? 7.8 : 6.8)
        }
    }

    enum Anchor: String { case start, middle, end }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ attributes: String) {
        add("<path d=\"M\(SVGText.number(x1)) \(SVGText.number(y1))L\(SVGText.number(x2)) \(SVGText.number(y2))\" \(attributes)/>")
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ attributes: String) {
        add(
            "<rect x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" width=\"\(SVGText.number(width))\" "
                + "height=\"\(SVGText.number(height))\" \(attributes)/>")
    }

    mutating func label(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .middle, _ attributes: String = "") {
        add(
            "<text x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" text-anchor=\"\(anchor.rawValue)\" "
                + "fill=\"currentColor\" \(attributes)>\(escapedMarkup(text))</text>")
    }
}

/// Text for HTML and SVG.
package func escapedMarkup(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
        switch character {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
