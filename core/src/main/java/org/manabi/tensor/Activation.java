package org.manabi.tensor;

/// Functions of one number that follow a layer's sum. Each has a derivative that can be told from
/// its result, so that the sum itself need not be kept.
///
/// In float32 they are polynomials of our own with `fma`, the same bits on every machine and in every
/// width of vectors. The largest errors that were measured, against double over all of float32 in
/// steps of a prime number of floats, stand with each in units of the last place (ulp).
public enum Activation {
    /// `y = x`, `y′ = 1`.
    IDENTITY,
    /// `y = max(x, 0)`, `y′ = 1` where `y > 0`, else 0. Source: Nair and Hinton (ICML 2010).
    RELU,
    /// `y = 1 / (1 + e⁻ˣ)`, at most 2.4 ulp off; `y′ = y(1 − y)`.
    SIGMOID,
    /// `y = tanh x`, at most 1.37 ulp off; `y′ = 1 − y²`.
    TANH
}
