package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Any loss, with a weight for each sample of a batch.
///
///     ℓₙ ← wₙ · ℓₙ
///
/// What a mean then divides by is said at [Reduction].
///
/// @param loss of samples that all weigh the same
/// @param weights w, `[N]`, each at least 0
/// @param <P> what the network gives
/// @param <T> what it should have given
public record SampleWeighted<P extends Prediction, T extends Targets>(
        Loss<P, T> loss, Variable weights) implements Loss<P, T> {

    @Override
    public Variable perSample(P prediction, T targets) {
        Checks.require(
                weights.shape().equals(Shape.of(targets.rows())),
                "sample weights are %s, but there are %d samples; give one weight for each",
                weights.shape(),
                targets.rows());
        return loss.perSample(prediction, targets).times(weights);
    }

    @Override
    public @Nullable Variable divisors(P prediction, T targets) {
        Variable unweighted = loss.divisors(prediction, targets);
        if (reduction() != Reduction.MEAN) {
            return unweighted;
        }
        return unweighted == null ? weights : unweighted.times(weights);
    }

    @Override
    public Reduction reduction() {
        return loss.reduction();
    }

    @Override
    public Class<P> predictionType() {
        return loss.predictionType();
    }

    @Override
    public Class<T> targetsType() {
        return loss.targetsType();
    }
}
