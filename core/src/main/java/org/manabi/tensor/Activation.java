package org.manabi.tensor;

/// Functions of one number that follow a layer's sum. Each has a derivative that can be told from
/// its result, so that the sum itself need not be kept.
public enum Activation {
    /// `y = x`, `y′ = 1`.
    IDENTITY,
    /// `y = max(x, 0)`, `y′ = 1` where `y > 0`, else 0. Source: Nair and Hinton (ICML 2010).
    RELU,
    /// `y = 1 / (1 + e⁻ˣ)`, `y′ = y(1 − y)`.
    SIGMOID,
    /// `y = tanh x`, `y′ = 1 − y²`.
    TANH
}
