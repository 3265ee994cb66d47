/// The JSON of a safetensors header: objects, arrays, strings and whole numbers.
indirect enum JSONHeader {
    case object([(key: String, value: JSONHeader)])
    case array([JSONHeader])
    case string(String)
    case integer(Int)

    init(_ text: [UInt8]) throws {
        var parser = JSONHeaderParser(text)
        self = try parser.document()
    }

    var object: [(key: String, value: JSONHeader)]? { if case .object(let entries) = self { entries } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The numbers of an array of numbers.
    var integers: [Int]? {
        guard case .array(let values) = self else { return nil }
        var result: [Int] = []
        for value in values {
            guard case .integer(let number) = value else { return nil }
            result.append(number)
        }
        return result
    }
    subscript(key: String) -> JSONHeader? { object?.first { $0.key == key }?.value }

    /// A string as JSON writes it.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": out += "\\\(character)"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{8}": out += "\\b"
            case "\u{C}": out += "\\f"
            case _ where character.value < 0x20:
                let digits = String(character.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(character)
            }
        }
        return out + "\""
    }
}

private struct JSONHeaderParser {
    private let text: [UInt8]
    private var position = 0
    private static let deepest = 8

    init(_ text: [UInt8]) { self.text = text }

    mutating func document() throws -> JSONHeader {
        let value = try value(0)
        guard next() == nil else { throw damaged() }
        return value
    }

    private func damaged() -> ModelFileError { .damaged("the header is not the JSON it should be, at byte \(position)") }

    /// The next character that is not white space, without passing over it.
    private mutating func next() -> UInt8? {
        while position < text.count, [0x20, 0x0A, 0x0D, 0x09].contains(text[position]) { position += 1 }
        return position < text.count ? text[position] : nil
    }

    private mutating func expect(_ character: Character) throws {
        guard next() == character.asciiValue else { throw damaged() }
        position += 1
    }

    private mutating func value(_ depth: Int) throws -> JSONHeader {
        guard depth < JSONHeaderParser.deepest else { throw damaged() }
        switch next() {
        case UInt8(ascii: "{"):
            var entries: [(key: String, value: JSONHeader)] = []
            try list(closing: "}") { parser in
                let key = try parser.string()
                try parser.expect(":")
                entries.append((key, try parser.value(depth + 1)))
            }
            return .object(entries)
        case UInt8(ascii: "["):
            var values: [JSONHeader] = []
            try list(closing: "]") { parser in values.append(try parser.value(depth + 1)) }
            return .array(values)
        case UInt8(ascii: "\""): return .string(try string())
        default: return .integer(try integer())
        }
    }

    /// Elements between commas, from the opening bracket to the closing one.
    private mutating func list(closing: Character, _ element: (inout JSONHeaderParser) throws -> Void) throws {
        position += 1
        if next() != closing.asciiValue {
            try element(&self)
            while next() == UInt8(ascii: ",") {
                position += 1
                try element(&self)
            }
        }
        try expect(closing)
    }

    private mutating func integer() throws -> Int {
        let start = position
        while position < text.count, (0x30...0x39).contains(text[position]) { position += 1 }
        guard let value = Int(String(decoding: text[start..<position], as: UTF8.self)) else { throw damaged() }
        return value
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var out: [UInt8] = []
        while position < text.count {
            let character = text[position]
            position += 1
            switch character {
            case UInt8(ascii: "\""): return try decodedText(out)
            case UInt8(ascii: "\\"): try escape(&out)
            case 0..<0x20: throw damaged()
            default: out.append(character)
            }
        }
        throw damaged()
    }

    private mutating func escape(_ out: inout [UInt8]) throws {
        guard position < text.count else { throw damaged() }
        let character = text[position]
        position += 1
        switch character {
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(character)
        case UInt8(ascii: "u"):
            var code = try unit()
            if (0xD800..<0xDC00).contains(code), text[position...].starts(with: Array("\\u".utf8)) {
                position += 2
                code = 0x10000 + (code - 0xD800) << 10 + (try unit()) &- 0xDC00
            }
            guard let scalar = Unicode.Scalar(code) else { throw damaged() }
            out += Array(String(Character(scalar)).utf8)
        default: throw damaged()
        }
    }

    private mutating func unit() throws -> UInt32 {
        guard text.count - position >= 4,
            let code = UInt32(String(decoding: text[position..<(position + 4)], as: UTF8.self), radix: 16)
        else { throw damaged() }
        position += 4
        return code
    }
}
