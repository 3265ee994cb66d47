import Flambeau

extension Calls {
    static let linearAlgebra: [String: Call] = {
        var calls: [String: Call] = [:]
        for (name, function) in sums {
            calls[name] = { a in
                try function(
                    a.input, a.tensor(1, "batch1"), a.tensor(2, "batch2"), a.double(9, "beta", default: 1),
                    a.double(9, "alpha", default: 1))
            }
        }
        calls["inner"] = { a in try torch.inner(a.input, a.tensor(1, "other")) }
        calls["vdot"] = { a in try torch.vdot(a.input, a.tensor(1, "other")) }
        calls["kron"] = { a in try torch.kron(a.input, a.tensor(1, "other")) }
        calls["cross"] = { a in try torch.cross(a.input, a.tensor(1, "other"), dim: a.optionalInt(2, "dim")) }
        calls["dist"] = { a in try torch.dist(a.input, a.tensor(1, "other"), p: a.double(2, "p", default: 2)) }
        calls["einsum"] = { a in
            guard let equation = try a.optionalString(0, "equation") else { throw Unsupported(reason: "no equation") }
            return try torch.einsum(equation, a.tensors(1, "operands"))
        }
        calls["linalg.cross"] = { a in
            try torch.linalg.cross(a.input, a.tensor(1, "other"), dim: a.int(9, "dim", default: -1))
        }
        calls["linalg.vecdot"] = { a in
            try torch.linalg.vecdot(a.input, a.tensor(1, "y"), dim: a.int(9, "dim", default: -1))
        }
        calls["linalg.multi_dot"] = { a in try torch.linalg.multiDot(a.tensorList("tensors")) }
        calls["linalg.cholesky"] = { a in try torch.linalg.cholesky(a.input, upper: a.bool(9, "upper", default: false)) }
        calls["linalg.solve"] = { a in
            try torch.linalg.solve(a.input, a.tensor(1, "B"), left: a.bool(9, "left", default: true))
        }
        calls["linalg.solve_triangular"] = { a in
            try torch.linalg.solveTriangular(
                a.input, a.tensor(1, "B"), upper: a.bool(9, "upper", default: false), left: a.bool(9, "left", default: true),
                unitriangular: a.bool(9, "unitriangular", default: false))
        }
        calls["linalg.inv"] = { a in torch.linalg.inv(try a.input) }
        calls["linalg.det"] = { a in torch.linalg.det(try a.input) }
        calls["linalg.slogdet"] = { a in
            let (sign, logarithm) = torch.linalg.slogdet(try a.input)
            return [sign, logarithm]
        }
        calls["logdet"] = { a in torch.logdet(try a.input) }
        calls["linalg.svdvals"] = { a in torch.linalg.svdvals(try a.input) }
        calls["linalg.eigvalsh"] = { a in try torch.linalg.eigvalsh(a.input, UPLO: a.optionalString(1, "UPLO") ?? "L") }
        calls["linalg.matrix_power"] = { a in try torch.linalg.matrixPower(a.input, a.int(1, "n")) }
        calls["matrix_exp"] = { a in torch.matrixExp(try a.input) }
        calls["linalg.vector_norm"] = { a in
            try torch.linalg.vectorNorm(
                a.input, ord: a.double(1, "ord", default: 2), dim: a.optionalInts(2, "dim"), keepdim: keepdim(a, 3),
                dtype: a.optionalDType(9, "dtype"))
        }
        return calls
    }()

    private static let sums: [(String, (Tensor, Tensor, Tensor, Double, Double) -> Tensor)] = [
        ("baddbmm", { torch.baddbmm($0, $1, $2, beta: $3, alpha: $4) }),
        ("addbmm", { torch.addbmm($0, $1, $2, beta: $3, alpha: $4) }),
        ("addmv", { torch.addmv($0, $1, $2, beta: $3, alpha: $4) }),
        ("addr", { torch.addr($0, $1, $2, beta: $3, alpha: $4) }),
    ]
}
