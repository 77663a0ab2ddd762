package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// A normal distribution cut off at two of its standard deviations, widened so that what is left has
/// the standard deviation σ: numbers beyond are drawn again.
///
///     N(0, (σ / 0.87963)²), cut at ±2σ / 0.87963
///
/// Keras's `VarianceScaling(distribution="truncated_normal")` and all its `…Normal` initializers; PyTorch's
/// `trunc_normal_` cuts at ±2 whatever σ is, and does not widen.
///
/// @param standardDeviation σ of the numbers drawn, greater than 0
public record TruncatedNormal(double standardDeviation) implements Initializer {

    /// The standard deviation of N(0, 1) cut at ±2: √(1 − 4φ(2) / (2Φ(2) − 1)).
    private static final double LEFT = 0.8796256610342398;

    private static final double CUT = 2;

    public TruncatedNormal {
        Checks.require(
                standardDeviation > 0 && Double.isFinite(standardDeviation),
                "a standard deviation is greater than 0, got %s",
                standardDeviation);
    }

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        double width = standardDeviation / LEFT;
        for (int i = 0; i < tensor.size(); i++) {
            double drawn = random.nextGaussian();
            while (Math.abs(drawn) > CUT) {
                drawn = random.nextGaussian();
            }
            tensor.setFromDouble(i, width * drawn);
        }
    }
}
