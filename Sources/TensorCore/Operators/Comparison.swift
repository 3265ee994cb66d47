import CKernels

/// Comparisons, logic and choice. Results of comparisons are bool and carry no gradient.
extension Operators {
    static let eq = ElementwiseOperator("eq", .binary(CK_EQ), .comparison)
    static let ne = ElementwiseOperator("ne", .binary(CK_NE), .comparison)
    static let lt = ElementwiseOperator("lt", .binary(CK_LT), .comparison)
    static let le = ElementwiseOperator("le", .binary(CK_LE), .comparison)
    static let gt = ElementwiseOperator("gt", .binary(CK_GT), .comparison)
    static let ge = ElementwiseOperator("ge", .binary(CK_GE), .comparison)
    static let logicalAnd = ElementwiseOperator("logical_and", .binary(CK_LOGICAL_AND), .comparison)
    static let logicalOr = ElementwiseOperator("logical_or", .binary(CK_LOGICAL_OR), .comparison)
    static let logicalXor = ElementwiseOperator("logical_xor", .binary(CK_LOGICAL_XOR), .comparison)
    static let logicalNot = ElementwiseOperator("logical_not", .unary(CK_LOGICAL_NOT), .comparison)
    static let isnan = ElementwiseOperator("isnan", .unary(CK_ISNAN), .comparison)
    static let isinf = ElementwiseOperator("isinf", .unary(CK_ISINF), .comparison)
    static let isfinite = ElementwiseOperator("isfinite", .unary(CK_ISFINITE), .comparison)

    static let bitwiseAnd = ElementwiseOperator("bitwise_and", .binary(CK_BITWISE_AND))
    static let bitwiseOr = ElementwiseOperator("bitwise_or", .binary(CK_BITWISE_OR))
    static let bitwiseXor = ElementwiseOperator("bitwise_xor", .binary(CK_BITWISE_XOR))
    static let bitwiseNot = ElementwiseOperator("bitwise_not", .unary(CK_BITWISE_NOT))

    static let `where` = ElementwiseOperator(
        "where", .ternary(CK_WHERE),
        gradients: [
            .init { g, _ in torch.zerosLike(g) },
            .init(.a) { g, n in torch.where(n.a, g, torch.zerosLike(g)) },
            .init(.a) { g, n in torch.where(n.a, torch.zerosLike(g), g) },
        ])
    // The bounds are the operator's numbers, NaN for none.
    static let clamp = ElementwiseOperator(
        "clamp", .unary(CK_CLAMP),
        gradients: [
            .init(.a) { g, n in
                let (low, high) = (n.parameters.values.a, n.parameters.values.b)
                var inside: Tensor?
                if !low.isNaN { inside = n.a >= low }
                if !high.isNaN { inside = inside.map { $0.logicalAnd(n.a <= high) } ?? (n.a <= high) }
                return inside.map { torch.where($0, g, torch.zerosLike(g)) } ?? g
            }
        ])
    static let addcmul = ElementwiseOperator(
        "addcmul", .ternary(CK_ADDCMUL),
        gradients: [
            .init { g, _ in g },
            .init(.c) { g, n in g * (n.c * n.alpha).conj() },
            .init(.b) { g, n in g * (n.b * n.alpha).conj() },
        ])
    static let addcdiv = ElementwiseOperator(
        "addcdiv", .ternary(CK_ADDCDIV),
        gradients: [
            .init { g, _ in g },
            .init(.c) { g, n in g * (n.alpha / n.c).conj() },
            .init([.b, .c]) { g, n in -g * (n.alpha * n.b / (n.c * n.c)).conj() },
        ])
    static let lerp = ElementwiseOperator(
        "lerp", .ternary(CK_LERP),
        gradients: [
            .init(.c) { g, n in g * (1 - n.c).conj() },
            .init(.c) { g, n in g * n.c.conj() },
            .init([.a, .b]) { g, n in g * (n.b - n.a).conj() },
        ])
}

extension Tensor {
    public func eq(_ other: some TensorOperand) -> Tensor { Operators.eq(self, other.tensor(beside: self)) }
    public func ne(_ other: some TensorOperand) -> Tensor { Operators.ne(self, other.tensor(beside: self)) }
    public func lt(_ other: some TensorOperand) -> Tensor { Operators.lt(self, other.tensor(beside: self)) }
    public func le(_ other: some TensorOperand) -> Tensor { Operators.le(self, other.tensor(beside: self)) }
    public func gt(_ other: some TensorOperand) -> Tensor { Operators.gt(self, other.tensor(beside: self)) }
    public func ge(_ other: some TensorOperand) -> Tensor { Operators.ge(self, other.tensor(beside: self)) }

    // `==` gives a tensor of bools, as in PyTorch: a tensor is not Equatable.
    public static func == (a: Tensor, b: Tensor) -> Tensor { a.eq(b) }
    public static func == (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.eq(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func == (a: some ScalarConvertible, b: Tensor) -> Tensor { b == a }
    public static func != (a: some ScalarConvertible, b: Tensor) -> Tensor { b != a }
    public static func != (a: Tensor, b: Tensor) -> Tensor { a.ne(b) }
    public static func != (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.ne(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func < (a: Tensor, b: Tensor) -> Tensor { a.lt(b) }
    public static func < (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.lt(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func < (a: some ScalarConvertible, b: Tensor) -> Tensor { b > a }
    public static func <= (a: Tensor, b: Tensor) -> Tensor { a.le(b) }
    public static func <= (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.le(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func <= (a: some ScalarConvertible, b: Tensor) -> Tensor { b >= a }
    public static func > (a: Tensor, b: Tensor) -> Tensor { a.gt(b) }
    public static func > (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.gt(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func > (a: some ScalarConvertible, b: Tensor) -> Tensor { b < a }
    public static func >= (a: Tensor, b: Tensor) -> Tensor { a.ge(b) }
    public static func >= (a: Tensor, b: some ScalarConvertible) -> Tensor { Operators.ge(a, Tensor(wrapping: b.scalar, beside: a)) }
    public static func >= (a: some ScalarConvertible, b: Tensor) -> Tensor { b <= a }

    public func logicalAnd(_ other: Tensor) -> Tensor { Operators.logicalAnd(self, other) }
    public func logicalOr(_ other: Tensor) -> Tensor { Operators.logicalOr(self, other) }
    public func logicalXor(_ other: Tensor) -> Tensor { Operators.logicalXor(self, other) }
    public func logicalNot() -> Tensor { Operators.logicalNot(self) }
    public func isnan() -> Tensor { Operators.isnan(self) }
    public func isinf() -> Tensor { Operators.isinf(self) }
    public func isfinite() -> Tensor { Operators.isfinite(self) }

    public func bitwiseAnd(_ other: some TensorOperand) -> Tensor { bitwise(Operators.bitwiseAnd, other) }
    public func bitwiseOr(_ other: some TensorOperand) -> Tensor { bitwise(Operators.bitwiseOr, other) }
    public func bitwiseXor(_ other: some TensorOperand) -> Tensor { bitwise(Operators.bitwiseXor, other) }
    public func bitwiseNot() -> Tensor {
        checkBitwise(Operators.bitwiseNot.name, dtype)
        return Operators.bitwiseNot(self)
    }
    public static func & (a: Tensor, b: some TensorOperand) -> Tensor { a.bitwiseAnd(b) }
    public static func | (a: Tensor, b: some TensorOperand) -> Tensor { a.bitwiseOr(b) }
    public static func ^ (a: Tensor, b: some TensorOperand) -> Tensor { a.bitwiseXor(b) }
    public static prefix func ~ (a: Tensor) -> Tensor { a.bitwiseNot() }

    private func bitwise(_ op: ElementwiseOperator, _ other: some TensorOperand) -> Tensor {
        let other = other.tensor(beside: self)
        checkBitwise(op.name, promotedType([self, other]))
        return op(self, other)
    }

    private func checkBitwise(_ name: String, _ type: DType) {
        check(type.isIntegral, "\"\(name)_cpu\" not implemented for '\(type.scalarName)'", .notImplemented)
    }

    /// Elements below `min` become `min`, those above `max` become `max`.
    public func clamp(min: Scalar? = nil, max: Scalar? = nil) -> Tensor {
        check(min != nil || max != nil, "torch.clamp: At least one of 'min' or 'max' must not be None")
        refuseComplex("clamp is not supported for complex types")
        let floats = [min, max].contains { if case .float? = $0 { true } else { false } }
        let operand = floats && dtype.isIntegral ? to(.default) : self
        return Operators.clamp(operand, KernelParameters(min?.double ?? .nan, max?.double ?? .nan))
    }
    public func clip(min: Scalar? = nil, max: Scalar? = nil) -> Tensor { clamp(min: min, max: max) }
    public func clamp(_ min: Scalar?, _ max: Scalar? = nil) -> Tensor { clamp(min: min, max: max) }
    @discardableResult public func clamp_(_ min: Scalar?, _ max: Scalar? = nil) -> Tensor { clamp_(min: min, max: max) }
    @discardableResult public func clamp_(min: Scalar? = nil, max: Scalar? = nil) -> Tensor {
        Operators.clamp.inPlace(self, nil, nil, KernelParameters(min?.double ?? .nan, max?.double ?? .nan))
    }

    /// Bounds that are tensors, which may be broadcast.
    @discardableResult public func clamp_(min: Tensor?, max: Tensor?) -> Tensor { replace(with: clone().clamp(min: min, max: max)) }
    @discardableResult public func clamp_(_ min: Tensor?, _ max: Tensor? = nil) -> Tensor { clamp_(min: min, max: max) }

    /// `self + value · tensor1 · tensor2`.
    public func addcmul(_ tensor1: Tensor, _ tensor2: Tensor, value: Double = 1) -> Tensor {
        Operators.addcmul(self, tensor1, tensor2, KernelParameters(value))
    }
    @discardableResult public func addcmul_(_ tensor1: Tensor, _ tensor2: Tensor, value: Double = 1) -> Tensor {
        Operators.addcmul.inPlace(self, tensor1, tensor2, KernelParameters(value))
    }
    /// `self + value · tensor1 / tensor2`.
    public func addcdiv(_ tensor1: Tensor, _ tensor2: Tensor, value: Double = 1) -> Tensor {
        check(
            !tensor1.dtype.isIntegral || !tensor2.dtype.isIntegral,
            "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true "
                + "division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * "
                + "torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / "
                + "tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * "
                + "tensor1 / tensor2), for all dtypes.")
        return Operators.addcdiv(self, tensor1, tensor2, KernelParameters(value))
    }
    @discardableResult public func addcdiv_(_ tensor1: Tensor, _ tensor2: Tensor, value: Double = 1) -> Tensor {
        Operators.addcdiv.inPlace(self, tensor1, tensor2, KernelParameters(value))
    }
    /// `self + weight · (end − self)`.
    public func lerp(_ end: Tensor, _ weight: some TensorOperand) -> Tensor {
        checkLerp(end, weight)
        return Operators.lerp(self, end, weight.tensor(beside: self))
    }
    @discardableResult public func lerp_(_ end: Tensor, _ weight: some TensorOperand) -> Tensor {
        Operators.lerp.inPlace(self, end, weight.tensor(beside: self))
    }

    /// A copy with `value` where `mask` is true.
    public func maskedFill(_ mask: Tensor, _ value: some TensorOperand) -> Tensor {
        checkMask(mask, value)
        return Operators.where(mask, value.tensor(beside: self).to(dtype), self)
    }
    @discardableResult public func maskedFill_(_ mask: Tensor, _ value: some TensorOperand) -> Tensor {
        checkMask(mask, value)
        return copy_(torch.where(mask, value.tensor(beside: self).to(dtype), self.clone()))
    }

    private func checkMask(_ mask: Tensor, _ value: some TensorOperand) {
        if let value = value as? Tensor {
            check(
                value.dims.isEmpty,
                "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with \(value.ndim) dimension(s).")
            if value.device.type != .meta { (value.item() as Scalar).checkFits(dtype) }
        } else {
            (value as? any ScalarConvertible)?.scalar.checkFits(dtype)
        }
        check(mask.dtype == .bool, "masked_fill_ only supports boolean masks, but got mask with dtype \(mask.dtype.cName)")
    }

    /// Both tensors have the same shape and values.
    public func equal(_ other: Tensor) -> Bool {
        dims == other.dims && (numel == 0 || (self == other).all().item())
    }

    /// Element by element: `|self − other| ≤ atol + rtol · |other|`.
    public func isclose(_ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false) -> Tensor {
        check(
            dtype == other.dtype, "\(dtype.scalarName) did not match \(other.dtype.scalarName)")
        check(rtol >= 0, "rtol must be greater than or equal to zero, but got \(NumberText.general(rtol, 6))")
        check(atol >= 0, "atol must be greater than or equal to zero, but got \(NumberText.general(atol, 6))")
        var close = self == other
        if dtype == .bool { return close }
        if !dtype.isIntegral {
            let near = (self - other).abs() <= (atol + rtol * other.abs())
            close = close.logicalOr(near.logicalAnd((self - other).isfinite()))
            if equalNan { close = close.logicalOr(isnan().logicalAnd(other.isnan())) }
        } else {
            close = close.logicalOr((self - other).abs().to(.float64) <= (atol + rtol * other.abs().to(.float64)))
        }
        return close
    }
    public func allclose(_ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false) -> Bool {
        isclose(other, rtol: rtol, atol: atol, equalNan: equalNan).all().item()
    }
}

extension torch {
    public static func eq(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.eq(b) }
    public static func ne(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.ne(b) }
    public static func lt(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.lt(b) }
    public static func le(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.le(b) }
    public static func gt(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.gt(b) }
    public static func ge(_ a: Tensor, _ b: some TensorOperand) -> Tensor { a.ge(b) }
    public static func equal(_ a: Tensor, _ b: Tensor) -> Bool { a.equal(b) }
    public static func allclose(
        _ a: Tensor, _ b: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false
    ) -> Bool { a.allclose(b, rtol: rtol, atol: atol, equalNan: equalNan) }
    public static func isclose(
        _ a: Tensor, _ b: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false
    ) -> Tensor { a.isclose(b, rtol: rtol, atol: atol, equalNan: equalNan) }
    public static func logicalAnd(_ a: Tensor, _ b: Tensor) -> Tensor { a.logicalAnd(b) }
    public static func logicalOr(_ a: Tensor, _ b: Tensor) -> Tensor { a.logicalOr(b) }
    public static func logicalXor(_ a: Tensor, _ b: Tensor) -> Tensor { a.logicalXor(b) }
    public static func logicalNot(_ a: Tensor) -> Tensor { a.logicalNot() }
    public static func isnan(_ a: Tensor) -> Tensor { a.isnan() }
    public static func isinf(_ a: Tensor) -> Tensor { a.isinf() }
    public static func isfinite(_ a: Tensor) -> Tensor { a.isfinite() }
    public static func clamp(_ a: Tensor, _ min: Scalar?, _ max: Scalar? = nil) -> Tensor { a.clamp(min: min, max: max) }
    public static func clamp(_ a: Tensor, min: Scalar? = nil, max: Scalar? = nil) -> Tensor { a.clamp(min: min, max: max) }
    public static func lerp(_ a: Tensor, _ end: Tensor, _ weight: some TensorOperand) -> Tensor { a.lerp(end, weight) }
    public static func addcmul(_ a: Tensor, _ b: Tensor, _ c: Tensor, value: Double = 1) -> Tensor { a.addcmul(b, c, value: value) }
    public static func addcdiv(_ a: Tensor, _ b: Tensor, _ c: Tensor, value: Double = 1) -> Tensor { a.addcdiv(b, c, value: value) }

    /// `x` where `condition` is true, `y` elsewhere.
    public static func `where`(_ condition: Tensor, _ x: some TensorOperand, _ y: some TensorOperand) -> Tensor {
        check(
            condition.dtype == .bool,
            "where expected condition to be a boolean tensor, but got a tensor with dtype \(condition.dtype.scalarName)")
        // Two numbers have the type that they have beside a bool.
        let other = (x as? Tensor) ?? (y as? Tensor) ?? torch.tensor(false)
        return Operators.where(condition, x.tensor(beside: other), y.tensor(beside: other))
    }
    /// The indices where `condition` is true, one tensor per dimension.
    public static func `where`(_ condition: Tensor) -> [Tensor] { condition.nonzeroTuple() }
}
