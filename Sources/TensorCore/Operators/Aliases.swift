/// PyTorch's second names: `multiply` for `mul`, `arccos` for `acos`, `greater` for `gt`.
extension Tensor {
    public func absolute() -> Tensor { abs() }
    @discardableResult public func absolute_() -> Tensor { abs_() }
    public func arccos() -> Tensor { acos() }
    @discardableResult public func arccos_() -> Tensor { acos_() }
    public func arccosh() -> Tensor { acosh() }
    @discardableResult public func arccosh_() -> Tensor { acosh_() }
    public func arcsin() -> Tensor { asin() }
    @discardableResult public func arcsin_() -> Tensor { asin_() }
    public func arcsinh() -> Tensor { asinh() }
    @discardableResult public func arcsinh_() -> Tensor { asinh_() }
    public func arctan() -> Tensor { atan() }
    @discardableResult public func arctan_() -> Tensor { atan_() }
    public func arctanh() -> Tensor { atanh() }
    @discardableResult public func arctanh_() -> Tensor { atanh_() }
    public func negative() -> Tensor { neg() }
    @discardableResult public func negative_() -> Tensor { neg_() }
    public func fix() -> Tensor { trunc() }
    @discardableResult public func fix_() -> Tensor { trunc_() }
    public func subtract(_ other: some TensorOperand, alpha: Double = 1) -> Tensor { sub(other, alpha: alpha) }
    @discardableResult public func subtract_(_ other: some TensorOperand, alpha: Double = 1) -> Tensor { sub_(other, alpha: alpha) }
    public func multiply(_ other: some TensorOperand) -> Tensor { mul(other) }
    @discardableResult public func multiply_(_ other: some TensorOperand) -> Tensor { mul_(other) }
    public func greater(_ other: some TensorOperand) -> Tensor { gt(other) }
    @discardableResult public func greater_(_ other: some TensorOperand) -> Tensor { gt_(other) }
    public func greaterEqual(_ other: some TensorOperand) -> Tensor { ge(other) }
    @discardableResult public func greaterEqual_(_ other: some TensorOperand) -> Tensor { ge_(other) }
    public func less(_ other: some TensorOperand) -> Tensor { lt(other) }
    @discardableResult public func less_(_ other: some TensorOperand) -> Tensor { lt_(other) }
    public func lessEqual(_ other: some TensorOperand) -> Tensor { le(other) }
    @discardableResult public func lessEqual_(_ other: some TensorOperand) -> Tensor { le_(other) }
    public func notEqual(_ other: some TensorOperand) -> Tensor { ne(other) }
    @discardableResult public func notEqual_(_ other: some TensorOperand) -> Tensor { ne_(other) }
    public func divide(_ other: some TensorOperand, roundingMode: String? = nil) -> Tensor {
        div(other, roundingMode: roundingMode)
    }
    @discardableResult public func divide_(_ other: some TensorOperand, roundingMode: String? = nil) -> Tensor {
        div_(other, roundingMode: roundingMode)
    }
    public func arctan2(_ other: Tensor) -> Tensor { atan2(other) }
    @discardableResult public func arctan2_(_ other: Tensor) -> Tensor { atan2_(other) }
    public func clip(_ min: Scalar?, _ max: Scalar? = nil) -> Tensor { clamp(min: min, max: max) }
    public func clip(min: Tensor?, max: Tensor?) -> Tensor { clamp(min: min, max: max) }
    @discardableResult public func clip_(_ min: Scalar?, _ max: Scalar? = nil) -> Tensor { clamp_(min: min, max: max) }
    @discardableResult public func clip_(min: Scalar? = nil, max: Scalar? = nil) -> Tensor { clamp_(min: min, max: max) }
    public func ger(_ vec2: Tensor) -> Tensor { outer(vec2) }
    public func byte() -> Tensor { to(.uint8) }
    public func char() -> Tensor { to(.int8) }
    public func typeAs(_ other: Tensor) -> Tensor { to(device: other.device, dtype: other.dtype) }
    public func splitWithSizes(_ splitSizes: [Int], _ dim: Int = 0) -> [Tensor] { split(splitSizes, dim: dim) }
    public func narrowCopy(_ dim: Int, _ start: Int, _ length: Int) -> Tensor { narrow(dim, start, length).clone() }
}

extension torch {
    public static func absolute(_ input: Tensor) -> Tensor { input.abs() }
    public static func arccos(_ input: Tensor) -> Tensor { input.acos() }
    public static func arccosh(_ input: Tensor) -> Tensor { input.acosh() }
    public static func arcsin(_ input: Tensor) -> Tensor { input.asin() }
    public static func arcsinh(_ input: Tensor) -> Tensor { input.asinh() }
    public static func arctan(_ input: Tensor) -> Tensor { input.atan() }
    public static func arctanh(_ input: Tensor) -> Tensor { input.atanh() }
    public static func negative(_ input: Tensor) -> Tensor { input.neg() }
    public static func fix(_ input: Tensor) -> Tensor { input.trunc() }
    public static func subtract(_ input: Tensor, _ other: some TensorOperand, alpha: Double = 1) -> Tensor {
        input.sub(other, alpha: alpha)
    }
    public static func multiply(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.mul(other) }
    public static func greater(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.gt(other) }
    public static func greaterEqual(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.ge(other) }
    public static func less(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.lt(other) }
    public static func lessEqual(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.le(other) }
    public static func notEqual(_ input: Tensor, _ other: some TensorOperand) -> Tensor { input.ne(other) }
    public static func divide(_ input: Tensor, _ other: some TensorOperand, roundingMode: String? = nil) -> Tensor {
        input.div(other, roundingMode: roundingMode)
    }
    public static func arctan2(_ input: Tensor, _ other: Tensor) -> Tensor { input.atan2(other) }
    public static func clip(_ input: Tensor, _ min: Scalar?, _ max: Scalar? = nil) -> Tensor { input.clamp(min: min, max: max) }
    public static func clip(_ input: Tensor, min: Scalar? = nil, max: Scalar? = nil) -> Tensor { input.clamp(min: min, max: max) }
    public static func ger(_ input: Tensor, _ vec2: Tensor) -> Tensor { input.outer(vec2) }
}
