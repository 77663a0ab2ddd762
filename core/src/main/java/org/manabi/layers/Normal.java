package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// N(0, σ²), not truncated.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.5, where σ = 0.01.
///
/// @param standardDeviation σ, greater than 0
public record Normal(double standardDeviation) implements Initializer {

    /// The book's: σ = 0.01.
    public static final Normal BOOK = new Normal(0.01);

    public Normal {
        Checks.require(
                standardDeviation > 0 && Double.isFinite(standardDeviation),
                "a standard deviation is greater than 0, got %s",
                standardDeviation);
    }

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, standardDeviation * random.nextGaussian());
        }
    }
}
