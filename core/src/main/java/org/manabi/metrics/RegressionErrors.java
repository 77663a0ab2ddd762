package org.manabi.metrics;

/// How far predicted numbers are from their targets.
///
///     MAE = (1/n) Σ |y − t|,   MSE = (1/n) Σ (y − t)²,   RMSE = √MSE,   R² = 1 − Σ (y − t)² / Σ (t − t̄)²
///
/// with weights Σ w instead of n. All are 0 without numbers. Added in double; the variance of the
/// targets by Welford's method, so that it is exact even for targets far from 0.
public final class RegressionErrors {

    private double weight;
    private double absolute;
    private double squared;
    private double mean;
    private double variation;
    private double largest;

    /// No numbers yet.
    public RegressionErrors() {
        // all sums begin at 0
    }

    /// Counts one number with the weight 1.
    public void add(double prediction, double target) {
        add(prediction, target, 1);
    }

    /// Counts one number.
    ///
    /// @param weight at least 0
    public void add(double prediction, double target, double weight) {
        if (weight == 0) {
            return;
        }
        double error = prediction - target;
        absolute += weight * Math.abs(error);
        squared += weight * error * error;
        largest = Math.max(largest, Math.abs(error));
        this.weight += weight;
        double step = target - mean;
        mean += step * weight / this.weight;
        variation += weight * step * (target - mean);
    }

    /// The mean absolute error.
    public double meanAbsolute() {
        return weight == 0 ? 0 : absolute / weight;
    }

    /// The mean squared error.
    public double meanSquared() {
        return weight == 0 ? 0 : squared / weight;
    }

    /// The root of the mean squared error.
    public double rootMeanSquared() {
        return Math.sqrt(meanSquared());
    }

    /// The largest absolute error.
    public double largest() {
        return largest;
    }

    /// The share of the targets' variance that is explained: 1 at best, 0 for predicting their mean,
    /// negative for worse. NaN if all targets are equal, since there is nothing to explain.
    public double rSquared() {
        return variation == 0 ? Double.NaN : 1 - squared / variation;
    }
}
