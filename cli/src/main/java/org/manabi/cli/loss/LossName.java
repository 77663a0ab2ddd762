package org.manabi.cli.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.manabi.autodiff.Variable;
import org.manabi.loss.BinaryCrossEntropy;
import org.manabi.loss.CategoricalHinge;
import org.manabi.loss.ClassOptions;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CosineSimilarity;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Dice;
import org.manabi.loss.Hinge;
import org.manabi.loss.Huber;
import org.manabi.loss.KullbackLeibler;
import org.manabi.loss.LogCosh;
import org.manabi.loss.LogProbabilities;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.MeanAbsoluteError;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.MeanSquaredLogarithmicError;
import org.manabi.loss.MultiMargin;
import org.manabi.loss.NegativeLogLikelihood;
import org.manabi.loss.Outputs;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.SigmoidCrossEntropy;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.SoftmaxFocal;
import org.manabi.loss.SquaredHinge;
import org.manabi.loss.SumOfSquaredErrors;
import org.manabi.loss.Targets;
import org.manabi.tensor.Tensor;

/// The losses by the names that people type.
public enum LossName {
    SOFTMAX_CROSS_ENTROPY,
    CROSS_ENTROPY,
    NEGATIVE_LOG_LIKELIHOOD,
    SUM_OF_SQUARES,
    MEAN_SQUARED_ERROR,
    MEAN_ABSOLUTE_ERROR,
    MEAN_SQUARED_LOGARITHMIC_ERROR,
    HUBER,
    LOG_COSH,
    SIGMOID_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY,
    KULLBACK_LEIBLER,
    FOCAL,
    DICE,
    HINGE,
    SQUARED_HINGE,
    CATEGORICAL_HINGE,
    MULTI_MARGIN,
    COSINE_SIMILARITY;

    /// The loss of a name as it is typed.
    public static Optional<LossName> named(String name) {
        return Arrays.stream(values()).filter(loss -> loss.toString().equals(name)).findFirst();
    }

    /// The loss itself.
    public Loss<?, ?> loss() {
        return switch (this) {
            case SOFTMAX_CROSS_ENTROPY -> SoftmaxCrossEntropy.MEAN;
            case CROSS_ENTROPY -> CrossEntropy.BOOK;
            case NEGATIVE_LOG_LIKELIHOOD -> new NegativeLogLikelihood();
            case SUM_OF_SQUARES -> SumOfSquaredErrors.SUM;
            case MEAN_SQUARED_ERROR -> new MeanSquaredError();
            case MEAN_ABSOLUTE_ERROR -> new MeanAbsoluteError();
            case MEAN_SQUARED_LOGARITHMIC_ERROR -> new MeanSquaredLogarithmicError();
            case HUBER -> new Huber();
            case LOG_COSH -> new LogCosh();
            case SIGMOID_CROSS_ENTROPY -> new SigmoidCrossEntropy();
            case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy();
            case KULLBACK_LEIBLER -> new KullbackLeibler();
            case FOCAL -> new SoftmaxFocal();
            case DICE -> new Dice();
            case HINGE -> new Hinge();
            case SQUARED_HINGE -> new SquaredHinge();
            case CATEGORICAL_HINGE -> new CategoricalHinge();
            case MULTI_MARGIN -> new MultiMargin();
            case COSINE_SIMILARITY -> new CosineSimilarity();
        };
    }

    /// The loss to learn by: a mean over the samples of a batch, so that the step size need not
    /// change with the batch size.
    public Loss<?, ?> trainingLoss() {
        return this == SUM_OF_SQUARES ? SumOfSquaredErrors.PER_SAMPLE_MEAN : loss();
    }

    /// The loss to learn by, with class weights or label smoothing; empty if it has no such options.
    public Optional<Loss<?, ?>> trainingLoss(ClassOptions options) {
        return switch (this) {
            case SOFTMAX_CROSS_ENTROPY ->
                    Optional.of(new SoftmaxCrossEntropy(Reduction.MEAN, options));
            case CROSS_ENTROPY ->
                    Optional.of(
                            new CrossEntropy(
                                    CrossEntropy.BOOK.delta(),
                                    CrossEntropy.BOOK.reduction(),
                                    options));
            case NEGATIVE_LOG_LIKELIHOOD ->
                    Optional.of(new NegativeLogLikelihood(Reduction.MEAN, options));
            case FOCAL ->
                    Optional.of(
                            new SoftmaxFocal(
                                    new SoftmaxFocal().gamma(),
                                    new SoftmaxFocal().alpha(),
                                    Reduction.MEAN,
                                    options));
            default ->
                    options.equals(ClassOptions.PLAIN)
                            ? Optional.of(trainingLoss())
                            : Optional.empty();
        };
    }

    /// Whether it takes classes only, not real numbers.
    public boolean needsClasses() {
        return ClassTargets.class.isAssignableFrom(loss().targetsType());
    }

    /// The loss of `prediction`, whose present numbers are `values`.
    ///
    /// @throws org.manabi.tensor.ShapeException naming the number that the loss does not take
    Variable of(Tensor values, Variable prediction, Targets targets) {
        return apply(loss(), typed(values, prediction), targets);
    }

    private Prediction typed(Tensor values, Variable prediction) {
        Class<?> type = loss().predictionType();
        if (type == Logits.class) {
            Logits.of(values);
            return new Logits(prediction);
        }
        if (type == LogProbabilities.class) {
            LogProbabilities.of(values);
            return new LogProbabilities(prediction);
        }
        if (type == Probabilities.class) {
            Probabilities.of(values);
            return new Probabilities(prediction);
        }
        Outputs.of(values);
        return new Outputs(prediction);
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
