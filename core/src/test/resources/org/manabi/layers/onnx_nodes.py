"""Writes onnx_nodes.json: operator tests of the ONNX standard in the form that OnnxNodeTests reads.

The numbers are those of onnx/backend/test/data/node of ONNX 1.12 (https://github.com/onnx/onnx, Apache
License 2.0, Copyright (c) ONNX Project Contributors), as Debian packages them in libonnx-testdata. Changed:
weights are transposed to [in, out], the gates of LSTM and GRU put into the order i, f, g, o and r, z, n,
and sequences made [N, T, features].

    python3 onnx_nodes.py /usr/share/libonnx-testdata/data/node > onnx_nodes.json
"""

import glob
import json
import pathlib
import struct
import sys

import numpy as np

ROOT = pathlib.Path(sys.argv[1])
PLAIN = """relu sigmoid sigmoid_example tanh tanh_example elu elu_default elu_example selu selu_default selu_example
leakyrelu leakyrelu_default leakyrelu_example hardsigmoid hardsigmoid_default hardsigmoid_example hardswish softplus
softplus_example softsign softsign_example softmax_default_axis softmax_negative_axis softmax_large_number softmax_example
logsoftmax_default_axis logsoftmax_negative_axis logsoftmax_large_number logsoftmax_example_1 globalaveragepool
globalaveragepool_precomputed globalmaxpool globalmaxpool_precomputed dropout_default dropout_default_ratio
training_dropout_zero_ratio""".split()


def fields(data):
    """The numbers and contents of a protobuf message's fields, in order."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
            continue
        size = varint() if key & 7 == 2 else {1: 8, 5: 4}[key & 7]
        yield key >> 3, data[at:at + size]
        at += size


def tensor(data):
    dims, raw, kind = [], b"", 1
    for number, content in fields(data):
        if number == 1:
            dims.append(content) if isinstance(content, int) else dims.extend(v for v in content)
        elif number == 2:
            kind = content
        elif number in (4, 9):
            raw += content
    return np.frombuffer(raw, {1: "<f4", 7: "<i8", 9: "?", 11: "<f8"}[kind]).reshape(dims)


def attributes_of(model):
    graph = dict(fields(model))[7]
    node = next(content for number, content in fields(graph) if number == 1)
    attributes = {}
    for number, content in fields(node):
        if number == 5:
            parts = dict(fields(content))
            if 2 in parts:
                attributes[parts[1].decode()] = struct.unpack("<f", parts[2])[0]
            elif 3 in parts:
                attributes[parts[1].decode()] = parts[3]
    return attributes


def load(name):
    model = (ROOT / f"test_{name}" / "model.onnx").read_bytes()

    def tensors(kind):
        files = glob.glob(str(ROOT / f"test_{name}" / "test_data_set_0" / f"{kind}_*.pb"))
        files.sort(key=lambda f: int(f.rsplit("_", 1)[1][:-3]))
        return [tensor(pathlib.Path(f).read_bytes()) for f in files]

    return attributes_of(model), tensors("input"), tensors("output")


def flat(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": [float(str(v)) for v in array.astype(np.float32).reshape(-1)]}


def case(name, mode, attributes, x, y, parameters=None, state=None, after=None):
    settings = {k: v for k, v in attributes.items() if isinstance(v, (int, float))}
    return {"name": name, "mode": mode, "attributes": settings, "x": flat(x), "y": flat(y),
            "parameters": {k: flat(v) for k, v in (parameters or {}).items()},
            "state": {k: flat(v) for k, v in (state or {}).items()},
            "stateAfter": {k: flat(v) for k, v in (after or {}).items()}}


def gates(weight, order):
    """[gates * H, ...] to [..., gates * H] with the gates in another order."""
    blocks = np.split(weight, len(order))
    return np.concatenate([blocks[g] for g in order]).T


cases = []
for name in PLAIN:
    attributes, inputs, outputs = load(name)
    x, y = inputs[0], outputs[0]
    if x.ndim == 1:
        x, y = x[None], y[None]
    if "pool" in name:
        y = y.reshape(y.shape[:2])
    cases.append(case(name, "TRAIN" if name.startswith("training") else "EVALUATE", attributes, x, y))
for name in ["batchnorm_example", "batchnorm_epsilon"]:
    for training in [False, True]:
        full = name + ("_training_mode" if training else "")
        attributes, (x, scale, bias, mean, variance), outputs = load(full)
        state = {"runningMean": mean, "runningVariance": variance}
        after = dict(zip(state, outputs[1:])) if training else state
        cases.append(case(full, "TRAIN" if training else "EVALUATE", attributes, x, outputs[0],
                          {"weight": scale, "bias": bias}, state, after))
for name in ["layer_normalization_default_axis", "layer_normalization_2d_axis1", "layer_normalization_3d_axis2_epsilon",
             "layer_normalization_4d_axis_negative_1"]:
    attributes, (x, scale, bias), outputs = load(name)
    cases.append(case(name, "EVALUATE", attributes, x, outputs[0], {"weight": scale, "bias": bias}))
for name, order in [("lstm_defaults", [0, 2, 3, 1]), ("lstm_with_initial_bias", [0, 2, 3, 1]),
                    ("gru_defaults", [1, 0, 2]), ("gru_with_initial_bias", [1, 0, 2])]:
    attributes, inputs, outputs = load(name)
    x, weight, recurrent = inputs[0].transpose(1, 0, 2), inputs[1][0], inputs[2][0]
    bias = inputs[3][0] if len(inputs) > 3 else np.zeros(2 * len(weight), np.float32)
    of_input, of_hidden = np.split(bias, 2)
    parameters = {"weight": gates(weight, order), "recurrentWeight": gates(recurrent, order)}
    if name.startswith("lstm"):
        parameters["bias"] = gates(of_input + of_hidden, order)
    else:
        assert not of_hidden.any(), "the forms of GRU differ in this bias"
        parameters |= {"bias": gates(of_input, order), "recurrentBias": gates(of_hidden, order)}
    cases.append(case(name, "EVALUATE", {"hidden_size": attributes["hidden_size"]}, x, outputs[-1][0], parameters))

print('{"onnx":"1.12","license":"Apache-2.0","cases":[')
print(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
print("]}")
