package org.manabi.metrics;

/// Right and wrong answers to a yes-or-no question, where a score above a threshold means yes.
///
/// Rates that would divide by 0 are 0.
public final class BinaryCounts {

    private final double threshold;
    private double truePositives;
    private double falsePositives;
    private double trueNegatives;
    private double falseNegatives;

    /// No answers yet; a score is a yes if it is greater than the threshold.
    public BinaryCounts(double threshold) {
        this.threshold = threshold;
    }

    /// Counts one answer with the weight 1.
    public void add(boolean positive, double score) {
        add(positive, score, 1);
    }

    /// Counts one answer; a NaN score is a no.
    ///
    /// @param positive whether yes is right
    public void add(boolean positive, double score, double weight) {
        boolean yes = score > threshold;
        if (positive && yes) {
            truePositives += weight;
        } else if (positive) {
            falseNegatives += weight;
        } else if (yes) {
            falsePositives += weight;
        } else {
            trueNegatives += weight;
        }
    }

    public double truePositives() {
        return truePositives;
    }

    public double falsePositives() {
        return falsePositives;
    }

    public double trueNegatives() {
        return trueNegatives;
    }

    public double falseNegatives() {
        return falseNegatives;
    }

    /// The share of right answers.
    public double accuracy() {
        return share(truePositives + trueNegatives, falsePositives + falseNegatives);
    }

    /// The share of right ones among the yeses.
    public double precision() {
        return share(truePositives, falsePositives);
    }

    /// The share found among those where yes is right; also called sensitivity.
    public double recall() {
        return share(truePositives, falseNegatives);
    }

    /// The share left alone among those where no is right.
    public double specificity() {
        return share(trueNegatives, falsePositives);
    }

    /// The harmonic mean of precision and recall.
    public double f1() {
        return fBeta(1);
    }

    /// `(1 + β²)·P·R / (β²·P + R)`: recall counts β times as much as precision.
    ///
    /// Source: van Rijsbergen, *Information Retrieval* (1979).
    public double fBeta(double beta) {
        double square = beta * beta;
        double divisor = square * precision() + recall();
        return divisor == 0 ? 0 : (1 + square) * precision() * recall() / divisor;
    }

    private static double share(double part, double rest) {
        return part + rest == 0 ? 0 : part / (part + rest);
    }
}
