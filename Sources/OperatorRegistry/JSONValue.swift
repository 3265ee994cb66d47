/// A JSON value. Integers, floating-point numbers and booleans stay apart, as they do in Python, and
/// every number is the one that Python wrote; Foundation's reader rounds the last digit.
package enum JSONValue {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([JSONValue])
    case object([String: JSONValue])

    package subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

    package var isNull: Bool { if case .null = self { true } else { false } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }
    package var int: Int? { if case .int(let value) = self { value } else { nil } }
    package var ints: [Int]? {
        guard let values = list?.map(\.int), values.allSatisfy({ $0 != nil }) else { return nil }
        return values.map { $0! }
    }
}

/// A text is not JSON.
package struct JSONError: Error, CustomStringConvertible {
    package let description: String
}

extension JSONValue {
    package init(parsing text: some StringProtocol) throws {
        var reader = JSONReader(text: Array(text.utf8))
        self = try reader.value()
        reader.skipSpace()
        if reader.position != reader.text.count { throw reader.error("the end") }
    }
}

private struct JSONReader {
    let text: [UInt8]
    var position = 0

    func error(_ expected: String) -> JSONError { JSONError(description: "\(expected) expected at byte \(position)") }

    private var next: UInt8 { position < text.count ? text[position] : 0 }

    mutating func skipSpace() {
        while [0x20, 0x09, 0x0A, 0x0D].contains(next) { position += 1 }
    }

    private mutating func take(_ byte: Character) -> Bool {
        skipSpace()
        guard next == byte.asciiValue! else { return false }
        position += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let bytes = Array("\(word)".utf8)
        guard text[position...].starts(with: bytes) else { return false }
        position += bytes.count
        return true
    }

    mutating func value() throws -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .list(try list())
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        if take(word: "null") { return .null }
        if take(word: "true") { return .bool(true) }
        if take(word: "false") { return .bool(false) }
        return try number()
    }

    private mutating func object() throws -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        position += 1
        if take("}") { return members }
        repeat {
            skipSpace()
            let name = try string()
            guard take(":") else { throw error("a colon") }
            members[name] = try value()
        } while take(",")
        guard take("}") else { throw error("a brace") }
        return members
    }

    private mutating func list() throws -> [JSONValue] {
        var values: [JSONValue] = []
        position += 1
        if take("]") { return values }
        repeat { values.append(try value()) } while take(",")
        guard take("]") else { throw error("a bracket") }
        return values
    }

    private mutating func number() throws -> JSONValue {
        let start = position
        while UInt8(ascii: "0")...UInt8(ascii: "9") ~= next || "+-.eE".utf8.contains(next) { position += 1 }
        let digits = String(decoding: text[start..<position], as: UTF8.self)
        if let int = Int(digits) { return .int(int) }
        guard let double = Double(digits) else { throw error("a number") }
        return .double(double)
    }

    private mutating func string() throws -> String {
        guard take("\"") else { throw error("a string") }
        var units: [UInt16] = []
        var bytes: [UInt8] = []
        var result = ""
        func isEscape(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\\") }
        while next != UInt8(ascii: "\"") {
            guard position < text.count else { throw error("the end of a string") }
            if isEscape(next) {
                result += String(decoding: bytes, as: UTF8.self)
                bytes = []
                units.append(try escape())
                // A pair of escapes can make one character.
                if !isEscape(next) || !UTF16.isLeadSurrogate(units.last!) {
                    result += String(decoding: units, as: UTF16.self)
                    units = []
                }
            } else {
                bytes.append(next)
                position += 1
            }
        }
        position += 1
        return result + String(decoding: bytes, as: UTF8.self)
    }

    private mutating func escape() throws -> UInt16 {
        position += 2
        guard position <= text.count else { throw error("an escape") }
        switch text[position - 1] {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "u"):
            let digits = text[position..<min(position + 4, text.count)]
            guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw error("four digits")
            }
            position += 4
            return unit
        case let byte: return UInt16(byte)
        }
    }
}
