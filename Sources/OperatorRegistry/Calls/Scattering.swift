import Flambeau

extension Calls {
    /// Reading and writing at positions.
    static let scattering: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["take"] = { a in try torch.take(a.input, a.tensor(1, "index")) }
        calls["take_along_dim"] = { a in
            try torch.takeAlongDim(a.input, a.tensor(1, "indices"), dim: a.optionalInt(2, "dim"))
        }
        calls["put"] = { a in
            try torch.put(
                a.input, a.tensor(1, "index"), a.tensor(2, "source"), accumulate: a.bool(3, "accumulate", default: false))
        }
        calls["index_copy"] = { a in try torch.indexCopy(a.input, a.int(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source")) }
        calls["index_fill"] = { a in
            try torch.indexFill(a.input, a.int(1, "dim"), a.tensor(2, "index"), a.operand(3, "value"))
        }
        calls["index_reduce"] = { a in
            guard let reduce = try a.optionalString(4, "reduce") else { throw Unsupported(reason: "no reduction") }
            return try torch.indexReduce(
                a.input, a.int(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source"), reduce,
                includeSelf: a.bool(9, "include_self", default: true))
        }
        calls["scatter_reduce"] = { a in
            guard let reduce = try a.optionalString(4, "reduce") else { throw Unsupported(reason: "no reduction") }
            return try torch.scatterReduce(
                a.input, a.int(1, "dim"), a.tensor(2, "index"), a.tensor(3, "src"), reduce: reduce,
                includeSelf: a.bool(9, "include_self", default: true))
        }
        calls["masked_scatter"] = { a in try torch.maskedScatter(a.input, a.tensor(1, "mask"), a.tensor(2, "source")) }
        return calls
    }()
}
