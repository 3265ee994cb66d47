import CKernels
import Glibc

/// Elementwise functions beyond basic arithmetic.
extension Operators {
    static let hypot = ElementwiseOperator(
        "hypot", .binary(CK_HYPOT), .floating,
        gradients: [
            .init([.a, .result]) { g, n in g * (n.a / n.result) },
            .init([.b, .result]) { g, n in g * (n.b / n.result) },
        ])
    static let copysign = ElementwiseOperator(
        "copysign", .binary(CK_COPYSIGN), .floating,
        gradients: [
            .init([.a, .result]) { g, n in
                g * torch.where(n.a == 0, torch.zerosLike(n.result), n.result / n.a).detach()
            },
            .init { g, _ in torch.zerosLike(g) },
        ])
    static let fmax = ElementwiseOperator("fmax", .binary(CK_FMAX), gradients: extremes { a, b in a >= b })
    static let fmin = ElementwiseOperator("fmin", .binary(CK_FMIN), gradients: extremes { a, b in a <= b })
    static let xlogy = ElementwiseOperator(
        "xlogy", .binary(CK_XLOGY), .floating,
        gradients: [
            .init([.a, .b]) { g, n in
                (g * n.b.log().conj()).maskedFill((n.a == 0).logicalAnd(n.b.dtype.isComplex ? n.b == 0 : n.b <= 0), 0)
            },
            .init([.a, .b]) { g, n in g * (n.a / n.b).conj() },
        ])
    static let logaddexp = ElementwiseOperator(
        "logaddexp", .binary(CK_LOGADDEXP), .floating,
        gradients: [
            .init([.a, .b]) { g, n in g * (n.a - n.b).sigmoid().conj() },
            .init([.a, .b]) { g, n in g * (n.b - n.a).sigmoid().conj() },
        ])
    static let gcd = ElementwiseOperator("gcd", .binary(CK_GCD))
    static let lcm = ElementwiseOperator("lcm", .binary(CK_LCM))
    static let bitwiseLeftShift = ElementwiseOperator("bitwise_left_shift", .binary(CK_SHIFT_LEFT))
    static let bitwiseRightShift = ElementwiseOperator("bitwise_right_shift", .binary(CK_SHIFT_RIGHT))
    static let lgamma = ElementwiseOperator(
        "lgamma", .unary(CK_LGAMMA), .floating, gradients: [.init(.a) { g, n in g * n.a.digamma() }])
    static let digamma = ElementwiseOperator(
        "digamma", .unary(CK_DIGAMMA), .floating, gradients: [.init(.a) { g, n in g * n.a.polygamma(1) }])
    static let nanToNum = ElementwiseOperator(
        "nan_to_num", .unary(CK_NAN_TO_NUM), gradients: [.init(.a) { g, n in g * n.a.isfinite() }])
    static let signbit = ElementwiseOperator("signbit", .unary(CK_SIGNBIT), .comparison)
    static let angle = ElementwiseOperator(
        "angle", .unary(CK_ANGLE), .floating,
        gradients: [
            .init(.a) { g, n in
                if !n.a.dtype.isComplex { return torch.zerosLike(g) }
                let turned = torch.complex(-n.a.imag, n.a.real) / n.a.abs().square()
                return torch.where(n.a == 0, torch.zerosLike(n.a), turned * g)
            }
        ])

    /// A NaN on one side lets the other pass.
    private static func extremes(_ wins: @escaping (Tensor, Tensor) -> Tensor) -> [ElementwiseOperator.Gradient] {
        func first(_ n: ElementwiseNode) -> Tensor { wins(n.a, n.b).logicalOr(n.b.isnan()) }
        return [
            .init([.a, .b]) { g, n in g.maskedFill(first(n).logicalNot(), 0) },
            .init([.a, .b]) { g, n in g.maskedFill(first(n), 0) },
        ]
    }
}

extension Tensor {
    /// `√(x² + y²)` without overflow.
    public func hypot(_ other: Tensor) -> Tensor {
        checkFloatingKernel("hypot_cpu", other)
        return Operators.hypot(self, other)
    }
    @discardableResult public func hypot_(_ other: Tensor) -> Tensor { Operators.hypot.inPlace(self, other) }
    /// The magnitude of each element with the sign of the other.
    public func copysign(_ other: some TensorOperand) -> Tensor { Operators.copysign(self, other.tensor(beside: self)) }
    @discardableResult public func copysign_(_ other: some TensorOperand) -> Tensor {
        Operators.copysign.inPlace(self, other.tensor(beside: self))
    }
    /// The larger (smaller) of two elements; a NaN only where both are.
    public func fmax(_ other: Tensor) -> Tensor {
        (dtype.isComplex ? self : other).refuseComplex("fmax not implemented for complex tensors.", .typeError)
        return Operators.fmax(self, other)
    }
    public func fmin(_ other: Tensor) -> Tensor {
        (dtype.isComplex ? self : other).refuseComplex("fmin not implemented for complex tensors.", .typeError)
        return Operators.fmin(self, other)
    }
    /// `x · log(y)`, 0 where x is 0.
    public func xlogy(_ other: some TensorOperand) -> Tensor {
        let other = other.tensor(beside: self)
        (dtype.isComplex ? self : other).refuseComplex("\"xlogy_cpu\" not implemented for '\(promotedType([self, other]).scalarName)'")
        return Operators.xlogy(self, other)
    }
    @discardableResult public func xlogy_(_ other: some TensorOperand) -> Tensor {
        Operators.xlogy.inPlace(self, other.tensor(beside: self))
    }
    /// `log(exp(x) + exp(y))` without overflow.
    public func logaddexp(_ other: Tensor) -> Tensor {
        checkFloatingKernel("logaddexp_cpu", other, complexToo: true)
        return Operators.logaddexp(self, other)
    }
    /// `log₂(2ˣ + 2ʸ)` without overflow.
    public func logaddexp2(_ other: Tensor) -> Tensor {
        let ln2 = 0.6931471805599453
        return Tensor.computedWide(self, other) { x in (x[0]! * ln2).logaddexp(x[1]! * ln2) / ln2 }
    }
    /// 0 for negative elements, 1 for positive ones, `values` for 0.
    public func heaviside(_ values: Tensor) -> Tensor {
        check(
            !dtype.isComplex && !values.dtype.isComplex, "heaviside is not yet implemented for complex tensors.", .notImplemented)
        check(dtype == values.dtype, "heaviside is not yet implemented for tensors with different dtypes.")
        return torch.where(self == 0, values, (self > 0).to(dtype)).detach()
    }
    @discardableResult public func heaviside_(_ values: Tensor) -> Tensor { replace(with: heaviside(values)) }
    /// `x · 2ⁿ`.
    public func ldexp(_ other: Tensor) -> Tensor {
        let common = torch.resultType(self, other)
        let type = common.isIntegral ? .float32 : common
        return Tensor.computedWide(to(type), other.to(type)) { x in x[0]! * torch.pow(2.0, x[1]!) }
    }
    @discardableResult public func ldexp_(_ other: Tensor) -> Tensor { replace(with: clone().ldexp(other)) }
    /// Each element as `mantissa · 2^exponent` with a mantissa from 0.5 to 1; exponents are int32.
    public func frexp() -> (mantissa: Tensor, exponent: Tensor) {
        check(dtype.isFloatingPoint, "torch.frexp() only supports floating-point dtypes")
        let exponent = mapped("frexp", halves: true) { $0.isFinite && $0 != 0 ? Double($0.exponent) + 1 : 0 }
        return (self / 2.0.tensor(beside: exponent).pow(exponent).to(dtype), exponent.to(.int32))
    }
    /// The greatest common divisor, and the least common multiple.
    public func gcd(_ other: Tensor) -> Tensor { Operators.gcd(self, other) }
    @discardableResult public func gcd_(_ other: Tensor) -> Tensor { Operators.gcd.inPlace(self, other) }
    public func lcm(_ other: Tensor) -> Tensor { Operators.lcm(self, other) }
    @discardableResult public func lcm_(_ other: Tensor) -> Tensor { Operators.lcm.inPlace(self, other) }
    /// The bits of each integer moved by a number of places.
    public func bitwiseLeftShift(_ other: some TensorOperand) -> Tensor { Operators.bitwiseLeftShift(self, other.tensor(beside: self)) }
    public func bitwiseRightShift(_ other: some TensorOperand) -> Tensor { Operators.bitwiseRightShift(self, other.tensor(beside: self)) }
    @discardableResult public func bitwiseLeftShift_(_ other: some TensorOperand) -> Tensor {
        Operators.bitwiseLeftShift.inPlace(self, other.tensor(beside: self))
    }
    @discardableResult public func bitwiseRightShift_(_ other: some TensorOperand) -> Tensor {
        Operators.bitwiseRightShift.inPlace(self, other.tensor(beside: self))
    }
    public static func << (a: Tensor, b: some TensorOperand) -> Tensor { a.bitwiseLeftShift(b) }
    public static func >> (a: Tensor, b: some TensorOperand) -> Tensor { a.bitwiseRightShift(b) }
    /// The next number of this type from each element towards the other.
    public func nextafter(_ other: Tensor) -> Tensor {
        let type = promotedType([self, other])
        check(type.isFloatingPoint, "\"nextafter_cpu\" not implemented for '\(type.scalarName)'", .notImplemented)
        return FormulaNode.record("NextafterBackward0", [self, other], saving: []) {
            self.mapped("nextafter_cpu", other, halves: true, float: { x, y in
                if x.isNaN || y.isNaN { return .nan }
                if x == y { return y }
                return x.neighbour(type, upwards: y > x)
            }) { x, y in
                if x.isNaN || y.isNaN { return .nan }
                return x == y ? y : (y > x ? x.nextUp : x.nextDown)
            }
        } gradients: { g, _ in [g, torch.zerosLike(g)] }
    }
    /// The power in float64, or complex128.
    public func floatPower(_ exponent: some TensorOperand) -> Tensor {
        let other = exponent.tensor(beside: self)
        let type: DType = dtype.isComplex || other.dtype.isComplex ? .complex128 : .float64
        return to(type).pow(other.to(type))
    }
    /// `other − alpha · self`.
    public func rsub(_ other: some TensorOperand, alpha: Double = 1) -> Tensor { other.tensor(beside: self).sub(self, alpha: alpha) }
    /// `log(x / (1 − x))`, of x cut to [`eps`, 1 − `eps`] if given.
    public func logit(eps: Double? = nil) -> Tensor {
        check(!dtype.isComplex, "\"logit_cpu\" not implemented for '\(dtype.scalarName)'", .notImplemented)
        return Tensor.computedWide(floating()) { given in
            FormulaNode.record("LogitBackward0", [given[0]!]) {
                var x = given[0]!
                // The lower bound holds where they cross.
                if let eps { x = torch.where(x < eps, torch.fullLike(x, eps), x.clampMax(1 - eps)) }
                return (x / (1 - x)).log()
            } gradients: { g, c in
                let x = c.saved[0], margin = eps ?? 0
                let outside = (x < margin).logicalOr(x > 1 - margin)
                return [(g / (x * (1 - x))).maskedFill(outside, eps == nil ? Double.nan : 0)]
            }
        }
    }
    @discardableResult public func logit_(eps: Double? = nil) -> Tensor { replace(with: clone().logit(eps: eps)) }
    /// `sin(πx) / πx`, 1 at 0.
    public func sinc() -> Tensor {
        Tensor.computedWide(floating()) { given in
            let x = given[0]!
            let isZero = x == 0
            let scaled = (x * Double.pi).maskedFill(isZero, 1)
            return (scaled.sin() / scaled).maskedFill(isZero, 1)
        }
    }
    @discardableResult public func sinc_() -> Tensor { replace(with: clone().sinc()) }
    /// NaN and infinities replaced by numbers: 0, and the greatest and least of the type.
    public func nanToNum(nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
        Operators.nanToNum(self, KernelParameters(nan, posinf ?? dtype.real.largestFinite, neginf ?? -dtype.real.largestFinite))
    }
    @discardableResult public func nanToNum_(nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
        replace(with: clone().nanToNum(nan: nan, posinf: posinf, neginf: neginf))
    }
    /// Degrees as radians, and back.
    public func deg2rad() -> Tensor {
        refuseComplex("deg2rad is not supported for complex tensors.")
        return self * (Double.pi / 180)
    }
    @discardableResult public func deg2rad_() -> Tensor { mul_(Double.pi / 180) }
    public func rad2deg() -> Tensor {
        refuseComplex("rad2deg is not supported for complex tensors.")
        return self * (180 / Double.pi)
    }
    @discardableResult public func rad2deg_() -> Tensor { mul_(180 / Double.pi) }
    /// The nearest number with so many decimals; negative `decimals` round to tens, hundreds and so on.
    public func round(decimals: Int) -> Tensor {
        if decimals == 0 { return round() }
        let scale = Glibc.pow(10, Double(Swift.abs(decimals)))
        return decimals > 0 ? (self * scale).round() / scale : (self / scale).round() * scale
    }
    @discardableResult public func round_(decimals: Int) -> Tensor { replace(with: clone().round(decimals: decimals)) }
    /// Whether the sign is negative, −0 included.
    public func signbit() -> Tensor {
        refuseComplex("signbit is not implemented for complex tensors.")
        return Operators.signbit(self)
    }
    /// The logarithm of |Γ(x)|.
    public func lgamma() -> Tensor { Operators.lgamma(self) }
    @discardableResult public func lgamma_() -> Tensor { Operators.lgamma.inPlace(self) }
    /// The derivative of `lgamma`.
    public func digamma() -> Tensor { Operators.digamma(self) }
    @discardableResult public func digamma_() -> Tensor { Operators.digamma.inPlace(self) }
    /// The logarithm of the multivariate gamma function of dimension `p`.
    public func mvlgamma(_ p: Int) -> Tensor {
        check(p >= 1, "p has to be greater than or equal to 1")
        let constant = Double(p * (p - 1)) / 4 * 1.1447298858494002
        return Tensor.computedWide(floating()) { x in
            let steps = torch.arange(p, dtype: x[0]!.dtype, device: device) * -0.5
            return (x[0]!.unsqueeze(-1) + steps).lgamma().sum(dim: -1) + constant
        }
    }
    @discardableResult public func mvlgamma_(_ p: Int) -> Tensor { replace(with: clone().mvlgamma(p)) }

    public func isneginf() -> Tensor {
        refuseComplex("isneginf does not support complex inputs.", .typeError)
        return self == -Double.infinity
    }
    public func isposinf() -> Tensor {
        refuseComplex("isposinf does not support complex inputs.", .typeError)
        return self == Double.infinity
    }
    /// Whether there is no imaginary part.
    public func isreal() -> Tensor { dtype.isComplex ? imag == 0 : torch.ones(shape, dtype: .bool, device: device) }
    public func positive() -> Tensor {
        check(dtype != .bool, "The `+` operator, on a bool tensor is not supported.")
        return self
    }

    // MARK: Bounds

    /// Each element, or the bound where that is larger. A NaN on either side gives NaN.
    public func clampMin(_ min: some TensorOperand) -> Tensor {
        refuseComplex("clamp is not supported for complex types")
        let bound = min.tensor(beside: self)
        return torch.where((self < bound).logicalOr(bound.isnan()), bound, self)
    }
    @discardableResult public func clampMin_(_ min: some TensorOperand) -> Tensor { replace(with: clone().clampMin(min)) }
    /// Each element, or the bound where that is smaller. A NaN on either side gives NaN.
    public func clampMax(_ max: some TensorOperand) -> Tensor {
        refuseComplex("clamp is not supported for complex types")
        let bound = max.tensor(beside: self)
        return torch.where((self > bound).logicalOr(bound.isnan()), bound, self)
    }
    @discardableResult public func clampMax_(_ max: some TensorOperand) -> Tensor { replace(with: clone().clampMax(max)) }
    /// Bounds that are tensors. Where they cross, `max` holds.
    public func clamp(min: Tensor?, max: Tensor?) -> Tensor {
        check(min != nil || max != nil, "torch.clamp: At least one of 'min' or 'max' must not be None")
        let low = min.map { clampMin($0) } ?? self
        return max.map { low.clampMax($0) } ?? low
    }

    /// Every element replaced by one value.
    public func fill(_ value: some TensorOperand) -> Tensor {
        let value = value.tensor(beside: self)
        return FormulaNode.record("FillBackward0", [self, value], saving: []) {
            value.to(self.dtype).to(self.device).expand(self.shape).clone()
        } gradients: { g, _ in [torch.zerosLike(g), g.sum()] }
    }
    public func trueDivide(_ other: some TensorOperand) -> Tensor { div(other) }
    @discardableResult public func trueDivide_(_ other: some TensorOperand) -> Tensor { div_(other) }

    /// Integers as float32; other types as they are.
    func floating() -> Tensor { dtype.isIntegral ? to(.default) : self }
}

extension Float {
    /// The next number of a floating type of at most 32 bits above, or below, one of that type.
    fileprivate func neighbour(_ type: DType, upwards: Bool) -> Float {
        if type == .float32 { return upwards ? nextUp : nextDown }
        let bits = type == .float16 ? HalfFloat.bits(self) : BrainFloat.bits(self)
        // Numbers of one sign are ordered as their bits are; zero lies between the least of both.
        let next: UInt16
        if self == 0 {
            next = upwards ? 1 : 0x8001
        } else {
            next = (self > 0) == upwards ? bits + 1 : bits - 1
        }
        return type == .float16 ? HalfFloat.value(next) : BrainFloat.value(next)
    }
}

extension DType {
    /// The greatest finite value of a floating type.
    var largestFinite: Double {
        switch self {
        case .float16: 65504
        case .bfloat16: 3.3895313892515355e38
        case .float32: Double(Float.greatestFiniteMagnitude)
        default: Double.greatestFiniteMagnitude
        }
    }
}
