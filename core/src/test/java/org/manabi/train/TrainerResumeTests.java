package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.data.Dataset;
import org.manabi.data.Sampling;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.optim.Momentum;
import org.manabi.optim.Optimizer;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.Outcome;
import org.manabi.train.TrainEvent.StepDone;

/// A training that is stopped and continued in a fresh trainer is the training that was not stopped.
class TrainerResumeTests {

    private static final Dataset TRAIN = Blobs.of(95, 4, 3, 1);
    private static final Dataset VALIDATION = Blobs.of(40, 4, 3, 2);

    /// 10 mini-batches in each of 4 epochs, the last of them short.
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS
                    .withBatchSize(10)
                    .withBudget(new Budget.Epochs(4))
                    .withEarlyStopping(new EarlyStopping(3))
                    .withFrozenSamples(30);

    /// A training as it was left: copies of everything, as a file would hold them.
    private record Saved(Map<String, Tensor> weights, TrainState state) {

        static Saved of(Model<?> model, TrainState state) {
            return new Saved(
                    copies(model.network().parameters().tensors()),
                    new TrainState(
                            state.step(),
                            state.cursor(),
                            copies(state.updater()),
                            state.running(),
                            state.epochs(),
                            state.best(),
                            copies(state.bestWeights())));
        }

        private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
            return copies;
        }

        Model<Logits> model() {
            Model<Logits> model = fresh();
            model.network()
                    .parameters()
                    .tensors()
                    .forEach(
                            (name, tensor) ->
                                    tensor.copyFrom(Objects.requireNonNull(weights.get(name))));
            return model;
        }
    }

    /// All that may be compared of a training that has ended.
    private record End(String sha256, List<EpochScores> epochs, TrainState.@Nullable Best best) {

        static End of(Model<?> model, Trainer<?, ?> trainer) {
            TrainState state = trainer.state();
            return new End(model.network().parameters().sha256(), state.epochs(), state.best());
        }
    }

    private static Model<Logits> fresh() {
        return Model.ofLogits(
                new Network(
                        Sequential.of(
                                new Dense(8),
                                new BatchNorm1d(),
                                new Relu(),
                                new Dropout(0.2),
                                new Dense(4)),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(0)));
    }

    private static Trainer<Logits, ClassTargets> trainer(
            Model<Logits> model, Optimizer rule, TrainingConfig config) {
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, rule, config);
    }

    private static End undisturbed(Optimizer rule, TrainingConfig config) {
        Model<Logits> model = fresh();
        var trainer = trainer(model, rule, config);
        trainer.train(TRAIN, VALIDATION, event -> {});
        return End.of(model, trainer);
    }

    /// Stops after each of the steps in turn, each time going on with everything made anew.
    private static End disturbed(Optimizer rule, TrainingConfig config, long... stops) {
        Model<Logits> model = fresh();
        var trainer = trainer(model, rule, config);
        Saved saved = null;
        for (long stop : stops) {
            var stopping = trainer;
            TrainListener listener =
                    event -> {
                        if (event instanceof StepDone done && done.step() == stop) {
                            stopping.stop();
                        }
                    };
            Outcome outcome =
                    saved == null
                            ? trainer.train(TRAIN, VALIDATION, listener)
                            : trainer.resume(saved.state(), TRAIN, VALIDATION, listener);
            assertThat(outcome).isEqualTo(Outcome.STOPPED);
            saved = Saved.of(model, trainer.state());
            model = saved.model();
            trainer = trainer(model, rule, config);
        }
        trainer.resume(Objects.requireNonNull(saved).state(), TRAIN, VALIDATION, event -> {});
        return End.of(model, trainer);
    }

    /// In the midst of an epoch, at its end (so that its validation is still to be done), at its
    /// beginning, and right before the last step.
    @ParameterizedTest
    @EnumSource
    void stoppedAnywhereItEndsInTheSameBits(Sampling sampling) {
        TrainingConfig config = CONFIG.withSampling(sampling);
        for (Optimizer rule : List.of(new Momentum(0.05), new Adam(0.01))) {
            End end = undisturbed(rule, config);
            int perEpoch = sampling == Sampling.REPLACEMENT ? 9 : 10;
            for (long stop : new long[] {1, 7, perEpoch, perEpoch + 1, 4L * perEpoch - 1}) {
                assertThat(disturbed(rule, config, stop)).as("stop at %d", stop).isEqualTo(end);
            }
            assertThat(disturbed(rule, config, 3, 4, perEpoch, 2L * perEpoch + 5)).isEqualTo(end);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void threadsMayChangeInBetween(int threads) {
        End end = undisturbed(new Adam(0.01), CONFIG);

        assertThat(disturbed(new Adam(0.01), CONFIG.withThreads(threads), 13)).isEqualTo(end);
    }

    /// What the state holds is a copy of nothing: what is saved after an epoch serves as well as what
    /// is saved after a stop.
    @Test
    void aStateTakenAfterAnEpochServesToo() {
        Model<Logits> model = fresh();
        var trainer = trainer(model, new Adam(0.01), CONFIG);
        List<Saved> saved = new ArrayList<>();
        trainer.train(
                TRAIN,
                VALIDATION,
                event -> {
                    if (event instanceof EpochDone) {
                        saved.add(Saved.of(model, trainer.state()));
                    }
                });
        End end = End.of(model, trainer);

        assertThat(saved).hasSize(4);
        for (Saved one : saved) {
            Model<Logits> again = one.model();
            var resumed = trainer(again, new Adam(0.01), CONFIG);
            resumed.resume(one.state(), TRAIN, VALIDATION, event -> {});
            assertThat(End.of(again, resumed)).isEqualTo(end);
        }
    }

    @Test
    void aStateOfAnotherTrainingIsRefused() {
        Model<Logits> model = fresh();
        var trainer = trainer(model, new Adam(0.01), CONFIG);
        trainer.train(TRAIN, VALIDATION, event -> {});
        TrainState state = trainer.state();

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                trainer(fresh(), new Momentum(0.1), CONFIG)
                                        .resume(state, TRAIN, VALIDATION, event -> {}))
                .withMessageContaining("Momentum[learningRate=0.1, momentum=0.9] does not keep");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                trainer(
                                                fresh(),
                                                new Adam(0.01),
                                                CONFIG.withBudget(new Budget.Steps(5)))
                                        .resume(state, TRAIN, VALIDATION, event -> {}))
                .withMessageContaining("beyond the 5 steps");
    }
}
