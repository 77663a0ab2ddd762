package org.manabi.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Tensor;

/// Keeps the model's numbers of the epoch with the lowest validation loss.
final class BestWeights {

    private final Model<?> model;
    private final @Nullable EarlyStopping rule;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private TrainState.@Nullable Best best;

    /// @param rule `null` to keep nothing
    BestWeights(Model<?> model, @Nullable EarlyStopping rule) {
        this.model = model;
        this.rule = rule;
    }

    TrainState.@Nullable Best best() {
        return best;
    }

    Map<String, Tensor> weights() {
        return weights;
    }

    void restore(TrainState.@Nullable Best earlier, Map<String, Tensor> itsWeights) {
        best = earlier;
        itsWeights.forEach((name, tensor) -> weights.put(name, tensor.copy()));
    }

    /// Looks at one more epoch; whether it is the best so far.
    boolean compare(EpochScores epoch) {
        Score score = epoch.validation();
        if (rule == null || score == null) {
            return false;
        }
        TrainState.Best before = best;
        boolean better =
                Double.isFinite(score.loss())
                        && (before == null
                                || score.loss() < before.loss() - rule.minimumImprovement());
        if (better) {
            best = new TrainState.Best(epoch.epoch(), epoch.step(), score.loss(), score.accuracy());
            model.network()
                    .parameters()
                    .tensors()
                    .forEach(
                            (name, tensor) ->
                                    weights.computeIfAbsent(name, _ -> tensor.copy())
                                            .copyFrom(tensor));
        }
        return better;
    }

    /// Whether too many epochs have passed since the best one.
    ///
    /// @param epochs how many are over
    boolean isPatienceOver(int epochs) {
        if (rule == null) {
            return false;
        }
        long since = epochs - (best == null ? 0 : best.epoch());
        return since >= rule.patience();
    }

    /// Gives the model its best numbers again.
    void copyInto(Model<?> target) {
        target.network()
                .parameters()
                .tensors()
                .forEach(
                        (name, tensor) -> {
                            Tensor kept = weights.get(name);
                            if (kept != null) {
                                tensor.copyFrom(kept);
                            }
                        });
    }
}
