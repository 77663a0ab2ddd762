package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Variable;

/// How wrong a prediction is: the number that learning makes small. Its types say what it may be fed
/// with.
///
/// @param <P> what the network gives
/// @param <T> what it should have given
public interface Loss<P extends Prediction, T extends Targets> {

    /// The loss of each sample, `[N]`, times its weight where there are weights.
    ///
    /// @throws org.manabi.tensor.ShapeException if prediction and targets do not fit
    Variable perSample(P prediction, T targets);

    /// What each sample adds to what a mean divides by, `[N]`; `null` if that is 1 for each, as it is
    /// without weights and ignored labels.
    default @Nullable Variable divisors(P prediction, T targets) {
        return null;
    }

    /// How [#of] brings the samples' losses to one number.
    Reduction reduction();

    /// The predictions it takes, for checks at run time.
    Class<P> predictionType();

    /// The targets it takes, for checks at run time.
    Class<T> targetsType();

    /// The loss of the batch, a single number; `[N]` if the reduction is [Reduction#NONE].
    default Variable of(P prediction, T targets) {
        return reduction().of(perSample(prediction, targets), divisors(prediction, targets));
    }
}
