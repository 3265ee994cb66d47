/// `+=`, `-=`, `*=` and `/=` change a tensor in place.
///
/// The forms for `inout` write back what they changed, so that `x[mask] += 1`, whose left side is a
/// copy, reaches `x` as in PyTorch; those for a plain tensor allow `let w`.
extension Tensor {
    public static func += (a: inout Tensor, b: Tensor) { a.add_(b) }
    public static func += (a: inout Tensor, b: some ScalarConvertible) { a.add_(Tensor(wrapping: b.scalar, beside: a)) }
    @_disfavoredOverload public static func += (a: Tensor, b: Tensor) { a.add_(b) }
    @_disfavoredOverload public static func += (a: Tensor, b: some ScalarConvertible) { a.add_(Tensor(wrapping: b.scalar, beside: a)) }

    public static func -= (a: inout Tensor, b: Tensor) { a.sub_(b) }
    public static func -= (a: inout Tensor, b: some ScalarConvertible) { a.sub_(Tensor(wrapping: b.scalar, beside: a)) }
    @_disfavoredOverload public static func -= (a: Tensor, b: Tensor) { a.sub_(b) }
    @_disfavoredOverload public static func -= (a: Tensor, b: some ScalarConvertible) { a.sub_(Tensor(wrapping: b.scalar, beside: a)) }

    public static func *= (a: inout Tensor, b: Tensor) { a.mul_(b) }
    public static func *= (a: inout Tensor, b: some ScalarConvertible) { a.mul_(Tensor(wrapping: b.scalar, beside: a)) }
    @_disfavoredOverload public static func *= (a: Tensor, b: Tensor) { a.mul_(b) }
    @_disfavoredOverload public static func *= (a: Tensor, b: some ScalarConvertible) { a.mul_(Tensor(wrapping: b.scalar, beside: a)) }

    public static func /= (a: inout Tensor, b: Tensor) { a.div_(b) }
    public static func /= (a: inout Tensor, b: some ScalarConvertible) { a.div_(Tensor(wrapping: b.scalar, beside: a)) }
    @_disfavoredOverload public static func /= (a: Tensor, b: Tensor) { a.div_(b) }
    @_disfavoredOverload public static func /= (a: Tensor, b: some ScalarConvertible) { a.div_(Tensor(wrapping: b.scalar, beside: a)) }

    public static func %= (a: inout Tensor, b: some TensorOperand) { a.remainder_(b) }
    public static func **= (a: inout Tensor, b: some TensorOperand) { a.pow_(b) }
}
