package org.manabi.tensor;

/// Which of the three matrix products a layer needs; the operand named with `T` lies transposed.
public enum Product {
    /// `C = A·B`, A `[m, k]`, B `[k, n]`: a layer's output.
    AB,
    /// `C = Aᵀ·B`, A `[k, m]`, B `[k, n]`: the gradient of its weights.
    ATB,
    /// `C = A·Bᵀ`, A `[m, k]`, B `[n, k]`: the gradient of its input.
    ABT
}
