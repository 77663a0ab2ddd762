package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Dataset;
import org.manabi.datasets.Iris;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.optim.Updater;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

class CheckpointKeeperTests {

    @TempDir private Path folder;

    /// Whoever pauses, lowers the rate and stops means the lower rate for the next time.
    @Test
    void aRateThatChangedAfterTheLastCheckpointIsSaved() {
        Dataset data = Iris.load().dataset();
        var model =
                Model.ofLogits(
                        new Network(
                                Sequential.of(new Dense(3)),
                                data.sampleShape(),
                                DType.FLOAT32,
                                Seed.of(1)));
        RunDirectory run =
                RunDirectory.createAt(
                        folder.resolve("run"),
                        new RunDescription(JsonObject.EMPTY, "iris", "", JsonObject.EMPTY, 1, 15));
        Updates updates = Updates.of(new Sgd(0.1));
        var trainer =
                new Trainer<>(model, SoftmaxCrossEntropy.MEAN, updates, TrainingConfig.DEFAULTS);
        var keeper =
                new CheckpointKeeper(
                        run,
                        model,
                        ModelCard.EMPTY,
                        trainer::state,
                        new RunRecorder(run, new TrainingClock()),
                        new CheckpointPlan(1_000L, 3));

        trainer.train(
                data,
                null,
                event -> {
                    keeper.on(event);
                    if (event instanceof TrainEvent.StepDone) {
                        trainer.control().pause();
                    } else if (event instanceof TrainEvent.Paused) {
                        trainer.control().setLearningRate(0.02);
                        trainer.control().stop();
                    }
                });

        Updater updater = new Updater(Engine.serial(), updates, model.network().parameters().all());
        updater.restore(run.checkpoints().newest().orElseThrow().state().updater());
        assertThat(updater.learningRate()).isEqualTo(0.02);
    }
}
