/// A dictionary of a checkpoint: keys keep the order in which they came, as in Python.
///
/// Keys are mostly names; an optimizer's state has integers (`[0]` reads the integer key 0, not a
/// position).
public struct StateDictionary: KeyedValues, Sendable {
    public enum Key: Hashable, Sendable {
        case string(String)
        case int(Int)
        case bool(Bool)
        case double(Double)
        case null
    }

    /// All keys in order.
    public private(set) var keys: [Key] = []
    /// All values, in the order of the keys.
    public private(set) var values: [StateValue] = []
    private var positions: [Key: Int] = [:]
    /// Saved as Python's `OrderedDict`, which is what a module's state dict is.
    public var isOrderedDict: Bool

    /// An empty dictionary.
    public init(isOrderedDict: Bool = false) { self.isOrderedDict = isOrderedDict }

    public var count: Int { keys.count }
    public var isEmpty: Bool { keys.isEmpty }
    /// All keys with their values, in order.
    public var entries: [(key: Key, value: StateValue)] { zip(keys, values).map { ($0, $1) } }

    /// The value of a key; nil where there is none. Setting nil removes the key.
    public subscript(key: Key) -> StateValue? {
        get { positions[key].map { values[$0] } }
        set {
            if let position = positions[key] {
                if let newValue { values[position] = newValue } else { remove(at: position) }
            } else if let newValue {
                positions[key] = keys.count
                keys.append(key)
                values.append(newValue)
            }
        }
    }
    public subscript(key: String) -> StateValue? {
        get { self[.string(key)] }
        set { self[.string(key)] = newValue }
    }
    public subscript(key: Int) -> StateValue? {
        get { self[.int(key)] }
        set { self[.int(key)] = newValue }
    }

    private mutating func remove(at position: Int) {
        keys.remove(at: position)
        values.remove(at: position)
        positions = Dictionary(zip(keys, keys.indices)) { _, last in last }
    }

    /// The value of a key. Throws where there is none.
    public func value(_ key: Key) throws -> StateValue {
        if let value = self[key] { return value }
        throw StateValueError(
            "no key \(key); the keys are " + keys.prefix(20).map(\.description).joined(separator: ", ")
                + (count > 20 ? ", …" : ""))
    }
}

extension StateDictionary.Key {
    /// The key as a value.
    public var stateValue: StateValue {
        switch self {
        case .string(let value): .string(value)
        case .int(let value): .int(value)
        case .bool(let value): .bool(value)
        case .double(let value): .double(value)
        case .null: .null
        }
    }
}

extension StateDictionary.Key: CustomStringConvertible {
    /// The key as Python shows it: `'step'`, `0`, `None`.
    public var description: String { stateValue.description }
}

extension StateDictionary: CustomStringConvertible {
    public var description: String {
        let text = "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        return isOrderedDict ? "OrderedDict(\(isEmpty ? "" : text))" : text
    }
}
