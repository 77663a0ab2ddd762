package org.manabi.layers;

import org.manabi.autodiff.Affine;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.SelfAttention;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Each step of a sequence looks at the others, in several heads.
///
///     Q, K, V = x·W + b,   head = softmax(Q·Kᵀ / √d)·V,   y = heads·O + p
///
/// **Shapes:** input `[N, T, D]`, output alike; parameters `weight` W `[D, 3D]` and `bias` `[3D]` of
/// queries, keys and values behind each other, `outputWeight` O `[D, D]` and `outputBias` `[D]`.
///
/// Source: Vaswani et al., *Attention Is All You Need* (NIPS 2017), section 3.2.
///
/// @param heads a divisor of D
/// @param mask what a step may look at
/// @param weights how W and O begin
public record MultiHeadSelfAttention(int heads, Mask mask, Initializer weights) implements Layer {

    /// What a step may look at.
    public enum Mask {
        /// All steps.
        NONE,
        /// Itself and the steps before it.
        CAUSAL
    }

    public MultiHeadSelfAttention {
        Checks.require(heads >= 1, "attention needs at least 1 head, got %d", heads);
    }

    /// Looks at all steps; weights begin as Xavier's uniform ones, as in PyTorch.
    public MultiHeadSelfAttention(int heads) {
        this(heads, Mask.NONE, Xavier.UNIFORM);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(
                shape.rank() == 3 && shape.dim(2) % heads == 0,
                "expected sequences [N, T, D] with D a multiple of the %d heads, got %s",
                heads,
                shape);
        int width = shape.dim(2);
        Variable rows = input.reshape(Shape.of(shape.dim(0) * shape.dim(1), width));
        Variable projected =
                Result.of(
                        Affine.LINEAR,
                        rows,
                        scope.parameter("weight", Shape.of(width, 3 * width), weights),
                        scope.parameter("bias", Shape.of(3 * width), Initializer.ZEROS));
        Variable attended =
                Result.of(
                        new SelfAttention(heads, mask == Mask.CAUSAL),
                        projected.reshape(Shape.of(shape.dim(0), shape.dim(1), 3 * width)));
        return Result.of(
                        Affine.LINEAR,
                        attended.reshape(rows.shape()),
                        scope.parameter("outputWeight", Shape.of(width, width), weights),
                        scope.parameter("outputBias", Shape.of(width), Initializer.ZEROS))
                .reshape(shape);
    }
}
