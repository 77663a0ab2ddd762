package org.manabi.metrics;

/// The mean of some numbers, each with a weight: `Σ wx / Σ w`, added in double in their order.
public final class WeightedMean {

    private double sum;
    private double weight;

    /// No numbers yet.
    public WeightedMean() {
        // all sums begin at 0
    }

    /// Counts a number with the weight 1.
    public void add(double value) {
        add(value, 1);
    }

    /// Counts a number.
    public void add(double value, double weight) {
        sum += weight * value;
        this.weight += weight;
    }

    /// `Σ wx`.
    public double sum() {
        return sum;
    }

    /// `Σ wx / Σ w`; 0 if the weights sum to 0.
    public double mean() {
        return weight == 0 ? 0 : sum / weight;
    }
}
