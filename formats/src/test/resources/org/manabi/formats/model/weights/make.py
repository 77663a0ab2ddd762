"""Makes pytorch.npz and keras.npz: the weights of one small network under the names and in the orders
of PyTorch's state_dict and of Keras, an input, and the output.

    python3 make.py        (numpy 1.24, torch 1.13)

PyTorch computes the output. Keras's is computed here by NumPy with the channels last, as Keras defines its
layers, from the weights in Keras's order, and must agree.
"""
import numpy as np
import torch

torch.manual_seed(3)
net = torch.nn.Sequential()
net.add_module("conv1", torch.nn.Conv2d(2, 3, 3))
net.add_module("bn", torch.nn.BatchNorm2d(3))
net.add_module("relu1", torch.nn.ReLU())
net.add_module("pool", torch.nn.MaxPool2d(2))
net.add_module("flatten", torch.nn.Flatten())
net.add_module("fc1", torch.nn.Linear(12, 12))
net.add_module("relu2", torch.nn.ReLU())
net.add_module("fc2", torch.nn.Linear(12, 2))
with torch.no_grad():
    net.bn.weight.uniform_(0.5, 2)
    net.bn.bias.uniform_(-1, 1)
    net(torch.randn(20, 2, 6, 6))  # moves the running figures
net.eval()
x = torch.randn(4, 2, 6, 6)
with torch.no_grad():
    y = net(x).numpy()
state = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
np.savez("pytorch.npz", x=x.numpy(), y=y, **state)

fc1 = state["fc1.weight"].T.reshape(3, 2, 2, 12).transpose(1, 2, 0, 3).reshape(12, 12)
keras = {
    "conv2d/kernel:0": state["conv1.weight"].transpose(2, 3, 1, 0),
    "conv2d/bias:0": state["conv1.bias"],
    "batch_normalization/gamma:0": state["bn.weight"],
    "batch_normalization/beta:0": state["bn.bias"],
    "batch_normalization/moving_mean:0": state["bn.running_mean"],
    "batch_normalization/moving_variance:0": state["bn.running_var"],
    "dense/kernel:0": fc1,
    "dense/bias:0": state["fc1.bias"],
    "dense_1/kernel:0": state["fc2.weight"].T,
    "dense_1/bias:0": state["fc2.bias"],
}
nhwc = x.numpy().transpose(0, 2, 3, 1).astype(np.float64)
conv = np.zeros((4, 4, 4, 3))
for i in range(3):
    for j in range(3):
        conv += nhwc[:, i:i + 4, j:j + 4, :] @ keras["conv2d/kernel:0"][i, j]
conv += keras["conv2d/bias:0"]
norm = (conv - state["bn.running_mean"]) / np.sqrt(state["bn.running_var"] + 1e-5)
norm = np.maximum(norm * state["bn.weight"] + state["bn.bias"], 0)
pool = norm.reshape(4, 2, 2, 2, 2, 3).max(axis=(2, 4))
hidden = np.maximum(pool.reshape(4, -1) @ keras["dense/kernel:0"] + keras["dense/bias:0"], 0)
out = hidden @ keras["dense_1/kernel:0"] + keras["dense_1/bias:0"]
assert np.abs(out - y).max() < 1e-5, np.abs(out - y).max()
np.savez("keras.npz", **keras)
