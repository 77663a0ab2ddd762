package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Leaves parameters as they are, such as those of layers that were trained before.
public record Frozen() implements Optimizer {

    @Override
    public List<Slot> slots() {
        return List.of();
    }

    @Override
    public double learningRate() {
        return 0;
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        // nothing is learned
    }
}
