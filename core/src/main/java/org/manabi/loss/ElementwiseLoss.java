package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// A loss of each number by itself: whoever says the loss of one number and its derivatives has a loss
/// of batches.
///
///     ℓₙ = (1/K) Σₖ f(yₙₖ, tₙₖ)
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows.
/// A sample's loss is the mean over its K numbers unless [#columns] says otherwise, as in Keras; with
/// [Reduction#MEAN] that is the mean over all N·K numbers, as in PyTorch. [Reduction#SUM] adds the
/// samples' losses, which is PyTorch's sum divided by K. Computed in double.
///
/// @param <P> what the network gives
public interface ElementwiseLoss<P extends Prediction> extends Loss<P, Targets> {

    /// What becomes of the losses of a sample's numbers.
    enum Columns {
        MEAN,
        SUM
    }

    /// The loss f of one number.
    double value(double y, double t);

    /// ∂f/∂y; 0 where f has a kink.
    double slope(double y, double t);

    /// ∂f/∂t, for targets that are learned too.
    double targetSlope(double y, double t);

    /// What becomes of the losses of a sample's numbers.
    default Columns columns() {
        return Columns.MEAN;
    }

    @Override
    default Variable perSample(P prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike(getClass().getSimpleName(), y, t);
        return Result.of(new ElementLosses(this), y, t);
    }

    @Override
    default Class<Targets> targetsType() {
        return Targets.class;
    }
}
