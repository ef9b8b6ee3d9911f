# The same training steps in PyTorch: python3 peer.py WORKLOAD_JSON STEPS all|VARIANT. Prints the best variant as one line of JSON.
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(2)
torch.set_flush_denormal(True)
work, steps, wanted = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
# Fresh batches in rotation, as many as fit no cache.
WARM, WARM_SECONDS, BATCHES, CLASSES = 10, 0.3, 64, 10
batch, side, channels = work["batch"], work["side"], work["channels"]


def build():
    layers, c, s = [], channels, side
    for filters in work["conv"]:
        if filters == 0:
            layers.append(nn.MaxPool2d(2))
            s //= 2
        else:
            norm = [nn.BatchNorm2d(filters)] if work["batchNorm"] else []
            layers += [nn.Conv2d(c, filters, 3, padding=1, bias=not norm), *norm, nn.ReLU()]
            c = filters
    layers.append(nn.Flatten())
    width = c * s * s
    for units in work["dense"]:
        layers += [nn.Linear(width, units), nn.ReLU()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def measure(variant):
    torch.manual_seed(1)
    layout = torch.channels_last if "channels_last" in variant else torch.contiguous_format
    # oneDNN or the BLAS that PyTorch was built with.
    torch.backends.mkldnn.set_flags("blas" not in variant)
    net = build().to(memory_format=layout)
    kind = {"fused": True} if "fused" in variant else {"foreach": "foreach" in variant}
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, **kind)
    xs = [(torch.rand(batch, channels, side, side) * 2 - 1).contiguous(memory_format=layout) for _ in range(BATCHES)]
    ys = [torch.randint(0, CLASSES, (batch,)) for _ in range(BATCHES)]
    times = []
    begun = time.perf_counter()
    i = 0
    while len(times) < steps:
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(xs[i % BATCHES]), ys[i % BATCHES])
        loss.backward()
        optimizer.step()
        if i >= WARM and start - begun >= WARM_SECONDS:
            times.append((time.perf_counter() - start) * 1000)
        i += 1
    times.sort()
    return {"ms": times[len(times) // 2], "min": times[0], "variant": variant}


updates = ("eager", "foreach", "fused")
layouts = ("channels_last", "contiguous") if work["conv"] else ("contiguous", "contiguous blas")
variants = [f"{u} {l}" for u in updates for l in layouts] if wanted == "all" else [wanted]
print(json.dumps(min((measure(v) for v in variants), key=lambda r: r["ms"])))
