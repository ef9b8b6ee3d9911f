# MNIST in PyTorch until 98.8 % of the test pictures are right: python3 mnist.py FOLDER SEED VARIANT. Prints one line of JSON.
import json
import pathlib
import sys

import torch
import torch.nn.functional as F
from torch import nn

folder, seed, variant = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
WANTED, MOST_EPOCHS, BATCH = 0.988, 12, 64
torch.set_num_threads(2)
torch.set_flush_denormal(True)
torch.manual_seed(seed)
layout = torch.channels_last if "channels_last" in variant else torch.contiguous_format


def digits(prefix):
    pixels = torch.frombuffer(bytearray((folder / f"{prefix}-images-idx3-ubyte").read_bytes()), dtype=torch.uint8, offset=16)
    labels = torch.frombuffer(bytearray((folder / f"{prefix}-labels-idx1-ubyte").read_bytes()), dtype=torch.uint8, offset=8)
    x = ((pixels.float() / 255 - 0.1307) / 0.3081).view(-1, 1, 28, 28)
    return x.contiguous(memory_format=layout), labels.long()


x, y = digits("train")
xt, yt = digits("t10k")
net = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1568, 64), nn.ReLU(), nn.Linear(64, 10),
).to(memory_format=layout)  # fmt: skip
# He's initialisation, as ours.
for m in net.modules():
    if isinstance(m, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        nn.init.zeros_(m.bias)
kind = {"fused": True} if "fused" in variant else {"foreach": True}
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, **kind)
epoch, accuracy = 0, 0.0
while epoch < MOST_EPOCHS and accuracy < WANTED:
    order = torch.randperm(len(x))
    for at in range(0, len(x), BATCH):
        rows = order[at : at + BATCH]
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(x[rows]), y[rows])
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        right = sum((net(xt[at : at + 1000]).argmax(1) == yt[at : at + 1000]).sum().item() for at in range(0, len(xt), 1000))
    accuracy = right / len(xt)
    epoch += 1
print(json.dumps({"epochs": epoch, "accuracy": accuracy, "variant": variant}))
