/// The `torch.` forms of the functions in PointwiseFunctions.swift.
extension torch {
    public static func lgamma(_ x: Tensor) -> Tensor { x.lgamma() }
    public static func digamma(_ x: Tensor) -> Tensor { x.digamma() }
    public static func sinc(_ x: Tensor) -> Tensor { x.sinc() }
    public static func deg2rad(_ x: Tensor) -> Tensor { x.deg2rad() }
    public static func rad2deg(_ x: Tensor) -> Tensor { x.rad2deg() }
    public static func signbit(_ x: Tensor) -> Tensor { x.signbit() }
    public static func isneginf(_ x: Tensor) -> Tensor { x.isneginf() }
    public static func isposinf(_ x: Tensor) -> Tensor { x.isposinf() }
    public static func isreal(_ x: Tensor) -> Tensor { x.isreal() }
    public static func positive(_ x: Tensor) -> Tensor { x.positive() }
    public static func i0(_ x: Tensor) -> Tensor { x.i0() }
    public static func sgn(_ x: Tensor) -> Tensor { x.sgn() }
    public static func hypot(_ x: Tensor, _ other: Tensor) -> Tensor { x.hypot(other) }
    public static func fmax(_ x: Tensor, _ other: Tensor) -> Tensor { x.fmax(other) }
    public static func fmin(_ x: Tensor, _ other: Tensor) -> Tensor { x.fmin(other) }
    public static func logaddexp(_ x: Tensor, _ other: Tensor) -> Tensor { x.logaddexp(other) }
    public static func logaddexp2(_ x: Tensor, _ other: Tensor) -> Tensor { x.logaddexp2(other) }
    public static func heaviside(_ x: Tensor, _ other: Tensor) -> Tensor { x.heaviside(other) }
    public static func ldexp(_ x: Tensor, _ other: Tensor) -> Tensor { x.ldexp(other) }
    public static func gcd(_ x: Tensor, _ other: Tensor) -> Tensor { x.gcd(other) }
    public static func lcm(_ x: Tensor, _ other: Tensor) -> Tensor { x.lcm(other) }
    public static func nextafter(_ x: Tensor, _ other: Tensor) -> Tensor { x.nextafter(other) }
    public static func igamma(_ x: Tensor, _ other: Tensor) -> Tensor { x.igamma(other) }
    public static func igammac(_ x: Tensor, _ other: Tensor) -> Tensor { x.igammac(other) }
    public static func copysign(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.copysign(other) }
    public static func xlogy(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.xlogy(other) }
    public static func bitwiseLeftShift(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.bitwiseLeftShift(other) }
    public static func bitwiseRightShift(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.bitwiseRightShift(other) }
    public static func bitwiseAnd(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.bitwiseAnd(other) }
    public static func bitwiseOr(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.bitwiseOr(other) }
    public static func bitwiseXor(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.bitwiseXor(other) }
    public static func floatPower(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.floatPower(other) }
    public static func trueDivide(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.trueDivide(other) }
    public static func clampMin(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.clampMin(other) }
    public static func clampMax(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.clampMax(other) }
    public static func fill(_ x: Tensor, _ other: some TensorOperand) -> Tensor { x.fill(other) }
    public static func xlogy(_ x: some ScalarConvertible, _ other: Tensor) -> Tensor { Tensor(wrapping: x.scalar, beside: other).xlogy(other) }
    public static func floatPower(_ x: some ScalarConvertible, _ other: Tensor) -> Tensor { Tensor(wrapping: x.scalar, beside: other).floatPower(other) }
    public static func bitwiseLeftShift(_ x: some ScalarConvertible, _ other: Tensor) -> Tensor { Tensor(wrapping: x.scalar, beside: other).bitwiseLeftShift(other) }
    public static func bitwiseRightShift(_ x: some ScalarConvertible, _ other: Tensor) -> Tensor { Tensor(wrapping: x.scalar, beside: other).bitwiseRightShift(other) }
    public static func bitwiseNot(_ x: Tensor) -> Tensor { x.bitwiseNot() }
    public static func frexp(_ x: Tensor) -> (mantissa: Tensor, exponent: Tensor) { x.frexp() }
    public static func rsub(_ x: Tensor, _ other: some TensorOperand, alpha: Double = 1) -> Tensor { x.rsub(other, alpha: alpha) }
    public static func logit(_ x: Tensor, eps: Double? = nil) -> Tensor { x.logit(eps: eps) }
    public static func nanToNum(_ x: Tensor, nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
        x.nanToNum(nan: nan, posinf: posinf, neginf: neginf)
    }
    public static func polygamma(_ n: Int, _ x: Tensor) -> Tensor { x.polygamma(n) }
    public static func mvlgamma(_ x: Tensor, _ p: Int) -> Tensor { x.mvlgamma(p) }
    public static func clamp(_ x: Tensor, min: Tensor?, max: Tensor?) -> Tensor { x.clamp(min: min, max: max) }
    public static func round(_ x: Tensor, decimals: Int) -> Tensor { x.round(decimals: decimals) }
}
