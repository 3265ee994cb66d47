import Flambeau

extension Calls {
    static let indexings: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["__getitem__"] = { a in
            guard let index = a.value(1, "index") else { return try a.input[SpecialIndex.newAxis] }
            if case .tuple(let indices) = index { return try item(a.input, indices.map { try part($0) }) }
            return try item(a.input, [part(index)])
        }
        calls["index_put"] = { a in
            try a.input.indexPut(
                a.tensors(1, "indices"), a.tensor(2, "values"), accumulate: a.bool(3, "accumulate", default: false))
        }
        calls["index_select"] = { a in try torch.indexSelect(a.input, a.int(1, "dim"), a.tensor(2, "index")) }
        calls["index_add"] = { a in
            try a.input.indexAdd(
                a.int(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source"), alpha: a.double(9, "alpha", default: 1))
        }
        calls["gather"] = { a in try torch.gather(a.input, a.int(1, "dim"), a.tensor(2, "index")) }
        calls["scatter"] = { a in
            let (dim, index) = try (a.int(1, "dim"), a.tensor(2, "index"))
            let reduce = try a.optionalString(9, "reduce")
            if let value = a.value(3, "value")?.scalar {
                return try reduce.map { try a.input.scatter(dim, index, value, reduce: $0) } ?? torch.scatter(a.input, dim, index, value)
            }
            let source = try a.tensor(3, "src")
            return try reduce.map { try torch.scatter(a.input, dim, index, source, reduce: $0) }
                ?? torch.scatter(a.input, dim, index, source)
        }
        calls["scatter_add"] = { a in
            try torch.scatterAdd(a.input, a.int(1, "dim"), a.tensor(2, "index"), a.tensor(3, "src"))
        }
        calls["masked_select"] = { a in try torch.maskedSelect(a.input, a.tensor(1, "mask")) }
        calls["nonzero"] = { a in
            if a.has(9, "as_tuple"), try a.bool(9, "as_tuple", default: false) { return try torch.nonzero(a.input, asTuple: true) }
            return try torch.nonzero(a.input)
        }
        calls["nonzero_static"] = { a in
            try torch.nonzeroStatic(a.input, size: a.int(9, "size"), fillValue: a.int(9, "fill_value", default: -1))
        }
        return calls
    }()

    /// What stands in the brackets of `x[…]`.
    private static func part(_ value: Value) throws -> any TensorIndexConvertible {
        switch value {
        case .none: return SpecialIndex.newAxis
        case .ellipsis: return SpecialIndex.ellipsis
        case .slice(let slice): return slice
        case .tensor(let tensor): return tensor
        case .scalar(.int(let index)): return index
        case .list(let values):
            if let ints = value.ints { return ints }
            let bools = values.compactMap { if case .scalar(.bool(let bit)) = $0 { bit } else { nil } }
            if bools.count == values.count { return bools }
            throw Unsupported(reason: "an index by nested lists")
        default: throw Unsupported(reason: "an index of this kind")
        }
    }

    /// `x[i, j, …]` with as many indices as there are.
    private static func item(_ x: Tensor, _ i: [any TensorIndexConvertible]) throws -> Tensor {
        switch i.count {
        case 0: x[SpecialIndex.ellipsis]
        case 1: x[i[0]]
        case 2: x[i[0], i[1]]
        case 3: x[i[0], i[1], i[2]]
        case 4: x[i[0], i[1], i[2], i[3]]
        default: throw Unsupported(reason: "\(i.count) indices")
        }
    }
}
