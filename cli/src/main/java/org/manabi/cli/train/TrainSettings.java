package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.manabi.cli.loss.LossName;
import org.manabi.cli.model.ModelPreset;
import org.manabi.formats.json.JsonObject;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updates;
import org.manabi.train.Budget;
import org.manabi.train.TrainingConfig;

/// Everything that decides what a training run learns, checked.
///
/// @param updates what is around the optimizer
/// @param validation the share of the training data that is held back
/// @param checkpoints when the training is saved
record TrainSettings(
        ModelPreset model,
        LossName loss,
        OptimizerName optimizerName,
        Optimizer optimizer,
        UpdateSettings updates,
        TrainingConfig config,
        OptionalDouble validation,
        CheckpointPlan checkpoints) {

    /// The optimizer and what is around it, for training data of so many samples.
    Updates updatesFor(int samples) {
        long perEpoch = Math.ceilDiv(samples, config.batchSize());
        return updates.around(
                optimizer, config.budget().steps(Math.toIntExact(perEpoch)), perEpoch);
    }

    /// The settings as they stand in `run.json`.
    JsonObject toJson() {
        JsonObject json =
                JsonObject.EMPTY
                        .with("model", model.toString())
                        .with("loss", loss.toString())
                        .with("optimizer", optimizerName.toString())
                        .with("learningRate", optimizer.learningRate())
                        .with("batchSize", config.batchSize())
                        .with("sampling", TrainOptions.word(config.sampling()))
                        .with("threads", config.threads());
        json = updates.addTo(json);
        JsonObject timed =
                switch (config.budget()) {
                    case Budget.Epochs(long count) -> json.with("epochs", count);
                    case Budget.Steps(long count) -> json.with("steps", count);
                };
        return validation.isPresent() ? timed.with("validation", validation.getAsDouble()) : timed;
    }
}
