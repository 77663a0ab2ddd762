package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Uniform in [−limit, limit).
///
/// @param limit greater than 0
public record Uniform(double limit) implements Initializer {

    public Uniform {
        Checks.require(
                limit > 0 && Double.isFinite(limit), "a limit is greater than 0, got %s", limit);
    }

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, limit * (2 * random.nextDouble() - 1));
        }
    }
}
