import Flambeau

extension Calls {
    /// Factorizations, and what is made from them.
    static let decompositions: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["cholesky"] = { a in try torch.cholesky(a.input, upper: a.flag(1, "upper")) }
        calls["cholesky_inverse"] = { a in try torch.choleskyInverse(a.input, upper: a.flag(1, "upper")) }
        calls["cholesky_solve"] = { a in
            try torch.choleskySolve(a.input, a.tensor(1, "input2"), upper: a.flag(2, "upper"))
        }
        calls["linalg.cholesky"] = { a in try torch.linalg.cholesky(a.input, upper: a.flag(9, "upper")) }
        calls["linalg.cholesky_ex"] = { a in
            let r = try torch.linalg.choleskyEx(a.input, upper: a.flag(9, "upper"), checkErrors: a.flag(9, "check_errors"))
            return [r.L, r.info]
        }
        calls["linalg.lu"] = { a in
            let r = try torch.linalg.lu(a.input, pivot: a.bool(9, "pivot", default: true))
            return [r.P, r.L, r.U]
        }
        calls["linalg.lu_factor"] = { a in
            let r = try torch.linalg.luFactor(a.input, pivot: a.bool(9, "pivot", default: true))
            return [r.LU, r.pivots]
        }
        calls["linalg.lu_factor_ex"] = { a in
            let r = try torch.linalg.luFactorEx(
                a.input, pivot: a.bool(9, "pivot", default: true), checkErrors: a.flag(9, "check_errors"))
            return [r.LU, r.pivots, r.info]
        }
        calls["linalg.lu_solve"] = { a in
            try torch.linalg.luSolve(
                a.input, a.tensor(1, "pivots"), a.tensor(2, "B"), left: a.bool(9, "left", default: true),
                adjoint: a.flag(9, "adjoint"))
        }
        calls["lu"] = { a in
            let pivot = try a.bool(1, "pivot", default: true)
            if try a.flag(2, "get_infos") {
                let r = try torch.lu(a.input, pivot: pivot, getInfos: true)
                return [r.LU, r.pivots, r.infos]
            }
            let r: (LU: Tensor, pivots: Tensor) = try torch.lu(a.input, pivot: pivot)
            return [r.LU, r.pivots]
        }
        calls["lu_solve"] = { a in try torch.luSolve(a.input, a.tensor(1, "LU_data"), a.tensor(2, "LU_pivots")) }
        calls["lu_unpack"] = { a in
            let r = try torch.luUnpack(
                a.input, a.tensor(1, "LU_pivots"), unpackData: a.bool(2, "unpack_data", default: true),
                unpackPivots: a.bool(3, "unpack_pivots", default: true))
            return [r.P, r.L, r.U]
        }
        calls["linalg.ldl_factor"] = { a in
            let r = try torch.linalg.ldlFactor(a.input, hermitian: a.flag(9, "hermitian"))
            return [r.LD, r.pivots]
        }
        calls["linalg.ldl_factor_ex"] = { a in
            let r = try torch.linalg.ldlFactorEx(
                a.input, hermitian: a.flag(9, "hermitian"), checkErrors: a.flag(9, "check_errors"))
            return [r.LD, r.pivots, r.info]
        }
        calls["linalg.ldl_solve"] = { a in
            try torch.linalg.ldlSolve(a.input, a.tensor(1, "pivots"), a.tensor(2, "B"), hermitian: a.flag(9, "hermitian"))
        }
        calls["geqrf"] = { a in
            let r = torch.geqrf(try a.input)
            return [r.a, r.tau]
        }
        calls["ormqr"] = { a in
            try torch.ormqr(
                a.input, a.tensor(1, "tau"), a.tensor(2, "other"), left: a.bool(3, "left", default: true),
                transpose: a.flag(4, "transpose"))
        }
        calls["linalg.householder_product"] = { a in try torch.linalg.householderProduct(a.input, a.tensor(1, "tau")) }
        calls["linalg.qr"] = { a in
            let r = try torch.linalg.qr(a.input, mode: a.optionalString(1, "mode") ?? "reduced")
            return [r.Q, r.R]
        }
        calls["qr"] = { a in
            let r = try torch.qr(a.input, some: a.bool(1, "some", default: true))
            return [r.Q, r.R]
        }
        calls["linalg.svd"] = { a in
            let r = try torch.linalg.svd(
                a.input, fullMatrices: a.bool(1, "full_matrices", default: true), driver: a.optionalString(9, "driver"))
            return [r.U, r.S, r.Vh]
        }
        calls["linalg.svdvals"] = { a in torch.linalg.svdvals(try a.input) }
        calls["svd"] = { a in
            let r = try torch.svd(
                a.input, some: a.bool(1, "some", default: true), computeUv: a.bool(2, "compute_uv", default: true))
            return [r.U, r.S, r.V]
        }
        calls["linalg.eigh"] = { a in
            let r = try torch.linalg.eigh(a.input, UPLO: a.optionalString(1, "UPLO") ?? "L")
            return [r.eigenvalues, r.eigenvectors]
        }
        calls["linalg.eigvalsh"] = { a in try torch.linalg.eigvalsh(a.input, UPLO: a.optionalString(1, "UPLO") ?? "L") }
        calls["linalg.eig"] = { a in
            let r = torch.linalg.eig(try a.input)
            return [r.eigenvalues, r.eigenvectors]
        }
        calls["linalg.eigvals"] = { a in torch.linalg.eigvals(try a.input) }
        calls["linalg.polar"] = { a in
            let r = torch.linalg.polar(try a.input)
            return [r.U, r.H]
        }
        calls["linalg.matrix_sqrth"] = { a in torch.linalg.matrixSqrth(try a.input) }
        return calls
    }()
}

extension Arguments {
    /// An argument that is false by default.
    func flag(_ position: Int, _ name: String) throws -> Bool { try bool(position, name, default: false) }
}
