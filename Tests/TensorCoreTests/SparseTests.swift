import TestSupport
import Testing

import TensorCore

private func values() -> Tensor { torch.tensor([3.0, 4.0, 5.0]) }
private func leaf() -> Tensor { values().requiresGrad_() }
private func dense() -> Tensor { torch.arange(6.0).reshape(3, 2) }

/// Three elements of a 2 × 3 matrix, in order.
private func coo(_ values: Tensor = values(), dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
    torch.sparseCooTensor(torch.tensor([[0, 1, 1], [2, 0, 2]]), values, [2, 3], dtype: dtype, requiresGrad: requiresGrad)
}

/// Neither in order nor all different.
private func doubled(_ values: Tensor = values()) -> Tensor {
    torch.sparseCooTensor(torch.tensor([[1, 0, 1], [1, 2, 1]]), values, [2, 3])
}

private func csr(_ values: Tensor = values(), dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
    torch.sparseCsrTensor(
        torch.tensor([0, 1, 3]), torch.tensor([2, 0, 2]), values, [2, 3], dtype: dtype, requiresGrad: requiresGrad)
}

/// What `make_sparse_goldens.py` prints for the gradients of a sum.
func gradients(_ leaves: Tensor..., of function: ([Tensor]) -> Tensor) -> String {
    function(leaves).toDense().sum().backward()
    return leaves.map { "\($0.grad)" }.joined(separator: "\n")
}

/// Weights that differ, so that a wrong place shows.
func weighted(_ x: Tensor) -> Tensor { x * torch.arange(1.0, Double(x.numel + 1)).reshape(x.shape) }

/// Runs each of the expressions that have a golden and compares the text.
func expectTexts(_ goldens: [Golden], _ expressions: KeyValuePairs<String, () -> Any>) {
    let known = Dictionary(uniqueKeysWithValues: expressions.map { ($0.key, $0.value) })
    for golden in goldens {
        let code = golden.text("code")
        guard let expression = known[code] else {
            Issue.record("no Swift for \(code)")
            continue
        }
        var text = "\(expression())"
        if text == "true" { text = "True" }
        if text == "false" { text = "False" }
        #expect(text == golden.text("text"), "\(code)")
    }
}

@Suite struct SparseTests {
    @Test func textsEqualPyTorch() throws {
        expectTexts(
            try Golden.read("sparse.jsonl", from: .module),
            [
                "coo()": { coo() },
                "coo().coalesce()": { coo().coalesce() },
                "coo(vr())": { coo(leaf()) },
                "coo(vr()).coalesce()": { coo(leaf()).coalesce() },
                "coo(vr()).coalesce().values()": { coo(leaf()).coalesce().values() },
                "coo(vr()).to_dense()": { coo(leaf()).toDense() },
                "coo(requires_grad=True)": { coo(requiresGrad: true) },
                "coo(dtype=torch.float64)": { coo(dtype: .float64) },
                "torch.sparse_coo_tensor(i, torch.ones(3, 2), (2, 3, 2))": {
                    torch.sparseCooTensor(torch.tensor([[0, 1, 1], [2, 0, 2]]), torch.ones(3, 2), [2, 3, 2])
                },
                "doubled()": { doubled() },
                "doubled().coalesce()": { doubled().coalesce() },
                "doubled().to_dense()": { doubled().toDense() },
                "doubled().coalesce().indices()": { doubled().coalesce().indices() },
                "doubled()._nnz()": { doubled()._nnz() },
                "doubled().coalesce()._nnz()": { doubled().coalesce()._nnz() },
                "doubled().is_coalesced()": { doubled().isCoalesced() },
                "coo().layout": { coo().layout },
                "coo().is_sparse": { coo().isSparse },
                "coo().sparse_dim()": { coo().sparseDim() },
                "coo().dense_dim()": { coo().denseDim() },
                "torch.sparse_coo_tensor(i, v)": { torch.sparseCooTensor(torch.tensor([[0, 1, 1], [2, 0, 2]]), values()) },
                "torch.sparse_coo_tensor([[0, 1], [1, 0]], [1, 2])": { torch.sparseCooTensor([[0, 1], [1, 0]], [1, 2]) },
                "torch.sparse_coo_tensor((2, 3))": { torch.sparseCooTensor(size: [2, 3]) },
                "torch.sparse_coo_tensor(torch.zeros(0, 1, dtype=torch.int64), torch.tensor([3.0]), ())": {
                    torch.sparseCooTensor(torch.zeros(0, 1, dtype: .int64), torch.tensor([3.0]), [])
                },
                "torch.sparse_coo_tensor(torch.arange(2000).reshape(1, 2000), torch.arange(2000.0), (2000,))": {
                    torch.sparseCooTensor(torch.arange(2000).reshape(1, 2000), torch.arange(2000.0), [2000])
                },
                "torch.sparse_coo_tensor(twice, torch.tensor([True, True, False]), (2, 3)).to_dense()": {
                    doubled(torch.tensor([true, true, false])).toDense()
                },
                "torch.sparse_coo_tensor(twice, torch.tensor([1, 2, 3]), (2, 3)).to_dense()": {
                    doubled(torch.tensor([1, 2, 3])).toDense()
                },
                "torch.eye(3).to_sparse()": { torch.eye(3).toSparse() },
                "torch.ones(2, 3, 2).to_sparse(2)": { torch.ones(2, 3, 2).toSparse(2) },
                "D.clone().requires_grad_().to_sparse()": { dense().requiresGrad_().toSparse() },
                "torch.zeros(2, 3).to_sparse()": { torch.zeros(2, 3).toSparse() },
                "coo() + coo()": { coo() + coo() },
                "coo(vr()) + coo(vr())": { coo(leaf()) + coo(leaf()) },
                "coo() + doubled()": { coo() + doubled() },
                "coo() - coo()": { coo() - coo() },
                "torch.add(coo(), coo(), alpha=2)": { torch.add(coo(), coo(), alpha: 2) },
                "torch.ones(2, 3) + coo()": { torch.ones(2, 3) + coo() },
                "torch.ones(2, 3) - doubled()": { torch.ones(2, 3) - doubled() },
                "torch.ones(2, 3).add_(doubled())": { torch.ones(2, 3).add_(doubled()) },
                "coo() * 2": { coo() * 2 },
                "coo(vr()) * 2": { coo(leaf()) * 2 },
                "2 * coo()": { 2 * coo() },
                "coo() / 2": { coo() / 2 },
                "coo() * coo()": { coo() * coo() },
                "coo().coalesce() * doubled().coalesce()": { coo().coalesce() * doubled().coalesce() },
                "coo() * torch.ones(2, 3)": { coo() * torch.ones(2, 3) },
                "torch.sparse_coo_tensor(twice, torch.tensor([1, 2, 3]), (2, 3)) * 1.5": {
                    doubled(torch.tensor([1, 2, 3])) * 1.5
                },
                "-coo()": { -coo() },
                "coo(vr()).sin()": { coo(leaf()).sin() },
                "doubled().sqrt()": { doubled().sqrt() },
                "coo() ** 2": { coo() ** 2 },
                "coo().relu()": { coo().relu() },
                "coo(vr()).t()": { coo(leaf()).t() },
                "coo().transpose(0, 1)": { coo().transpose(0, 1) },
                "coo().permute(1, 0)": { coo().permute(1, 0) },
                "coo().t().coalesce()": { coo().t().coalesce() },
                "coo(vr())[0]": { coo(leaf())[0] },
                "coo()[1, 2]": { coo()[1, 2] },
                "doubled()[1]": { doubled()[1] },
                "coo(vr()).unsqueeze(0)": { coo(leaf()).unsqueeze(0) },
                "torch.cat([coo(), doubled()])": { torch.cat([coo(), doubled()]) },
                "torch.cat([coo(vr()), coo()], dim=1)": { torch.cat([coo(leaf()), coo()], dim: 1) },
                "torch.stack([coo(), coo()])": { torch.stack([coo(), coo()]) },
                "coo().double()": { coo().double() },
                "coo().bool()": { coo().bool() },
                "coo(vr()).half()": { coo(leaf()).half() },
                "coo().clone()": { coo().clone() },
                "coo(vr()).detach()": { coo(leaf()).detach() },
                "torch.zeros_like(coo())": { torch.zerosLike(coo()) },
                "coo().mul_(2)": { coo().mul_(2) },
                "coo().zero_()": { coo().zero_() },
                "coo().sum()": { coo().sum() },
                "coo().sum(0)": { coo().sum(0) },
                "coo(vr()).sum()": { coo(leaf()).sum() },
                "torch.sparse.sum(coo())": { torch.sparse.sum(coo()) },
                "torch.sparse.sum(coo(vr()), 0)": { torch.sparse.sum(coo(leaf()), 0) },
                "torch.sparse.sum(coo(), dim=1)": { torch.sparse.sum(coo(), dim: 1) },
                "torch.sparse.sum(coo(), dim=(0, 1))": { torch.sparse.sum(coo(), dim: [0, 1]) },
                "torch.sparse.sum(doubled(), 1)": { torch.sparse.sum(doubled(), 1) },
                "torch.sparse.softmax(coo(vr()), 1)": { torch.sparse.softmax(coo(leaf()), 1) },
                "torch.sparse.softmax(coo(), 0)": { torch.sparse.softmax(coo(), 0) },
                "torch.sparse.log_softmax(coo(vr()), 1)": { torch.sparse.logSoftmax(coo(leaf()), 1) },
                "torch.ones(2, 3).sparse_mask(coo())": { torch.ones(2, 3).sparseMask(coo()) },
                "torch.ones(2, 3, requires_grad=True).sparse_mask(coo())": {
                    torch.ones(2, 3, requiresGrad: true).sparseMask(coo())
                },
                "torch.sparse.mm(coo(vr()), D)": { torch.sparse.mm(coo(leaf()), dense()) },
                "coo(vr()) @ D": { coo(leaf()).matmul(dense()) },
                "doubled() @ D": { doubled().matmul(dense()) },
                "D @ coo(vr())": { dense().matmul(coo(leaf())) },
                "torch.mv(coo(vr()), torch.ones(3))": { torch.mv(coo(leaf()), torch.ones(3)) },
                "torch.addmm(torch.ones(2, 2), coo(vr()), D)": { torch.addmm(torch.ones(2, 2), coo(leaf()), dense()) },
                "torch.sparse.addmm(torch.ones(2, 2), coo(vr()), D, beta=2, alpha=3)": {
                    torch.sparse.addmm(torch.ones(2, 2), coo(leaf()), dense(), beta: 2, alpha: 3)
                },
                "coo(vr()) @ coo(vr()).t()": { coo(leaf()).matmul(coo(leaf()).t()) },
                "torch.sparse.mm(doubled(), coo().t())": { torch.sparse.mm(doubled(), coo().t()) },
                "csr()": { csr() },
                "csr(vr())": { csr(leaf()) },
                "csr(dtype=torch.float64)": { csr(dtype: .float64) },
                "csr(requires_grad=True)": { csr(requiresGrad: true) },
                "csr(vr()).to_dense()": { csr(leaf()).toDense() },
                "csr(vr()).values()": { csr(leaf()).values() },
                "csr().crow_indices()": { csr().crowIndices() },
                "csr().col_indices()": { csr().colIndices() },
                "csr()._nnz()": { csr()._nnz() },
                "csr().layout": { csr().layout },
                "csr().is_sparse": { csr().isSparse },
                "csr(vr()).to_sparse()": { csr(leaf()).toSparse() },
                "torch.sparse_csr_tensor(crow, col, v)": {
                    torch.sparseCsrTensor(torch.tensor([0, 1, 3]), torch.tensor([2, 0, 2]), values())
                },
                "torch.sparse_csr_tensor([0, 1, 3], [2, 0, 2], [1, 2, 3], (2, 3))": {
                    torch.sparseCsrTensor([0, 1, 3], [2, 0, 2], [1, 2, 3], [2, 3])
                },
                "torch.eye(3, requires_grad=True).to_sparse_csr()": { torch.eye(3, requiresGrad: true).toSparseCsr() },
                "doubled().to_sparse_csr()": { doubled().toSparseCsr() },
                "csr(vr()) @ D": { csr(leaf()).matmul(dense()) },
                "torch.sparse.mm(csr(vr()), D)": { torch.sparse.mm(csr(leaf()), dense()) },
                "torch.mv(csr(vr()), torch.ones(3))": { torch.mv(csr(leaf()), torch.ones(3)) },
                "torch.addmm(torch.ones(2, 2), csr(vr()), D)": { torch.addmm(torch.ones(2, 2), csr(leaf()), dense()) },
                "csr(vr()) * 2": { csr(leaf()) * 2 },
                "csr() + csr()": { csr() + csr() },
                "csr() * csr()": { csr() * csr() },
                "-csr()": { -csr() },
                "csr().sin()": { csr().sin() },
                "csr().sum()": { csr().sum() },
                "csr().double()": { csr().double() },
                "grad(lambda s: weighted(s.to_dense()), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { weighted($0[0].toDense()) }
                },
                "grad(lambda s: s @ D, coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { $0[0].matmul(dense()) }
                },
                "grad(lambda s: torch.sparse.mm(s, D), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { torch.sparse.mm($0[0], dense()) }
                },
                "grad(lambda s: s.sum(), coo(requires_grad=True))": { gradients(coo(requiresGrad: true)) { $0[0].sum() } },
                "grad(lambda s: torch.sparse.sum(s), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { torch.sparse.sum($0[0]) }
                },
                "grad(lambda s: weighted(torch.sparse.sum(s, 0).to_dense()), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { weighted(torch.sparse.sum($0[0], 0).toDense()) }
                },
                "grad(lambda s: s * 2, coo(requires_grad=True))": { gradients(coo(requiresGrad: true)) { $0[0] * 2 } },
                "grad(lambda s: s * s, coo(requires_grad=True))": { gradients(coo(requiresGrad: true)) { $0[0] * $0[0] } },
                "grad(lambda s: s.coalesce().values(), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { $0[0].coalesce().values() }
                },
                "grad(lambda s: weighted(torch.sparse.softmax(s, 1).to_dense()), coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { weighted(torch.sparse.softmax($0[0], 1).toDense()) }
                },
                "grad(lambda s: torch.ones(2, 3) + s, coo(requires_grad=True))": {
                    gradients(coo(requiresGrad: true)) { torch.ones(2, 3) + $0[0] }
                },
                "grad(lambda x: weighted(torch.sparse_coo_tensor(twice, x, (2, 3)).to_dense()), vr())": {
                    gradients(leaf()) { weighted(doubled($0[0]).toDense()) }
                },
                "grad(lambda x, d: weighted(torch.sparse.mm(torch.sparse_coo_tensor(twice, x, (2, 3)), d)), vr(), D.clone().requires_grad_())": {
                    gradients(leaf(), dense().requiresGrad_()) { weighted(torch.sparse.mm(doubled($0[0]), $0[1])) }
                },
                "grad(lambda x, d: weighted(csr(x) @ d), vr(), D.clone().requires_grad_())": {
                    gradients(leaf(), dense().requiresGrad_()) { weighted(csr($0[0]).matmul($0[1])) }
                },
                "grad(lambda x: weighted(x.to_sparse().to_dense()), D.clone().requires_grad_())": {
                    gradients(dense().requiresGrad_()) { weighted($0[0].toSparse().toDense()) }
                },
                "grad(lambda x: weighted(x.sparse_mask(coo()).to_dense()), torch.ones(2, 3, requires_grad=True))": {
                    gradients(torch.ones(2, 3, requiresGrad: true)) { weighted($0[0].sparseMask(coo()).toDense()) }
                },
            ])
    }

    // MARK: Gradients, first and second

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Of the elements of a sparse matrix and a dense one.
        let function: @Sendable (_ sparse: (Tensor) -> Tensor, Tensor, Tensor) -> Tensor

        init(_ name: String, _ function: @escaping @Sendable ((Tensor) -> Tensor, Tensor, Tensor) -> Tensor) {
            (testDescription, self.function) = (name, function)
        }
    }

    static let cases = [
        Case("to_dense") { s, v, _ in s(v).toDense() },
        Case("coalesce values") { s, v, _ in s(v).toSparse().coalesce().values() },
        Case("sparse @ dense") { s, v, d in s(v).matmul(d) },
        Case("sparse.mm") { s, v, d in torch.sparse.mm(s(v), d) },
        Case("dense @ sparse") { s, v, d in d.t().matmul(s(v).toSparse().t()) },
        Case("mv") { s, v, d in s(v).mv(d.select(1, 0)) },
        Case("addmm") { s, v, d in torch.addmm(torch.ones(2, 2, dtype: .float64), s(v), d, beta: 0.5, alpha: 3) },
        Case("sparse @ sparse") { s, v, _ in torch.sparse.mm(s(v).toSparse(), s(v).toSparse().t()).toDense() },
        Case("add") { s, v, _ in (s(v) + s(v * v)).toDense() },
        Case("add to dense") { s, v, d in d.t() - s(v) },
        Case("mul") { s, v, _ in (s(v) * s(v * v)).toDense() },
        Case("mul by dense") { s, v, d in (s(v).toSparse() * d.t()).toDense() },
        Case("div by number") { s, v, _ in (s(v) / 3).toDense() },
        Case("pow") { s, v, _ in (s(v).toSparse().coalesce() ** 3).toDense() },
        Case("sum") { s, v, _ in s(v * v).sum() },
        Case("sparse.sum") { s, v, _ in torch.sparse.sum(s(v * v).toSparse(), dim: 1).toDense() },
        Case("softmax") { s, v, _ in torch.sparse.softmax(s(v).toSparse(), 1).toDense() },
        Case("log_softmax") { s, v, _ in torch.sparse.logSoftmax(s(v).toSparse(), 1).toDense() },
        Case("select") { s, v, _ in s(v).toSparse().select(0, 1).toDense() },
        Case("cat") { s, v, _ in torch.cat([s(v).toSparse(), s(v * v).toSparse()], dim: 1).toDense() },
        Case("unsqueeze") { s, v, _ in s(v).toSparse().unsqueeze(0).toDense() },
        Case("sparse_mask") { s, v, d in (d.t() * d.t()).sparseMask(s(v).detach()).toDense() },
        Case("to_sparse_csr") { s, v, d in s(v).toSparse().toSparseCsr().matmul(d) },
    ]

    @Test(arguments: cases) func gradcheck(of test: Case) throws {
        let v = torch.tensor([0.7, -1.2, 1.9], dtype: .float64).requiresGrad_()
        let d = (torch.arange(6.0, dtype: .float64).reshape(3, 2) * 0.3 + 0.2).requiresGrad_()
        for sparse in [{ coo($0) }, { doubled($0) }, { csr($0) }] as [(Tensor) -> Tensor] {
            try torch.autograd.gradcheck({ [test.function(sparse, $0[0], $0[1])] }, [v, d])
            try torch.autograd.gradgradcheck({ [test.function(sparse, $0[0], $0[1])] }, [v, d])
        }
    }

    @Test func gradientsOfOneTensorMayBeDenseAndSparse() {
        let s = coo(requiresGrad: true)
        for _ in 0..<2 { torch.sparse.mm(s, dense()).sum().backward() }
        #expect(s.grad!.isSparse)
        #expect(s.grad!._values().array() == [18, 2, 18] as [Float])
        s.sum().backward()
        #expect(s.grad!.layout == .strided)
        s.toDense().sum().backward()
        #expect(s.grad!.array() == [1, 1, 20, 4, 1, 20] as [Float])
        let t = coo(requiresGrad: true)
        (t.sum() + t.toDense().sum()).backward()
        #expect(t.grad!.array() == [1, 1, 2, 2, 1, 2] as [Float])
    }

    // MARK: Edges

    @Test func tensorsWithoutElements() {
        let empty = torch.sparseCooTensor(size: [2, 3])
        #expect(empty.coalesce()._nnz() == 0)
        #expect(empty.toDense().array() == [Float](repeating: 0, count: 6))
        #expect(empty.matmul(dense()).array() == [0, 0, 0, 0] as [Float])
        #expect((empty + coo()).coalesce()._nnz() == 3)
        #expect(empty.toSparseCsr().crowIndices().array() == [0, 0, 0] as [Int])
        #expect(torch.sparse.softmax(empty, 1)._nnz() == 0)
        #expect(torch.zeros(0, 3).toSparse().toDense().shape == [0, 3])
    }

    @Test func copiesAndAliases() {
        let s = coo()
        let (copy, alias) = (s.clone(), s.detach())
        s.mul_(2)
        #expect(s.toDense().sum().item() == 24.0)
        #expect(alias.toDense().sum().item() == 24.0)
        #expect(copy.toDense().sum().item() == 12.0)
    }

    @Test func manyElements() {
        torch.manualSeed(1)
        let x = torch.randn(40, 50, dtype: .float64) * (torch.rand(40, 50) > 0.8)
        let y = torch.randn(50, 7, dtype: .float64)
        let s = x.toSparse()
        #expect(s.matmul(y).distance(to: x.matmul(y)) < 1e-12)
        #expect(y.t().matmul(s.t()).distance(to: y.t().matmul(x.t())) < 1e-12)
        #expect(s.toSparseCsr().matmul(y).distance(to: x.matmul(y)) < 1e-12)
        #expect(torch.sparse.mm(s, s.t()).toDense().distance(to: x.matmul(x.t())) < 1e-12)
        #expect(s.half().matmul(y.half()).distance(to: x.half().matmul(y.half())) < 0.02)
        let z = torch.randn(40, 50, dtype: .float64) * (torch.rand(40, 50) > 0.8)
        #expect((s * z.toSparse()).toDense().distance(to: x * z) == 0)
        #expect((s + z.toSparse()).toDense().distance(to: x + z) == 0)
    }

    @Test(arguments: [
        ("indices must be sparse_dim x nnz, but got: [2]", { _ = torch.sparseCooTensor(torch.tensor([0, 1]), torch.ones(2), [2, 2]) }),
        (
            "indices and values must have same nnz, but got nnz from indices: 2, nnz from values: 3",
            { _ = torch.sparseCooTensor([[0, 1], [1, 1]], [1, 2, 3], [2, 2]) }
        ),
        (
            "'len(size) == sparse_dim + dense_dim' is not satisfied: len(size) = 1, sparse_dim = 2, dense_dim = 0",
            { _ = torch.sparseCooTensor([[0, 1], [1, 1]], [1, 2], [2]) }
        ),
        ("found negative index -1 for dim 1", { _ = torch.sparseCooTensor([[0, 1], [1, -1]], [1, 2]) }),
        (
            "size is inconsistent with indices: for dim 1, size is 2 but found index 5",
            { _ = torch.sparseCooTensor([[0, 1], [1, 5]], [1, 2], [2, 2]) }
        ),
        ("Cannot get indices on an uncoalesced tensor, please call .coalesce() first", { _ = coo().indices() }),
        ("Cannot get values on an uncoalesced tensor, please call .coalesce() first", { _ = coo().values() }),
        ("values expected sparse tensor layout but got Strided", { _ = dense().values() }),
        ("coalesce expected sparse coordinate tensor layout but got SparseCsr", { _ = csr().coalesce() }),
        ("crow_indices expected sparse row compressed tensor layout but got Sparse", { _ = coo().crowIndices() }),
        ("add(sparse, dense) is not supported. Use add(dense, sparse) instead.", { _ = coo() + torch.ones(2, 3) }),
        ("add(sparse, dense) is not supported. Use add(dense, sparse) instead.", { _ = coo() + 1 }),
        (
            "add: expected sizes of 'self' and 'other' to match, but [2, 3] != [3, 3]",
            { _ = coo() + torch.sparseCooTensor(size: [3, 3]) }
        ),
        (
            "add: expected 'self' and 'other' to have same size, but self has size [2, 2] while other has size [2, 3] "
                + "(FYI: dense-sparse addition does not currently support broadcasting)", { _ = torch.ones(2, 2) + coo() }
        ),
        (
            "Sparse division requires a scalar or zero-dim dense tensor divisor (got shape [2, 3] for divisor)",
            { _ = coo() / coo() }
        ),
        ("addmm: Argument #3 (dense): Expected dim 0 size 3, got 2", { _ = coo().matmul(torch.ones(2, 2)) }),
        ("addmm: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x2)", { _ = csr().matmul(torch.ones(2, 2)) }),
        (
            "_sparse_sparse_matmul: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", { _ = coo().matmul(coo()) }
        ),
        (
            "sparse_mask(): operands have incompatible sizes; self has size [3, 3] but mask has size [2, 3]",
            { _ = torch.ones(3, 3).sparseMask(coo()) }
        ),
        ("dense_to_sparse: sparse_dim argument must be in [0,2] range, but 3 is given", { _ = dense().toSparse(3) }),
        ("`crow_indices[..., -1] == nnz` is not satisfied.", { _ = torch.sparseCsrTensor([0, 1, 2], [2, 0, 2], [1, 2, 3], [2, 3]) }),
        ("`0 <= col_indices < ncols` is not satisfied.", { _ = torch.sparseCsrTensor([0, 1, 3], [2, 0, 5], [1, 2, 3], [2, 3]) }),
    ] as [(String, @Sendable () -> Void)])
    func refusals(message: String, body: @escaping @Sendable () -> Void) {
        #expect(failure(body) == "RuntimeError: " + message)
    }

    @Test(arguments: [
        ("aten::exp", { _ = coo().exp() }), ("aten::sigmoid", { _ = coo().sigmoid() }), ("aten::mean", { _ = coo().mean() }),
        ("aten::fill_.Scalar", { _ = coo().fill_(1) }), ("aten::as_strided", { _ = coo().view(6) }),
        ("aten::as_strided", { _ = coo().squeeze() }), ("an operator", { _ = coo().cumsum(0) }),
    ] as [(String, @Sendable () -> Void)])
    func operatorsThatSparseTensorsHaveNot(name: String, body: @escaping @Sendable () -> Void) {
        let message = failure(body) ?? "none"
        #expect(message.hasPrefix("NotImplementedError: Could not run"), "\(message)")
        #expect(message.contains(name) && message.contains("with arguments from the 'SparseCPU' backend."), "\(message)")
    }
}
