package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Tensor;

/// Logarithms of the probabilities of the classes, as a log-softmax gives them: each at most 0.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one
public record LogProbabilities(Variable variable) implements Prediction {

    public LogProbabilities {
        variable = Batches.ofFloatingRows(variable, "LogProbabilities");
    }

    /// Fixed numbers, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is greater than 0 or NaN
    public static LogProbabilities of(Tensor values) {
        LogProbabilities checked = new LogProbabilities(Variable.of(values));
        Batches.require(
                values,
                "LogProbabilities",
                value -> value <= 0,
                "is not at most 0; are these logits or probabilities?");
        return checked;
    }
}
