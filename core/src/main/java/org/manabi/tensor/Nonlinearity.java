package org.manabi.tensor;

/// Functions of one number whose derivative is told from x, so that x is kept; those that can be
/// told from their result are an [Activation]. Most have a constant or a factory here.
///
/// @param kind the formula
/// @param a its first setting, 0 where it has none
/// @param b its second setting, 0 where it has none
public record Nonlinearity(Kind kind, double a, double b) {

    /// The Gaussian error linear unit, exactly.
    public static final Nonlinearity GELU = new Nonlinearity(Kind.GELU, 0, 0);

    /// The Gaussian error linear unit by its approximation with tanh.
    public static final Nonlinearity GELU_TANH = new Nonlinearity(Kind.GELU_TANH, 0, 0);

    /// The sigmoid linear unit, also called swish.
    public static final Nonlinearity SILU = new Nonlinearity(Kind.SILU, 0, 0);

    /// See [Kind#MISH].
    public static final Nonlinearity MISH = new Nonlinearity(Kind.MISH, 0, 0);

    /// See [Kind#SOFTPLUS].
    public static final Nonlinearity SOFTPLUS = new Nonlinearity(Kind.SOFTPLUS, 0, 0);

    /// See [Kind#SOFTSIGN].
    public static final Nonlinearity SOFTSIGN = new Nonlinearity(Kind.SOFTSIGN, 0, 0);

    /// See [Kind#HARD_SWISH].
    public static final Nonlinearity HARD_SWISH = new Nonlinearity(Kind.HARD_SWISH, 0, 0);

    /// The formulas.
    public enum Kind {
        /// `y = x` where `x > 0`, else `a·x`; `y′ = 1`, else `a`.
        LEAKY_RELU,
        /// `y = b·x` where `x > 0`, else `b·a·(eˣ − 1)`; `y′ = b`, else `b·a·eˣ`.
        ELU,
        /// `y = x·Φ(x)`, `y′ = Φ(x) + x·φ(x)`, with the distribution and the density of N(0, 1).
        GELU,
        /// `y = ½x·(1 + tanh u)`, `u = √(2/π)·(x + 0.044715x³)`,
        /// `y′ = ½(1 + t) + ½x·(1 − t²)·√(2/π)·(1 + 3·0.044715x²)`.
        GELU_TANH,
        /// `y = x·σ(x)`, `y′ = σ + x·σ(1 − σ)`.
        SILU,
        /// `y = x·tanh(ln(1 + eˣ))`, `y′ = t + x·σ(x)·(1 − t²)`.
        MISH,
        /// `y = ln(1 + eˣ)`, `y′ = σ(x)`.
        SOFTPLUS,
        /// `y = x / (1 + |x|)`, `y′ = 1 / (1 + |x|)²`.
        SOFTSIGN,
        /// `y = min(max(a·x + b, 0), 1)`, `y′ = a` strictly between, else 0.
        HARD_SIGMOID,
        /// `y = min(max(x, a), b)`, `y′ = 1` strictly between, else 0.
        HARD_TANH,
        /// `y = x·min(max(x/6 + ½, 0), 1)`; `y′ = x/3 + ½` for `−3 < x < 3`, 0 below, 1 above.
        HARD_SWISH
    }

    public static Nonlinearity leakyRelu(double slope) {
        return new Nonlinearity(Kind.LEAKY_RELU, slope, 0);
    }

    /// See [Kind#ELU].
    public static Nonlinearity elu(double alpha, double scale) {
        return new Nonlinearity(Kind.ELU, alpha, scale);
    }

    /// See [Kind#HARD_SIGMOID].
    public static Nonlinearity hardSigmoid(double slope, double offset) {
        return new Nonlinearity(Kind.HARD_SIGMOID, slope, offset);
    }

    /// See [Kind#HARD_TANH].
    public static Nonlinearity hardTanh(double least, double most) {
        return new Nonlinearity(Kind.HARD_TANH, least, most);
    }
}
