import CKernels
import Glibc

/// Arithmetic of two tensors, or a tensor and a number.
extension Operators {
    // The first parameter is PyTorch's `alpha`.
    static let add = ElementwiseOperator(
        "add", .binary(CK_ADD),
        gradients: [
            .init { g, _ in g },
            .init { g, n in n.alpha == 1 ? g : g * n.alpha },
        ])
    static let sub = ElementwiseOperator(
        "sub", .binary(CK_SUB),
        gradients: [
            .init { g, _ in g },
            .init { g, n in g * -n.alpha },
        ])
    static let mul = ElementwiseOperator(
        "mul", .binary(CK_MUL),
        gradients: [
            .init(.b) { g, n in g * n.b.conj() },
            .init(.a) { g, n in g * n.a.conj() },
        ])
    static let div = ElementwiseOperator(
        "div", .binary(CK_DIV), .floating,
        gradients: [
            .init(.b) { g, n in g / n.b.conj() },
            .init([.a, .b]) { g, n in -g * ((n.a / n.b) / n.b).conj() },
        ])
    static let floorDivide = ElementwiseOperator("floor_divide", .binary(CK_FLOOR_DIV))
    static let truncDivide = ElementwiseOperator("div", .binary(CK_TRUNC_DIV), gradients: zeroGradients)
    static let floorDivideFloat = ElementwiseOperator("div", .binary(CK_FLOOR_DIV), gradients: zeroGradients)
    static let remainder = ElementwiseOperator(
        "remainder", .binary(CK_REMAINDER),
        gradients: [
            .init { g, _ in g },
            .init([.a, .b]) { g, n in -g * torch.div(n.a, n.b, roundingMode: "floor") },
        ])
    static let fmod = ElementwiseOperator(
        "fmod", .binary(CK_FMOD),
        gradients: [
            .init { g, _ in g },
            .init([.a, .b]) { g, n in -g * torch.div(n.a, n.b, roundingMode: "trunc") },
        ])
    static let pow = ElementwiseOperator(
        "pow", .binary(CK_POW), node: "PowBackward1",
        gradients: [
            .init([.a, .b]) { g, n in
                let (a, b) = (n.a, n.b)
                return g * torch.where(b == 0, torch.zerosLike(a), (b * a.pow(b - 1)).conj())
            },
            .init([.a, .b, .result]) { g, n in
                let (a, b) = (n.a, n.b)
                let nothing = (a == 0).logicalAnd(b.dtype.isComplex ? b == 0 : b >= 0)
                return g * torch.where(nothing, torch.zerosLike(n.result), (n.result * a.log()).conj())
            },
        ])
    /// A tensor to the power of a number, the first parameter.
    static let powScalar = ElementwiseOperator(
        "pow", .unary(CK_POW_SCALAR),
        gradients: [
            .init(.a) { g, n in
                let exponent = n.alpha
                return exponent == 0 ? torch.zerosLike(g) : g * (exponent * n.a.pow(exponent - 1)).conj()
            }
        ])
    static let maximum = ElementwiseOperator("maximum", .binary(CK_MAXIMUM), gradients: extremeGradients(>))
    static let minimum = ElementwiseOperator("minimum", .binary(CK_MINIMUM), gradients: extremeGradients(<))
    static let atan2 = ElementwiseOperator(
        "atan2", .binary(CK_ATAN2), .floating,
        gradients: [
            .init([.a, .b]) { g, n in g * (n.b * squaredDistance(n).reciprocal()) },
            .init([.a, .b]) { g, n in g * (-n.a * squaredDistance(n).reciprocal()) },
        ])

    private static let zeroGradients: [ElementwiseOperator.Gradient] = [
        .init { g, _ in torch.zerosLike(g) }, .init { g, _ in torch.zerosLike(g) },
    ]

    /// `a² + b²` of atan2's operands; infinite at the origin, where the gradients are 0.
    private static func squaredDistance(_ n: ElementwiseNode) -> Tensor {
        let sum = n.a * n.a + n.b * n.b
        return sum.maskedFill(sum == 0, Double.infinity)
    }

    /// Where both are equal, each gets half.
    private static func extremeGradients(_ wins: @escaping (Tensor, Tensor) -> Tensor)
        -> [ElementwiseOperator.Gradient]
    {
        func share(_ g: Tensor, _ own: Tensor, _ other: Tensor) -> Tensor {
            torch.where(own == other, g / 2, g).maskedFill(wins(other, own), 0)
        }
        return [
            .init([.a, .b]) { g, n in share(g, n.a, n.b) },
            .init([.a, .b]) { g, n in share(g, n.b, n.a) },
        ]
    }
}

extension ElementwiseNode {
    /// The first of the operator's numbers.
    var alpha: Double { parameters.values.a }
}

/// What may stand on either side of an arithmetic operator: a tensor or a number.
public protocol TensorOperand {
    /// The operand as a tensor beside `other`.
    func tensor(beside other: Tensor) -> Tensor
}

extension Tensor: TensorOperand {
    @inline(__always) public func tensor(beside other: Tensor) -> Tensor { self }
}

extension TensorOperand where Self: ScalarConvertible {
    @inline(__always) public func tensor(beside other: Tensor) -> Tensor { Tensor(wrapping: scalar, beside: other) }
}

extension Int: TensorOperand {}
extension Double: TensorOperand {}
extension Float: TensorOperand {}
extension Bool: TensorOperand {}
extension Scalar: TensorOperand {}

infix operator ** : ExponentiationPrecedence
infix operator **= : AssignmentPrecedence
precedencegroup ExponentiationPrecedence {
    higherThan: MultiplicationPrecedence
    associativity: right
}

/// The named forms.
extension Tensor {
    /// `self + alpha * other`.
    public func add(_ other: some TensorOperand, alpha: Double = 1) -> Tensor {
        checkAlpha(alpha)
        return Operators.add(self, other.tensor(beside: self), KernelParameters(alpha))
    }
    /// `self - alpha * other`.
    public func sub(_ other: some TensorOperand, alpha: Double = 1) -> Tensor {
        let number = (other as? any ScalarConvertible)?.scalar
        let other = other.tensor(beside: self)
        checkSubtraction(self, other, number)
        checkAlpha(alpha)
        return Operators.sub(self, other, KernelParameters(alpha))
    }
    public func mul(_ other: some TensorOperand) -> Tensor { Operators.mul(self, other.tensor(beside: self)) }
    /// True division: integers give float32.
    public func div(_ other: some TensorOperand) -> Tensor { Operators.div(self, other.tensor(beside: self)) }
    /// Division rounded towards zero (`"trunc"`) or down (`"floor"`); nil divides exactly.
    public func div(_ other: some TensorOperand, roundingMode: String?) -> Tensor {
        let other = other.tensor(beside: self)
        switch roundingMode {
        case nil: return Operators.div(self, other)
        case "trunc": return Operators.truncDivide(self, other)
        case "floor": return Operators.floorDivideFloat(self, other)
        case let mode?:
            fail("div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '\(mode)'")
        }
    }
    public func floorDivide(_ other: some TensorOperand) -> Tensor {
        Operators.floorDivide(self, other.tensor(beside: self))
    }
    /// The remainder with the divisor's sign, as Python's `%`.
    public func remainder(_ other: some TensorOperand) -> Tensor {
        Operators.remainder(self, other.tensor(beside: self))
    }
    /// The remainder with the dividend's sign, as C's `fmod`.
    public func fmod(_ other: some TensorOperand) -> Tensor { Operators.fmod(self, other.tensor(beside: self)) }
    public func pow(_ exponent: Tensor) -> Tensor { Operators.pow(self, exponent) }
    public func pow(_ exponent: some ScalarConvertible) -> Tensor {
        let number = exponent.scalar
        if dtype.isIntegral || dtype.isComplex || number.dtype.isComplex {
            if dtype.isIntegral, case .int(let power) = number, power < 0, dtype != .bool {
                fail("Integers to negative integer powers are not allowed.")
            }
            return Operators.pow(self, Tensor(wrapping: number, beside: self))
        }
        return Operators.powScalar(self, KernelParameters(number.double))
    }
    public func maximum(_ other: Tensor) -> Tensor {
        (dtype.isComplex ? self : other).refuseComplex("maximum not implemented for complex tensors.", .typeError)
        return Operators.maximum(self, other)
    }
    public func minimum(_ other: Tensor) -> Tensor {
        (dtype.isComplex ? self : other).refuseComplex("minimum not implemented for complex tensors.", .typeError)
        return Operators.minimum(self, other)
    }
    public func atan2(_ other: Tensor) -> Tensor { Operators.atan2(self, other) }

    @discardableResult public func add_(_ other: some TensorOperand, alpha: Double = 1) -> Tensor {
        Operators.add.inPlace(self, other.tensor(beside: self), nil, KernelParameters(alpha))
    }
    @discardableResult public func sub_(_ other: some TensorOperand, alpha: Double = 1) -> Tensor {
        let number = (other as? any ScalarConvertible)?.scalar
        let other = other.tensor(beside: self)
        checkSubtraction(self, other, number)
        checkAlpha(alpha)
        return Operators.sub.inPlace(self, other, nil, KernelParameters(alpha))
    }
    @discardableResult public func mul_(_ other: some TensorOperand) -> Tensor {
        Operators.mul.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func div_(_ other: some TensorOperand) -> Tensor {
        Operators.div.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func floorDivide_(_ other: some TensorOperand) -> Tensor {
        Operators.floorDivide.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func remainder_(_ other: some TensorOperand) -> Tensor {
        Operators.remainder.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func pow_(_ exponent: some TensorOperand) -> Tensor {
        Operators.pow.inPlace(self, exponent.tensor(beside: self))
    }

    private func checkAlpha(_ alpha: Double) {
        if dtype.isIntegral, alpha != alpha.rounded(.towardZero) {
            fail("For integral input tensors, argument alpha must not be a floating point number.")
        }
    }
}

private func checkSubtraction(_ a: Tensor, _ b: Tensor, _ number: Scalar? = nil) {
    if a.dtype == .bool && b.dtype == .bool {
        fail(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
                + "`logical_xor()` operator instead.")
    }
    if a.dtype == .bool || b.dtype == .bool || number?.dtype == .bool {
        fail(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a "
                + "mask, use the `~` or `logical_not()` operator instead.")
    }
}

/// The operators. Between two tensors and between a tensor and a number, as in PyTorch; `**`
/// binds tighter than `*`, but a leading minus tighter still: `-x ** 2` is `(-x) ** 2` in Swift.
extension Tensor {
    @inline(__always) public static func + (a: Tensor, b: Tensor) -> Tensor { Operators.add(a, b, KernelParameters(1)) }
    public static func + (a: Tensor, b: some ScalarConvertible) -> Tensor { a.add(Tensor(wrapping: b.scalar, beside: a)) }
    public static func + (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b).add(b) }

    public static func - (a: Tensor, b: Tensor) -> Tensor { a.sub(b) }
    public static func - (a: Tensor, b: some ScalarConvertible) -> Tensor { a.sub(Tensor(wrapping: b.scalar, beside: a)) }
    public static func - (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b).sub(b) }

    @inline(__always) public static func * (a: Tensor, b: Tensor) -> Tensor { Operators.mul(a, b) }
    public static func * (a: Tensor, b: some ScalarConvertible) -> Tensor { a * Tensor(wrapping: b.scalar, beside: a) }
    public static func * (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b) * b }

    public static func / (a: Tensor, b: Tensor) -> Tensor { Operators.div(a, b) }
    public static func / (a: Tensor, b: some ScalarConvertible) -> Tensor { a / Tensor(wrapping: b.scalar, beside: a) }
    public static func / (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b) / b }

    public static func % (a: Tensor, b: Tensor) -> Tensor { Operators.remainder(a, b) }
    public static func % (a: Tensor, b: some ScalarConvertible) -> Tensor { a.remainder(Tensor(wrapping: b.scalar, beside: a)) }
    public static func % (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b).remainder(b) }

    public static func ** (a: Tensor, b: Tensor) -> Tensor { a.pow(b) }
    public static func ** (a: Tensor, b: some ScalarConvertible) -> Tensor { a.pow(b) }
    public static func ** (a: some ScalarConvertible, b: Tensor) -> Tensor { Tensor(wrapping: a.scalar, beside: b).pow(b) }

    public static prefix func - (a: Tensor) -> Tensor { a.neg() }
}

/// PyTorch gives Python's `abs` of a tensor.
public func abs(_ x: Tensor) -> Tensor { x.abs() }

/// Plain numbers to a power, so that `2 ** 10` reads as in Python.
public func ** (a: Double, b: Double) -> Double { Glibc.pow(a, b) }
public func ** (a: Int, b: Int) -> Int {
    precondition(b >= 0, "an Int to a negative power is not an Int")
    var result = 1
    for _ in 0..<b { result *= a }
    return result
}

extension torch {
    public static func add(_ a: Tensor, _ b: some TensorOperand, alpha: Double = 1) -> Tensor { a.add(b, alpha: alpha) }
    public static func sub(_ a: Tensor, _ b: some TensorOperand, alpha: Double = 1) -> Tensor { a.sub(b, alpha: alpha) }
    public static func mul(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.mul(b) }
    public static func div(_ a: Tensor, _ b: some TensorOperand, roundingMode: String? = nil) -> Tensor {
        a.div(b, roundingMode: roundingMode)
    }
    public static func floorDivide(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.floorDivide(b) }
    public static func remainder(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.remainder(b) }
    public static func fmod(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.fmod(b) }
    public static func pow(_ a: Tensor, _ b: Tensor) -> Tensor { a.pow(b) }
    public static func pow(_ a: Tensor, _ b: some ScalarConvertible) -> Tensor { a.pow(b) }
    public static func pow(_ a: some ScalarConvertible, _ b: Tensor) -> Tensor { a ** b }
    public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { a.maximum(b) }
    public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { a.minimum(b) }
    public static func atan2(_ a: Tensor, _ b: Tensor) -> Tensor { a.atan2(b) }
}
