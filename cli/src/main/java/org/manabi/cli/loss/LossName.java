package org.manabi.cli.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.manabi.autodiff.Variable;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.Outputs;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.SumOfSquaredErrors;
import org.manabi.loss.Targets;
import org.manabi.tensor.Tensor;

/// The losses by the names that people type.
public enum LossName {
    SOFTMAX_CROSS_ENTROPY,
    CROSS_ENTROPY,
    SUM_OF_SQUARES,
    MEAN_SQUARED_ERROR;

    /// The loss of a name as it is typed.
    public static Optional<LossName> named(String name) {
        return Arrays.stream(values()).filter(loss -> loss.toString().equals(name)).findFirst();
    }

    /// The loss itself.
    public Loss<?, ?> loss() {
        return switch (this) {
            case SOFTMAX_CROSS_ENTROPY -> SoftmaxCrossEntropy.MEAN;
            case CROSS_ENTROPY -> CrossEntropy.BOOK;
            case SUM_OF_SQUARES -> SumOfSquaredErrors.SUM;
            case MEAN_SQUARED_ERROR -> new MeanSquaredError();
        };
    }

    /// The loss to learn by: a mean over the samples of a batch, so that the step size need not
    /// change with the batch size.
    public Loss<?, ?> trainingLoss() {
        return this == SUM_OF_SQUARES ? SumOfSquaredErrors.PER_SAMPLE_MEAN : loss();
    }

    /// Whether it takes classes only, not real numbers.
    public boolean needsClasses() {
        return loss().targetsType() == ClassTargets.class;
    }

    /// The loss of `prediction`, whose present numbers are `values`.
    ///
    /// @throws org.manabi.tensor.ShapeException naming the number that the loss does not take
    Variable of(Tensor values, Variable prediction, Targets targets) {
        return apply(loss(), typed(values, prediction), targets);
    }

    private Prediction typed(Tensor values, Variable prediction) {
        return switch (this) {
            case SOFTMAX_CROSS_ENTROPY -> {
                Logits.of(values);
                yield new Logits(prediction);
            }
            case CROSS_ENTROPY -> {
                Probabilities.of(values);
                yield new Probabilities(prediction);
            }
            case SUM_OF_SQUARES, MEAN_SQUARED_ERROR -> {
                Outputs.of(values);
                yield new Outputs(prediction);
            }
        };
    }

    private static <P extends Prediction, T extends Targets> Variable apply(
            Loss<P, T> loss, Prediction prediction, Targets targets) {
        return loss.of(loss.predictionType().cast(prediction), loss.targetsType().cast(targets));
    }

    /// The name as it is typed, such as `cross-entropy`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
