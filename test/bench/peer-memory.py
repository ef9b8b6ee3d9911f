# The same in PyTorch, channels_last as it is fastest: python3 peer-memory.py WORKLOAD_JSON STEPS. Prints one line of JSON, in bytes.
import json
import re
import sys

import torch
import torch.nn.functional as F
from torch import nn

work, steps = json.loads(sys.argv[1]), int(sys.argv[2])
batch, side, channels = work["batch"], work["side"], work["channels"]
torch.set_num_threads(2)


def peak():
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read()).group(1))


base = peak()
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
layout = torch.channels_last if work["conv"] else torch.contiguous_format
net = nn.Sequential(*layers, nn.Linear(width, 10)).to(memory_format=layout)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(steps):
    x = torch.rand(batch, channels, side, side).contiguous(memory_format=layout)
    y = torch.randint(0, 10, (batch,))
    optimizer.zero_grad(set_to_none=True)
    F.cross_entropy(net(x), y).backward()
    optimizer.step()
print(json.dumps({"base": base, "peak": peak()}))
