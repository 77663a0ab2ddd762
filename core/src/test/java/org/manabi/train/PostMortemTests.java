package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.data.Dataset;
import org.manabi.data.Sampling;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.TrainEvent.Diverged;
import org.manabi.train.TrainEvent.Outcome;

class PostMortemTests {

    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS.withBatchSize(10).withBudget(new Budget.Epochs(2));

    private final Model<Logits> model =
            Model.ofLogits(
                    new Network(
                            Sequential.of(new Dense(8), new Relu(), new Dense(4)),
                            Shape.of(3),
                            DType.FLOAT32,
                            Seed.of(0)));

    private Trainer<Logits, ClassTargets> trainer(double rate, Sampling sampling) {
        return new Trainer<>(
                model, SoftmaxCrossEntropy.MEAN, new Sgd(rate), CONFIG.withSampling(sampling));
    }

    private static Diverged diverged(Trainer<Logits, ClassTargets> trainer, Dataset data) {
        List<Diverged> found = new ArrayList<>();
        Outcome outcome =
                trainer.train(
                        data,
                        null,
                        event -> {
                            if (event instanceof Diverged one) {
                                found.add(one);
                            }
                        });
        assertThat(outcome).isEqualTo(Outcome.DIVERGED);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aSampleThatIsNotFiniteIsNamed() {
        Dataset data = Blobs.of(95, 4, 3, 1);
        data.inputs().setFromDouble(3 * 17 + 1, Double.NaN);
        NonFinite first = diverged(trainer(0.1, Sampling.SEQUENTIAL), data).first();

        assertThat(first).isEqualTo(new NonFinite("inputs", NonFinite.Tensor.INPUTS, List.of(17)));
    }

    @Test
    void aParameterThatIsNotFiniteIsNamed() {
        model.network().parameters().get("2.weight").tensor().setFromDouble(5, Double.NaN);
        NonFinite first = diverged(trainer(0.1, Sampling.EPOCH), Blobs.of(95, 4, 3, 1)).first();

        assertThat(first).isEqualTo(new NonFinite("2.weight", NonFinite.Tensor.WEIGHTS, List.of()));
    }

    /// Weights of 1e30 are finite, and so is what the first layer makes of them, but the last layer's
    /// sums of products of both are beyond float32.
    @Test
    void theLayerThatOverflowsFirstIsNamedWithItsSamples() {
        for (String name : List.of("0.weight", "2.weight")) {
            var weights = model.network().parameters().get(name).tensor();
            for (int i = 0; i < weights.size(); i++) {
                weights.setFromDouble(i, 1e30);
            }
        }
        NonFinite first =
                diverged(trainer(0.1, Sampling.SEQUENTIAL), Blobs.of(95, 4, 3, 1)).first();

        assertThat(first.place()).startsWith("2 Dense");
        assertThat(first.tensor()).isEqualTo(NonFinite.Tensor.OUTPUT);
        assertThat(first.samples()).isNotEmpty().allMatch(row -> row < 10);
    }

    /// The state is that before the failed step: the training can be taken up from there, and fails
    /// again in the same step.
    @ParameterizedTest
    @EnumSource
    void theStepThatFailedCanBeReplayed(Sampling sampling) {
        Dataset data = Blobs.of(95, 4, 3, 1);
        data.inputs().setFromDouble(3 * 17 + 1, Double.NaN);
        var trainer = trainer(0.1, sampling);
        Diverged first = diverged(trainer, data);
        String sha256 = model.network().parameters().sha256();
        assertThat(trainer.state().step()).isEqualTo(first.step() - 1);

        List<TrainEvent> events = new ArrayList<>();
        trainer(0.1, sampling).resume(trainer.state(), data, null, events::add);

        assertThat(events).contains(first);
        assertThat(events.stream().filter(TrainEvent.StepDone.class::isInstance)).isEmpty();
        assertThat(model.network().parameters().sha256()).isEqualTo(sha256);
    }

    /// Running means have taken the batch in before its loss is known; they are put back.
    @Test
    void whatLayersKeepIsAsBeforeTheStepThatFailed() {
        Dataset data = Blobs.of(95, 4, 3, 1);
        String before = normalized(data, new Budget.Steps(1), Outcome.COMPLETED);

        data.inputs().setFromDouble(3 * 17 + 1, Double.NaN);

        assertThat(normalized(data, new Budget.Steps(5), Outcome.DIVERGED)).isEqualTo(before);
    }

    private static String normalized(Dataset data, Budget budget, Outcome expected) {
        Model<Logits> normalizing =
                Model.ofLogits(
                        new Network(
                                Sequential.of(new Dense(8), new BatchNorm1d(), new Dense(4)),
                                Shape.of(3),
                                DType.FLOAT32,
                                Seed.of(0)));
        var trainer =
                new Trainer<>(
                        normalizing,
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(0.1),
                        CONFIG.withSampling(Sampling.SEQUENTIAL).withBudget(budget));
        assertThat(trainer.train(data, null, event -> {})).isEqualTo(expected);
        return normalizing.network().parameters().sha256();
    }
}
