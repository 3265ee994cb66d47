/// A type that can be part of a checkpoint.
public protocol StateValueConvertible {
    /// This value as part of a checkpoint.
    var stateValue: StateValue { get }
    /// Reads one. Throws `StateValueError` where the value is of another kind.
    static func from(_ value: StateValue) throws -> Self
}

extension StateValue: StateValueConvertible {
    public var stateValue: StateValue { self }
    public static func from(_ value: StateValue) -> StateValue { value }
}
extension Bool: StateValueConvertible {
    public var stateValue: StateValue { .bool(self) }
    public static func from(_ value: StateValue) throws -> Bool { try value.bool }
}
extension Int: StateValueConvertible {
    public var stateValue: StateValue { .int(self) }
    public static func from(_ value: StateValue) throws -> Int { try value.int }
}
extension Double: StateValueConvertible {
    public var stateValue: StateValue { .double(self) }
    public static func from(_ value: StateValue) throws -> Double { try value.double }
}
extension Float: StateValueConvertible {
    public var stateValue: StateValue { .double(Double(self)) }
    public static func from(_ value: StateValue) throws -> Float { Float(try value.double) }
}
extension String: StateValueConvertible {
    public var stateValue: StateValue { .string(self) }
    public static func from(_ value: StateValue) throws -> String { try value.string }
}
extension DType: StateValueConvertible {
    public var stateValue: StateValue { .dtype(self) }
    public static func from(_ value: StateValue) throws -> DType { try value.dtype }
}
extension Tensor: StateValueConvertible {
    public var stateValue: StateValue { .tensor(self) }
    public static func from(_ value: StateValue) throws -> Tensor { try value.tensor }
}
extension StateDictionary: StateValueConvertible {
    public var stateValue: StateValue { .dictionary(self) }
    public static func from(_ value: StateValue) throws -> StateDictionary { try value.dictionary }
}
/// A missing value is `None`.
extension Optional: StateValueConvertible where Wrapped: StateValueConvertible {
    public var stateValue: StateValue { self?.stateValue ?? .null }
    public static func from(_ value: StateValue) throws -> Wrapped? { value.isNull ? nil : try Wrapped.from(value) }
}
extension Array: StateValueConvertible where Element: StateValueConvertible {
    public var stateValue: StateValue { .list(map(\.stateValue)) }
    public static func from(_ value: StateValue) throws -> [Element] { try value.list.map(Element.from) }
}
/// A Swift dictionary has no order: its keys are saved sorted.
extension Dictionary: StateValueConvertible where Key == String, Value: StateValueConvertible {
    public var stateValue: StateValue {
        var entries = StateDictionary()
        for (key, value) in sorted(by: { $0.key < $1.key }) { entries[key] = value.stateValue }
        return .dictionary(entries)
    }
    public static func from(_ value: StateValue) throws -> [String: Value] {
        var result: [String: Value] = [:]
        for (key, element) in try value.dictionary.entries { result[try key.stateValue.string] = try Value.from(element) }
        return result
    }
}
