package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.manabi.data.Dataset;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.LayersProbed;
import org.manabi.train.TrainEvent.LearningRateChanged;
import org.manabi.train.TrainEvent.Outcome;
import org.manabi.train.TrainEvent.Paused;
import org.manabi.train.TrainEvent.Resumed;
import org.manabi.train.TrainEvent.StepDone;

class TrainControlTests {

    private static final Dataset DATA = Blobs.of(95, 4, 3, 1);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS.withBatchSize(10).withBudget(new Budget.Steps(20));

    private final Model<Logits> model =
            Model.ofLogits(
                    new Network(
                            Sequential.of(new Dense(8), new Relu(), new Dense(4)),
                            Shape.of(3),
                            DType.FLOAT32,
                            Seed.of(0)));
    private final List<TrainEvent> events = new ArrayList<>();

    private Trainer<Logits, ClassTargets> trainer(TrainingConfig config) {
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, new Sgd(0.1), config);
    }

    private <E extends TrainEvent> List<E> only(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    @Timeout(30)
    void pausedTrainingWaitsAndGoesOnWhereItWas() throws InterruptedException {
        var trainer = trainer(CONFIG);
        CountDownLatch paused = new CountDownLatch(1);
        Thread person =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        paused.await();
                                        trainer.control().resume();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        Outcome outcome =
                trainer.train(
                        DATA,
                        null,
                        event -> {
                            events.add(event);
                            if (event instanceof StepDone done && done.step() == 7) {
                                trainer.control().pause();
                            } else if (event instanceof Paused) {
                                paused.countDown();
                            }
                        });
        person.join();

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
        assertThat(events.subList(8, 11))
                .hasExactlyElementsOfTypes(Paused.class, Resumed.class, StepDone.class)
                .startsWith(new Paused(7), new Resumed(7));
        assertThat(only(StepDone.class)).hasSize(20);
        String sha256 = model.network().parameters().sha256();
        TrainControlTests other = new TrainControlTests();
        other.trainer(CONFIG).train(DATA, null, event -> {});
        assertThat(other.model.network().parameters().sha256()).isEqualTo(sha256);
    }

    @Test
    @Timeout(30)
    void stoppingEndsAPause() {
        var trainer = trainer(CONFIG);
        Outcome outcome =
                trainer.train(
                        DATA,
                        null,
                        event -> {
                            if (event instanceof StepDone done && done.step() == 3) {
                                trainer.control().pause();
                            } else if (event instanceof Paused) {
                                trainer.control().stop();
                            }
                        });

        assertThat(outcome).isEqualTo(Outcome.STOPPED);
        assertThat(trainer.state().step()).isEqualTo(3);
    }

    @Test
    @Timeout(30)
    void learningRateThatIsSetDuringAPauseHoldsInTheNextStep() {
        var trainer = trainer(CONFIG);
        trainer.train(
                DATA,
                null,
                event -> {
                    events.add(event);
                    if (event instanceof StepDone done && done.step() == 7) {
                        trainer.control().pause();
                    } else if (event instanceof Paused) {
                        trainer.control().setLearningRate(0.01);
                        trainer.control().resume();
                    }
                });

        assertThat(only(StepDone.class).get(6).learningRate()).isEqualTo(0.1);
        assertThat(only(StepDone.class).get(7).learningRate()).isCloseTo(0.01, within(1e-17));
    }

    /// After its last step a schedule that falls to 0 has nothing left that a wish could change.
    @Test
    void learningRateThatIsSetAfterTheLastStepDoesNoHarm() {
        Updates falling = Updates.of(new Sgd(0.1)).withSchedule(step -> step < 20 ? 1 : 0);
        var trainer = new Trainer<>(model, SoftmaxCrossEntropy.MEAN, falling, CONFIG);
        Outcome outcome =
                trainer.train(
                        DATA,
                        null,
                        event -> {
                            if (event instanceof StepDone done && done.step() == 20) {
                                trainer.control().setLearningRate(0.01);
                            }
                        });

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void learningRateChangesFromTheNextStepOn() {
        var trainer = trainer(CONFIG);
        trainer.train(
                DATA,
                null,
                event -> {
                    events.add(event);
                    if (event instanceof StepDone done && done.step() == 5) {
                        trainer.control().setLearningRate(0.01);
                    }
                });

        // the rate is kept as a factor of the rule's, which costs a rounding or two
        LearningRateChanged changed = only(LearningRateChanged.class).getFirst();
        assertThat(changed.step()).isEqualTo(5);
        assertThat(changed.learningRate()).isCloseTo(0.01, within(1e-17));
        assertThat(only(StepDone.class).subList(0, 5)).allMatch(done -> done.learningRate() == 0.1);
        assertThat(only(StepDone.class).subList(5, 20))
                .allMatch(done -> done.learningRate() == changed.learningRate());
    }

    @Test
    void learningRateThatIsNoneIsRefused() {
        TrainControl control = trainer(CONFIG).control();
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> control.setLearningRate(0))
                .withMessage("learning rate 0.0 is not a number greater than 0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> control.setLearningRate(Double.NaN));
    }

    /// With plain gradient descent an update is the learning rate times the gradient.
    @Test
    void probedUpdatesAreTheLearningRateTimesTheGradients() {
        trainer(CONFIG.withProbeEvery(5)).train(DATA, null, events::add);

        assertThat(only(LayersProbed.class))
                .extracting(LayersProbed::step)
                .containsExactly(5L, 10L, 15L, 20L);
        for (LayersProbed probed : only(LayersProbed.class)) {
            assertThat(probed.layers())
                    .extracting(LayerFigures::parameter)
                    .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
            assertThat(probed.layers())
                    .allSatisfy(
                            layer -> {
                                // rounding each new weight to float32 costs 6e-8 of its size
                                assertThat(layer.update())
                                        .isCloseTo(0.1 * layer.gradient(), within(1e-6));
                                assertThat(layer.gradient()).isPositive();
                            });
        }
        assertThat(only(LayersProbed.class).getLast().gradient())
                .isGreaterThan(only(LayersProbed.class).getLast().layers().getFirst().gradient());
    }

    @Test
    void lookingAtLayersChangesNothing() {
        trainer(CONFIG.withProbeEvery(1)).train(DATA, null, event -> {});
        TrainControlTests other = new TrainControlTests();
        other.trainer(CONFIG).train(DATA, null, event -> {});

        assertThat(model.network().parameters().sha256())
                .isEqualTo(other.model.network().parameters().sha256());
    }

    @Test
    void trainingEndsWhenPatienceIsOverWithTheBestWeights() {
        // so large a rate that the loss soon rises again
        var trainer =
                new Trainer<>(
                        model,
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(3),
                        CONFIG.withBudget(new Budget.Epochs(200))
                                .withEarlyStopping(new EarlyStopping(4)));
        Dataset held = Blobs.of(40, 4, 3, 2);
        Outcome outcome = trainer.train(DATA, held, events::add);

        assertThat(outcome).isEqualTo(Outcome.STOPPED_EARLY);
        EpochDone best =
                only(EpochDone.class).stream().filter(EpochDone::isBest).toList().getLast();
        assertThat(only(EpochDone.class)).hasSize((int) best.epoch() + 4);
        double lowest =
                only(EpochDone.class).stream()
                        .mapToDouble(done -> Objects.requireNonNull(done.validation()).loss())
                        .min()
                        .orElseThrow();
        assertThat(trainer.evaluator().score(held).loss()).isEqualTo(lowest);
        assertThat(only(TrainEvent.RestoringBest.class))
                .containsExactly(new TrainEvent.RestoringBest(best.epoch(), best.step(), lowest));
    }

    /// The frozen score is that of the weights as they are, the running one of weights as they were.
    @Test
    void frozenScoresAreMeasuredWithTheWeightsAtTheEndOfTheEpoch() {
        var trainer = trainer(CONFIG.withBudget(new Budget.Epochs(2)).withFrozenSamples(1_000));
        trainer.train(DATA, null, events::add);

        EpochScores last = only(EpochDone.class).getLast().scores();
        assertThat(last.frozen()).isEqualTo(trainer.evaluator().score(DATA));
        assertThat(last.frozen()).isNotEqualTo(last.running());
        assertThat(last.train()).isEqualTo(last.frozen());
    }
}
