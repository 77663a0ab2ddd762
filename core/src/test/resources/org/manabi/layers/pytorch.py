"""Writes pytorch.json: what layers of PyTorch give in double, with their gradients.

Made with PyTorch 1.13.0 and Python 3 on Linux x86-64:  python3 pytorch.py > pytorch.json
The numbers are facts; nothing of PyTorch's source is in them.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
cases = []


def flat(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{v:.15g}") for v in tensor.detach().reshape(-1).tolist()]}


def case(name, run, x, parameters=None, state=None):
    """`run(x, parameters, state)` gives y; state is changed in place."""
    parameters = parameters or {}
    state = state or {}
    x = x.clone().requires_grad_()
    leaves = {k: v.clone().requires_grad_() for k, v in parameters.items()}
    before = {k: flat(v) for k, v in state.items()}
    after = {k: v.clone() for k, v in state.items()}
    y = run(x, leaves, after)
    dy = torch.randn(y.shape)
    y.backward(dy)
    cases.append({
        "name": name, "x": flat(x), "y": flat(y), "dy": flat(dy), "dx": flat(x.grad),
        "parameters": {k: flat(v) for k, v in leaves.items()},
        "gradients": {k: flat(v.grad) for k, v in leaves.items()},
        "state": before, "stateAfter": {k: flat(v) for k, v in after.items()},
    })


line = torch.tensor([[-30, -8, -4.5, -3.1, -2, -1.3, -0.7, -0.2, -1e-3],
                     [1e-3, 0.2, 0.7, 1.3, 2, 3.1, 4.5, 8, 30]])
for name, f in {
    "Relu": F.relu, "Sigmoid": torch.sigmoid, "Tanh": torch.tanh,
    "LeakyRelu": F.leaky_relu, "LeakyRelu 0.3": lambda x: F.leaky_relu(x, 0.3),
    "Elu": F.elu, "Elu 1.7": lambda x: F.elu(x, 1.7), "Selu": F.selu,
    "Gelu": F.gelu, "Gelu tanh": lambda x: F.gelu(x, approximate="tanh"),
    "Silu": F.silu, "Mish": F.mish, "Softplus": lambda x: F.softplus(x, threshold=100), "Softsign": F.softsign,
    # F.hardsigmoid rounds its slope of 1/6 to float even in double
    "HardSigmoid": lambda x: (x / 6 + 0.5).clamp(0, 1), "HardTanh": F.hardtanh, "HardSwish": F.hardswish,
    "Softmax": lambda x: F.softmax(x, -1), "LogSoftmax": lambda x: F.log_softmax(x, -1),
}.items():
    case(name, lambda x, p, s, f=f: f(x), line)
case("Prelu", lambda x, p, s: F.prelu(x, p["slope"]), torch.randn(3, 2, 4), {"slope": torch.tensor([0.25])})
case("Prelu channel", lambda x, p, s: F.prelu(x, p["slope"]), torch.randn(3, 2, 4), {"slope": torch.tensor([0.25, -0.5])})



def batch_norm(x, p, s, momentum=0.1, eps=1e-5):
    return F.batch_norm(x, s["runningMean"], s["runningVariance"], p["weight"], p["bias"], True, momentum, eps)


def channels(c):
    return {"weight": torch.rand(c) + 0.5, "bias": torch.randn(c)}


def running(c):
    return {"runningMean": torch.randn(c), "runningVariance": torch.rand(c) + 0.5}


case("BatchNorm1d", batch_norm, torch.randn(5, 3) * 2 + 1, channels(3), running(3))
case("BatchNorm1d 0.3", lambda x, p, s: batch_norm(x, p, s, 0.3, 1e-3), torch.randn(2, 3, 4), channels(3), running(3))
case("BatchNorm2d", batch_norm, torch.randn(3, 2, 4, 5) * 2 + 1, channels(2), running(2))
case("LayerNorm", lambda x, p, s: F.layer_norm(x, (7,), p["weight"], p["bias"]), torch.randn(3, 7) + 1, channels(7))
case("LayerNorm sequence", lambda x, p, s: F.layer_norm(x, (5,), p["weight"], p["bias"], 1e-3), torch.randn(2, 3, 5), channels(5))
case("RmsNorm", lambda x, p, s: x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * p["weight"],
     torch.randn(2, 3, 5), {"weight": torch.rand(5) + 0.5})
case("GroupNorm", lambda x, p, s: F.group_norm(x, 2, p["weight"], p["bias"]), torch.randn(3, 4, 3, 5) + 1, channels(4))
case("GroupNorm of rows", lambda x, p, s: F.group_norm(x, 3, p["weight"], p["bias"]), torch.randn(2, 6), channels(6))
case("GlobalAveragePool", lambda x, p, s: x.mean((2, 3)), torch.randn(2, 3, 4, 5))
case("GlobalMaxPool", lambda x, p, s: x.amax((2, 3)), torch.randn(2, 3, 4, 5))
def convolution(name, f, x, weight, channels, **options):
    case(name, lambda x, p, s: f(x, p["weight"], p["bias"], **options), torch.randn(x),
         {"weight": torch.randn(weight), "bias": torch.randn(channels)})


convolution("Conv2d", F.conv2d, (2, 4, 7, 6), (4, 2, 3, 3), 4, stride=2, padding=2, dilation=2, groups=2)
convolution("Conv1d", F.conv1d, (2, 2, 6), (3, 2, 3), 3)
convolution("Conv1d wide", F.conv1d, (2, 4, 9), (4, 2, 3), 4, stride=2, padding=2, dilation=2, groups=2)
convolution("ConvTranspose2d", F.conv_transpose2d, (2, 2, 3, 4), (2, 3, 3, 3), 3)
convolution("ConvTranspose2d wide", F.conv_transpose2d, (2, 4, 2, 3), (4, 3, 3, 3), 6,
            stride=3, padding=1, dilation=2, output_padding=1, groups=2)
for name, f in {
    "AveragePool2d": lambda x: F.avg_pool2d(x, 2),
    "AveragePool2d padded": lambda x: F.avg_pool2d(x, 3, 2, 1),
    "AveragePool2d inside": lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False),
    "MaxPool2d": lambda x: F.max_pool2d(x, 3, 2, 1),
}.items():
    case(name, lambda x, p, s, f=f: f(x), torch.randn(2, 2, 5, 6))


def recurrent(kind, x, p, h):
    bias = p.get("recurrentBias", torch.zeros_like(p["bias"]))
    weights = [p["weight"].T, p["recurrentWeight"].T, p["bias"], bias]
    zero = torch.zeros(1, x.shape[0], h)
    hidden = (zero, zero) if kind is torch.lstm else zero
    return kind(x, hidden, weights, True, 1, 0.0, True, False, True)[0]


def lstm(i, h):
    return {"weight": torch.randn(i, 4 * h), "recurrentWeight": torch.randn(h, 4 * h), "bias": torch.randn(4 * h)}


def gru(i, h):
    return {"weight": torch.randn(i, 3 * h), "recurrentWeight": torch.randn(h, 3 * h), "bias": torch.randn(3 * h),
            "recurrentBias": torch.randn(3 * h)}


case("Lstm", lambda x, p, s: recurrent(torch.lstm, x, p, 3), torch.randn(2, 4, 5), lstm(5, 3))
case("Lstm last", lambda x, p, s: recurrent(torch.lstm, x, p, 2)[:, -1], torch.randn(3, 3, 1), lstm(1, 2))
case("Gru", lambda x, p, s: recurrent(torch.gru, x, p, 3), torch.randn(2, 4, 5), gru(5, 3))
case("Gru last", lambda x, p, s: recurrent(torch.gru, x, p, 2)[:, -1], torch.randn(3, 3, 1), gru(1, 2))


def attention(x, p, heads, causal):
    t, d = x.shape[1:]
    layer = torch.nn.MultiheadAttention(d, heads, batch_first=True)
    one = {"in_proj_weight": p["weight"].T, "in_proj_bias": p["bias"], "out_proj.weight": p["outputWeight"].T,
           "out_proj.bias": p["outputBias"]}
    mask = torch.triu(torch.ones(t, t, dtype=torch.bool), 1) if causal else None
    return torch.nn.utils.stateless.functional_call(layer, one, (x, x, x), {"attn_mask": mask})[0]


def projections(d):
    # as small as layers begin, so that no gradient is a difference of numbers a hundred times its size
    scale = d**-0.5
    return {"weight": scale * torch.randn(d, 3 * d), "bias": torch.randn(3 * d),
            "outputWeight": scale * torch.randn(d, d), "outputBias": torch.randn(d)}


case("MultiHeadSelfAttention", lambda x, p, s: attention(x, p, 2, False), torch.randn(2, 3, 4), projections(4))
case("MultiHeadSelfAttention causal", lambda x, p, s: attention(x, p, 3, True), torch.randn(2, 5, 6), projections(6))

print('{"torch":"%s","cases":[' % torch.__version__)
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]}")
