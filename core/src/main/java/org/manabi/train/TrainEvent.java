package org.manabi.train;

import org.jspecify.annotations.Nullable;

/// What happens while training. Events carry no times: whoever listens has a clock.
public sealed interface TrainEvent {

    /// Training begins.
    ///
    /// @param parameters how many numbers are learned
    /// @param batchesPerEpoch mini-batches in an epoch
    /// @param steps mini-batches altogether
    record Started(long parameters, int batchesPerEpoch, long steps) implements TrainEvent {}

    /// A mini-batch was learned from.
    ///
    /// @param step its number, from 1
    /// @param epoch its epoch, from 1
    /// @param samples how many it had
    /// @param loss the mean loss of its samples, before the update
    record StepDone(long step, long epoch, int samples, double loss) implements TrainEvent {}

    /// An epoch is over, or training ended within it.
    ///
    /// @param epoch its number, from 1
    /// @param step the last step, from 1
    /// @param running the epoch's mini-batches, each measured before its update
    /// @param validation the validation data, measured now; `null` without such data
    record EpochDone(long epoch, long step, Score running, @Nullable Score validation)
            implements TrainEvent {}

    /// A loss was not finite: the parameters are left as they were before that mini-batch.
    ///
    /// @param step the step that failed, from 1
    /// @param epoch its epoch, from 1
    /// @param loss the loss of its mini-batch
    record Diverged(long step, long epoch, double loss) implements TrainEvent {}

    /// Training is over.
    ///
    /// @param step the last step, from 1
    /// @param outcome why it ended
    record Finished(long step, Outcome outcome) implements TrainEvent {}

    /// Why training ended.
    enum Outcome {
        /// The budget is used up.
        COMPLETED,
        /// [Trainer#stop] was called.
        STOPPED,
        /// The loss was not finite.
        DIVERGED
    }
}
