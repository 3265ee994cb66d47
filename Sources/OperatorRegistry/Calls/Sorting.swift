import Flambeau

extension Calls {
    /// Order statistics, scans and counting.
    static let sorting: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["sort"] = { a in
            let (dim, descending) = try (a.int(1, "dim", default: -1), a.bool(2, "descending", default: false))
            return pair(try torch.sort(a.input, dim: dim, descending: descending, stable: a.bool(9, "stable", default: false)))
        }
        calls["argsort"] = { a in
            let (dim, descending) = try (a.int(1, "dim", default: -1), a.bool(2, "descending", default: false))
            return try torch.argsort(a.input, dim: dim, descending: descending, stable: a.bool(9, "stable", default: false))
        }
        calls["msort"] = { a in try torch.msort(a.input) }
        calls["topk"] = { a in
            let (k, dim) = try (a.int(1, "k"), a.int(2, "dim", default: -1))
            return pair(
                try torch.topk(
                    a.input, k, dim: dim, largest: a.bool(3, "largest", default: true),
                    sorted: a.bool(4, "sorted", default: true)))
        }
        calls["kthvalue"] = { a in
            pair(try torch.kthvalue(a.input, a.int(1, "k"), dim: a.int(2, "dim", default: -1), keepdim: keepdim(a, 3)))
        }
        calls["median"] = { a in
            guard let dim = try a.optionalInt(1, "dim") else { return try torch.median(a.input) }
            return pair(try torch.median(a.input, dim: dim, keepdim: keepdim(a)))
        }
        calls["nanmedian"] = { a in
            guard let dim = try a.optionalInt(1, "dim") else { return try torch.nanmedian(a.input) }
            return pair(try torch.nanmedian(a.input, dim: dim, keepdim: keepdim(a)))
        }
        calls["mode"] = { a in pair(try torch.mode(a.input, dim: a.int(1, "dim", default: -1), keepdim: keepdim(a))) }
        calls["quantile"] = { a in
            try torch.quantile(
                a.input, a.operand(1, "q"), dim: a.optionalInt(2, "dim"), keepdim: keepdim(a, 3),
                interpolation: a.optionalString(9, "interpolation") ?? "linear")
        }
        calls["nanquantile"] = { a in
            try torch.nanquantile(
                a.input, a.operand(1, "q"), dim: a.optionalInt(2, "dim"), keepdim: keepdim(a, 3),
                interpolation: a.optionalString(9, "interpolation") ?? "linear")
        }
        calls["cumsum"] = { a in try torch.cumsum(a.input, dim: a.int(1, "dim"), dtype: a.optionalDType(9, "dtype")) }
        calls["cumprod"] = { a in try torch.cumprod(a.input, dim: a.int(1, "dim"), dtype: a.optionalDType(9, "dtype")) }
        calls["logcumsumexp"] = { a in try torch.logcumsumexp(a.input, dim: a.int(1, "dim")) }
        calls["cummax"] = { a in pair(try torch.cummax(a.input, dim: a.int(1, "dim"))) }
        calls["cummin"] = { a in pair(try torch.cummin(a.input, dim: a.int(1, "dim"))) }
        calls["diff"] = { a in
            try torch.diff(
                a.input, n: a.int(1, "n", default: 1), dim: a.int(2, "dim", default: -1),
                prepend: a.optionalTensor(3, "prepend"), append: a.optionalTensor(4, "append"))
        }
        calls["aminmax"] = { a in
            let (low, high) = try torch.aminmax(a.input, dim: a.optionalInt(9, "dim"), keepdim: keepdim(a, 9))
            return [low, high]
        }
        calls["nanmean"] = { a in
            try torch.nanmean(
                a.input, dim: a.optionalInts(1, "dim"), keepdim: keepdim(a), dtype: a.optionalDType(9, "dtype"))
        }
        calls["nansum"] = { a in
            try torch.nansum(
                a.input, dim: a.optionalInts(1, "dim") ?? [], keepdim: keepdim(a), dtype: a.optionalDType(9, "dtype"))
        }
        calls["std_mean"] = { a in
            if let unbiased = a.value(1, "dim")?.bool {
                let (spread, mean) = try torch.stdMean(a.input, unbiased)
                return [spread, mean]
            }
            let (dims, keepdim, correction) = try (a.optionalInts(1, "dim"), keepdim(a), correction(a))
            let (std, mean) = try torch.stdMean(a.input, dim: dims, correction: correction, keepdim: keepdim)
            return [std, mean]
        }
        calls["var_mean"] = { a in
            if let unbiased = a.value(1, "dim")?.bool {
                let (spread, mean) = try torch.varMean(a.input, unbiased)
                return [spread, mean]
            }
            let (dims, keepdim, correction) = try (a.optionalInts(1, "dim"), keepdim(a), correction(a))
            let (variance, mean) = try torch.varMean(a.input, dim: dims, correction: correction, keepdim: keepdim)
            return [variance, mean]
        }
        calls["trapezoid"] = { a in
            try torch.trapezoid(
                a.input, a.optionalTensor(1, "x"), dx: a.double(9, "dx", default: 1), dim: a.int(9, "dim", default: -1))
        }
        calls["trapz"] = calls["trapezoid"]
        calls["cumulative_trapezoid"] = { a in
            try torch.cumulativeTrapezoid(
                a.input, a.optionalTensor(1, "x"), dx: a.double(9, "dx", default: 1), dim: a.int(9, "dim", default: -1))
        }
        calls["unique"] = { a in
            let (sorted, dim) = try (a.bool(1, "sorted", default: true), a.optionalInt(4, "dim"))
            return try distinct(a) { inverse, counts in
                try torch.unique(a.input, sorted: sorted, returnInverse: inverse, returnCounts: counts, dim: dim)
            }
        }
        calls["unique_consecutive"] = { a in
            let dim = try a.optionalInt(4, "dim")
            return try distinct(a) { inverse, counts in
                try torch.uniqueConsecutive(a.input, returnInverse: inverse, returnCounts: counts, dim: dim)
            }
        }
        calls["bincount"] = { a in
            try torch.bincount(a.input, weights: a.optionalTensor(1, "weights"), minlength: a.int(2, "minlength", default: 0))
        }
        calls["argwhere"] = { a in try torch.argwhere(a.input) }
        calls["isin"] = { a in
            let invert = try a.bool(9, "invert", default: false)
            let unique = try a.bool(9, "assume_unique", default: false)
            return try torch.isin(a.tensor(0, "elements"), a.tensor(1, "test_elements"), assumeUnique: unique, invert: invert)
        }
        calls["searchsorted"] = { a in
            if let value = a.value(1, "input")?.scalar {
                return try torch.searchsorted(
                    a.input, value, outInt32: a.bool(9, "out_int32", default: false),
                    right: a.bool(9, "right", default: false), side: a.optionalString(9, "side"),
                    sorter: a.optionalTensor(9, "sorter"))
            }
            return try torch.searchsorted(
                a.input, a.tensor(1, "input"), outInt32: a.bool(9, "out_int32", default: false),
                right: a.bool(9, "right", default: false), side: a.optionalString(9, "side"),
                sorter: a.optionalTensor(9, "sorter"))
        }
        calls["bucketize"] = { a in
            try torch.bucketize(
                a.input, a.tensor(1, "boundaries"), outInt32: a.bool(9, "out_int32", default: false),
                right: a.bool(9, "right", default: false))
        }
        return calls
    }()

    private static func pair(_ result: (values: Tensor, indices: Tensor)) -> [Tensor] { [result.values, result.indices] }

    /// The distinct values, then the parts that the call asks for.
    private static func distinct(
        _ a: Arguments, _ call: (Bool, Bool) throws -> (output: Tensor, inverseIndices: Tensor, counts: Tensor)
    ) throws -> [Tensor] {
        let inverse = try a.bool(2, "return_inverse", default: false)
        let counts = try a.bool(3, "return_counts", default: false)
        let result = try call(inverse, counts)
        return [result.output] + (inverse ? [result.inverseIndices] : []) + (counts ? [result.counts] : [])
    }
}
