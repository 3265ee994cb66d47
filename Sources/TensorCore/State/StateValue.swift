/// A value of a checkpoint: what `torch.save` writes and `torch.load` reads, and what optimizers
/// and schedulers give as their state.
///
///     let checkpoint = try torch.load("run.pth")
///     model.loadStateDict(try checkpoint["model_state_dict"])
///     let epoch = try checkpoint["epoch"].int
///
/// A checkpoint comes from outside the program, so reading a key that is missing or a value as a
/// type that it has not is a thrown `StateValueError`.
public indirect enum StateValue: Sendable {
    /// Python's `None`.
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case dtype(DType)
    case tensor(Tensor)
    case list([StateValue])
    case tuple([StateValue])
    case dictionary(StateDictionary)
}

/// A checkpoint does not hold what was asked of it.
public struct StateValueError: Error, Equatable, CustomStringConvertible {
    /// What was looked for and what is there.
    public let description: String

    public init(_ description: String) { self.description = description }
}

// MARK: - Reading

extension StateValue {
    /// What kind of value this is, by Python's name.
    public var kind: String {
        switch self {
        case .null: "None"
        case .bool: "bool"
        case .int: "int"
        case .double: "float"
        case .string: "str"
        case .dtype: "torch.dtype"
        case .tensor: "torch.Tensor"
        case .list: "list"
        case .tuple: "tuple"
        case .dictionary: "dict"
        }
    }

    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The value as bool.
    public var bool: Bool {
        get throws { if case .bool(let value) = self { value } else { throw mismatch("bool") } }
    }
    /// The value as an integer.
    public var int: Int {
        get throws { if case .int(let value) = self { value } else { throw mismatch("int") } }
    }
    /// The value as a floating-point number; an integer converts.
    public var double: Double {
        get throws {
            switch self {
            case .double(let value): value
            case .int(let value): Double(value)
            default: throw mismatch("float")
            }
        }
    }
    /// The value as text.
    public var string: String {
        get throws { if case .string(let value) = self { value } else { throw mismatch("str") } }
    }
    /// The value as an element type.
    public var dtype: DType {
        get throws { if case .dtype(let value) = self { value } else { throw mismatch("torch.dtype") } }
    }
    /// The value as a tensor.
    public var tensor: Tensor {
        get throws { if case .tensor(let value) = self { value } else { throw mismatch("torch.Tensor") } }
    }
    /// The elements of a list or a tuple.
    public var list: [StateValue] {
        get throws {
            switch self {
            case .list(let values), .tuple(let values): values
            default: throw mismatch("list")
            }
        }
    }
    /// The value as a dictionary.
    public var dictionary: StateDictionary {
        get throws { if case .dictionary(let value) = self { value } else { throw mismatch("dict") } }
    }

    /// The value of a dictionary's key.
    public subscript(key: String) -> StateValue {
        get throws { try dictionary.value(.string(key)) }
    }

    /// The element of a list or tuple at a position, or the value of a dictionary's integer key.
    public subscript(index: Int) -> StateValue {
        get throws {
            if case .dictionary(let entries) = self { return try entries.value(.int(index)) }
            let values = try list
            guard values.indices.contains(index) else {
                throw StateValueError("\(kind) index \(index) is out of range: it has \(values.count) elements")
            }
            return values[index]
        }
    }

    /// The value of a dictionary's key, in the type that the context asks for.
    public subscript<Value: StateValueConvertible>(key: String) -> Value {
        get throws { try Value.from(self[key] as StateValue) }
    }

    /// The element at a position, in the type that the context asks for.
    public subscript<Value: StateValueConvertible>(index: Int) -> Value {
        get throws { try Value.from(self[index] as StateValue) }
    }

    /// The value of a dictionary's key; nil where there is none. Python's `get`.
    public func get(_ key: String) -> StateValue? {
        if case .dictionary(let entries) = self { entries[key] } else { nil }
    }

    func mismatch(_ wanted: String) -> StateValueError {
        StateValueError("expected a value of type \(wanted), but it is \(self.kind)")
    }
}

// MARK: - Writing down

extension StateValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    /// The first of equal keys keeps its place, the last its value.
    public init(dictionaryLiteral elements: (String, any StateValueConvertible)...) {
        var entries = StateDictionary()
        for (key, value) in elements { entries[key] = value.stateValue }
        self = .dictionary(entries)
    }
    public init(arrayLiteral elements: any StateValueConvertible...) { self = .list(elements.map(\.stateValue)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

/// Python's form.
extension StateValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .null: "None"
        case .bool(let value): value ? "True" : "False"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .string(let value): StateValue.quoted(value)
        case .dtype(let value): "torch.\(value.name)"
        case .tensor(let value): "\(value)"
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .tuple(let values):
            "(" + values.map(\.description).joined(separator: ", ") + (values.count == 1 ? ",)" : ")")
        case .dictionary(let entries): entries.description
        }
    }

    /// Python's `repr` of a string: single quotes, unless only double ones save escapes.
    static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var out = String(quote)
        for character in text.unicodeScalars {
            switch character {
            case quote, "\\": out += "\\\(character)"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default: out.unicodeScalars.append(character)
            }
        }
        out.unicodeScalars.append(quote)
        return out
    }
}
