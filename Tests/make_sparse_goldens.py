"""Computes with PyTorch what the tests of sparse and quantized tensors compare with.

    python make_sparse_goldens.py        # writes Goldens/sparse.jsonl and quantized.jsonl; needs torch

A case is an expression and what PyTorch prints for it; the tests have the same expression in Swift.
"""

import json
import pathlib
import warnings

import torch

warnings.simplefilter("ignore")
GOLDENS = pathlib.Path(__file__).parent / "TensorCoreTests" / "Goldens"

i = torch.tensor([[0, 1, 1], [2, 0, 2]])
v = torch.tensor([3.0, 4.0, 5.0])
twice = torch.tensor([[1, 0, 1], [1, 2, 1]])
D = torch.arange(6.0).reshape(3, 2)
crow, col = torch.tensor([0, 1, 3]), torch.tensor([2, 0, 2])


def coo(values=v, **options):
    return torch.sparse_coo_tensor(i, values, (2, 3), **options)


def doubled():
    return torch.sparse_coo_tensor(twice, v, (2, 3))


def csr(values=v, **options):
    return torch.sparse_csr_tensor(crow, col, values, (2, 3), **options)


def vr():
    return v.clone().requires_grad_()


def grad(function, *leaves):
    """The gradients of the sum of what `function` gives, one below the other."""
    out = function(*leaves)
    (out if out.layout == torch.strided else out.to_dense()).sum().backward()
    return "\n".join(repr(leaf.grad) for leaf in leaves)


def weighted(x):
    """Weights that differ, so that a wrong place shows."""
    return x * torch.arange(1.0, x.numel() + 1).reshape(x.shape)


SPARSE = """
coo()
coo().coalesce()
coo(vr())
coo(vr()).coalesce()
coo(vr()).coalesce().values()
coo(vr()).to_dense()
coo(requires_grad=True)
coo(dtype=torch.float64)
torch.sparse_coo_tensor(i, torch.ones(3, 2), (2, 3, 2))
doubled()
doubled().coalesce()
doubled().to_dense()
doubled().coalesce().indices()
doubled()._nnz()
doubled().coalesce()._nnz()
doubled().is_coalesced()
coo().layout
coo().is_sparse
coo().sparse_dim()
coo().dense_dim()
torch.sparse_coo_tensor(i, v)
torch.sparse_coo_tensor([[0, 1], [1, 0]], [1, 2])
torch.sparse_coo_tensor((2, 3))
torch.sparse_coo_tensor(torch.zeros(0, 1, dtype=torch.int64), torch.tensor([3.0]), ())
torch.sparse_coo_tensor(torch.arange(2000).reshape(1, 2000), torch.arange(2000.0), (2000,))
torch.sparse_coo_tensor(twice, torch.tensor([True, True, False]), (2, 3)).to_dense()
torch.sparse_coo_tensor(twice, torch.tensor([1, 2, 3]), (2, 3)).to_dense()
torch.eye(3).to_sparse()
torch.ones(2, 3, 2).to_sparse(2)
D.clone().requires_grad_().to_sparse()
torch.zeros(2, 3).to_sparse()
coo() + coo()
coo(vr()) + coo(vr())
coo() + doubled()
coo() - coo()
torch.add(coo(), coo(), alpha=2)
torch.ones(2, 3) + coo()
torch.ones(2, 3) - doubled()
torch.ones(2, 3).add_(doubled())
coo() * 2
coo(vr()) * 2
2 * coo()
coo() / 2
coo() * coo()
coo().coalesce() * doubled().coalesce()
coo() * torch.ones(2, 3)
torch.sparse_coo_tensor(twice, torch.tensor([1, 2, 3]), (2, 3)) * 1.5
-coo()
coo(vr()).sin()
doubled().sqrt()
coo() ** 2
coo().relu()
coo(vr()).t()
coo().transpose(0, 1)
coo().permute(1, 0)
coo().t().coalesce()
coo(vr())[0]
coo()[1, 2]
doubled()[1]
coo(vr()).unsqueeze(0)
torch.cat([coo(), doubled()])
torch.cat([coo(vr()), coo()], dim=1)
torch.stack([coo(), coo()])
coo().double()
coo().bool()
coo(vr()).half()
coo().clone()
coo(vr()).detach()
torch.zeros_like(coo())
coo().mul_(2)
coo().zero_()
coo().sum()
coo().sum(0)
coo(vr()).sum()
torch.sparse.sum(coo())
torch.sparse.sum(coo(vr()), 0)
torch.sparse.sum(coo(), dim=1)
torch.sparse.sum(coo(), dim=(0, 1))
torch.sparse.sum(doubled(), 1)
torch.sparse.softmax(coo(vr()), 1)
torch.sparse.softmax(coo(), 0)
torch.sparse.log_softmax(coo(vr()), 1)
torch.ones(2, 3).sparse_mask(coo())
torch.ones(2, 3, requires_grad=True).sparse_mask(coo())
torch.sparse.mm(coo(vr()), D)
coo(vr()) @ D
doubled() @ D
D @ coo(vr())
torch.mv(coo(vr()), torch.ones(3))
torch.addmm(torch.ones(2, 2), coo(vr()), D)
torch.sparse.addmm(torch.ones(2, 2), coo(vr()), D, beta=2, alpha=3)
coo(vr()) @ coo(vr()).t()
torch.sparse.mm(doubled(), coo().t())
csr()
csr(vr())
csr(dtype=torch.float64)
csr(requires_grad=True)
csr(vr()).to_dense()
csr(vr()).values()
csr().crow_indices()
csr().col_indices()
csr()._nnz()
csr().layout
csr().is_sparse
csr(vr()).to_sparse()
torch.sparse_csr_tensor(crow, col, v)
torch.sparse_csr_tensor([0, 1, 3], [2, 0, 2], [1, 2, 3], (2, 3))
torch.eye(3, requires_grad=True).to_sparse_csr()
doubled().to_sparse_csr()
csr(vr()) @ D
torch.sparse.mm(csr(vr()), D)
torch.mv(csr(vr()), torch.ones(3))
torch.addmm(torch.ones(2, 2), csr(vr()), D)
csr(vr()) * 2
csr() + csr()
csr() * csr()
-csr()
csr().sin()
csr().sum()
csr().double()
grad(lambda s: weighted(s.to_dense()), coo(requires_grad=True))
grad(lambda s: s @ D, coo(requires_grad=True))
grad(lambda s: torch.sparse.mm(s, D), coo(requires_grad=True))
grad(lambda s: s.sum(), coo(requires_grad=True))
grad(lambda s: torch.sparse.sum(s), coo(requires_grad=True))
grad(lambda s: weighted(torch.sparse.sum(s, 0).to_dense()), coo(requires_grad=True))
grad(lambda s: s * 2, coo(requires_grad=True))
grad(lambda s: s * s, coo(requires_grad=True))
grad(lambda s: s.coalesce().values(), coo(requires_grad=True))
grad(lambda s: weighted(torch.sparse.softmax(s, 1).to_dense()), coo(requires_grad=True))
grad(lambda s: torch.ones(2, 3) + s, coo(requires_grad=True))
grad(lambda x: weighted(torch.sparse_coo_tensor(twice, x, (2, 3)).to_dense()), vr())
grad(lambda x, d: weighted(torch.sparse.mm(torch.sparse_coo_tensor(twice, x, (2, 3)), d)), vr(), D.clone().requires_grad_())
grad(lambda x, d: weighted(csr(x) @ d), vr(), D.clone().requires_grad_())
grad(lambda x: weighted(x.to_sparse().to_dense()), D.clone().requires_grad_())
grad(lambda x: weighted(x.sparse_mask(coo()).to_dense()), torch.ones(2, 3, requires_grad=True))
"""

x = torch.tensor([[-1.0, 0.0, 1.0], [2.0, 0.26, 0.14]])
scales, zeros = torch.tensor([0.1, 0.01]), torch.tensor([10, 0])
zeros32 = zeros.to(torch.int32)


def xr():
    return x.clone().requires_grad_()


def q(type=torch.quint8, zero=10):
    return torch.quantize_per_tensor(x, 0.1, zero, type)


def qc(type=torch.quint8):
    return torch.quantize_per_channel(x, scales, zeros, 0, type)


def packed(channels=False, bias=True):
    w = torch.tensor([[0.5, -1.0, 0.25], [1.5, 0.1, -0.7]])
    if channels:
        qw = torch.quantize_per_channel(w, torch.tensor([0.02, 0.01]), torch.tensor([0, 0]), 0, torch.qint8)
    else:
        qw = torch.quantize_per_tensor(w, 0.02, 0, torch.qint8)
    return torch.ops.quantized.linear_prepack(qw, torch.tensor([0.1, -0.2]) if bias else None)


QUANTIZED = """
torch.ops.quantized.linear(q(), packed(), 0.05, 20)
torch.ops.quantized.linear(q(), packed(True), 0.05, 20)
torch.ops.quantized.linear(q(), packed(bias=False), 0.05, 20).int_repr()
torch.ops.quantized.linear_relu(q(), packed(), 0.05, 20)
torch.ops.quantized.linear_dynamic(x, packed())
torch.ops.quantized.linear_dynamic(x, packed(True), reduce_range=True)
q()
q(torch.qint8, 0)
q(torch.qint32, 0)
qc()
qc(torch.qint8)
torch.quantize_per_channel(x, torch.tensor([0.1, 0.02, 0.3]), torch.tensor([1, 2, 3]), 1, torch.qint8)
q().int_repr()
q(torch.qint8, 0).int_repr()
q(torch.qint32, 0).int_repr()
qc().int_repr()
q().dequantize()
qc().dequantize()
q().q_scale()
q().q_zero_point()
q().qscheme()
qc().qscheme()
qc().q_per_channel_scales()
qc().q_per_channel_zero_points()
qc().q_per_channel_axis()
q().is_quantized
q().dtype
q().element_size()
q()[0]
q()[0, 0].item()
q().t()
q().view(6)
q().clone()
q().relu()
q() == q()
torch.quantize_per_tensor(torch.tensor([float("inf"), -float("inf"), float("nan")]), 0.1, 10, torch.qint8)
torch.quantize_per_tensor(torch.tensor([0.05, 0.15, 0.25, 0.35, -0.05, -0.15]), 0.1, 0, torch.qint8).int_repr()
torch.quantize_per_tensor(torch.zeros(0), 0.1, 10, torch.quint8)
torch.quantize_per_tensor(torch.tensor(1.0), 0.1, 10, torch.quint8)
torch.quantize_per_tensor(torch.arange(2000.0) / 100, 0.1, 0, torch.qint8)
torch.quantize_per_tensor_dynamic(x, torch.quint8, False)
torch.quantize_per_tensor_dynamic(x, torch.qint8, False)
torch.quantize_per_tensor_dynamic(x, torch.qint8, True)
torch._make_per_tensor_quantized_tensor(torch.tensor([1, 2], dtype=torch.uint8), 0.1, 3)
torch.ops.quantized.add(q(), q(), 0.2, 5)
torch.ops.quantized.mul(q(), q(), 0.2, 5)
torch.fake_quantize_per_tensor_affine(xr(), 0.1, 0, -128, 127)
torch.fake_quantize_per_tensor_affine(xr(), 0.1, 10, 0, 15)
torch.fake_quantize_per_channel_affine(xr(), scales, zeros32, 0, 0, 255)
grad(lambda x: weighted(torch.fake_quantize_per_tensor_affine(x, 0.1, 10, 0, 15)), xr())
grad(lambda x: weighted(torch.fake_quantize_per_channel_affine(x, scales, zeros32, 0, 0, 150)), xr())
"""


def write(name, expressions):
    cases = []
    for code in expressions.strip().split("\n"):
        result = eval(code)
        cases.append(json.dumps({"code": code, "text": result if isinstance(result, str) else repr(result)}))
    (GOLDENS / name).write_text("\n".join(cases) + "\n")


write("sparse.jsonl", SPARSE)
write("quantized.jsonl", QUANTIZED)
