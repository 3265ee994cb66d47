"""Computes the goldens of optimizers and schedulers with PyTorch: make_goldens.py GOLDENS_FOLDER

resumed.pt         for each optimizer: its state dict after three steps, the parameters then and two steps later
descriptions.jsonl the text of each optimizer with its defaults
schedulers.jsonl   learning rates and momenta of schedulers for two groups, and their state in the middle
"""
import json
import pathlib
import sys
import warnings

import torch
from torch import optim

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(sys.argv[1])
NAMES = ("SGD Adam AdamW ASGD Adadelta Adafactor Adagrad Adamax LBFGS Muon NAdam RAdam RMSprop Rprop SparseAdam").split()
OPTIONS = {
    "SGD": dict(lr=0.1, momentum=0.9, nesterov=True), "Adam": dict(lr=0.1, amsgrad=True),
    "RMSprop": dict(momentum=0.5, centered=True), "LBFGS": dict(lr=0.1, max_iter=3), "ASGD": dict(t0=1),
}


def make(name, w):
    return getattr(optim, name)([w], **OPTIONS.get(name, {}))


def step(name, optimizer, w, target):
    def closure():
        optimizer.zero_grad()
        loss = ((w - target) ** 2 * (1 + target ** 2)).sum()
        loss.backward()
        if name == "SparseAdam":
            rows = torch.tensor([0, 2])
            w.grad = torch.sparse_coo_tensor(rows[None], w.grad[rows], w.shape)
        return loss
    optimizer.step(closure)


def resumed():
    out = {}
    target = torch.linspace(-1, 1, 12).reshape(4, 3)
    for name in NAMES:
        w = torch.linspace(2, -1, 12).reshape(4, 3).requires_grad_()
        optimizer = make(name, w)
        for _ in range(3):
            step(name, optimizer, w, target)
        case = {"optimizer": optimizer.state_dict(), "w": w.detach().clone()}
        case["optimizer"] = torch.utils._pytree.tree_map(
            lambda x: x.clone() if isinstance(x, torch.Tensor) else x, case["optimizer"])
        for _ in range(2):
            step(name, optimizer, w, target)
        out[name] = case | {"later": w.detach().clone()}
    torch.save(out, FOLDER / "resumed.pt")


def descriptions():
    return [{"optimizer": name, "text": repr(getattr(optim, name)([torch.zeros(2, 2, requires_grad=True)]))}
            for name in NAMES]


def plain(value):
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return str(value) if value in (float("inf"), -float("inf")) else value


def curve(name, kwargs, make_scheduler, metrics=None):
    def two_groups():
        a, b = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
        return optim.SGD([{"params": [a]}, {"params": [b], "lr": 0.5}], lr=0.1, momentum=0.9)
    o = two_groups()
    s = make_scheduler(o)
    lrs, momenta, state = [], [], None
    for i in range(14):
        lrs.append([g["lr"] for g in o.param_groups])
        momenta.append([g["momentum"] for g in o.param_groups])
        o.step()
        s.step(metrics[i]) if metrics else s.step()
        if i == 6:
            state = plain(s.state_dict())
    return {"scheduler": name, "kwargs": kwargs, "lrs": lrs, "momenta": momenta, "state": state,
            **({"metrics": metrics} if metrics else {})}


def schedulers():
    S = optim.lr_scheduler
    metrics = [1.0, .9, .9, .9, .91, .8, .8, .8, .8, .8, .8, .79, .79, .79]
    specs = [
        ("StepLR", dict(step_size=3, gamma=.5)), ("MultiStepLR", dict(milestones=[5, 2, 5, 11], gamma=.3)),
        ("ConstantLR", dict(factor=.25, total_iters=4)), ("LinearLR", dict(start_factor=.25, end_factor=.75, total_iters=6)),
        ("ExponentialLR", dict(gamma=.9)), ("PolynomialLR", dict(total_iters=10, power=1.5)),
        ("CosineAnnealingLR", dict(T_max=4, eta_min=.001)), ("CosineAnnealingWarmRestarts", dict(T_0=3, T_mult=2, eta_min=.01)),
        ("CyclicLR", dict(base_lr=.01, max_lr=.1, step_size_up=3, step_size_down=2)),
        ("CyclicLR", dict(base_lr=.01, max_lr=.1, step_size_up=2, mode="triangular2")),
        ("CyclicLR", dict(base_lr=.01, max_lr=.1, step_size_up=2, mode="exp_range", gamma=.9, cycle_momentum=False)),
        ("OneCycleLR", dict(max_lr=.2, total_steps=16)),
        ("OneCycleLR", dict(max_lr=.2, epochs=4, steps_per_epoch=5, three_phase=True, anneal_strategy="linear", pct_start=.25)),
        ("ReduceLROnPlateau", dict(factor=.5, patience=1)),
        ("ReduceLROnPlateau", dict(mode="max", patience=0, cooldown=2, threshold=.05, threshold_mode="abs", min_lr=.02)),
    ]
    out = [curve(name, kw, lambda o: getattr(S, name)(o, **kw), metrics if "Plateau" in name else None)
           for name, kw in specs]
    out.append(curve("LambdaLR", {}, lambda o: S.LambdaLR(o, lambda epoch: 0.95 ** epoch)))
    out.append(curve("MultiplicativeLR", {}, lambda o: S.MultiplicativeLR(o, lambda epoch: 1 - epoch / 100)))
    out.append(curve("SequentialLR", {}, lambda o: S.SequentialLR(
        o, [S.LinearLR(o, total_iters=4), S.CosineAnnealingLR(o, 6), S.ExponentialLR(o, .5)], [4, 10])))
    out.append(curve("ChainedScheduler", {}, lambda o: S.ChainedScheduler([S.ConstantLR(o, total_iters=4), S.ExponentialLR(o, .9)])))
    out.append(curve("SWALR", {}, lambda o: optim.swa_utils.SWALR(o, .05, anneal_epochs=5)))
    out.append(curve("SWALR", {"anneal_strategy": "linear"}, lambda o: optim.swa_utils.SWALR(o, .05, 5, "linear")))
    return out


def write(name, cases):
    (FOLDER / name).write_text("".join(json.dumps(case) + "\n" for case in cases))


resumed()
write("descriptions.jsonl", descriptions())
write("schedulers.jsonl", schedulers())
