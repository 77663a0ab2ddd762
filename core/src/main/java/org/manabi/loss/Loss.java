package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// How wrong a prediction is: the number that learning makes small. Its types say what it may be fed
/// with.
///
/// @param <P> what the network gives
/// @param <T> what it should have given
public interface Loss<P extends Prediction, T extends Targets> {

    /// The loss of each sample, `[N]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if prediction and targets do not fit
    Variable perSample(P prediction, T targets);

    /// How [#of] brings the samples' losses to one number.
    Reduction reduction();

    /// The predictions it takes, for checks at run time.
    Class<P> predictionType();

    /// The targets it takes, for checks at run time.
    Class<T> targetsType();

    /// The loss of the batch, a single number.
    default Variable of(P prediction, T targets) {
        return reduction().of(perSample(prediction, targets));
    }
}
