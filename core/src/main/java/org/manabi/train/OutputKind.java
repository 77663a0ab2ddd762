package org.manabi.train;

/// What the numbers that a model gives mean.
public enum OutputKind {
    /// Scores before the softmax.
    LOGITS,
    /// Probabilities of the classes.
    PROBABILITIES,
    /// Real numbers.
    OUTPUTS
}
