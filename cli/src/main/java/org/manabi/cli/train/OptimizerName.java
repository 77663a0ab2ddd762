package org.manabi.cli.train;

import java.util.Locale;
import org.manabi.optim.Adadelta;
import org.manabi.optim.Adagrad;
import org.manabi.optim.Adam;
import org.manabi.optim.AdamW;
import org.manabi.optim.Adamax;
import org.manabi.optim.AmsGrad;
import org.manabi.optim.Lamb;
import org.manabi.optim.Lbfgs;
import org.manabi.optim.Lion;
import org.manabi.optim.Momentum;
import org.manabi.optim.NAdam;
import org.manabi.optim.Nesterov;
import org.manabi.optim.Optimizer;
import org.manabi.optim.RAdam;
import org.manabi.optim.RmsProp;
import org.manabi.optim.Sgd;

/// The optimizers by the names that people type.
enum OptimizerName {
    SGD(0.1),
    MOMENTUM(0.01),
    NESTEROV(0.01),
    ADAGRAD(0.01),
    ADADELTA(1),
    RMSPROP(0.001),
    ADAM(Adam.DEFAULTS.learningRate()),
    AMSGRAD(0.001),
    ADAMW(0.001),
    ADAMAX(0.002),
    NADAM(0.002),
    RADAM(0.001),
    LION(0.0001),
    LAMB(0.005),
    LBFGS(0.1);

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
            case NESTEROV -> new Nesterov(learningRate);
            case ADAGRAD -> new Adagrad(learningRate);
            case ADADELTA -> new Adadelta(learningRate);
            case RMSPROP -> new RmsProp(learningRate);
            case ADAM -> new Adam(learningRate);
            case AMSGRAD -> new AmsGrad(learningRate);
            case ADAMW -> new AdamW(learningRate);
            case ADAMAX -> new Adamax(learningRate);
            case NADAM -> new NAdam(learningRate);
            case RADAM -> new RAdam(learningRate);
            case LION -> new Lion(learningRate);
            case LAMB -> new Lamb(learningRate);
            case LBFGS -> new Lbfgs(learningRate);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
