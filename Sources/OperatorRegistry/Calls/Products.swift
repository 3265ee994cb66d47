import Flambeau

extension Calls {
    static let products: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["matmul"] = { a in try torch.matmul(a.input, a.tensor(1, "other")) }
        calls["__rmatmul__"] = { a in try torch.matmul(a.tensor(1, "other"), a.input) }
        calls["mm"] = { a in try torch.mm(a.input, a.tensor(1, "mat2")) }
        calls["bmm"] = { a in try torch.bmm(a.input, a.tensor(1, "mat2")) }
        calls["mv"] = { a in try torch.mv(a.input, a.tensor(1, "vec")) }
        calls["dot"] = { a in try torch.dot(a.input, a.tensor(1, "tensor")) }
        calls["outer"] = { a in try torch.outer(a.input, a.tensor(1, "vec2")) }
        calls["addmm"] = { a in
            if a.value(9, "beta")?.scalar?.dtype.isComplex == true || a.value(9, "alpha")?.scalar?.dtype.isComplex == true {
                return try torch.addmm(
                    a.input, a.tensor(1, "mat1"), a.tensor(2, "mat2"), beta: a.optionalScalar(9, "beta") ?? 1,
                    alpha: a.optionalScalar(9, "alpha") ?? 1)
            }
            return try torch.addmm(
                a.input, a.tensor(1, "mat1"), a.tensor(2, "mat2"), beta: a.double(9, "beta", default: 1),
                alpha: a.double(9, "alpha", default: 1))
        }
        return calls
    }()
}
