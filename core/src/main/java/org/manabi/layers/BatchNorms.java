package org.manabi.layers;

import org.manabi.autodiff.BatchNorm;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// What batch normalization does whatever its input's rank.
final class BatchNorms {

    private BatchNorms() {}

    static void requireSettings(double momentum, double epsilon) {
        Checks.require(momentum >= 0 && momentum <= 1, "a momentum is in [0, 1], got %s", momentum);
        requireEpsilon(epsilon);
    }

    static void requireEpsilon(double epsilon) {
        Checks.require(
                epsilon > 0 && Double.isFinite(epsilon),
                "epsilon is greater than 0, got %s",
                epsilon);
    }

    static Variable apply(
            Scope scope, Variable input, double momentum, double epsilon, RunningVariance kind) {
        Shape channels = Shape.of(input.shape().dim(1));
        Variable gain = scope.parameter("weight", channels, new Constant(1));
        Variable bias = scope.parameter("bias", channels, Initializer.ZEROS);
        Variable mean = scope.state("runningMean", channels, Initializer.ZEROS);
        Variable variance = scope.state("runningVariance", channels, new Constant(1));
        BatchNorm.Figures figures =
                scope.mode() == Mode.TRAIN ? BatchNorm.Figures.BATCH : BatchNorm.Figures.RUNNING;
        return Result.of(
                new BatchNorm(figures, momentum, kind == RunningVariance.UNBIASED, epsilon),
                input,
                gain,
                bias,
                mean,
                variance);
    }
}
