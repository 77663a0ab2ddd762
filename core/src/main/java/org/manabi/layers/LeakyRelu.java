package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Nonlinearity;

/// A rectifier that lets a little through: `y = x` where `x > 0`, else `slope·x`.
///
/// Source: Maas, Hannun, Ng, *Rectifier Nonlinearities Improve Neural Network Acoustic Models* (ICML
/// 2013).
///
/// @param slope below 0; 0.01 in PyTorch and ONNX, 0.3 in Keras
public record LeakyRelu(double slope) implements Layer {

    public LeakyRelu {
        Checks.require(Double.isFinite(slope), "a slope is finite, got %s", slope);
    }

    /// With slope 0.01.
    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.leakyRelu(slope));
    }
}
