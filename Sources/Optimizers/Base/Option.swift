import TensorCore

extension optim {
    /// A setting of an optimizer.
    public indirect enum Option: Equatable, Sendable {
        case number(Double)
        case int(Int)
        case flag(Bool)
        case text(String)
        case tuple([Option])
        case none

        /// Two numbers, as the betas of Adam.
        public static func pair(_ a: Double, _ b: Double) -> Option { .tuple([.number(a), .number(b)]) }

        /// A number whose default in PyTorch is the integer zero, which prints without a fraction.
        static func orZero(_ value: Double) -> Option { value == 0 ? .int(0) : .number(value) }

        static func flag(_ value: Bool?) -> Option { value.map(Option.flag) ?? .none }
    }
}

extension optim.Option: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByStringLiteral
{
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    public init(stringLiteral value: String) { self = .text(value) }
}

extension optim.Option {
    /// The setting as a number; nil where it is none.
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }

    /// The setting as part of a checkpoint.
    public var stateValue: StateValue {
        switch self {
        case .number(let value): .double(value)
        case .int(let value): .int(value)
        case .flag(let value): .bool(value)
        case .text(let value): .string(value)
        case .tuple(let values): .tuple(values.map(\.stateValue))
        case .none: .null
        }
    }

    /// Nil for what no optimizer here has as a setting.
    public init?(_ value: StateValue) {
        switch value {
        case .int(let number): self = .int(number)
        case .double(let number): self = .number(number)
        case .bool(let flag): self = .flag(flag)
        case .string(let text): self = .text(text)
        case .null: self = .none
        case .tensor(let tensor) where tensor.numel == 1: self = .number(tensor.item())
        case .tuple(let values), .list(let values):
            let options = values.compactMap(optim.Option.init)
            if options.count != values.count { return nil }
            self = .tuple(options)
        default: return nil
        }
    }
}

/// As Python prints it.
extension optim.Option: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let value): optim.Option.text(value)
        case .int(let value): "\(value)"
        case .flag(let value): value ? "True" : "False"
        case .text(let value): value
        case .tuple(let values): "(" + values.map(\.description).joined(separator: ", ") + ")"
        case .none: "None"
        }
    }

    /// A number as Python prints it.
    static func text(_ value: Double) -> String {
        let text = "\(value)"
        guard let e = text.firstIndex(of: "e") else { return text }
        let mantissa = text[..<e].hasSuffix(".0") ? text[..<e].dropLast(2) : text[..<e]
        let exponent = text[text.index(after: e)...]
        let digits = exponent.drop { $0 == "-" || $0 == "+" }
        return mantissa + "e" + (exponent.hasPrefix("-") ? "-" : "+") + (digits.count < 2 ? "0" : "") + digits
    }
}
