package org.manabi.metrics;

import org.manabi.tensor.Tensor;

/// How good probabilities of classes are, not only their maximum: proper scores, which are least where
/// the probabilities are the true ones.
///
///     log loss  = −(1/N) Σₙ log pₙ[tₙ]              in nats
///     Brier     = (1/N) Σₙ Σₖ (pₙₖ − 1{k = tₙ})²    0 … 2
///
/// For two classes the Brier score here is twice that of scikit-learn's `brier_score_loss`, which looks at
/// one of them.
///
/// Source: Gneiting and Raftery, *Strictly Proper Scoring Rules, Prediction, and Estimation* (2007);
/// Brier (1950).
public final class ProbabilityScores {

    private final double least;
    private final WeightedMean logLoss = new WeightedMean();
    private final WeightedMean brier = new WeightedMean();

    /// No samples yet.
    ///
    /// @param least what the probability of the right class counts at least in the log loss; 0 lets it
    ///     become infinite
    public ProbabilityScores(double least) {
        this.least = least;
    }

    /// Counts the row of a sample, whose numbers sum to 1; a NaN makes the scores NaN.
    ///
    /// @param probabilities `[N, K]`
    public void add(Tensor probabilities, int row, int label) {
        int classes = probabilities.shape().dim(-1);
        double squares = 0;
        for (int k = 0; k < classes; k++) {
            double error = probabilities.getAsDouble(row * classes + k) - (k == label ? 1 : 0);
            squares += error * error;
        }
        brier.add(squares);
        double right = probabilities.getAsDouble(row * classes + label);
        logLoss.add(-StrictMath.log(Math.max(right, least)));
    }

    /// The log loss, in nats; 0 without samples.
    public double logLoss() {
        return logLoss.mean();
    }

    /// The Brier score; 0 without samples.
    public double brier() {
        return brier.mean();
    }
}
