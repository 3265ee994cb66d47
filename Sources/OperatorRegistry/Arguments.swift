import Flambeau

/// The arguments of a call, read by position or by Python's name.
///
/// It remembers what was read: a call whose arguments were not all taken is one that the library
/// has no form for, and counts as unsupported.
package final class Arguments {
    private let positional: [Value]
    private let named: [String: Value]
    private let order: [String]
    /// Where an operator without tensors among its arguments makes its result.
    package var device: Device = .cpu
    private var readPositions = Set<Int>()
    private var readNames: Set<String> = ["device", "requires_grad", "layout"]

    /// - Parameter order: the names in the order in which the call gives them.
    package init(_ positional: [Value], _ named: [String: Value], order: [String]) {
        self.positional = positional
        self.named = named
        self.order = order
    }

    /// All values, in the order of the call.
    package var allValues: [Value] { positional + order.compactMap { named[$0] } }

    package var count: Int { positional.count }

    /// The arguments that no one has read.
    package var unread: [String] {
        positional.indices.filter { !readPositions.contains($0) }.map { "argument \($0)" }
            + named.keys.filter { !readNames.contains($0) }.sorted()
    }

    /// Whether the argument was given, and is not None.
    package func has(_ position: Int, _ name: String) -> Bool {
        if positional.indices.contains(position) { return !positional[position].isNone }
        return named[name].map { !$0.isNone } ?? false
    }

    /// Whether the argument was given, be it None.
    package func isGiven(_ position: Int, _ name: String) -> Bool { positional.indices.contains(position) || named[name] != nil }

    /// The argument as it stands; nil if it is missing or None.
    package func value(_ position: Int, _ name: String) -> Value? {
        if positional.indices.contains(position) {
            readPositions.insert(position)
            return positional[position].isNone ? nil : positional[position]
        }
        readNames.insert(name)
        return named[name].flatMap { $0.isNone ? nil : $0 }
    }

    private func read<Result>(_ position: Int, _ name: String, _ convert: (Value) -> Result?) throws -> Result? {
        guard let value = value(position, name) else { return nil }
        guard let result = convert(value) else { throw Unsupported(reason: "\(name) of another type") }
        return result
    }

    private func required<Result>(_ name: String, _ value: Result?) throws -> Result {
        guard let value else { throw Unsupported(reason: "a call without \(name)") }
        return value
    }

    // MARK: - Optional arguments

    package func optionalTensor(_ position: Int, _ name: String) throws -> Tensor? { try read(position, name, \.tensor) }
    package func optionalInt(_ position: Int, _ name: String) throws -> Int? { try read(position, name, \.int) }
    package func optionalDouble(_ position: Int, _ name: String) throws -> Double? { try read(position, name) { $0.scalar?.double } }
    package func optionalScalar(_ position: Int, _ name: String) throws -> Scalar? { try read(position, name, \.scalar) }
    package func optionalString(_ position: Int, _ name: String) throws -> String? { try read(position, name, \.string) }
    package func optionalDType(_ position: Int, _ name: String) throws -> DType? { try read(position, name, \.dtype) }
    /// A list of integers; one integer stands for a list of one.
    package func optionalInts(_ position: Int, _ name: String) throws -> [Int]? { try read(position, name, \.ints) }

    // MARK: - Required arguments

    /// The first argument, a tensor.
    package var input: Tensor { get throws { try tensor(0, "input") } }

    package func tensor(_ position: Int, _ name: String) throws -> Tensor { try required(name, optionalTensor(position, name)) }
    package func int(_ position: Int, _ name: String) throws -> Int { try required(name, optionalInt(position, name)) }
    package func double(_ position: Int, _ name: String) throws -> Double { try required(name, optionalDouble(position, name)) }
    package func scalar(_ position: Int, _ name: String) throws -> Scalar { try required(name, optionalScalar(position, name)) }
    package func ints(_ position: Int, _ name: String) throws -> [Int] { try required(name, optionalInts(position, name)) }
    package func tensors(_ position: Int, _ name: String) throws -> [Tensor] { try required(name, read(position, name, \.tensors)) }

    /// A tensor or a number.
    package func operand(_ position: Int, _ name: String) throws -> any TensorOperand {
        try required(name, read(position, name, \.operand))
    }

    /// Sizes given as a list, or one by one from a position on.
    package func sizes(_ position: Int, _ name: String) throws -> [Int] {
        if positional.indices.contains(position), positional[position].int != nil {
            return try (position..<count).map { try int($0, name) }
        }
        return try ints(position, name)
    }

    /// Tensors given as a list, or one by one.
    package func tensorList(_ name: String) throws -> [Tensor] {
        if count > 0, positional[0].tensor != nil { return try (0..<count).map { try tensor($0, name) } }
        return try tensors(0, name)
    }

    // MARK: - Arguments with a default

    package func int(_ position: Int, _ name: String, default value: Int) throws -> Int { try optionalInt(position, name) ?? value }
    package func double(_ position: Int, _ name: String, default value: Double) throws -> Double {
        try optionalDouble(position, name) ?? value
    }
    package func bool(_ position: Int, _ name: String, default value: Bool) throws -> Bool {
        try optionalScalar(position, name)?.bool ?? value
    }
    package func reduction(_ position: Int = 999) throws -> Reduction {
        let name = try optionalString(position, "reduction") ?? "mean"
        return Reduction(stringLiteral: name)
    }
}

extension Value {
    package var isNone: Bool { if case .none = self { true } else { false } }
    package var tensor: Tensor? { if case .tensor(let tensor) = self { tensor } else { nil } }
    package var scalar: Scalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var dtype: DType? { if case .dtype(let dtype) = self { dtype } else { nil } }
    package var bool: Bool? { if case .scalar(.bool(let value)) = self { value } else { nil } }
    package var int: Int? { if case .scalar(.int(let value)) = self { value } else { nil } }

    package var elements: [Value]? {
        switch self {
        case .list(let values), .tuple(let values): values
        default: nil
        }
    }
    package var ints: [Int]? {
        if let int { return [int] }
        return all(\.int)
    }
    package var tensors: [Tensor]? { all(\.tensor) }
    package var operand: (any TensorOperand)? { tensor ?? scalar }

    private func all<Element>(_ convert: (Value) -> Element?) -> [Element]? {
        guard let elements else { return nil }
        let converted = elements.compactMap(convert)
        return converted.count == elements.count ? converted : nil
    }
}
