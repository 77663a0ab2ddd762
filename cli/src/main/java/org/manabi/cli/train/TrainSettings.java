package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.manabi.cli.loss.LossName;
import org.manabi.cli.model.ModelPreset;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updates;
import org.manabi.train.Budget;
import org.manabi.train.TrainingConfig;

/// Everything that decides what a training run learns, checked.
///
/// @param updates what is around the optimizer
/// @param classes how much each class counts
/// @param validation the share of the training data that is held back
/// @param checkpoints when the training is saved
record TrainSettings(
        ModelPreset model,
        LossName loss,
        OptimizerName optimizerName,
        Optimizer optimizer,
        UpdateSettings updates,
        TrainingConfig config,
        ClassSettings classes,
        OptionalDouble validation,
        CheckpointPlan checkpoints) {

    /// The optimizer and what is around it, for training data of so many samples.
    Updates updatesFor(int samples) {
        return updates.around(optimizer, steps(samples), batchesPerEpoch(samples));
    }

    /// The mini-batches altogether, for training data of so many samples.
    long steps(int samples) {
        return config.budget().steps(batchesPerEpoch(samples));
    }

    private int batchesPerEpoch(int samples) {
        return BatchCursor.batchesPerEpoch(
                config.sampling(), config.lastBatch(), samples, config.batchSize());
    }

    /// So many steps suffice for little data.
    private static final long FEW_STEPS = 300;

    /// The settings for some data. Tables of real numbers are learned by squared errors, and unless
    /// a length is asked for, little data is gone through many times.
    TrainSettings fitting(TrainingData data, boolean hasLength) {
        Dataset rows = data.train();
        LossName fitting =
                data.table() != null && !rows.hasClasses() && loss.needsClasses()
                        ? LossName.MEAN_SQUARED_ERROR
                        : loss;
        long epochs = Math.clamp(Math.ceilDiv(FEW_STEPS, batchesPerEpoch(rows.size())), 8, 500);
        return new TrainSettings(
                model,
                fitting,
                optimizerName,
                optimizer,
                updates,
                hasLength ? config : config.withBudget(new Budget.Epochs(epochs)),
                classes,
                validation,
                checkpoints);
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
        json = classes.addTo(updates.addTo(json));
        JsonObject timed =
                switch (config.budget()) {
                    case Budget.Epochs(long count) -> json.with("epochs", count);
                    case Budget.Steps(long count) -> json.with("steps", count);
                };
        return validation.isPresent() ? timed.with("validation", validation.getAsDouble()) : timed;
    }
}
