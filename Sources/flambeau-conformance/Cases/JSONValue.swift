import Foundation

/// A JSON value. Integers, floating-point numbers and booleans stay apart, as they do in Python.
enum JSONValue {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(parsing text: some StringProtocol) throws {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        self.init(value)
    }

    private init(_ value: Any) {
        switch value {
        case let list as [Any]: self = .list(list.map(JSONValue.init))
        case let object as [String: Any]: self = .object(object.mapValues(JSONValue.init))
        case let text as String: self = .string(text)
        case let number as NSNumber:
            switch UInt8(bitPattern: number.objCType.pointee) {
            case UInt8(ascii: "c"): self = .bool(number.boolValue)
            case UInt8(ascii: "d"): self = .double(number.doubleValue)
            default: self = .int(number.intValue)
            }
        default: self = .null
        }
    }

    subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

    var isNull: Bool { if case .null = self { true } else { false } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }
    var int: Int? { if case .int(let value) = self { value } else { nil } }
    var ints: [Int]? {
        guard let values = list?.map(\.int), values.allSatisfy({ $0 != nil }) else { return nil }
        return values.map { $0! }
    }
}
