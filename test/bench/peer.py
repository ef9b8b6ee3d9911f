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
batch = work["batch"]


def picture_net():
    layers, c, s = [], work["channels"], work["side"]
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


class Lstm(nn.Module):
    def __init__(self, first):
        super().__init__()
        self.first = first
        self.lstm = nn.LSTM(work["features"], 128, batch_first=first)
        # One bias, as ours has.
        self.lstm.bias_hh_l0.requires_grad_(False).zero_()
        self.head = nn.Linear(128, CLASSES)

    def forward(self, x):
        y = self.lstm(x)[0]
        return self.head(y[:, -1] if self.first else y[-1])


class Transformer(nn.Module):
    """Two blocks with the norm first, 4 heads, 256 units between; the mean over time answers."""

    def __init__(self, flash):
        super().__init__()
        d = work["features"]
        self.flash, self.d = flash, d
        self.embedding = nn.Embedding(work["words"], d)
        self.position = nn.Parameter(torch.randn(work["time"], d) * 0.1)
        self.blocks = nn.ModuleList(
            nn.ModuleList([nn.LayerNorm(d), nn.Linear(d, 3 * d), nn.Linear(d, d), nn.LayerNorm(d), nn.Linear(d, 256), nn.Linear(256, d)]) for _ in range(2)
        )
        self.head = nn.Linear(d, CLASSES)

    def forward(self, ids):
        n, t = ids.shape
        x = self.embedding(ids) + self.position
        for norm1, qkv, out, norm2, expand, shrink in self.blocks:
            q, k, v = qkv(norm1(x)).view(n, t, 3, 4, self.d // 4).permute(2, 0, 3, 1, 4).unbind(0)
            if self.flash:
                a = F.scaled_dot_product_attention(q, k, v)
            else:
                a = torch.softmax(q @ k.transpose(-1, -2) * (self.d // 4) ** -0.5, -1) @ v
            x = x + out(a.transpose(1, 2).reshape(n, t, self.d))
            x = x + shrink(F.gelu(expand(norm2(x))))
        return self.head(x.mean(1))


def build(variant, layout):
    """The network, and one fresh input for it."""
    if work["kind"] == "lstm":
        first = "batch_first" in variant
        shape = (batch, work["time"]) if first else (work["time"], batch)
        return Lstm(first), lambda: torch.rand(*shape, work["features"]) * 2 - 1
    if work["kind"] == "transformer":
        return Transformer("flash" in variant), lambda: torch.randint(0, work["words"], (batch, work["time"]))
    side = work["side"]
    return picture_net().to(memory_format=layout), lambda: (torch.rand(batch, work["channels"], side, side) * 2 - 1).contiguous(memory_format=layout)


def measure(variant):
    torch.manual_seed(1)
    layout = torch.channels_last if "channels_last" in variant else torch.contiguous_format
    # oneDNN or the BLAS that PyTorch was built with.
    torch.backends.mkldnn.set_flags("blas" not in variant)
    net, draw = build(variant, layout)
    kind = {"fused": True} if "fused" in variant else {"foreach": "foreach" in variant}
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3, **kind)
    xs = [draw() for _ in range(BATCHES)]
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
layouts = {
    "lstm": ("time first", "time first blas", "batch_first"),
    "transformer": ("flash", "flash blas", "explicit", "explicit blas"),
    "picture": ("channels_last", "contiguous") if work.get("conv") else ("contiguous", "contiguous blas"),
}[work["kind"]]
variants = [f"{u} {l}" for u in updates for l in layouts] if wanted == "all" else [wanted]
print(json.dumps(min((measure(v) for v in variants), key=lambda r: r["ms"])))
