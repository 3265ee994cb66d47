import Flambeau

extension Calls {
    static let creations: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["zeros"] = { a in try torch.zeros(a.sizes(0, "size"), dtype: dtype(a)) }
        calls["ones"] = { a in try torch.ones(a.sizes(0, "size"), dtype: dtype(a)) }
        calls["full"] = { a in try torch.full(a.sizes(0, "size"), a.scalar(1, "fill_value"), dtype: a.optionalDType(9, "dtype")) }
        calls["zeros_like"] = { a in try torch.zerosLike(a.input, dtype: a.optionalDType(9, "dtype")) }
        calls["ones_like"] = { a in try torch.onesLike(a.input, dtype: a.optionalDType(9, "dtype")) }
        calls["full_like"] = { a in
            try torch.fullLike(a.input, a.scalar(1, "fill_value"), dtype: a.optionalDType(9, "dtype"))
        }
        calls["new_zeros"] = { a in try a.input.newZeros(a.sizes(1, "size"), dtype: a.optionalDType(9, "dtype")) }
        calls["new_ones"] = { a in try a.input.newOnes(a.sizes(1, "size"), dtype: a.optionalDType(9, "dtype")) }
        calls["new_full"] = { a in
            try a.input.newFull(a.ints(1, "size"), a.scalar(2, "fill_value"), dtype: a.optionalDType(9, "dtype"))
        }
        calls["arange"] = { a in
            let dtype = try a.optionalDType(9, "dtype")
            if !a.has(1, "end") { return try torch.arange(a.scalar(0, "end"), dtype: dtype) }
            return try torch.arange(
                a.scalar(0, "start"), a.scalar(1, "end"), a.optionalScalar(2, "step") ?? 1, dtype: dtype)
        }
        calls["linspace"] = { a in
            try torch.linspace(a.double(0, "start"), a.double(1, "end"), a.int(2, "steps"), dtype: dtype(a))
        }
        calls["logspace"] = { a in
            try torch.logspace(
                a.double(0, "start"), a.double(1, "end"), a.int(2, "steps"), base: a.double(3, "base", default: 10),
                dtype: dtype(a))
        }
        calls["eye"] = { a in try torch.eye(a.int(0, "n"), a.optionalInt(1, "m"), dtype: dtype(a)) }
        calls["zero_"] = { a in try a.input.clone().zero_() }
        return calls
    }()

    private static func dtype(_ a: Arguments) throws -> DType { try a.optionalDType(9, "dtype") ?? .float32 }
}
