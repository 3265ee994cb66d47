import Flambeau

extension Calls {
    static let creations: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["zeros"] = { a in try torch.zeros(a.sizes(0, "size"), dtype: dtype(a), device: a.device) }
        calls["ones"] = { a in try torch.ones(a.sizes(0, "size"), dtype: dtype(a), device: a.device) }
        calls["full"] = { a in
            try torch.full(
                a.sizes(0, "size"), a.scalar(1, "fill_value"), dtype: a.optionalDType(9, "dtype"), device: a.device)
        }
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
            if !a.has(1, "end") { return try torch.arange(a.scalar(0, "end"), dtype: dtype, device: a.device) }
            return try torch.arange(
                a.scalar(0, "start"), a.scalar(1, "end"), a.optionalScalar(2, "step") ?? 1, dtype: dtype,
                device: a.device)
        }
        calls["linspace"] = { a in
            let (steps, dtype) = try (a.int(2, "steps"), dtype(a))
            switch (a.value(0, "start")?.tensor, a.value(1, "end")?.tensor) {
            case (let start?, let end?): return torch.linspace(start, end, steps, dtype: dtype)
            case (let start?, nil): return try torch.linspace(start, a.double(1, "end"), steps, dtype: dtype)
            case (nil, let end?): return try torch.linspace(a.double(0, "start"), end, steps, dtype: dtype)
            default: return try torch.linspace(a.double(0, "start"), a.double(1, "end"), steps, dtype: dtype, device: a.device)
            }
        }
        calls["logspace"] = { a in
            let (steps, base, dtype) = try (a.int(2, "steps"), a.double(3, "base", default: 10), dtype(a))
            switch (a.value(0, "start")?.tensor, a.value(1, "end")?.tensor) {
            case (let start?, let end?): return torch.logspace(start, end, steps, base: base, dtype: dtype)
            case (let start?, nil): return try torch.logspace(start, a.double(1, "end"), steps, base: base, dtype: dtype)
            case (nil, let end?): return try torch.logspace(a.double(0, "start"), end, steps, base: base, dtype: dtype)
            default: return try torch.logspace(a.double(0, "start"), a.double(1, "end"), steps, base: base, dtype: dtype, device: a.device)
            }
        }
        calls["scalar_tensor"] = { a in try torch.scalarTensor(a.scalar(0, "s"), dtype: dtype(a), device: a.device) }
        calls["eye"] = { a in try torch.eye(a.int(0, "n"), a.optionalInt(1, "m"), dtype: dtype(a), device: a.device) }
        calls["zero_"] = { a in try a.input.clone().zero_() }
        return calls
    }()

    private static func dtype(_ a: Arguments) throws -> DType { try a.optionalDType(9, "dtype") ?? .float32 }
}
