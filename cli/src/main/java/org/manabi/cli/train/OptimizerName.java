package org.manabi.cli.train;

import java.util.Locale;
import org.manabi.optim.Adam;
import org.manabi.optim.Momentum;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Sgd;

/// The optimizers by the names that people type.
enum OptimizerName {
    SGD(0.1),
    MOMENTUM(0.01),
    ADAM(Adam.DEFAULTS.learningRate());

    private final double usualRate;

    OptimizerName(double usualRate) {
        this.usualRate = usualRate;
    }

    /// A learning rate with which it usually works.
    double usualRate() {
        return usualRate;
    }

    /// @throws org.manabi.tensor.ShapeException if the learning rate is not greater than 0
    Optimizer with(double learningRate) {
        return switch (this) {
            case SGD -> new Sgd(learningRate);
            case MOMENTUM -> new Momentum(learningRate);
            case ADAM -> new Adam(learningRate);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
