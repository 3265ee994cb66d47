/// A number as a user writes it, before a tensor gives it a type: `2`, `0.5`, `true`.
public enum Scalar: Sendable, Equatable {
    case bool(Bool)
    case int(Int)
    case float(Double)
    case complex(Double, Double)

    /// The type PyTorch gives a Python number of this kind.
    public var dtype: DType {
        switch self {
        case .bool: .bool
        case .int: .int64
        case .float: .default
        case .complex: DType.default.complex
        }
    }

    /// The value as a real number; the real part of a complex one.
    @inline(__always) public var double: Double {
        switch self {
        case .bool(let v): v ? 1 : 0
        case .int(let v): Double(v)
        case .float(let v): v
        case .complex(let re, _): re
        }
    }

    /// The value as an integer, cut towards zero. A value beyond Int's range gives its limit.
    @inline(__always) public var int: Int {
        switch self {
        case .bool(let v): return v ? 1 : 0
        case .int(let v): return v
        case .float(let v), .complex(let v, _):
            if v.isNaN { return 0 }
            return Int(exactly: v.rounded(.towardZero)) ?? (v < 0 ? Int.min : Int.max)
        }
    }

    public var imaginary: Double {
        if case .complex(_, let im) = self { im } else { 0 }
    }

    /// Whether the value counts as true: is it not zero.
    public var bool: Bool { double != 0 || imaginary != 0 }
}

/// What can stand where PyTorch takes a number.
public protocol ScalarConvertible: Sendable {
    var scalar: Scalar { get }
}

extension Scalar: ScalarConvertible { public var scalar: Scalar { self } }
extension Bool: ScalarConvertible { public var scalar: Scalar { .bool(self) } }
extension Int: ScalarConvertible { public var scalar: Scalar { .int(self) } }
extension Double: ScalarConvertible { public var scalar: Scalar { .float(self) } }
extension Float: ScalarConvertible { public var scalar: Scalar { .float(Double(self)) } }

extension Scalar: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
