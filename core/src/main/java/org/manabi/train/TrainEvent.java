package org.manabi.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens while training. Events carry no times: whoever listens has a clock.
public sealed interface TrainEvent {

    /// Training begins.
    ///
    /// @param parameters how many numbers are learned
    /// @param batchesPerEpoch mini-batches in an epoch
    /// @param steps mini-batches altogether
    /// @param done how many of them were done before, by a training that this one continues
    record Started(long parameters, int batchesPerEpoch, long steps, long done)
            implements TrainEvent {}

    /// A mini-batch was learned from.
    ///
    /// @param step its number, from 1
    /// @param epoch its epoch, from 1
    /// @param samples how many it had
    /// @param loss the mean loss of its samples, before the update
    /// @param learningRate the step size of the update
    record StepDone(long step, long epoch, int samples, double loss, double learningRate)
            implements TrainEvent {}

    /// The layers were looked at during a step; comes right before that step's [StepDone], every
    /// [TrainingConfig#probeEvery] steps.
    ///
    /// @param step its number, from 1
    /// @param epoch its epoch, from 1
    /// @param layers one entry for each parameter, in the model's order
    record LayersProbed(long step, long epoch, List<LayerFigures> layers) implements TrainEvent {
        public LayersProbed {
            layers = List.copyOf(layers);
        }

        /// The length ‖g‖₂ of the whole gradient.
        public double gradient() {
            double squares = 0;
            for (LayerFigures layer : layers) {
                squares += layer.gradient() * layer.gradient();
            }
            return Math.sqrt(squares);
        }
    }

    /// The training waits, as was asked for by [TrainControl#pause].
    ///
    /// @param step the last step done
    record Paused(long step) implements TrainEvent {}

    /// A paused training goes on.
    ///
    /// @param step the last step done
    record Resumed(long step) implements TrainEvent {}

    /// Another step size holds, as was asked for by [TrainControl#setLearningRate].
    ///
    /// @param step the last step done with the old one
    /// @param learningRate the new one
    record LearningRateChanged(long step, double learningRate) implements TrainEvent {}

    /// An epoch is over, or the budget ended within it.
    ///
    /// @param scores what was measured
    /// @param isBest whether the validation loss is the lowest so far; `false` if nothing is compared
    record EpochDone(EpochScores scores, boolean isBest) implements TrainEvent {

        /// The epoch's number, from 1.
        public long epoch() {
            return scores.epoch();
        }

        /// Its last step, from 1.
        public long step() {
            return scores.step();
        }

        /// Its mini-batches, each measured before its update.
        public Score running() {
            return scores.running();
        }

        /// The validation data, measured now; `null` without such data.
        public @Nullable Score validation() {
            return scores.validation();
        }
    }

    /// The curves say that the model overfits: told when it is first seen, and when it changes.
    ///
    /// @param epoch the last epoch, from 1
    /// @param found what they say
    record OverfittingSeen(long epoch, Overfitting found) implements TrainEvent {}

    /// The training is about to end. The model still has its last weights, which belong to
    /// [Trainer#state]; it may get averages or its best weights now.
    ///
    /// @param step the last step
    record Ending(long step) implements TrainEvent {}

    /// The model is about to have its best weights again.
    ///
    /// @param epoch the epoch that they are of
    /// @param step its last step
    /// @param validation the loss on validation data
    record RestoringBest(long epoch, long step, double validation) implements TrainEvent {}

    /// A loss or a gradient was not finite: parameters and state are as they were before that
    /// mini-batch.
    ///
    /// @param step the step that failed, from 1
    /// @param epoch its epoch, from 1
    /// @param loss the loss of its mini-batch
    /// @param first where the first number lies that was not finite
    record Diverged(long step, long epoch, double loss, NonFinite first) implements TrainEvent {}

    /// Training is over.
    ///
    /// @param step the last step, from 1
    /// @param outcome why it ended
    record Finished(long step, Outcome outcome) implements TrainEvent {}

    /// Why training ended.
    enum Outcome {
        /// The budget is used up.
        COMPLETED,
        /// [Trainer#stop] was called; the training can be continued from its state.
        STOPPED,
        /// The validation loss no longer fell.
        STOPPED_EARLY,
        /// The loss was not finite.
        DIVERGED
    }
}
