package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// How the losses of the samples of a batch become one number.
///
/// What a mean divides by: without weights both means divide by the number of samples. With class or
/// sample weights w the losses are wₙℓₙ, and [#MEAN] divides by Σ wₙ, as PyTorch's class weights do,
/// but [#MEAN_PER_SAMPLE] by the number of samples, as Keras's `sum_over_batch_size` does. Samples
/// that are ignored count in neither; if all are, the mean is 0.
public enum Reduction {
    /// Not at all: the loss of each sample, `[N]`. Nothing can be trained with it.
    NONE,
    /// Added up: the gradient grows with the batch.
    SUM,
    /// Added up and divided by the sum of the weights, which are 1 if none are given.
    MEAN,
    /// Added up and divided by the number of samples, whatever their weights.
    MEAN_PER_SAMPLE;

    /// The one number for losses `[N]` that all weigh the same.
    public Variable of(Variable perSample) {
        return of(perSample, null);
    }

    /// The one number for losses `[N]`.
    ///
    /// @param divisors what each sample adds to what a mean divides by, `[N]`; `null` for 1 each
    public Variable of(Variable perSample, @Nullable Variable divisors) {
        return switch (this) {
            case NONE -> perSample;
            case SUM -> perSample.sum();
            case MEAN, MEAN_PER_SAMPLE ->
                    divisors == null
                            ? perSample.mean()
                            : Result.of(new MeanByWeight(), perSample, divisors);
        };
    }

    /// Checks that a loss with this reduction can be trained with.
    public void requireOneNumber(String loss) {
        Checks.require(
                this != NONE,
                "%s has the reduction NONE, which gives a number for each sample; choose MEAN or"
                        + " SUM for training",
                loss);
    }
}
