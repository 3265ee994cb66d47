"""Computes with PyTorch what the tests of TensorCore, NeuralNetworks and Optimizers compare with.

    python make_goldens.py        # writes Goldens/*.jsonl beside the tests; needs torch
"""

import json
import math
import pathlib
import random

import torch
from torch import nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
REAL = [torch.float32, torch.float64, torch.float16, torch.bfloat16]
INTEGER = [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]


def write(path, cases):
    text = "\n".join(json.dumps(case) for case in cases) + "\n"
    (HERE / path).write_text(text)


def stored(t):
    """The bytes of a tensor, contiguous, with type and shape."""
    d = t.detach().contiguous()
    data = bytes(d.reshape(-1).view(torch.uint8).tolist()) if d.numel() else b""
    return {"dtype": str(t.dtype)[6:], "shape": list(t.shape), "hex": data.hex()}


# Printing


def printed(t, flag=""):
    return {**stored(t), "flag": flag, "repr": repr(t)}


def printing_by_hand():
    yield printed(torch.tensor(2.5))
    yield printed(torch.tensor([[1.0, 2], [3, 4]]))
    yield printed(torch.tensor([1e-8, 1, 1e8]))
    yield printed(torch.tensor([float("nan"), float("inf"), -1.5]))
    yield printed(torch.tensor([float("nan"), float("inf"), -2]))
    yield printed(torch.tensor([-0.0, 0.3, -0.3]).round())
    yield printed(torch.arange(2000.0))
    yield printed(torch.arange(1200).view(30, 40))
    yield printed(torch.randn(50, 50))
    yield printed(torch.zeros(0))
    yield printed(torch.zeros(2, 0, dtype=torch.int64))
    yield printed(torch.arange(16).view(2, 2, 2, 2))
    yield printed(torch.arange(30.0))
    yield printed(torch.randn(3, 600, 2))
    yield printed(torch.randn(2, dtype=torch.complex64))
    yield printed(torch.randn(5, 4, dtype=torch.complex128) * 1e5)
    yield printed(torch.randn(2, requires_grad=True), "requires grad")
    yield printed(torch.randn(3, 3, 3, requires_grad=True) + 0, "added")
    yield printed(torch.randn(2, 3, dtype=torch.float64, requires_grad=True) + 0, "added")


def printing_at_random():
    rng = random.Random(0)
    for _ in range(150):
        rank = rng.choice([0, 1, 1, 2, 2, 3, 4])
        shape = [rng.choice([0, 1, 2, 3, 5, 7] if rank < 4 else [1, 2, 3]) for _ in range(rank)]
        kind = rng.random()
        if kind < 0.65:
            t = torch.randn(shape, dtype=torch.float64)
            change = rng.choice(["none", "whole", "big", "small", "wide", "special", "zero"])
            if change == "whole":
                t = (t * 10).round()
            elif change == "big":
                t = t * 10 ** rng.uniform(2, 12)
            elif change == "small":
                t = t * 10 ** rng.uniform(-12, -2)
            elif change == "wide":
                t = torch.exp(t * 4)
            elif change == "special":
                t = torch.where(torch.rand_like(t) < 0.3, math.inf if rng.random() < 0.5 else math.nan, t)
            elif change == "zero":
                t = t * 0
            t = t.to(rng.choice(REAL))
            flag = rng.choice(["", "", "requires grad", "added"])
            if flag:
                t.requires_grad_()
            yield printed(t + 0 if flag == "added" else t, flag)
        elif kind < 0.85:
            dtype = rng.choice(INTEGER)
            info = torch.iinfo(dtype)
            low, high = (info.min, info.max) if rng.random() < 0.5 else (0, 100)
            yield printed(torch.randint(low, high, shape, dtype=dtype))
        elif kind < 0.92:
            yield printed(torch.rand(shape) < 0.5)
        else:
            yield printed(torch.randn(shape, dtype=torch.complex64) * 10 ** rng.uniform(-6, 6))


# Random numbers


def random_numbers():
    def case(call, /, **arguments):
        torch.manual_seed(case.seed)
        t = call()
        case.seed += 1
        return {"seed": case.seed - 1, **arguments, **stored(t), "next": torch.randint(0, 1000, (3,)).tolist()}

    case.seed = 1
    for dtype in REAL + [torch.complex64]:
        name = str(dtype)[6:]
        for n in (1, 5, 15, 16, 17, 40):
            yield case(lambda: torch.rand(n, dtype=dtype), call="rand", size=[n])
            yield case(lambda: torch.randn(n, dtype=dtype), call="randn", size=[n])
        yield case(lambda: torch.empty(3, 7, dtype=dtype).uniform_(-3, 2), call="uniform_", a=-3, b=2, size=[3, 7])
        yield case(lambda: torch.empty(3, 7, dtype=dtype).normal_(2, 3), call="normal_", a=2, b=3, size=[3, 7])
        if not dtype.is_complex:
            yield case(lambda: torch.empty(30, dtype=dtype).bernoulli_(0.3), call="bernoulli_", a=0.3, b=0, size=[30])
            yield case(lambda: torch.empty(9, dtype=dtype).exponential_(2), call="exponential_", a=2, b=0, size=[9])
    for dtype in REAL + INTEGER + [torch.bool]:
        yield case(lambda: torch.empty(9, dtype=dtype).random_(), call="random_", size=[9])
    for low, high in ((0, 10), (-5, 5), (0, 2**20), (-3, 2**31), (0, 2**40)):
        yield case(lambda: torch.randint(low, high, (2, 5)), call="randint", a=low, b=high, size=[2, 5])
    for n in (0, 1, 10, 100):
        yield case(lambda: torch.randperm(n), call="randperm", a=n, b=0, size=[])
    yield case(lambda: torch.empty(4, 6).t().uniform_(), call="uniform_ transposed", size=[4, 6])
    yield case(lambda: torch.empty(4, 12)[:, ::2].normal_(), call="normal_ strided", size=[4, 12])
    yield case(lambda: torch.bernoulli(torch.linspace(0, 1, 20)), call="bernoulli", size=[20])
    weights = torch.tensor([[0.1, 0, 3, 0.5], [1, 1, 1, 1]])
    yield case(lambda: torch.multinomial(weights, 3), call="multinomial", a=3, b=0, size=[])
    yield case(lambda: torch.multinomial(weights, 8, replacement=True), call="multinomial", a=8, b=1, size=[])


# Modules


def listed(t):
    return {"shape": list(t.shape), "dtype": str(t.dtype)[6:], "values": t.detach().reshape(-1).tolist()}


def modules():
    x = lambda *shape: torch.randn(*shape)
    weight = torch.tensor([0.5, 2.0, 1.0])
    classes = torch.tensor([0, 2, 1, 2])
    ignored = torch.tensor([0, -100, 1, 2])
    p = lambda *shape: torch.rand(*shape)
    table = [
        ("Linear(5, 3)", [x(4, 5)]),
        ("Linear(5, 3, bias=False)", [x(2, 4, 5)]),
        ("Linear(5, 3)", [x(2, 4, 5)]),
        ("Linear(5, 3)", [x(5)]),
        ("Bilinear(3, 4, 2)", [x(5, 3), x(5, 4)]),
        ("Identity()", [x(2, 3)]),
        ("Flatten()", [x(2, 3, 4)]),
        ("Unflatten(1, (2, 3))", [x(2, 6)]),
        ("Embedding(6, 3)", [torch.tensor([[1, 2], [5, 1]])]),
        ("Embedding(6, 3, padding_idx=1)", [torch.tensor([[1, 2], [5, 1]])]),
        ("LayerNorm(4)", [x(3, 4)]),
        ("LayerNorm((2, 4))", [x(3, 2, 4)]),
        ("LayerNorm(4, elementwise_affine=False)", [x(3, 4)]),
        ("RMSNorm(4)", [x(3, 4)]),
        ("GroupNorm(2, 4)", [x(3, 4, 5)]),
        ("BatchNorm1d(4)", [x(6, 4)]),
        ("BatchNorm1d(4, momentum=None)", [x(6, 4, 3)]),
        ("BatchNorm2d(3, affine=False)", [x(2, 3, 2, 2)]),
        ("ReLU()", [x(3, 4)]), ("ReLU6()", [5 * x(3, 4)]), ("LeakyReLU(0.2)", [x(3, 4)]), ("PReLU()", [x(3, 4)]),
        ("Sigmoid()", [x(3, 4)]), ("Tanh()", [x(3, 4)]), ("Softmax(dim=1)", [x(3, 4)]), ("Softmax(dim=0)", [x(3, 4)]),
        ("LogSoftmax(dim=-1)", [x(3, 4)]), ("Softmin(dim=1)", [x(3, 4)]), ("GELU()", [x(3, 4)]),
        ("GELU(approximate='tanh')", [x(3, 4)]), ("ELU()", [x(3, 4)]), ("CELU(2.0)", [x(3, 4)]), ("SELU()", [x(3, 4)]),
        ("SiLU()", [x(3, 4)]), ("Mish()", [x(3, 4)]), ("Softplus()", [x(3, 4)]), ("Softplus(2.0, 1.0)", [x(3, 4)]),
        ("Hardtanh()", [2 * x(3, 4)]), ("Hardsigmoid()", [4 * x(3, 4)]), ("Hardswish()", [4 * x(3, 4)]),
        ("LogSigmoid()", [x(3, 4)]), ("Softsign()", [x(3, 4)]), ("Tanhshrink()", [x(3, 4)]), ("Hardshrink()", [x(3, 4)]),
        ("Softshrink()", [x(3, 4)]), ("Threshold(0.1, 20.0)", [x(3, 4)]), ("GLU()", [x(3, 4)]),
        ("MSELoss()", [x(3, 4), x(3, 4)]), ("MSELoss(reduction='sum')", [x(3, 4), x(3, 4)]),
        ("MSELoss(reduction='none')", [x(3, 4), x(3, 4)]), ("L1Loss()", [x(3, 4), x(3, 4)]),
        ("SmoothL1Loss(beta=0.5)", [x(3, 4), x(3, 4)]), ("HuberLoss(delta=0.7)", [x(3, 4), x(3, 4)]),
        ("CrossEntropyLoss()", [x(4, 3), classes]), ("CrossEntropyLoss(reduction='sum')", [x(4, 3), classes]),
        ("CrossEntropyLoss(reduction='none')", [x(4, 3), classes]),
        ("CrossEntropyLoss(weight=W)", [x(4, 3), ignored]), ("CrossEntropyLoss(label_smoothing=0.1)", [x(4, 3), ignored]),
        ("CrossEntropyLoss(weight=W, label_smoothing=0.1)", [x(4, 3), classes]),
        ("CrossEntropyLoss(weight=W)", [x(4, 3), p(4, 3)]),
        ("CrossEntropyLoss()", [x(4, 3, 2), torch.tensor([[0, 1], [2, 2], [1, 0], [1, 1]])]),
        ("CrossEntropyLoss()", [x(3), torch.tensor(1)]),
        ("NLLLoss()", [x(4, 3), ignored]), ("NLLLoss(weight=W, reduction='none')", [x(4, 3), classes]),
        ("BCELoss()", [p(3, 4), p(3, 4)]), ("BCEWithLogitsLoss()", [x(3, 4), p(3, 4)]),
        ("BCEWithLogitsLoss(pos_weight=W)", [x(4, 3), p(4, 3)]),
        ("KLDivLoss(reduction='batchmean')", [x(3, 4), p(3, 4)]), ("KLDivLoss(log_target=True)", [x(3, 4), x(3, 4)]),
        ("CosineSimilarity()", [x(3, 4), x(3, 4)]),
    ]
    for seed, (text, inputs) in enumerate(table):
        torch.manual_seed(seed)
        module = eval(f"nn.{text}", {"nn": nn, "W": weight})
        state = [{"name": k, **listed(v)} for k, v in module.state_dict().items()]
        inputs = [i.detach().clone().requires_grad_() if i.is_floating_point() else i for i in inputs]
        out = module(*inputs)
        torch.manual_seed(1000 + seed)
        cotangent = torch.randn(out.shape)
        out.backward(cotangent)
        yield {
            "seed": seed, "module": text, "repr": repr(module), "state": state, "inputs": [listed(i) for i in inputs],
            "out": listed(out), "grad_fn": out.grad_fn.name() if out.grad_fn else None, "cotangent": listed(cotangent),
            "input_grads": [listed(i.grad) if i.grad is not None else None for i in inputs],
            "grads": [listed(q.grad) for q in module.parameters()],
            "state_after": [{"name": k, **listed(v)} for k, v in module.state_dict().items()],
        }


# Optimizers


def optimizers():
    table = [
        ("SGD", {"lr": 0.1}), ("SGD", {"lr": 0.1, "weight_decay": 0.5}), ("SGD", {"lr": 0.1, "momentum": 0.9}),
        ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}),
        ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
        ("SGD", {"lr": 0.1, "weight_decay": 0.1, "maximize": True}),
        ("Adam", {}), ("Adam", {"lr": 0.01, "betas": (0.8, 0.9), "eps": 1e-3}), ("Adam", {"weight_decay": 0.1}),
        ("Adam", {"weight_decay": 0.1, "amsgrad": True}), ("Adam", {"weight_decay": 0.1, "maximize": True}),
        ("AdamW", {}), ("AdamW", {"lr": 0.01, "weight_decay": 0.1}),
        ("AdamW", {"weight_decay": 0.1, "amsgrad": True}), ("AdamW", {"weight_decay": 0.1, "maximize": True}),
    ]
    for seed, (name, options) in enumerate(table):
        for dtype in (torch.float32, torch.float64):
            torch.manual_seed(seed)
            w = torch.randn(3, 5, dtype=dtype, requires_grad=True)
            c = torch.randn(3, 5, dtype=dtype)
            optimizer = getattr(torch.optim, name)([w], **options)
            case = {"optimizer": name, "options": options, "seed": seed, "dtype": str(dtype)[6:], "repr": repr(optimizer)}
            steps = []
            for _ in range(5):
                optimizer.zero_grad()
                ((w - c) * (w - c) * (1 + c * c)).sum().backward()
                optimizer.step()
                steps.append(stored(w)["hex"])
            yield {**case, "steps": steps}


torch.manual_seed(0)
write("TensorCoreTests/Goldens/printing.jsonl", [*printing_by_hand(), *printing_at_random()])
write("TensorCoreTests/Goldens/random.jsonl", random_numbers())
torch.manual_seed(0)
write("NeuralNetworksTests/Goldens/modules.jsonl", modules())
write("OptimizersTests/Goldens/optimizers.jsonl", optimizers())
