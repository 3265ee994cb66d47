import Flambeau

extension Calls {
    static let pointwise: [String: Call] = {
        var calls: [String: Call] = [:]
        for (name, function) in unary { calls[name] = { a in function(try a.input)() } }
        calls["add"] = { a in
            try torch.add(a.input, a.operand(1, "other"), alpha: a.double(9, "alpha", default: 1))
        }
        calls["sub"] = { a in
            try torch.sub(a.input, a.operand(1, "other"), alpha: a.double(9, "alpha", default: 1))
        }
        calls["mul"] = { a in try torch.mul(a.input, a.operand(1, "other")) }
        calls["div"] = { a in
            try torch.div(a.input, a.operand(1, "other"), roundingMode: a.optionalString(9, "rounding_mode"))
        }
        calls["true_divide"] = calls["div"]
        calls["floor_divide"] = { a in try torch.floorDivide(a.input, a.operand(1, "other")) }
        calls["remainder"] = { a in try torch.remainder(a.input, a.operand(1, "other")) }
        calls["fmod"] = { a in try torch.fmod(a.input, a.operand(1, "other")) }
        calls["pow"] = { a in try power(a) }
        // Python's reflected operators: the second argument stands on the left.
        for (name, ofTensors, withNumber) in reflected {
            calls["__r\(name)__"] = { a in
                if let other = try a.operand(1, "other") as? Tensor { return try ofTensors(other, a.input) }
                return try withNumber(a.scalar(1, "other"), a.input)
            }
        }
        for (name, function) in reflectedLogic {
            calls["__r\(name)__"] = { a in try function(a.tensor(1, "other"), a.input) }
        }
        calls["maximum"] = { a in try torch.maximum(a.input, a.tensor(1, "other")) }
        calls["minimum"] = { a in try torch.minimum(a.input, a.tensor(1, "other")) }
        calls["atan2"] = { a in try torch.atan2(a.input, a.tensor(1, "other")) }
        calls["lerp"] = { a in try torch.lerp(a.input, a.tensor(1, "end"), a.operand(2, "weight")) }
        calls["addcmul"] = { a in
            try torch.addcmul(
                a.input, a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), value: a.double(9, "value", default: 1))
        }
        calls["addcdiv"] = { a in
            try torch.addcdiv(
                a.input, a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), value: a.double(9, "value", default: 1))
        }
        // The database calls it as x.where(condition, y).
        calls["where"] = { a in try torch.where(a.tensor(1, "condition"), a.operand(0, "self"), a.operand(2, "other")) }
        for (name, dtype) in casts { calls[name] = { a in try a.input.to(dtype) } }
        return calls
    }()

    private static func power(_ a: Arguments) throws -> Tensor {
        let exponent = try a.operand(1, "exponent")
        if let exponent = exponent as? Tensor { return try torch.pow(a.input, exponent) }
        return try torch.pow(a.input, a.scalar(1, "exponent"))
    }

    private static let reflected: [(String, (Tensor, Tensor) -> Tensor, (Scalar, Tensor) -> Tensor)] = [
        ("add", { $0 + $1 }, { $0 + $1 }), ("sub", { $0 - $1 }, { $0 - $1 }), ("mul", { $0 * $1 }, { $0 * $1 }),
        ("div", { $0 / $1 }, { $0 / $1 }), ("mod", { $0 % $1 }, { $0 % $1 }), ("pow", { $0 ** $1 }, { $0 ** $1 }),
    ]
    private static let reflectedLogic: [(String, (Tensor, Tensor) -> Tensor)] = [
        ("and", { $0 & $1 }), ("or", { $0 | $1 }), ("xor", { $0 ^ $1 }),
    ]

    private static let casts: [(String, DType)] = [
        ("bfloat16", .bfloat16), ("bool", .bool), ("byte", .uint8), ("char", .int8), ("double", .float64),
        ("float", .float32), ("half", .float16), ("int", .int32), ("long", .int64), ("short", .int16),
        ("cfloat", .complex64), ("cdouble", .complex128),
    ]

    private static let unary: [(String, (Tensor) -> () -> Tensor)] = [
        ("neg", Tensor.neg), ("abs", Tensor.abs), ("sign", Tensor.sign), ("sgn", Tensor.sgn), ("floor", Tensor.floor),
        ("ceil", Tensor.ceil), ("trunc", Tensor.trunc), ("frac", Tensor.frac),
        ("square", Tensor.square), ("sqrt", Tensor.sqrt), ("rsqrt", Tensor.rsqrt), ("reciprocal", Tensor.reciprocal),
        ("exp", Tensor.exp), ("exp2", Tensor.exp2), ("expm1", Tensor.expm1), ("log", Tensor.log), ("log2", Tensor.log2),
        ("log10", Tensor.log10), ("log1p", Tensor.log1p), ("sin", Tensor.sin), ("cos", Tensor.cos), ("tan", Tensor.tan),
        ("asin", Tensor.asin), ("acos", Tensor.acos), ("atan", Tensor.atan), ("sinh", Tensor.sinh),
        ("cosh", Tensor.cosh), ("tanh", Tensor.tanh), ("asinh", Tensor.asinh), ("acosh", Tensor.acosh),
        ("atanh", Tensor.atanh), ("erf", Tensor.erf), ("erfc", Tensor.erfc), ("erfinv", Tensor.erfinv),
        ("sigmoid", Tensor.sigmoid), ("conj", Tensor.conj), ("nn.functional.relu", Tensor.relu),
        ("clone", Tensor.clone), ("contiguous", Tensor.contiguous),
    ]
}
