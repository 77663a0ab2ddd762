package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Nonlinearity;

/// A sigmoid out of three straight pieces: `y = min(max(slope·x + offset, 0), 1)`.
///
/// Source: Courbariaux, Bengio, David, *BinaryConnect* (NIPS 2015).
///
/// @param slope 1/6 in PyTorch and Keras 3, 0.2 in ONNX
/// @param offset the value at 0, ½ in all of them
public record HardSigmoid(double slope, double offset) implements Layer {

    public HardSigmoid {
        Checks.require(
                Double.isFinite(slope) && Double.isFinite(offset),
                "slope and offset are finite, got %s and %s",
                slope,
                offset);
    }

    /// PyTorch's and Keras's: `x/6 + ½`.
    public HardSigmoid() {
        this(1.0 / 6, 0.5);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.hardSigmoid(slope, offset));
    }
}
