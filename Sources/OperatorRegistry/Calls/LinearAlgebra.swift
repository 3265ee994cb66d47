import Flambeau

extension Calls {
    static let linearAlgebra: [String: Call] = {
        var calls: [String: Call] = [:]
        for (name, function) in sums {
            calls[name] = { a in
                try function(
                    a.input, a.tensor(1, "batch1"), a.tensor(2, "batch2"), a.optionalScalar(9, "beta") ?? 1,
                    a.optionalScalar(9, "alpha") ?? 1)
            }
        }
        calls["inner"] = { a in try torch.inner(a.input, a.tensor(1, "other")) }
        calls["vdot"] = { a in try torch.vdot(a.input, a.tensor(1, "other")) }
        calls["kron"] = { a in try torch.kron(a.input, a.tensor(1, "other")) }
        calls["cross"] = { a in try torch.cross(a.input, a.tensor(1, "other"), dim: a.optionalInt(2, "dim")) }
        calls["dist"] = { a in try torch.dist(a.input, a.tensor(1, "other"), p: a.double(2, "p", default: 2)) }
        calls["einsum"] = { a in
            // The database's entry has the operands first.
            if let operands = a.value(0, "equation")?.tensors, let equation = try a.optionalString(1, "operands") {
                return torch.einsum(equation, operands)
            }
            guard let equation = try a.optionalString(0, "equation") else { throw Unsupported(reason: "no equation") }
            return try torch.einsum(equation, a.tensors(1, "operands"))
        }
        calls["linalg.cross"] = { a in
            try torch.linalg.cross(a.input, a.tensor(1, "other"), dim: a.int(9, "dim", default: -1))
        }
        calls["linalg.vecdot"] = { a in
            try torch.linalg.vecdot(a.input, a.tensor(1, "y"), dim: a.int(9, "dim", default: -1))
        }
        calls["chain_matmul"] = { a in try torch.chainMatmul(a.tensorList("matrices")) }
        calls["linalg.multi_dot"] = { a in try torch.linalg.multiDot(a.tensorList("tensors")) }
        calls["linalg.diagonal"] = { a in
            try torch.linalg.diagonal(
                a.input, offset: a.int(9, "offset", default: 0), dim1: a.int(9, "dim1", default: -2),
                dim2: a.int(9, "dim2", default: -1))
        }
        calls["linalg.vander"] = { a in try torch.linalg.vander(a.input, N: a.optionalInt(9, "N")) }
        calls["vander"] = { a in
            try torch.vander(a.input, N: a.optionalInt(1, "N"), increasing: a.flag(2, "increasing"))
        }
        calls["mH"] = { a in try a.input.mH }
        calls["H"] = { a in try a.input.H }
        calls["adjoint"] = { a in torch.adjoint(try a.input) }
        calls["tensordot"] = { a in
            guard let dims = a.value(2, "dims")?.elements else {
                return try torch.tensordot(a.input, a.tensor(1, "other"), dims: a.int(2, "dims", default: 2))
            }
            guard dims.count == 2, let first = dims[0].ints, let second = dims[1].ints else {
                throw Unsupported(reason: "dims of another form")
            }
            return try torch.tensordot(a.input, a.tensor(1, "other"), dims: (first, second))
        }
        return calls
    }()

    /// Systems of equations, functions and norms of matrices.
    static let matrices: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["linalg.solve"] = { a in
            try torch.linalg.solve(a.input, a.tensor(1, "B"), left: a.bool(9, "left", default: true))
        }
        calls["linalg.solve_ex"] = { a in
            let r = try torch.linalg.solveEx(
                a.input, a.tensor(1, "B"), left: a.bool(9, "left", default: true), checkErrors: a.flag(9, "check_errors"))
            return [r.result, r.info]
        }
        calls["linalg.solve_triangular"] = { a in
            try torch.linalg.solveTriangular(
                a.input, a.tensor(1, "B"), upper: a.flag(9, "upper"), left: a.bool(9, "left", default: true),
                unitriangular: a.flag(9, "unitriangular"))
        }
        calls["triangular_solve"] = { a in
            let r = try torch.triangularSolve(
                a.input, a.tensor(1, "A"), upper: a.bool(2, "upper", default: true), transpose: a.flag(3, "transpose"),
                unitriangular: a.flag(4, "unitriangular"))
            return [r.solution, r.clonedCoefficient]
        }
        calls["linalg.inv"] = { a in torch.linalg.inv(try a.input) }
        calls["inverse"] = { a in torch.inverse(try a.input) }
        calls["linalg.inv_ex"] = { a in
            let r = try torch.linalg.invEx(a.input, checkErrors: a.flag(9, "check_errors"))
            return [r.inverse, r.info]
        }
        calls["linalg.tensorinv"] = { a in try torch.linalg.tensorinv(a.input, ind: a.int(1, "ind", default: 2)) }
        calls["linalg.tensorsolve"] = { a in
            try torch.linalg.tensorsolve(a.input, a.tensor(1, "B"), dims: a.optionalInts(2, "dims"))
        }
        calls["linalg.det"] = { a in torch.linalg.det(try a.input) }
        calls["linalg.slogdet"] = { a in
            let (sign, logarithm) = torch.linalg.slogdet(try a.input)
            return [sign, logarithm]
        }
        calls["logdet"] = { a in torch.logdet(try a.input) }
        calls["linalg.matrix_power"] = { a in try torch.linalg.matrixPower(a.input, a.int(1, "n")) }
        for name in ["matrix_exp", "linalg.matrix_exp"] { calls[name] = { a in torch.linalg.matrixExp(try a.input) } }
        calls["linalg.pinv"] = { a in
            try torch.linalg.pinv(
                a.input, atol: a.limit("atol"), rtol: a.limit("rtol"), hermitian: a.flag(9, "hermitian"))
        }
        calls["linalg.pinv/singular"] = { a in try torch.linalg.pinv(a.input.matmul(a.tensor(1, "b").mT)) }
        calls["pinverse"] = { a in try torch.pinverse(a.input, rcond: a.double(1, "rcond", default: 1e-15)) }
        calls["linalg.matrix_rank"] = { a in
            try torch.linalg.matrixRank(
                a.input, atol: a.limit("atol"), rtol: a.limit("rtol"), hermitian: a.flag(9, "hermitian"))
        }
        calls["linalg.lstsq"] = { a in
            let r = try torch.linalg.lstsq(
                a.input, a.tensor(1, "B"), rcond: a.optionalDouble(2, "rcond"), driver: a.optionalString(9, "driver"))
            return [r.solution, r.residuals, r.rank, r.singularValues]
        }
        calls["linalg.lstsq/grad_oriented"] = { a in
            let r = try torch.linalg.lstsq(a.input, a.tensor(1, "b"), driver: a.optionalString(2, "driver"))
            return [r.solution, r.residuals]
        }
        calls["linalg.vector_norm"] = { a in
            try torch.linalg.vectorNorm(
                a.input, ord: a.double(1, "ord", default: 2), dim: a.optionalInts(2, "dim"), keepdim: keepdim(a, 3),
                dtype: a.optionalDType(9, "dtype"))
        }
        calls["linalg.matrix_norm"] = { a in
            let (x, dim) = try (a.input, a.optionalInts(2, "dim") ?? [-2, -1])
            let (keepdim, dtype) = try (keepdim(a, 3), a.optionalDType(9, "dtype"))
            if let ord = a.value(1, "ord")?.scalar?.double {
                return torch.linalg.matrixNorm(x, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
            }
            return try torch.linalg.matrixNorm(
                x, ord: a.optionalString(1, "ord") ?? "fro", dim: dim, keepdim: keepdim, dtype: dtype)
        }
        calls["linalg.norm"] = { a in
            let (x, dim) = try (a.input, a.optionalInts(2, "dim"))
            let (keepdim, dtype) = try (keepdim(a, 3), a.optionalDType(9, "dtype"))
            switch a.value(1, "ord") {
            case nil: return torch.linalg.norm(x, dim: dim, keepdim: keepdim, dtype: dtype)
            case .string(let ord)?: return torch.linalg.norm(x, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
            default:
                return try torch.linalg.norm(x, ord: a.double(1, "ord"), dim: dim, keepdim: keepdim, dtype: dtype)
            }
        }
        calls["linalg.cond"] = { a in
            if let p = a.value(1, "p")?.string { return try torch.linalg.cond(a.input, p: p) }
            return try torch.linalg.cond(a.input, p: a.double(1, "p", default: 2))
        }
        return calls
    }()

    private static let sums: [(String, (Tensor, Tensor, Tensor, Scalar, Scalar) -> Tensor)] = [
        ("baddbmm", { torch.baddbmm($0, $1, $2, beta: $3, alpha: $4) }),
        ("addbmm", { torch.addbmm($0, $1, $2, beta: $3, alpha: $4) }),
        ("addmv", { torch.addmv($0, $1, $2, beta: $3, alpha: $4) }),
        ("addr", { torch.addr($0, $1, $2, beta: $3, alpha: $4) }),
    ]
}

extension Arguments {
    /// A tolerance: a number, or a tensor of them.
    fileprivate func limit(_ name: String) throws -> (any TensorOperand)? {
        guard let value = value(9, name) else { return nil }
        guard let operand = value.operand else { throw Unsupported(reason: "\(name) of another type") }
        return operand
    }
}
