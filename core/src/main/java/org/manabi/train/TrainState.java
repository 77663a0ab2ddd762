package org.manabi.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.data.BatchCursor;
import org.manabi.tensor.Tensor;

/// All that a training must remember, beside the model's own numbers, to go on to the same bits.
/// The tensors are those that the training works with, not copies: whoever wants to keep them beyond
/// the event at which they were asked for copies or writes them.
///
/// @param step how many steps are done
/// @param cursor the place in the data
/// @param updater the memory of [org.manabi.optim.Updater]: its slots, counters and learning rate
/// @param running the sums of the epoch so far
/// @param epochs what was measured after each epoch, in order
/// @param best the best epoch so far; `null` if nothing is compared
/// @param bestWeights the model's numbers at that time, by their paths; empty without `best`
public record TrainState(
        long step,
        BatchCursor.Snapshot cursor,
        Map<String, Tensor> updater,
        Sums running,
        List<EpochScores> epochs,
        @Nullable Best best,
        Map<String, Tensor> bestWeights) {

    public TrainState {
        updater = Collections.unmodifiableMap(new LinkedHashMap<>(updater));
        epochs = List.copyOf(epochs);
        bestWeights = Collections.unmodifiableMap(new LinkedHashMap<>(bestWeights));
    }

    /// Losses and right answers of some samples, added up.
    ///
    /// @param weight what the mean loss divides by: the samples' weights, 1 each if there are none
    /// @param classes whether there were classes, so that answers can be right
    public record Sums(long samples, double loss, double weight, long correct, boolean classes) {}

    /// The epoch with the lowest validation loss so far.
    ///
    /// @param epoch its number, from 1
    /// @param step its last step
    /// @param loss its validation loss
    /// @param accuracy its validation accuracy; empty for real numbers
    public record Best(long epoch, long step, double loss, OptionalDouble accuracy) {}
}
