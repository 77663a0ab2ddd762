package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// The Gaussian error linear unit: `y = x·Φ(x)` of every element, Φ the distribution function of
/// N(0, 1).
///
/// Source: Hendrycks and Gimpel, *Gaussian Error Linear Units* (2016).
///
/// @param form exactly, as PyTorch and Keras do by default, or by tanh, as GPT-2 did
public record Gelu(Form form) implements Layer {

    /// How Φ is computed.
    public enum Form {
        /// By the error function.
        EXACT,
        /// `½(1 + tanh(√(2/π)(x + 0.044715x³)))`, at most 0.0005 off.
        TANH
    }

    /// The exact form.
    public Gelu() {
        this(Form.EXACT);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(
                switch (form) {
                    case EXACT -> Nonlinearity.GELU;
                    case TANH -> Nonlinearity.GELU_TANH;
                });
    }
}
