# The same training steps in PyTorch: python3 peer.py WORKLOAD_JSON repeat|fresh STEPS. Prints the best variant as one line of JSON.
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(2)
torch.set_flush_denormal(True)
work, mode, steps = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
WARM, BATCHES, CLASSES = 10, 64, 10
batch, side, channels = work["batch"], work["side"], work["channels"]


def build():
    layers, c, s = [], channels, side
    for filters in work["conv"]:
        if filters == 0:
            layers.append(nn.MaxPool2d(2))
            s //= 2
        else:
            layers += [nn.Conv2d(c, filters, 3, padding=1), nn.ReLU()]
            c = filters
    layers.append(nn.Flatten())
    width = c * s * s
    for units in work["dense"]:
        layers += [nn.Linear(width, units), nn.ReLU()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def measure(foreach, channels_last):
    torch.manual_seed(1)
    layout = torch.channels_last if channels_last else torch.contiguous_format
    net = build().to(memory_format=layout)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, foreach=foreach)
    count = BATCHES if mode == "fresh" else 1
    xs = [(torch.rand(batch, channels, side, side) * 2 - 1).contiguous(memory_format=layout) for _ in range(count)]
    ys = [torch.randint(0, CLASSES, (batch,)) for _ in range(count)]
    times = []
    for i in range(WARM + steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(xs[i % count]), ys[i % count])
        loss.backward()
        optimizer.step()
        if i >= WARM:
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {"ms": times[len(times) // 2], "min": times[0], "variant": f"foreach={foreach} channels_last={channels_last}"}


variants = [(f, l) for f in (False, True) for l in ((False, True) if work["conv"] else (False,))]
print(json.dumps(min((measure(f, l) for f, l in variants), key=lambda r: r["ms"])))
