import Flambeau

extension Calls {
    static let reductions: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["sum"] = { a in
            let (dims, keepdim, dtype) = try (a.optionalInts(1, "dim"), keepdim(a), a.optionalDType(9, "dtype"))
            guard let dims else { return try whole(a, keepdim) { $0.sum(dtype: dtype) } }
            return try a.input.sum(dim: dims, keepdim: keepdim, dtype: dtype)
        }
        calls["mean"] = { a in
            let (dims, keepdim) = try (a.optionalInts(1, "dim"), keepdim(a))
            guard let dims else {
                let dtype = try a.optionalDType(9, "dtype")
                return try whole(a, keepdim) { $0.mean(dtype: dtype) }
            }
            return try a.input.mean(dim: dims, keepdim: keepdim)
        }
        calls["prod"] = { a in
            guard let dim = try a.optionalInt(1, "dim") else { return try a.input.prod() }
            return try a.input.prod(dim: dim, keepdim: keepdim(a))
        }
        calls["var"] = { a in
            if let unbiased = a.value(1, "dim")?.bool { return try torch.var(a.input, unbiased) }
            let (dims, keepdim, correction) = try (a.optionalInts(1, "dim"), keepdim(a), correction(a))
            guard let dims else { return try whole(a, keepdim) { $0.var(correction: correction) } }
            return try a.input.var(dim: dims, correction: correction, keepdim: keepdim)
        }
        calls["std"] = { a in
            if let unbiased = a.value(1, "dim")?.bool { return try torch.std(a.input, unbiased) }
            let (dims, keepdim, correction) = try (a.optionalInts(1, "dim"), keepdim(a), correction(a))
            guard let dims else { return try whole(a, keepdim) { $0.std(correction: correction) } }
            return try a.input.std(dim: dims, correction: correction, keepdim: keepdim)
        }
        calls["norm"] = { a in
            if let p = a.value(1, "p")?.string {
                return try torch.norm(
                    a.input, p, dim: a.optionalInts(2, "dim"), keepdim: keepdim(a, 3), dtype: a.optionalDType(9, "dtype"))
            }
            let (p, dims, keepdim) = try (a.double(1, "p", default: 2), a.optionalInts(2, "dim"), keepdim(a, 3))
            guard let dims else { return try whole(a, keepdim) { $0.norm(p) } }
            return try a.input.norm(p, dim: dims, keepdim: keepdim)
        }
        calls["logsumexp"] = { a in try a.input.logsumexp(dim: a.ints(1, "dim"), keepdim: keepdim(a)) }
        calls["all"] = { a in
            guard let dims = try a.optionalInts(1, "dim") else { return try whole(a, keepdim(a)) { $0.all() } }
            return try a.input.all(dim: dims, keepdim: keepdim(a))
        }
        calls["any"] = { a in
            guard let dims = try a.optionalInts(1, "dim") else { return try whole(a, keepdim(a)) { $0.any() } }
            return try a.input.any(dim: dims, keepdim: keepdim(a))
        }
        calls["count_nonzero"] = { a in
            guard let dims = try a.optionalInts(1, "dim") else { return try a.input.countNonzero() }
            return try a.input.countNonzero(dim: dims)
        }
        calls["max"] = { a in
            if let other = a.value(1, "other")?.tensor { return try torch.max(a.input, other) }
            guard let dim = try a.optionalInt(1, "dim") else { return try torch.max(a.input) }
            let (values, indices) = try torch.max(a.input, dim: dim, keepdim: keepdim(a))
            return [values, indices]
        }
        calls["min"] = { a in
            if let other = a.value(1, "other")?.tensor { return try torch.min(a.input, other) }
            guard let dim = try a.optionalInt(1, "dim") else { return try torch.min(a.input) }
            let (values, indices) = try torch.min(a.input, dim: dim, keepdim: keepdim(a))
            return [values, indices]
        }
        calls["amax"] = { a in try torch.amax(a.input, dim: a.optionalInts(1, "dim") ?? [], keepdim: keepdim(a)) }
        calls["amin"] = { a in try torch.amin(a.input, dim: a.optionalInts(1, "dim") ?? [], keepdim: keepdim(a)) }
        calls["argmax"] = { a in try torch.argmax(a.input, dim: a.optionalInt(1, "dim"), keepdim: keepdim(a)) }
        calls["argmin"] = { a in try torch.argmin(a.input, dim: a.optionalInt(1, "dim"), keepdim: keepdim(a)) }
        calls["softmax"] = { a in try torch.softmax(a.input, dim: a.int(1, "dim"), dtype: a.optionalDType(2, "dtype")) }
        calls["log_softmax"] = { a in
            try torch.logSoftmax(a.input, dim: a.int(1, "dim"), dtype: a.optionalDType(2, "dtype"))
        }
        calls["sum_to_size"] = { a in try a.input.sumToSize(a.sizes(1, "size")) }
        calls["item"] = { a in try (a.input.item() as Scalar) }
        return calls
    }()

    static func keepdim(_ a: Arguments, _ position: Int = 2) throws -> Bool {
        try a.bool(position, "keepdim", default: false)
    }

    /// A reduction over everything: with `keepdim` it is one over all dimensions by name, which only
    /// a tensor of no dimension has no list for.
    private static func whole(_ a: Arguments, _ keepdim: Bool, _ reduce: (Tensor) -> Tensor) throws -> Tensor {
        let input = try a.input
        let result = reduce(input)
        return keepdim ? result.reshape(Array(repeating: 1, count: input.ndim)) : result
    }

    static func correction(_ a: Arguments) throws -> Double {
        if a.has(9, "unbiased") { return try a.bool(9, "unbiased", default: true) ? 1 : 0 }
        return try a.double(9, "correction", default: 1)
    }
}
