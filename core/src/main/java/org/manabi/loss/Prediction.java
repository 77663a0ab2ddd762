package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// What a network gives, under the name of what it means, so that a loss cannot be fed with the
/// wrong thing: [Logits], [LogProbabilities], [Probabilities], or [Outputs].
public sealed interface Prediction permits Logits, LogProbabilities, Estimate {

    /// The numbers, `[N, K]`.
    Variable variable();
}
