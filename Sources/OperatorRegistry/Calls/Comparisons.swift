import Flambeau

extension Calls {
    static let comparisons: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["eq"] = { a in try torch.eq(a.input, a.operand(1, "other")) }
        calls["ne"] = { a in try torch.ne(a.input, a.operand(1, "other")) }
        calls["lt"] = { a in try torch.lt(a.input, a.operand(1, "other")) }
        calls["le"] = { a in try torch.le(a.input, a.operand(1, "other")) }
        calls["gt"] = { a in try torch.gt(a.input, a.operand(1, "other")) }
        calls["ge"] = { a in try torch.ge(a.input, a.operand(1, "other")) }
        calls["logical_and"] = { a in try torch.logicalAnd(a.input, a.tensor(1, "other")) }
        calls["logical_or"] = { a in try torch.logicalOr(a.input, a.tensor(1, "other")) }
        calls["logical_xor"] = { a in try torch.logicalXor(a.input, a.tensor(1, "other")) }
        calls["logical_not"] = { a in try torch.logicalNot(a.input) }
        calls["isnan"] = { a in try torch.isnan(a.input) }
        calls["isinf"] = { a in try torch.isinf(a.input) }
        calls["isfinite"] = { a in try torch.isfinite(a.input) }
        calls["bitwise_and"] = { a in try a.input & a.operand(1, "other") }
        calls["bitwise_or"] = { a in try a.input | a.operand(1, "other") }
        calls["bitwise_xor"] = { a in try a.input ^ a.operand(1, "other") }
        calls["bitwise_not"] = { a in try ~a.input }
        calls["equal"] = { a in try torch.equal(a.input, a.tensor(1, "other")) }
        calls["isclose"] = { a in
            try torch.isclose(
                a.input, a.tensor(1, "other"), rtol: a.double(2, "rtol", default: 1e-5),
                atol: a.double(3, "atol", default: 1e-8), equalNan: a.bool(4, "equal_nan", default: false))
        }
        calls["allclose"] = { a in
            try torch.allclose(
                a.input, a.tensor(1, "other"), rtol: a.double(2, "rtol", default: 1e-5),
                atol: a.double(3, "atol", default: 1e-8), equalNan: a.bool(4, "equal_nan", default: false))
        }
        calls["masked_fill"] = { a in try a.input.maskedFill(a.tensor(1, "mask"), a.operand(2, "value")) }
        return calls
    }()
}
