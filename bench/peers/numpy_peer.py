"""NumPy by hand: numpy_peer.py WORKLOAD THREADS [steady|cold]. Float32, as a careful user writes it."""

import os
import sys

workload, threads = sys.argv[1].upper(), sys.argv[2]
mode = sys.argv[3] if len(sys.argv) > 3 else "steady"
os.environ["OPENBLAS_NUM_THREADS"] = threads

import numpy as np  # noqa: E402

import measure  # noqa: E402

F = np.float32
sample, count, batch = measure.WORKLOADS[workload]
rng = np.random.default_rng(7)
pixels = None if mode == "cold" and workload == "W1" else rng.integers(0, 256, (count, *sample), dtype=np.uint8)
labels = rng.integers(0, 10, count)


def he(fan_in, fan_out):
    return (rng.standard_normal((fan_in, fan_out)) * np.sqrt(2 / fan_in)).astype(F)


class Dense:
    def __init__(self, fan_in, fan_out):
        self.params = [he(fan_in, fan_out), np.zeros(fan_out, F)]

    def forward(self, x):
        self.x = x
        y = x @ self.params[0]
        y += self.params[1]
        return y

    def backward(self, g, need_input):
        self.grads = [self.x.T @ g, g.sum(0)]
        return g @ self.params[0].T if need_input else None


class Relu:
    params = []

    def forward(self, x):
        self.y = np.maximum(x, 0, out=x)
        return self.y

    def backward(self, g, need_input):
        g *= self.y > 0
        return g


class Sigmoid:
    params = []

    def forward(self, x):
        np.negative(x, out=x)
        np.exp(x, out=x)
        x += 1
        self.y = np.reciprocal(x, out=x)
        return self.y

    def backward(self, g, need_input):
        g *= self.y * (1 - self.y)
        return g


class Conv:
    """im2col by strided views and one product."""

    def __init__(self, channels, filters, k):
        self.k = k
        self.params = [he(channels * k * k, filters), np.zeros(filters, F)]

    def forward(self, x):
        self.shape = x.shape
        n, c, h, w = x.shape
        self.out = (n, h - self.k + 1, w - self.k + 1)
        windows = np.lib.stride_tricks.sliding_window_view(x, (self.k, self.k), (2, 3))
        self.columns = windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, c * self.k * self.k)
        y = self.columns @ self.params[0]
        y += self.params[1]
        return np.ascontiguousarray(y.reshape(*self.out, -1).transpose(0, 3, 1, 2))

    def backward(self, g, need_input):
        flat = g.transpose(0, 2, 3, 1).reshape(-1, g.shape[1])
        self.grads = [self.columns.T @ flat, flat.sum(0)]
        if not need_input:
            return None
        n, oh, ow = self.out
        columns = (flat @ self.params[0].T).reshape(n, oh, ow, self.shape[1], self.k, self.k)
        dx = np.zeros(self.shape, F)
        for i in range(self.k):
            for j in range(self.k):
                dx[:, :, i : i + oh, j : j + ow] += columns[..., i, j].transpose(0, 3, 1, 2)
        return dx


class MaxPool:
    params = []

    def forward(self, x):
        n, c, h, w = x.shape
        self.x = x.reshape(n, c, h // 2, 2, w // 2, 2)
        self.y = self.x.max((3, 5))
        return self.y

    def backward(self, g, need_input):
        mask = self.x == self.y[:, :, :, None, :, None]
        dx = mask * g[:, :, :, None, :, None]
        n, c, h, _, w, _ = dx.shape
        return dx.reshape(n, c, h * 2, w * 2)


class Flatten:
    params = []

    def forward(self, x):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, g, need_input):
        return g.reshape(self.shape)


NETS = {
    "W1": lambda: [Dense(784, 50), Sigmoid(), Dense(50, 10)],
    "W2": lambda: [Dense(784, 512), Relu(), Dense(512, 512), Relu(), Dense(512, 10)],
    "W3": lambda: [Conv(1, 30, 5), Relu(), MaxPool(), Flatten(), Dense(4320, 100), Relu(), Dense(100, 10)],
    "W4": lambda: [
        Conv(1, 32, 3), Relu(), Conv(32, 64, 3), Relu(), MaxPool(), Flatten(),
        Dense(9216, 128), Relu(), Dense(128, 10),
    ],
    "W5": lambda: [Dense(4096, 4096), Relu(), Dense(4096, 4096), Relu(), Dense(4096, 10)],
}
NETS["W6A"] = NETS["W6B"] = NETS["W2"]
net = NETS[workload]()
trained = [layer for layer in net if layer.params]
state = [[[np.zeros_like(p) for p in layer.params] for layer in trained] for _ in range(2)]
t = 0


def update(layer, index):
    global t
    for i, (p, g) in enumerate(zip(layer.params, layer.grads)):
        if workload == "W1":
            p -= F(0.1) * g
        elif workload == "W5":
            v = state[0][index][i]
            v *= F(0.9)
            v -= F(0.01) * g
            p += v
        else:
            m, v = state[0][index][i], state[1][index][i]
            m += F(0.1) * (g - m)
            v += F(0.001) * (g * g - v)
            rate = F(1e-3 / (1 - 0.9**t))
            p -= rate * m / (np.sqrt(v) * F(1 / np.sqrt(1 - 0.999**t)) + F(1e-8))


def forward(x):
    for layer in net:
        x = layer.forward(x)
    return x


def learn(x, right):
    global t
    t += 1
    z = forward(x)
    z -= z.max(1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(1, keepdims=True)
    rows = np.arange(len(right))
    loss = -np.log(z[rows, right]).mean()
    z[rows, right] -= 1
    z /= F(len(right))
    g = z
    for i in range(len(net) - 1, -1, -1):
        g = net[i].backward(g, i > 0)
    for index, layer in enumerate(trained):
        update(layer, index)
    return float(loss)


if mode == "cold":
    from pathlib import Path
    import gzip

    folder = Path(__file__).resolve().parents[2] / "datasets/src/main/resources/org/manabi/datasets/mnist"
    raw = gzip.open(folder / "train-images-idx3-ubyte.gz").read()
    pixels = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 784)
    labels = np.frombuffer(gzip.open(folder / "train-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    order = rng.permutation(len(labels))
    total = 0.0
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        total += learn(pixels[rows].astype(F) / F(255), labels[rows])
    print(f"numpy {workload} {threads} loss={total / (len(order) // batch):.4f} mode=cold")
elif workload.startswith("W6"):
    x = pixels[:batch].astype(F) / F(255)
    measure.steady("numpy", workload, threads, batch, lambda: float(forward(x)[0, 0]))
else:
    position = [0, rng.permutation(count)]

    def step():
        if position[0] + batch > count:
            position[0], position[1] = 0, rng.permutation(count)
        rows = position[1][position[0] : position[0] + batch]
        position[0] += batch
        return learn(pixels[rows].astype(F) / F(255), labels[rows])

    measure.steady("numpy", workload, threads, batch, step)
