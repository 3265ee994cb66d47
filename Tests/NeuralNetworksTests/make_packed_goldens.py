"""Writes Goldens/packed_recurrent.jsonl: recurrent layers over packed sequences, computed by PyTorch."""
import json
import pathlib

import torch
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

target = pathlib.Path(__file__).parent / "Goldens" / "packed_recurrent.jsonl"
layers = (("RNN", {}), ("GRU", {"bidirectional": True}), ("LSTM", {"num_layers": 2}),
          ("LSTM", {"bidirectional": True, "num_layers": 2}))
with open(target, "w") as out:
    for kind, options in layers:
        for lengths in ([3, 5, 1], [4, 4, 2]):
            torch.manual_seed(4)
            layer = getattr(torch.nn, kind)(2, 3, **options)
            packed, state = layer(pack_sequence([torch.randn(n, 2) for n in lengths], enforce_sorted=False))
            padded, _ = pad_packed_sequence(packed, batch_first=True)
            states = state if isinstance(state, tuple) else (state,)
            weights = torch.arange(padded.numel()).view(padded.shape) * 0.01
            ((padded * weights).sum() + sum((s * s).sum() for s in states)).backward()
            out.write(json.dumps({
                "kind": kind, "bidirectional": options.get("bidirectional", False),
                "layers": options.get("num_layers", 1), "lengths": lengths, "out": padded.flatten().tolist(),
                "state": [v for s in states for v in s.flatten().tolist()],
                "grads": [v for p in layer.parameters() for v in p.grad.flatten().tolist()]}) + "\n")
