import Testing

import TensorCore

/// Linear algebra: derivatives against finite differences, and what defines each factorization.
@Suite struct LinearAlgebraTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let shapes: [[Int]]
        let function: @Sendable ([Tensor]) -> Tensor
        var testDescription: String { name }

        init(_ name: String, _ shapes: [[Int]], _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
            (self.name, self.shapes, self.function) = (name, shapes, function)
        }

        var inputs: [Tensor] {
            shapes.enumerated().map { i, shape in
                let values = (0..<shape.reduce(1, *)).map { (k: Int) -> Double in
                    let step: Int = (k * k + 3 * k + 5 * i) * 7 % 23
                    return (Double(step) + 0.37 + 0.11 * Double(i)) / 9 - 1.1
                }
                return Tensor(values, shape: shape).requiresGrad_()
            }
        }
    }

    /// Symmetric, with eigenvalues apart and above 0.
    static func positive(_ x: Tensor) -> Tensor {
        x.matmul(x.mT) + torch.eye(x.size(-2), dtype: .float64) * 0.5
    }

    static let products: [Case] = [
        Case("einsum_matmul", [[2, 3, 4], [2, 4, 2]]) { torch.einsum("bij,bjk->bik", $0) },
        Case("einsum_trace", [[3, 3]]) { torch.einsum("ii", $0) },
        Case("einsum_three", [[2, 3], [3, 2], [2, 2]]) { torch.einsum("ij,jk,kl->il", $0) },
        Case("einsum_ellipsis", [[2, 3, 2], [2, 2]]) { torch.einsum("...j,kj->...k", $0) },
        Case("tensordot", [[2, 3, 2], [3, 2, 2]]) { torch.tensordot($0[0], $0[1], dims: ([1, 0], [0, 1])) },
        Case("inner", [[2, 3], [2, 3]]) { $0[0].inner($0[1]) }, Case("kron", [[2, 2], [1, 3]]) { $0[0].kron($0[1]) },
        Case("baddbmm", [[2, 2, 2], [2, 2, 3], [2, 3, 2]]) { $0[0].baddbmm($0[1], $0[2], beta: 0.7, alpha: 2) },
        Case("addbmm", [[2, 2], [2, 2, 3], [2, 3, 2]]) { $0[0].addbmm($0[1], $0[2], beta: 0.7, alpha: 2) },
        Case("addmv", [[2], [2, 3], [3]]) { $0[0].addmv($0[1], $0[2], beta: 0.3, alpha: 2) },
        Case("addr", [[2, 3], [2], [3]]) { $0[0].addr($0[1], $0[2], beta: 0.3, alpha: 2) },
        Case("trace", [[3, 2]]) { $0[0].trace() }, Case("cross", [[2, 3], [2, 3]]) { torch.linalg.cross($0[0], $0[1]) },
        Case("vecdot", [[2, 3], [3]]) { torch.linalg.vecdot($0[0], $0[1]) },
        Case("cdist", [[2, 3], [2, 3]]) { torch.cdist($0[0], $0[1] + 3) }, Case("dist", [[3], [3]]) { $0[0].dist($0[1], 2) },
        Case("multi_dot", [[2, 3], [3, 2], [2]]) { torch.linalg.multiDot($0) },
        Case("vander", [[3]]) { torch.linalg.vander($0[0], N: 4) },
        Case("matrix_power", [[3, 3]]) { torch.linalg.matrixPower($0[0], 3) },
        Case("matrix_exp", [[2, 2]]) { torch.linalg.matrixExp($0[0]) },
    ]

    static let factorizations: [Case] = [
        Case("cholesky", [[2, 3, 3]]) { torch.linalg.cholesky(positive($0[0])) },
        Case("cholesky_upper", [[3, 3]]) { torch.linalg.cholesky(positive($0[0]), upper: true) },
        Case("cholesky_solve", [[3, 2], [3, 3]]) { torch.choleskySolve($0[0], torch.linalg.cholesky(positive($0[1]))) },
        Case("inv", [[2, 3, 3]]) { torch.linalg.inv($0[0]) }, Case("det", [[2, 3, 3]]) { torch.linalg.det($0[0]) },
        Case("slogdet", [[3, 3]]) { torch.linalg.slogdet($0[0]).logabsdet },
        Case("logdet", [[3, 3]]) { torch.logdet(positive($0[0])) },
        Case("solve", [[2, 3, 3], [3, 2]]) { torch.linalg.solve($0[0], $0[1]) },
        Case("solve_right", [[3, 3], [2, 3]]) { torch.linalg.solve($0[0], $0[1], left: false) },
        Case("solve_vector", [[3, 3], [3]]) { torch.linalg.solve($0[0], $0[1]) },
        Case("solve_triangular", [[3, 3], [3, 2]]) {
            torch.linalg.solveTriangular($0[0] + torch.eye(3, dtype: .float64) * 3, $0[1], upper: true)
        },
        Case("solve_unit_triangular", [[3, 3], [2, 3]]) {
            torch.linalg.solveTriangular($0[0], $0[1], upper: false, left: false, unitriangular: true)
        },
        Case("lu_square", [[3, 3]]) { torch.linalg.luFactor($0[0]).LU }, Case("lu_wide", [[2, 4]]) { torch.linalg.luFactor($0[0]).LU },
        Case("lu_tall", [[4, 2]]) { torch.linalg.luFactor($0[0]).LU },
        Case("qr_q", [[4, 3]]) { torch.linalg.qr($0[0]).Q }, Case("qr_r", [[3, 3]]) { torch.linalg.qr($0[0]).R },
        Case("qr_wide", [[2, 4]]) { torch.linalg.qr($0[0]).R },
        Case("svdvals", [[3, 2]]) { torch.linalg.svdvals($0[0]) },
        Case("svd_u", [[4, 2]]) { torch.linalg.svd($0[0], fullMatrices: false).U.square() },
        Case("svd_vh", [[2, 4]]) { torch.linalg.svd($0[0], fullMatrices: false).Vh.square() },
        Case("eigvalsh", [[3, 3]]) { torch.linalg.eigvalsh(positive($0[0])) },
        Case("eigh", [[2, 3, 3]]) { torch.linalg.eigh(positive($0[0])).eigenvectors.square() },
        Case("eig", [[3, 3]]) { torch.linalg.eig($0[0]).eigenvectors.abs() },
        Case("eigvals", [[3, 3]]) { torch.linalg.eigvals($0[0]).abs() },
        Case("pinv_wide", [[2, 4]]) { torch.linalg.pinv($0[0]) }, Case("pinv_tall", [[4, 2]]) { torch.linalg.pinv($0[0]) },
        Case("pinv_hermitian", [[3, 3]]) { torch.linalg.pinv(positive($0[0]), hermitian: true) },
        Case("lstsq", [[4, 2], [4, 2]]) { torch.linalg.lstsq($0[0], $0[1]).solution },
        Case("lstsq_wide", [[2, 4], [2, 2]]) { torch.linalg.lstsq($0[0], $0[1], driver: "gelsd").solution },
        Case("lstsq_residuals", [[4, 2], [4, 2]]) { torch.linalg.lstsq($0[0], $0[1], driver: "gels").residuals },
        Case("cholesky_inverse", [[3, 3]]) { torch.choleskyInverse($0[0].tril() + torch.eye(3, dtype: .float64) * 3) },
        Case("lu", [[4, 3]]) { torch.linalg.lu($0[0]).L.matmul(torch.linalg.lu($0[0]).U.square()) },
        Case("lu_unpack", [[3, 4]]) { x in
            let (LU, pivots) = torch.linalg.luFactor(x[0])
            let (P, L, U) = torch.luUnpack(LU, pivots)
            return P.matmul(L.square()).matmul(U)
        },
        Case("lu_solve", [[3, 3], [3, 2]]) { x in
            let (LU, pivots) = torch.linalg.luFactor(x[0])
            return torch.linalg.luSolve(LU, pivots, x[1]) + torch.linalg.luSolve(LU, pivots, x[1], adjoint: true)
        },
        Case("lu_solve_right", [[3, 3], [2, 3]]) { x in
            let (LU, pivots) = torch.linalg.luFactor(x[0])
            return torch.linalg.luSolve(LU, pivots, x[1], left: false)
        },
        Case("householder_product", [[4, 3], [2]]) { torch.linalg.householderProduct($0[0], $0[1]) },
        Case("ormqr", [[4, 3], [3], [4, 2]]) { torch.ormqr($0[0], $0[1], $0[2]) },
        Case("ormqr_adjoint", [[4, 2], [2], [4, 3]]) { torch.ormqr($0[0], $0[1], $0[2], transpose: true) },
        Case("ormqr_right", [[4, 2], [2], [3, 4]]) { torch.ormqr($0[0], $0[1], $0[2], left: false) },
        Case("ormqr_right_adjoint", [[4, 2], [2], [3, 4]]) {
            torch.ormqr($0[0], $0[1], $0[2], left: false, transpose: true)
        },
        Case("polar", [[4, 2]]) { torch.linalg.polar($0[0]).U + torch.linalg.polar($0[0]).H.sum() },
        Case("matrix_sqrth", [[3, 3]]) { torch.linalg.matrixSqrth(positive($0[0])) },
        Case("triangular_solve", [[3, 2], [3, 3]]) {
            torch.triangularSolve($0[0], $0[1] + torch.eye(3, dtype: .float64) * 3, transpose: true).solution
        },
        Case("matrix_norm", [[3, 2]]) { torch.linalg.matrixNorm($0[0], ord: 1) },
        Case("cond_nuclear", [[3, 3]]) { torch.linalg.cond(positive($0[0]), p: "nuc") },
        Case("nuclear_norm", [[3, 2]]) { torch.linalg.matrixNorm($0[0], ord: "nuc") },
        Case("spectral_norm", [[3, 2]]) { torch.linalg.matrixNorm($0[0], ord: 2) },
        Case("cond", [[3, 3]]) { torch.linalg.cond($0[0]) },
        Case("tensorinv", [[2, 2, 4]]) { torch.linalg.tensorinv($0[0]) },
        Case("tensorsolve", [[2, 2, 4], [2, 2]]) { torch.linalg.tensorsolve($0[0], $0[1]) },
    ]

    @Test(arguments: products + factorizations) func first(_ c: Case) throws {
        #expect(try torch.autograd.gradcheck({ [c.function($0)] }, c.inputs))
    }

    @Test(arguments: products + factorizations) func second(_ c: Case) throws {
        #expect(try torch.autograd.gradgradcheck({ [c.function($0)] }, c.inputs, atol: 1e-4))
    }

    @Test(arguments: [DType.float32, .float64, .complex64, .complex128]) func definitions(_ type: DType) {
        let real = torch.sin(torch.arange(0.0, 24.0, 1.0, dtype: .float64).square() * 0.37).reshape(2, 4, 3)
        let imaginary = torch.full([], Scalar.complex(0, 1), dtype: .complex128)
        var A = real.to(type)
        if type.isComplex { A = A + (real * 1.3 + 0.2).cos().to(type) * imaginary.to(type) }
        func same(_ x: Tensor, _ y: Tensor) -> Bool { Bool(((x - y).abs() < 1e-4).all()) }
        let square = A.mH.matmul(A) + torch.eye(3, dtype: type)
        let (U, S, Vh) = torch.linalg.svd(A, fullMatrices: false)
        #expect(same(U.matmul(S.unsqueeze(-1).to(type) * Vh), A))
        let (Q, R) = torch.linalg.qr(A, mode: "complete")
        #expect(same(Q.matmul(R), A) && same(Q.mH.matmul(Q), torch.eye(4, dtype: type)))
        let (P, L, upper) = torch.linalg.lu(A)
        #expect(same(P.matmul(L).matmul(upper), A))
        let C = torch.linalg.cholesky(square)
        #expect(same(C.matmul(C.mH), square))
        let (values, vectors) = torch.linalg.eigh(square)
        #expect(same(square.matmul(vectors), vectors * values.unsqueeze(-2).to(type)))
        let general = A.narrow(1, 0, 3)
        let (roots, directions) = torch.linalg.eig(general)
        #expect(same(general.to(type.complex).matmul(directions), directions * roots.unsqueeze(-2)))
        #expect(same(torch.linalg.inv(square).matmul(square), torch.eye(3, dtype: type)))
        #expect(same(general.matmul(torch.linalg.solve(general, A.narrow(1, 0, 3))), general))
        #expect(same(torch.linalg.det(general).to(type.complex), roots.prod(dim: -1)))
    }
}
