"""PyTorch: torch_peer.py WORKLOAD THREADS [steady|cold]."""

import sys

import torch
from torch import nn

import measure

workload, threads = sys.argv[1].upper(), sys.argv[2]
mode = sys.argv[3] if len(sys.argv) > 3 else "steady"
torch.set_num_threads(int(threads))
torch.manual_seed(1)

sample, count, batch = measure.WORKLOADS[workload]
perceptron = lambda width, hidden: nn.Sequential(  # noqa: E731
    nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 10)
)
NETS = {
    "W1": lambda: nn.Sequential(nn.Linear(784, 50), nn.Sigmoid(), nn.Linear(50, 10)),
    "W2": lambda: perceptron(784, 512),
    "W3": lambda: nn.Sequential(
        nn.Conv2d(1, 30, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(4320, 100), nn.ReLU(), nn.Linear(100, 10),
    ),
    "W4": lambda: nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10),
    ),
    "W5": lambda: perceptron(4096, 4096),
}
NETS["W6A"] = NETS["W6B"] = NETS["W2"]
net = NETS[workload]()
criterion = nn.CrossEntropyLoss()


def make_optimizer():
    if workload == "W1":
        return torch.optim.SGD(net.parameters(), lr=0.1)
    if workload == "W5":
        return torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


def learn(x, right):
    optimizer.zero_grad(set_to_none=False)
    loss = criterion(net(x), right)
    loss.backward()
    optimizer.step()
    return loss


if mode == "cold":
    from pathlib import Path
    import gzip

    folder = Path(__file__).resolve().parents[2] / "datasets/src/main/resources/org/manabi/datasets/mnist"
    raw = bytearray(gzip.open(folder / "train-images-idx3-ubyte.gz").read())
    pixels = torch.frombuffer(raw, dtype=torch.uint8, offset=16).reshape(-1, 784)
    raw_labels = bytearray(gzip.open(folder / "train-labels-idx1-ubyte.gz").read())
    labels = torch.frombuffer(raw_labels, dtype=torch.uint8, offset=8).long()
    optimizer = make_optimizer()
    order = torch.randperm(len(labels))
    total = 0.0
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        total += learn(pixels[rows].float().div_(255), labels[rows]).item()
    print(f"torch {workload} {threads} loss={total / (len(order) // batch):.4f} mode=cold")
elif workload.startswith("W6"):
    x = torch.rand(batch, *sample)
    with torch.inference_mode():
        measure.steady("torch", workload, threads, batch, lambda: net(x)[0, 0].item())
else:
    pixels = torch.randint(0, 256, (count, *sample), dtype=torch.uint8)
    labels = torch.randint(0, 10, (count,))
    optimizer = make_optimizer()
    position = [0, torch.randperm(count)]

    def step():
        if position[0] + batch > count:
            position[0], position[1] = 0, torch.randperm(count)
        rows = position[1][position[0] : position[0] + batch]
        position[0] += batch
        return learn(pixels[rows].float().div_(255), labels[rows]).item()

    measure.steady("torch", workload, threads, batch, step)
