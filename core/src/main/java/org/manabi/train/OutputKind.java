package org.manabi.train;

/// What the numbers that a model gives mean.
public enum OutputKind {
    /// Scores before the softmax.
    LOGITS,
    /// Probabilities of the classes.
    PROBABILITIES,
    /// Logarithms of the probabilities of the classes.
    LOG_PROBABILITIES,
    /// Real numbers.
    OUTPUTS;

    /// Whether a softmax makes probabilities of the numbers: of logits, and of log-probabilities, of
    /// which it undoes the logarithm.
    public boolean needsSoftmax() {
        return this == LOGITS || this == LOG_PROBABILITIES;
    }
}
