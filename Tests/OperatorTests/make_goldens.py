#!/usr/bin/env python3
"""Writes Goldens/samples.jsonl and Goldens/samples.safetensors: calls of every operator of
PyTorch's database, each with what PyTorch itself says of it: the shapes and dtypes of its results,
and whether its first and second derivatives agree with finite differences.

    python make_goldens.py        (needs torch, expecttest, safetensors, numpy)

A call is small, so that the finite differences of all of them take seconds.
"""

import json
import math
import random
import warnings
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch.autograd import gradcheck, gradgradcheck
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import SampleInput, gradcheck_wrapper_hermitian_input

warnings.filterwarnings("ignore")
torch.set_num_threads(1)

# Their results are drawn, or are whatever the memory held.
DRAWN = {
    "bernoulli", "cauchy", "empty", "empty_like", "empty_permuted", "empty_strided", "exponential", "geometric",
    "log_normal", "multinomial", "new_empty", "new_empty_strided", "nn.functional.alpha_dropout",
    "nn.functional.dropout", "nn.functional.dropout2d", "nn.functional.dropout3d",
    "nn.functional.feature_alpha_dropout", "nn.functional.fractional_max_pool2d",
    "nn.functional.fractional_max_pool3d", "nn.functional.multi_head_attention_forward", "nn.functional.rrelu",
    "normal", "pca_lowrank", "rand_like", "randint", "randint_like", "randn", "randn_like", "resize_",
    "resize_as_", "svd_lowrank", "uniform",
}
# Not part of what PyTorch's users call.
INTERNAL = ("_", "jiterator", "torch.ops", "torch._", "hash_tensor", "unsafe_", "native_", "masked.", "alias_copy")

# The database lists them once, and users call them as both.
ALSO_FUNCTIONAL = {"log_softmax", "sigmoid", "softmax", "tanh"}

LARGEST_INPUT = 130  # elements, over all tensors of a call that finite differences vary
LARGEST_OUTPUT = 260
CALLS = 2  # differentiated calls of one entry of the database

# Operators that read half of their first argument are differentiated as functions of the whole.
WRAPPERS = {
    "<lambda>": (None, lambda x, upper: x),
    "gradcheck_wrapper_hermitian_input": ("hermitian", lambda x, upper: x + x.mH),
    "gradcheck_wrapper_triangular_input": ("triangular", lambda x, upper: x.triu() if upper else x.tril()),
    "gradcheck_wrapper_triangular_input_real_positive_diagonal": ("triangular", lambda x, upper: x.triu() if upper else x.tril()),
}


class Unwritable(Exception):
    """A call holds something that the file has no form for."""


class Writer:
    def __init__(self):
        self.tensors = {}
        self.lines = []
        self.marks_tuples = False

    def value(self, value, key):
        if isinstance(value, torch.Tensor):
            return self.tensor(value, key)
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            if math.isfinite(value):
                return value
            return {"float": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        if isinstance(value, torch.dtype):
            return {"dtype": name(value)}
        if isinstance(value, slice):
            return {"slice": [value.start, value.stop, value.step]}
        if value is Ellipsis:
            return {"ellipsis": True}
        if isinstance(value, (tuple, list)):
            items = [self.value(item, f"{key}.{i}") for i, item in enumerate(value)]
            return {"tuple": items} if self.marks_tuples and isinstance(value, tuple) else items
        raise Unwritable(type(value).__name__)

    def tensor(self, tensor, key):
        if tensor.layout != torch.strided:
            raise Unwritable("layout")
        written = {"tensor": key, "dtype": name(tensor.dtype), "shape": list(tensor.shape)}
        if not tensor.is_contiguous():
            written["strides"] = list(tensor.stride())
        if tensor.requires_grad:
            written["requires_grad"] = True
        values = tensor.detach().resolve_neg().resolve_conj()
        self.tensors[key] = (torch.view_as_real(values) if values.is_complex() else values).contiguous().clone()
        return written

    def call(self, op, dtype, i, sample, verdicts):
        """Adds a call, under each of the operator's names; false if it cannot be written."""
        names = [op.name, *([f"nn.functional.{op.name}"] if op.name in ALSO_FUNCTIONAL else [])]
        return all([self.named_call(name, op, dtype, i, sample, verdicts) for name in names])

    def named_call(self, op_name, op, dtype, i, sample, verdicts):
        key = "/".join(part for part in (op_name, op.variant_test_name, name(dtype), str(i)) if part)
        before = dict(self.tensors)
        self.marks_tuples = op.name == "__getitem__"
        try:
            line = {"id": key, "op": op_name}
            if op.variant_test_name:
                line["variant"] = op.variant_test_name
            line["args"] = [self.value(x, f"{key}:{k}") for k, x in enumerate([sample.input, *sample.args])]
            if sample.kwargs:
                line["kwargs"] = {k: self.value(x, f"{key}:{k}") for k, x in sample.kwargs.items()}
            results = op.op(sample.input, *sample.args, **sample.kwargs)
            # A value on which the shape depends has no form on a device without data.
            line["out"] = [[list(t.shape), name(t.dtype)] if isinstance(t, torch.Tensor) else None for t in flat(results)]
            line["meta"] = has_meta(op, sample)
            line.update(verdicts)
            json.dumps(line, allow_nan=False)
        except Exception:
            self.tensors = before
            return False
        self.lines.append(line)
        return True


def name(dtype):
    return str(dtype).replace("torch.", "")


def flat(value):
    return [x for item in value for x in flat(item)] if isinstance(value, (tuple, list)) else [value]


def mapped(value, function):
    if isinstance(value, torch.Tensor):
        return function(value)
    if isinstance(value, (tuple, list)):
        return type(value)(mapped(x, function) for x in value) if type(value) in (tuple, list) else value
    return value


def has_meta(op, sample):
    """Whether PyTorch knows the shapes of the results without data."""
    try:
        to = lambda x: mapped(x, lambda t: t.detach().to("meta"))
        op.op(to(sample.input), *to(sample.args), **{k: to(v) for k, v in sample.kwargs.items()})
        return True
    except Exception:
        return False


def shrunk(sample, largest):
    """The call with no dimension larger than `largest`; it need not be a valid one."""

    def small(tensor):
        part = tensor.detach()[tuple(slice(largest) for _ in tensor.shape)].clone()
        return part.requires_grad_(tensor.requires_grad)

    return type(sample)(
        mapped(sample.input, small), args=tuple(mapped(x, small) for x in sample.args),
        kwargs={k: mapped(x, small) for k, x in sample.kwargs.items()})


def with_shrunk(samples):
    return samples + [shrunk(sample, largest) for largest in (4, 3, 2) for sample in samples]


def differentiated(sample):
    tensors = flat([sample.input, *sample.args, *sample.kwargs.values()])
    return [t for t in tensors if isinstance(t, torch.Tensor) and t.requires_grad]


def agrees(check, op, sample):
    """Whether PyTorch's own derivatives of the call agree with finite differences."""
    leaves = differentiated(sample)
    wrapper = WRAPPERS[op.gradcheck_wrapper.__name__][1]

    def function(*values):
        values = (wrapper(values[0], sample.kwargs.get("upper", False)), *values[1:])
        replacement = {id(leaf): value for leaf, value in zip(leaves, values)}
        put = lambda x: mapped(x, lambda t: replacement.get(id(t), t))
        results = op.op(put(sample.input), *put(sample.args), **{k: put(v) for k, v in sample.kwargs.items()})
        results = [r for r in flat(results) if isinstance(r, torch.Tensor)]
        results = [torch.view_as_real(r) if r.is_complex() else r for r in results]
        return tuple(r for r in results if r.is_floating_point())

    try:
        return bool(check(function, leaves, raise_exception=False, atol=1e-4))
    except Exception:
        return False


class Entry:
    """An operator that the database lacks, or has under another name, in the database's form."""

    supports_autograd = True
    dtypes = (torch.float64, torch.complex128)
    gradcheck_wrapper = staticmethod(lambda *x: x)

    def __init__(self, name, op, *shapes, real=False, arguments=(), positive=False, variant="", change=lambda x: x):
        self.name, self.op, self.shapes, self.arguments, self.positive = name, op, shapes, arguments, positive
        self.change, self.variant_test_name = change, variant
        self.dtypes = (torch.float64,) if real else Entry.dtypes

    def sample_inputs(self, device, dtype, requires_grad=False):
        def tensor(shape):
            values = torch.rand(shape, dtype=dtype) + (1.5 if self.positive else -0.4)
            return self.change(values).requires_grad_(requires_grad)

        tensors = [tensor(shape) if isinstance(shape, tuple) else shape for shape in self.shapes]
        yield SampleInput(tensors[0], args=(*tensors[1:], *self.arguments))


def ctc_loss(log_probs, targets, input_lengths, target_lengths):
    return F.ctc_loss(log_probs, targets, input_lengths, target_lengths)


def hermitian(entry):
    entry.gradcheck_wrapper = gradcheck_wrapper_hermitian_input
    return entry


EXTRA = [
    Entry("adjoint", torch.adjoint, (2, 3)),
    Entry("cdouble", torch.Tensor.cdouble, (2, 3)),
    Entry("cdist", torch.cdist, (3, 2), (4, 2), arguments=(2.0, "use_mm_for_euclid_dist"), variant="product", real=True),
    Entry("chain_matmul", torch.chain_matmul, (2, 3), (3, 4), (4, 2)),
    Entry("igamma", torch.igamma, torch.tensor([1.5, 2.5], dtype=torch.float64), (2,), real=True, positive=True),
    Entry("igammac", torch.igammac, torch.tensor([1.5, 2.5], dtype=torch.float64), (2,), real=True, positive=True),
    Entry("inverse", torch.inverse, (3, 3)),
    Entry("linalg.matrix_exp", torch.linalg.matrix_exp, (3, 3)),
    Entry("nn.functional.ctc_loss", ctc_loss, (5, 2, 4), real=True,
          arguments=(torch.tensor([[1, 2], [3, 3]]), torch.tensor([5, 4]), torch.tensor([2, 1]))),
    Entry("nn.functional.fold", F.fold, (2, 8, 4), arguments=([3, 3], [2, 2])),
    Entry("nn.functional.lp_pool1d", F.lp_pool1d, (2, 2, 6), arguments=(2.0, 2), real=True, positive=True),
    Entry("nn.functional.lp_pool2d", F.lp_pool2d, (1, 2, 4, 4), arguments=(3.0, 2), real=True, positive=True),
    Entry("nn.functional.lp_pool3d", F.lp_pool3d, (1, 1, 4, 4, 4), arguments=(2.0, 2), real=True, positive=True),
    Entry("nn.functional.triplet_margin_with_distance_loss", F.triplet_margin_with_distance_loss, (3, 4), (3, 4), (3, 4), real=True),
    Entry("qr", torch.linalg.qr, (3, 3), real=True, change=lambda x: x + 2 * torch.eye(3)),
    Entry("select_copy", torch.select_copy, (3, 4), arguments=(1, 2)),
    Entry("special.zeta", torch.special.zeta, torch.tensor([1.5, 2.5], dtype=torch.float64), (2,), real=True, positive=True),
    Entry("vander", torch.vander, (4,), real=True),
    hermitian(Entry("cholesky", torch.linalg.cholesky, (3, 3), change=lambda x: x @ x.mH + torch.eye(3))),
]


def add_differentiated(writer, op, dtype, calls):
    given = list(op.sample_inputs("cpu", dtype, requires_grad=True))
    samples = with_shrunk(given)
    chosen, spare = [], []
    order = list(range(len(given)))
    random.Random(op.name).shuffle(order)
    order += range(len(given), len(samples))
    # A number has no dimension to reduce or to rearrange, so it comes last.
    order.sort(key=lambda i: not all(t.dim() for t in differentiated(samples[i])))
    for i in order:
        sample, leaves = samples[i], differentiated(samples[i])
        # Without elements there is nothing to differentiate; what is dropped is drawn.
        if sample.kwargs.get("dropout_p") or not leaves or not 0 < sum(t.numel() for t in leaves) <= LARGEST_INPUT:
            continue
        try:
            results = [t for t in flat(op.op(sample.input, *sample.args, **sample.kwargs)) if isinstance(t, torch.Tensor)]
        except Exception:
            continue
        if not 0 < sum(t.numel() for t in results) <= LARGEST_OUTPUT or not any(t.requires_grad for t in results):
            continue
        verdicts = {"gradcheck": agrees(gradcheck, op, sample)}
        if wrapper := WRAPPERS[op.gradcheck_wrapper.__name__][0]:
            verdicts["wrapper"] = wrapper
        verdicts["gradgradcheck"] = verdicts["gradcheck"] and agrees(gradgradcheck, op, sample)
        (chosen if verdicts["gradgradcheck"] else spare).append((i, sample, verdicts))
        if len(chosen) == calls or len(chosen) + len(spare) > 8:
            break
    count = 0
    spare.sort(key=lambda x: not x[2]["gradcheck"])
    for i, sample, verdicts in chosen + spare:
        if count < (calls if chosen else 1) and writer.call(op, dtype, i, sample, verdicts):
            count += 1
    return count


def main():
    writer, missing = Writer(), []
    for op in [*op_db, *EXTRA]:
        if op.variant_test_name == "partial_views" or op.name in DRAWN:
            continue
        if op.name.startswith(INTERNAL) and not op.name.startswith("__"):
            continue
        torch.manual_seed(0)
        random.seed(0)
        np.random.seed(0)
        count = 0
        for dtype, calls in ((torch.float64, CALLS), (torch.complex128, 1)):
            if op.supports_autograd and dtype in op.dtypes:
                try:
                    count += add_differentiated(writer, op, dtype, calls)
                except Exception:
                    pass
        for dtype in (torch.float32, torch.int64, torch.bool, torch.complex64):
            if dtype not in op.dtypes or count and dtype in (torch.float32, torch.complex64):
                continue
            try:
                samples = with_shrunk(list(op.sample_inputs("cpu", dtype)))
            except Exception:
                continue
            small = [i for i, s in enumerate(samples) if sum(t.numel() for t in flat([s.input, *s.args]) if isinstance(t, torch.Tensor)) <= LARGEST_INPUT]
            count += any(writer.call(op, dtype, i, samples[i], {}) for i in small)
        if not count:
            missing.append(op.name)
    folder = Path(__file__).parent / "Goldens"
    with open(folder / "samples.jsonl", "w") as file:
        for line in writer.lines:
            file.write(json.dumps(line, allow_nan=False, separators=(",", ":")) + "\n")
    save_file(writer.tensors, folder / "samples.safetensors", metadata={"torch": torch.__version__})
    print(f"{len(writer.lines)} calls of {len({line['op'] for line in writer.lines})} operators; none of {' '.join(missing)}")


main()
