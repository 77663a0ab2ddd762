package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// A learned vector for each whole number, such as a word's.
///
/// **Shapes:** input `[N, …]` of whole numbers in 0 … rows − 1, output `[N, …, width]`; parameter
/// `weight` `[rows, width]`.
///
/// Source: Bengio et al., *A Neural Probabilistic Language Model* (JMLR 3, 2003).
///
/// @param rows how many numbers there are
/// @param width the length of a vector
/// @param weights how the vectors begin
public record Embedding(int rows, int width, Initializer weights) implements Layer {

    public Embedding {
        Checks.require(
                rows >= 1 && width >= 1,
                "Embedding needs at least 1 row and width 1, got %d and %d",
                rows,
                width);
    }

    /// Vectors that begin as N(0, 1), as in PyTorch.
    public Embedding(int rows, int width) {
        this(rows, width, new Normal(1));
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return Result.of(
                new org.manabi.autodiff.Embedding(),
                input,
                scope.parameter("weight", Shape.of(rows, width), weights));
    }

    @Override
    public String toString() {
        return "Embedding[rows=" + rows + ", width=" + width + "]";
    }
}
