import CKernels

/// Functions of one tensor, element by element. Integers give float32 where the result is not an
/// integer by nature.
extension Operators {
    // MARK: Signs and rounding

    static let neg = ElementwiseOperator("neg", .unary(CK_NEG), gradients: [.init { g, _ in -g }])
    static let abs = ElementwiseOperator("abs", .unary(CK_ABS), gradients: [.init(.a) { g, n in g * n.a.sgn() }])
    static let sign = ElementwiseOperator("sign", .unary(CK_SIGN), gradients: [.init { g, _ in torch.zerosLike(g) }])
    static let floor = ElementwiseOperator(
        "floor", .unary(CK_FLOOR), gradients: [.init { g, _ in torch.zerosLike(g) }])
    static let ceil = ElementwiseOperator("ceil", .unary(CK_CEIL), gradients: [.init { g, _ in torch.zerosLike(g) }])
    static let round = ElementwiseOperator(
        "round", .unary(CK_ROUND), gradients: [.init { g, _ in torch.zerosLike(g) }])
    static let trunc = ElementwiseOperator(
        "trunc", .unary(CK_TRUNC), gradients: [.init { g, _ in torch.zerosLike(g) }])
    static let frac = ElementwiseOperator("frac", .unary(CK_FRAC), gradients: [.init { g, _ in g }])
    // MARK: Powers and exponentials

    static let square = ElementwiseOperator(
        "square", .unary(CK_SQUARE), gradients: [.init(.a) { g, n in g * (2 * n.a).conj() }])
    static let sqrt = ElementwiseOperator(
        "sqrt", .unary(CK_SQRT), .floating, gradients: [.init(.result) { g, n in g / (2 * n.result).conj() }])
    /// The root of a variance. Equal values have no deviation, and no gradient where `sqrt`'s is infinite.
    static let deviation = ElementwiseOperator(
        "std", .unary(CK_SQRT), .floating,
        gradients: [.init(.result) { g, n in (g / (2 * n.result)).maskedFill(n.result == 0, 0) }])
    static let rsqrt = ElementwiseOperator(
        "rsqrt", .unary(CK_RSQRT), .floating, gradients: [.init(.result) { g, n in g * (-0.5 * n.result.pow(3)).conj() }])
    static let reciprocal = ElementwiseOperator(
        "reciprocal", .unary(CK_RECIPROCAL), .floating, gradients: [.init(.result) { g, n in g * -(n.result * n.result).conj() }])
    static let exp = ElementwiseOperator(
        "exp", .unary(CK_EXP), .floating, gradients: [.init(.result) { g, n in g * n.result.conj() }])
    static let exp2 = ElementwiseOperator(
        "exp2", .unary(CK_EXP2), .floating, gradients: [.init(.result) { g, n in g * (n.result * 0.6931471805599453).conj() }])
    static let expm1 = ElementwiseOperator(
        "expm1", .unary(CK_EXPM1), .floating, gradients: [.init(.result) { g, n in g * (n.result + 1).conj() }])
    static let log = ElementwiseOperator(
        "log", .unary(CK_LOG), .floating, gradients: [.init(.a) { g, n in g / n.a.conj() }])
    static let log2 = ElementwiseOperator(
        "log2", .unary(CK_LOG2), .floating, gradients: [.init(.a) { g, n in g / (n.a.conj() * 0.6931471805599453) }])
    static let log10 = ElementwiseOperator(
        "log10", .unary(CK_LOG10), .floating, gradients: [.init(.a) { g, n in g / (n.a.conj() * 2.302585092994046) }])
    static let log1p = ElementwiseOperator(
        "log1p", .unary(CK_LOG1P), .floating, gradients: [.init(.a) { g, n in g / (n.a + 1).conj() }])
    // MARK: Trigonometry

    static let sin = ElementwiseOperator(
        "sin", .unary(CK_SIN), .floating, gradients: [.init(.a) { g, n in g * n.a.cos().conj() }])
    static let cos = ElementwiseOperator(
        "cos", .unary(CK_COS), .floating, gradients: [.init(.a) { g, n in g * -n.a.sin().conj() }])
    static let tan = ElementwiseOperator(
        "tan", .unary(CK_TAN), .floating, gradients: [.init(.result) { g, n in g * (1 + n.result.pow(2)).conj() }])
    static let asin = ElementwiseOperator(
        "asin", .unary(CK_ASIN), .floating, gradients: [.init(.a) { g, n in g * (1 - n.a * n.a).rsqrt().conj() }])
    static let acos = ElementwiseOperator(
        "acos", .unary(CK_ACOS), .floating, gradients: [.init(.a) { g, n in g * -(1 - n.a * n.a).rsqrt().conj() }])
    static let atan = ElementwiseOperator(
        "atan", .unary(CK_ATAN), .floating, gradients: [.init(.a) { g, n in g / (n.a * n.a + 1).conj() }])
    static let sinh = ElementwiseOperator(
        "sinh", .unary(CK_SINH), .floating, gradients: [.init(.a) { g, n in g * n.a.cosh().conj() }])
    static let cosh = ElementwiseOperator(
        "cosh", .unary(CK_COSH), .floating, gradients: [.init(.a) { g, n in g * n.a.sinh().conj() }])
    static let tanh = ElementwiseOperator(
        "tanh", .unary(CK_TANH), .floating, gradients: [.init(.result) { g, n in Operators.tanhBackward(g, n.result) }])
    static let asinh = ElementwiseOperator(
        "asinh", .unary(CK_ASINH), .floating, gradients: [.init(.a) { g, n in g * (n.a.pow(2) + 1).rsqrt().conj() }])
    static let acosh = ElementwiseOperator(
        "acosh", .unary(CK_ACOSH), .floating,
        gradients: [.init(.a) { g, n in
            // The root of the product would leave the branch of complex acosh.
            let slope = n.a.dtype.isComplex ? (n.a + 1).rsqrt() * (n.a - 1).rsqrt() : (n.a.pow(2) - 1).rsqrt()
            return g * slope.conj()
        }])
    static let atanh = ElementwiseOperator(
        "atanh", .unary(CK_ATANH), .floating, gradients: [.init(.a) { g, n in g / (1 - n.a.pow(2)).conj() }])
    // MARK: Special functions

    static let erf = ElementwiseOperator(
        "erf", .unary(CK_ERF), .floating, gradients: [.init(.a) { g, n in 1.1283791670955126 * (-n.a.pow(2)).exp() * g }])
    static let erfc = ElementwiseOperator(
        "erfc", .unary(CK_ERFC), .floating, gradients: [.init(.a) { g, n in -1.1283791670955126 * (-n.a.pow(2)).exp() * g }])
    static let erfinv = ElementwiseOperator(
        "erfinv", .unary(CK_ERFINV), .floating, gradients: [.init(.result) { g, n in 0.886226925452758 * n.result.pow(2).exp() * g }])
    static let sigmoid = ElementwiseOperator(
        "sigmoid", .unary(CK_SIGMOID), .floating, gradients: [.init(.result) { g, n in Operators.sigmoidBackward(g, n.result) }])

    // MARK: Complex

    static let conj = ElementwiseOperator("conj", .unary(CK_CONJ), gradients: [.init { g, _ in g.conj() }])

    // The gradients of the two functions that most networks use, fused: `a · conj(f′)`, where f′ is
    // made of the function's result b. The factor is a function of conj(b).
    static let tanhBackward = ElementwiseOperator(
        "tanh_backward", .binary(CK_TANH_BACKWARD_RESULT),
        gradients: [
            .init(.b) { g, n in g * (1 - n.b * n.b) },
            .init([.a, .b]) { g, n in g.conj() * n.a * (-2 * n.b).conj() },
        ])
    static let sigmoidBackward = ElementwiseOperator(
        "sigmoid_backward", .binary(CK_SIGMOID_BACKWARD_RESULT),
        gradients: [
            .init(.b) { g, n in g * (n.b * (1 - n.b)) },
            .init([.a, .b]) { g, n in g.conj() * n.a * (1 - 2 * n.b).conj() },
        ])
}

extension Tensor {
    /// The negative of each element.
    public func neg() -> Tensor { Operators.neg(self) }
    @discardableResult public func neg_() -> Tensor { Operators.neg.inPlace(self) }
    /// The magnitude of each element.
    public func abs() -> Tensor {
        check(dtype != .bool, "\"abs_cpu\" not implemented for 'Bool'", .notImplemented)
        return Operators.abs(self)
    }
    @discardableResult public func abs_() -> Tensor { Operators.abs.inPlace(self) }
    /// −1, 0 or 1 by the sign of each element.
    public func sign() -> Tensor {
        refuseComplex("Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.")
        return Operators.sign(self)
    }
    @discardableResult public func sign_() -> Tensor { Operators.sign.inPlace(self) }
    /// The largest integer not above each element.
    public func floor() -> Tensor {
        refuseComplex("floor is not supported for complex inputs")
        return Operators.floor(self)
    }
    @discardableResult public func floor_() -> Tensor { Operators.floor.inPlace(self) }
    /// The smallest integer not below each element.
    public func ceil() -> Tensor {
        refuseComplex("ceil is not supported for complex inputs")
        return Operators.ceil(self)
    }
    @discardableResult public func ceil_() -> Tensor { Operators.ceil.inPlace(self) }
    /// The nearest integer, ties to even.
    public func round() -> Tensor { Operators.round(self) }
    @discardableResult public func round_() -> Tensor { Operators.round.inPlace(self) }
    /// Each element cut towards zero.
    public func trunc() -> Tensor {
        refuseComplex("trunc is not supported for complex inputs")
        return Operators.trunc(self)
    }
    @discardableResult public func trunc_() -> Tensor { Operators.trunc.inPlace(self) }
    /// What `trunc` cuts off.
    public func frac() -> Tensor { Operators.frac(self) }
    @discardableResult public func frac_() -> Tensor { Operators.frac.inPlace(self) }
    /// Each element times itself.
    public func square() -> Tensor { Operators.square(dtype == .bool ? to(.int64) : self) }
    @discardableResult public func square_() -> Tensor { Operators.square.inPlace(self) }
    /// The square root.
    public func sqrt() -> Tensor { Operators.sqrt(self) }
    @discardableResult public func sqrt_() -> Tensor { Operators.sqrt.inPlace(self) }
    /// One over the square root.
    public func rsqrt() -> Tensor { Operators.rsqrt(self) }
    @discardableResult public func rsqrt_() -> Tensor { Operators.rsqrt.inPlace(self) }
    /// One over each element.
    public func reciprocal() -> Tensor { Operators.reciprocal(self) }
    @discardableResult public func reciprocal_() -> Tensor { Operators.reciprocal.inPlace(self) }
    /// e to the power of each element.
    public func exp() -> Tensor { Operators.exp(self) }
    @discardableResult public func exp_() -> Tensor { Operators.exp.inPlace(self) }
    /// 2 to the power of each element.
    public func exp2() -> Tensor { Operators.exp2(self) }
    @discardableResult public func exp2_() -> Tensor { Operators.exp2.inPlace(self) }
    /// `exp(x) − 1`, exact near 0.
    public func expm1() -> Tensor { Operators.expm1(self) }
    @discardableResult public func expm1_() -> Tensor { Operators.expm1.inPlace(self) }
    /// The natural logarithm.
    public func log() -> Tensor { Operators.log(self) }
    @discardableResult public func log_() -> Tensor { Operators.log.inPlace(self) }
    /// The logarithm to base 2.
    public func log2() -> Tensor { Operators.log2(self) }
    @discardableResult public func log2_() -> Tensor { Operators.log2.inPlace(self) }
    /// The logarithm to base 10.
    public func log10() -> Tensor { Operators.log10(self) }
    @discardableResult public func log10_() -> Tensor { Operators.log10.inPlace(self) }
    /// `log(1 + x)`, exact near 0.
    public func log1p() -> Tensor { Operators.log1p(self) }
    @discardableResult public func log1p_() -> Tensor { Operators.log1p.inPlace(self) }
    /// The sine.
    public func sin() -> Tensor { Operators.sin(self) }
    @discardableResult public func sin_() -> Tensor { Operators.sin.inPlace(self) }
    /// The cosine.
    public func cos() -> Tensor { Operators.cos(self) }
    @discardableResult public func cos_() -> Tensor { Operators.cos.inPlace(self) }
    /// The tangent.
    public func tan() -> Tensor { Operators.tan(self) }
    @discardableResult public func tan_() -> Tensor { Operators.tan.inPlace(self) }
    /// The inverse sine.
    public func asin() -> Tensor { Operators.asin(self) }
    @discardableResult public func asin_() -> Tensor { Operators.asin.inPlace(self) }
    /// The inverse cosine.
    public func acos() -> Tensor { Operators.acos(self) }
    @discardableResult public func acos_() -> Tensor { Operators.acos.inPlace(self) }
    /// The inverse tangent.
    public func atan() -> Tensor { Operators.atan(self) }
    @discardableResult public func atan_() -> Tensor { Operators.atan.inPlace(self) }
    /// The hyperbolic sine.
    public func sinh() -> Tensor { Operators.sinh(self) }
    @discardableResult public func sinh_() -> Tensor { Operators.sinh.inPlace(self) }
    /// The hyperbolic cosine.
    public func cosh() -> Tensor { Operators.cosh(self) }
    @discardableResult public func cosh_() -> Tensor { Operators.cosh.inPlace(self) }
    /// The hyperbolic tangent.
    public func tanh() -> Tensor { Operators.tanh(self) }
    @discardableResult public func tanh_() -> Tensor { Operators.tanh.inPlace(self) }
    /// The inverse hyperbolic sine.
    public func asinh() -> Tensor { Operators.asinh(self) }
    @discardableResult public func asinh_() -> Tensor { Operators.asinh.inPlace(self) }
    /// The inverse hyperbolic cosine.
    public func acosh() -> Tensor { Operators.acosh(self) }
    @discardableResult public func acosh_() -> Tensor { Operators.acosh.inPlace(self) }
    /// The inverse hyperbolic tangent.
    public func atanh() -> Tensor { Operators.atanh(self) }
    @discardableResult public func atanh_() -> Tensor { Operators.atanh.inPlace(self) }
    /// The error function.
    public func erf() -> Tensor { Operators.erf(self) }
    @discardableResult public func erf_() -> Tensor { Operators.erf.inPlace(self) }
    /// One minus the error function.
    public func erfc() -> Tensor { Operators.erfc(self) }
    @discardableResult public func erfc_() -> Tensor { Operators.erfc.inPlace(self) }
    /// The inverse of the error function.
    public func erfinv() -> Tensor { Operators.erfinv(self) }
    @discardableResult public func erfinv_() -> Tensor { Operators.erfinv.inPlace(self) }
    /// `1 / (1 + exp(−x))`.
    public func sigmoid() -> Tensor { Operators.sigmoid(self) }
    @discardableResult public func sigmoid_() -> Tensor { Operators.sigmoid.inPlace(self) }
}

extension torch {
    public static func neg(_ input: Tensor) -> Tensor { input.neg() }
    public static func abs(_ input: Tensor) -> Tensor { input.abs() }
    public static func sign(_ input: Tensor) -> Tensor { input.sign() }
    public static func floor(_ input: Tensor) -> Tensor { input.floor() }
    public static func ceil(_ input: Tensor) -> Tensor { input.ceil() }
    public static func round(_ input: Tensor) -> Tensor { input.round() }
    public static func trunc(_ input: Tensor) -> Tensor { input.trunc() }
    public static func frac(_ input: Tensor) -> Tensor { input.frac() }
    public static func square(_ input: Tensor) -> Tensor { input.square() }
    public static func sqrt(_ input: Tensor) -> Tensor { input.sqrt() }
    public static func rsqrt(_ input: Tensor) -> Tensor { input.rsqrt() }
    public static func reciprocal(_ input: Tensor) -> Tensor { input.reciprocal() }
    public static func exp(_ input: Tensor) -> Tensor { input.exp() }
    public static func exp2(_ input: Tensor) -> Tensor { input.exp2() }
    public static func expm1(_ input: Tensor) -> Tensor { input.expm1() }
    public static func log(_ input: Tensor) -> Tensor { input.log() }
    public static func log2(_ input: Tensor) -> Tensor { input.log2() }
    public static func log10(_ input: Tensor) -> Tensor { input.log10() }
    public static func log1p(_ input: Tensor) -> Tensor { input.log1p() }
    public static func sin(_ input: Tensor) -> Tensor { input.sin() }
    public static func cos(_ input: Tensor) -> Tensor { input.cos() }
    public static func tan(_ input: Tensor) -> Tensor { input.tan() }
    public static func asin(_ input: Tensor) -> Tensor { input.asin() }
    public static func acos(_ input: Tensor) -> Tensor { input.acos() }
    public static func atan(_ input: Tensor) -> Tensor { input.atan() }
    public static func sinh(_ input: Tensor) -> Tensor { input.sinh() }
    public static func cosh(_ input: Tensor) -> Tensor { input.cosh() }
    public static func tanh(_ input: Tensor) -> Tensor { input.tanh() }
    public static func asinh(_ input: Tensor) -> Tensor { input.asinh() }
    public static func acosh(_ input: Tensor) -> Tensor { input.acosh() }
    public static func atanh(_ input: Tensor) -> Tensor { input.atanh() }
    public static func erf(_ input: Tensor) -> Tensor { input.erf() }
    public static func erfc(_ input: Tensor) -> Tensor { input.erfc() }
    public static func erfinv(_ input: Tensor) -> Tensor { input.erfinv() }
    public static func sigmoid(_ input: Tensor) -> Tensor { input.sigmoid() }
}
