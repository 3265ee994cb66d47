import Testing
import TestSupport

import TensorCore

/// Decompositions where matrices are none, lie otherwise, are only described, or are singular.
@Suite struct DecompositionTests {
    struct Call: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let function: @Sendable (Tensor) -> [Tensor]

        init(_ name: String, _ function: @escaping @Sendable (Tensor) -> [Tensor]) {
            (testDescription, self.function) = (name, function)
        }
    }

    /// Of square matrices with eigenvalues above 0.
    static let calls: [Call] = [
        Call("cholesky") { [torch.linalg.cholesky($0)] },
        Call("cholesky_ex") { let r = torch.linalg.choleskyEx($0, upper: true); return [r.L, r.info] },
        Call("cholesky_inverse") { [torch.choleskyInverse($0)] },
        Call("cholesky_solve") { [torch.choleskySolve($0, $0)] },
        Call("lu") { let r = torch.linalg.lu($0); return [r.P, r.L, r.U] },
        Call("lu_factor_ex") { let r = torch.linalg.luFactorEx($0); return [r.LU, r.pivots, r.info] },
        Call("lu_solve") { let r = torch.linalg.luFactorEx($0); return [torch.linalg.luSolve(r.LU, r.pivots, $0, left: false)] },
        Call("lu_unpack") { x in
            let r = torch.linalg.luFactorEx(x)
            let u = torch.luUnpack(r.LU, r.pivots)
            return [u.P, u.L, u.U]
        },
        Call("ldl_factor_ex") { let r = torch.linalg.ldlFactorEx($0); return [r.LD, r.pivots, r.info] },
        Call("ldl_solve") { let r = torch.linalg.ldlFactorEx($0); return [torch.linalg.ldlSolve(r.LD, r.pivots, $0)] },
        Call("geqrf") { let r = torch.geqrf($0); return [r.a, r.tau] },
        Call("householder_product") { let r = torch.geqrf($0); return [torch.linalg.householderProduct(r.a, r.tau)] },
        Call("ormqr") { let r = torch.geqrf($0); return [torch.ormqr(r.a, r.tau, $0, transpose: true)] },
        Call("qr") { let r = torch.linalg.qr($0, mode: "complete"); return [r.Q, r.R] },
        Call("svd") { let r = torch.linalg.svd($0.narrow(-1, 0, $0.size(-1) - 1)); return [r.U, r.S, r.Vh] },
        Call("svdvals") { [torch.linalg.svdvals($0)] },
        Call("torch.svd") { let r = torch.svd($0, computeUv: false); return [r.U, r.S, r.V] },
        Call("eigh") { let r = torch.linalg.eigh($0); return [r.eigenvalues, r.eigenvectors] },
        Call("eigvalsh") { [torch.linalg.eigvalsh($0, UPLO: "U")] },
        Call("eig") { let r = torch.linalg.eig($0); return [r.eigenvalues, r.eigenvectors] },
        Call("eigvals") { [torch.linalg.eigvals($0)] },
        Call("solve_ex") { let r = torch.linalg.solveEx($0, $0); return [r.result, r.info] },
        Call("solve_triangular") { [torch.linalg.solveTriangular($0, $0, upper: true)] },
        Call("inv_ex") { let r = torch.linalg.invEx($0); return [r.inverse, r.info] },
        Call("det") { [torch.linalg.det($0)] },
        Call("slogdet") { let r = torch.linalg.slogdet($0); return [r.sign, r.logabsdet] },
        Call("logdet") { [torch.logdet($0)] },
        Call("pinv") { [torch.linalg.pinv($0)] },
        Call("matrix_rank") { [torch.linalg.matrixRank($0, hermitian: true)] },
        Call("lstsq") { x in
            let r = torch.linalg.lstsq(x.narrow(-1, 0, x.size(-1) - 1), x, driver: "gelsd")
            return [r.solution, r.residuals, r.rank, r.singularValues]
        },
        Call("matrix_norm") { [torch.linalg.matrixNorm($0, ord: "nuc"), torch.linalg.matrixNorm($0, ord: 1)] },
        Call("cond") { [torch.linalg.cond($0), torch.linalg.cond($0, p: "fro")] },
        Call("matrix_power") { [torch.linalg.matrixPower($0, 3), torch.linalg.matrixPower($0, 0)] },
        Call("matrix_exp") { [torch.linalg.matrixExp($0)] },
        Call("matrix_sqrth") { [torch.linalg.matrixSqrth($0)] },
        Call("polar") { let r = torch.linalg.polar($0); return [r.U, r.H] },
    ]

    static func positive(_ type: DType, _ shape: [Int] = [2, 3, 3]) -> Tensor {
        let x = (torch.arange(0, shape.reduce(1, *)).to(.float64).square() * 0.37).sin().reshape(shape).to(type)
        return x.matmul(x.mH) + torch.eye(shape.last!, dtype: type)
    }

    @Test(arguments: calls, [DType.float64, .complex64]) func describesResults(_ call: Call, _ type: DType) {
        let x = Self.positive(type)
        for (real, described) in zip(call.function(x), call.function(x.to(.meta))) {
            #expect(described.device.type == .meta && described.shape == real.shape && described.dtype == real.dtype)
        }
    }

    @Test(arguments: calls) func anyStrides(_ call: Call) {
        let x = Self.positive(.float64)
        let spread = torch.zeros(2, 3, 6, dtype: .float64).transpose(-1, -2)[.all, (0..<6).by(2)]
        spread.copy_(x)
        #expect(!spread.isContiguous())
        for (straight, other) in zip(call.function(x), call.function(spread)) { #expect(torch.equal(straight, other)) }
    }

    @Test(arguments: calls) func batchOfNone(_ call: Call) {
        for (one, none) in zip(call.function(Self.positive(.float64)), call.function(torch.zeros(0, 3, 3, dtype: .float64))) {
            #expect(none.dtype == one.dtype && none.numel == 0 && none.shape.dropFirst() == one.shape.dropFirst())
        }
    }

    @Test func matricesWithoutElements() {
        #expect(torch.linalg.qr(torch.zeros(3, 0), mode: "complete").Q.array() == torch.eye(3).array())
        #expect(torch.linalg.lu(torch.zeros(3, 0)).P.array() == torch.eye(3).array())
        #expect(torch.linalg.svd(torch.zeros(0, 2)).Vh.array() == torch.eye(2).array())
        #expect(torch.linalg.det(torch.zeros(0, 0)).item() == Scalar.float(1))
        #expect(torch.linalg.lstsq(torch.zeros(2, 0, 3), torch.zeros(2, 0, 4)).solution.array() == torch.zeros(2, 3, 4).array())
        #expect(torch.linalg.matrixRank(torch.zeros(0, 3)).item() == Scalar.int(0))
    }

    @Test func determinantsOfSingularMatrices() {
        let A = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]], dtype: .float64).requiresGrad_()
        let (det, cofactors) = (torch.linalg.det(A), [-3.0, 6, -3, 6, -12, 6, -3, 6, -3])
        let grad = torch.autograd.grad([det], [A], createGraph: true)[0]!
        #expect(Bool(((grad - Tensor(cofactors, shape: [3, 3])).abs() < 1e-9).all()))
    }

    @Test func symmetricIndefinite() {
        let A = torch.tensor([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0], [2.0, 3.0, 0.0]], dtype: .float64)
        let (LD, pivots) = torch.linalg.ldlFactor(A)
        let X = torch.linalg.ldlSolve(LD, pivots, torch.eye(3, dtype: .float64))
        #expect(Bool(((A.matmul(X) - torch.eye(3, dtype: .float64)).abs() < 1e-12).all()))
    }

    @Test func lowRank() {
        let A = torch.randn(2, 12, 3).matmul(torch.randn(2, 3, 9))
        let (U, S, V) = torch.svdLowrank(A, q: 4)
        #expect(Bool(((U * S.unsqueeze(-2)).matmul(V.mT) - A).abs().max() < 1e-3))
        #expect(torch.pcaLowrank(A.mT).V.shape == [2, 12, 6])
    }

    @Test func einsumByNumbers() {
        let (a, b) = (torch.randn(2, 3), torch.randn(3, 4))
        #expect(torch.equal(torch.einsum(a, [0, 1], b, [1, 2], [2, 0]), a.matmul(b).t()))
        #expect(torch.equal(torch.einsum(a, [EinsumSubscript.ellipsis, 0], [EinsumSubscript.ellipsis]), a.sum(dim: 1)))
    }

    @Test func refusals() {
        #expect(failure { _ = torch.linalg.inv(torch.zeros(2, 2)) }?.contains("The diagonal element 1 is zero") == true)
        #expect(failure { _ = torch.linalg.cholesky(torch.zeros(2, 3)) }?.contains("but they are 2 by 3 matrices") == true)
        nonisolated(unsafe) let z = Self.positive(.complex128).requiresGrad_()
        for (vectors, name) in [
            (torch.linalg.svd(z).U, "svd_backward"), (torch.linalg.eigh(z).eigenvectors, "linalg_eigh_backward"),
            (torch.linalg.eig(z).eigenvectors, "linalg_eig_backward"),
        ] {
            let phase = torch.full([], Scalar.complex(0, 1), dtype: .complex128)
            nonisolated(unsafe) let loss = (vectors * phase).real.sum() + vectors.real.sum() * 3
            #expect(failure { _ = torch.autograd.grad([loss], [z]) }?.contains(name) == true)
        }
        let x = torch.eye(2).requiresGrad_()
        #expect(
            failure { _ = torch.autograd.grad([torch.geqrf(x).a.sum()], [x]) }?
                .contains("the derivative for 'geqrf' is not implemented.") == true)
    }
}
