package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.manabi.data.Dataset;
import org.manabi.data.LastBatch;
import org.manabi.data.Sampling;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.loss.ClassOptions;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.SumOfSquaredErrors;
import org.manabi.optim.Adam;
import org.manabi.optim.Momentum;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Sgd;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.TrainEvent.Diverged;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.Finished;
import org.manabi.train.TrainEvent.Outcome;
import org.manabi.train.TrainEvent.Started;
import org.manabi.train.TrainEvent.StepDone;

class TrainerTests {

    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS.withBatchSize(10).withBudget(new Budget.Epochs(3));

    private static final TrainListener NOBODY = event -> {};

    // Not private: only the name in @FieldSource reads it.
    static final List<Optimizer> RULES = List.of(new Sgd(0.1), new Momentum(0.05), new Adam(0.01));

    private static Network network(DType dtype, int inputs, int hidden, int outputs) {
        return new Network(
                Sequential.of(new Dense(hidden), new Relu(), new Dense(outputs)),
                Shape.of(inputs),
                dtype,
                Seed.of(0));
    }

    private static Model<Logits> classifier() {
        return Model.ofLogits(network(DType.FLOAT32, 3, 8, 4));
    }

    private static Trainer<Logits, ClassTargets> trainer(
            Model<Logits> model, TrainingConfig config) {
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, new Sgd(0.1), config);
    }

    private static List<TrainEvent> events(
            Model<Logits> model, TrainingConfig config, Dataset train) {
        List<TrainEvent> events = new ArrayList<>();
        trainer(model, config).train(train, null, events::add);
        return events;
    }

    private static String trained(TrainingConfig config, Optimizer rule) {
        Model<Logits> model = classifier();
        new Trainer<>(model, SoftmaxCrossEntropy.MEAN, rule, config)
                .train(Blobs.of(95, 4, 3, 1), null, NOBODY);
        return model.network().parameters().sha256();
    }

    private static <E extends TrainEvent> List<E> only(Class<E> type, List<TrainEvent> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void itLearnsToTellClassesApart(Optimizer rule) {
        Model<Logits> model = classifier();
        var trainer =
                new Trainer<>(
                        model,
                        SoftmaxCrossEntropy.MEAN,
                        rule,
                        CONFIG.withBudget(new Budget.Epochs(20)));

        Outcome outcome = trainer.train(Blobs.of(300, 4, 3, 1), null, NOBODY);
        Score unseen = trainer.evaluator().score(Blobs.of(300, 4, 3, 2));

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
        assertThat(unseen.accuracy()).hasValue(1);
        assertThat(unseen.loss()).isLessThan(0.2);
    }

    @ParameterizedTest
    @EnumSource
    void itLearnsHoweverBatchesAreDrawn(Sampling sampling) {
        Model<Logits> model = classifier();
        var trainer =
                trainer(model, CONFIG.withSampling(sampling).withBudget(new Budget.Steps(400)));

        trainer.train(Blobs.of(300, 4, 3, 1), null, NOBODY);

        assertThat(trainer.evaluator().score(Blobs.of(300, 4, 3, 2)).accuracy()).hasValue(1);
    }

    /// The line is within reach of one weight and one bias, so the loss goes to 0.
    @Test
    void itLearnsRealNumbers() {
        var network =
                new Network(Sequential.of(new Dense(1)), Shape.of(1), DType.FLOAT64, Seed.of(0));
        var trainer =
                new Trainer<>(
                        Model.ofOutputs(network),
                        new MeanSquaredError(),
                        new Momentum(0.1),
                        CONFIG.withBudget(new Budget.Epochs(200)));

        trainer.train(Blobs.line(100), null, NOBODY);

        assertThat(network.parameters().get("0.weight").tensor().item()).isCloseTo(2, within(1e-6));
        assertThat(network.parameters().get("0.bias").tensor().item()).isCloseTo(-1, within(1e-6));
        assertThat(trainer.evaluator().score(Blobs.line(100)).accuracy()).isEmpty();
    }

    @Test
    void itLearnsProbabilitiesAsTheChapterDoes() {
        var network =
                new Network(
                        Sequential.of(new Dense(8), new Relu(), new Dense(4), new Softmax()),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(0));
        var model = Model.ofProbabilities(network);
        TrainingConfig config = CONFIG.withBudget(new Budget.Epochs(20));

        var byEntropy = new Trainer<>(model, CrossEntropy.BOOK, new Sgd(0.1), config);
        byEntropy.train(Blobs.of(300, 4, 3, 1), null, NOBODY);
        assertThat(byEntropy.evaluator().score(Blobs.of(300, 4, 3, 2)).accuracy()).hasValue(1);

        var bySquares =
                new Trainer<>(model, SumOfSquaredErrors.PER_SAMPLE_MEAN, new Sgd(0.1), config);
        assertThat(bySquares.train(Blobs.of(300, 4, 3, 1), null, NOBODY))
                .isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void theSameSeedGivesTheSameBits(Optimizer rule) {
        assertThat(trained(CONFIG, rule)).isEqualTo(trained(CONFIG, rule));
        assertThat(trained(CONFIG.withSeed(1), rule)).isNotEqualTo(trained(CONFIG, rule));
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBitsHoweverBatchesAreDrawn(Sampling sampling) {
        TrainingConfig config = CONFIG.withSampling(sampling);

        assertThat(trained(config, new Sgd(0.1))).isEqualTo(trained(config, new Sgd(0.1)));
    }

    /// Large enough for the products to be shared among the threads.
    @Test
    @Timeout(60)
    void threadsDoNotChangeABit() {
        Dataset data = Blobs.of(1_000, 16, 64, 1);
        List<String> digests = new ArrayList<>();
        for (int threads : new int[] {1, 2, 4}) {
            Model<Logits> model = Model.ofLogits(network(DType.FLOAT32, 64, 128, 16));
            trainer(model, CONFIG.withBatchSize(150).withThreads(threads))
                    .train(data, null, NOBODY);
            digests.add(model.network().parameters().sha256());
        }

        assertThat(digests.get(1)).isEqualTo(digests.getFirst());
        assertThat(digests.get(2)).isEqualTo(digests.getFirst());
    }

    @Test
    void eventsComeInOrder() {
        List<TrainEvent> events =
                events(
                        classifier(),
                        CONFIG.withBudget(new Budget.Epochs(2)),
                        Blobs.of(25, 4, 3, 1));

        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "Started",
                        "StepDone",
                        "StepDone",
                        "StepDone",
                        "EpochDone",
                        "StepDone",
                        "StepDone",
                        "StepDone",
                        "EpochDone",
                        "Ending",
                        "Finished");
        assertThat(events.getFirst()).isEqualTo(new Started(3 * 8 + 8 + 8 * 4 + 4, 3, 6, 0));
        assertThat(events.getLast()).isEqualTo(new Finished(6, Outcome.COMPLETED));
        assertThat(only(StepDone.class, events))
                .extracting(StepDone::step, StepDone::epoch, StepDone::samples)
                .containsExactly(
                        tuple(1L, 1L, 10),
                        tuple(2L, 1L, 10),
                        tuple(3L, 1L, 5),
                        tuple(4L, 2L, 10),
                        tuple(5L, 2L, 10),
                        tuple(6L, 2L, 5));
        assertThat(only(EpochDone.class, events))
                .extracting(EpochDone::epoch, EpochDone::step)
                .containsExactly(tuple(1L, 3L), tuple(2L, 6L));
    }

    @Test
    void aBudgetOfStepsMayEndWithinAnEpoch() {
        List<TrainEvent> events =
                events(classifier(), CONFIG.withBudget(new Budget.Steps(4)), Blobs.of(25, 4, 3, 1));

        assertThat(only(StepDone.class, events)).hasSize(4);
        assertThat(only(EpochDone.class, events))
                .extracting(EpochDone::epoch, EpochDone::step, done -> done.running().samples())
                .containsExactly(tuple(1L, 3L, 25L), tuple(2L, 4L, 10L));
        assertThat(events.getLast()).isEqualTo(new Finished(4, Outcome.COMPLETED));
    }

    @Test
    void droppedBatchesAreNotCounted() {
        List<TrainEvent> events =
                events(classifier(), CONFIG.withLastBatch(LastBatch.DROP), Blobs.of(25, 4, 3, 1));

        assertThat(only(StepDone.class, events)).hasSize(6);
        assertThat(only(StepDone.class, events)).allMatch(step -> step.samples() == 10);
        assertThat(only(EpochDone.class, events)).allMatch(done -> done.running().samples() == 20);
    }

    /// 10 + 10 + 5 samples: the mean of the batches' means would weigh the last five twice.
    @Test
    void everySampleOfAShortBatchWeighsTheSame() {
        List<TrainEvent> events = events(classifier(), CONFIG, Blobs.of(25, 4, 3, 1));

        double sum = 0;
        for (StepDone step : only(StepDone.class, events).subList(0, 3)) {
            sum += step.loss() * step.samples();
        }

        // dividing and multiplying again costs a rounding for each of the three
        assertThat(only(EpochDone.class, events).getFirst().running().loss())
                .isCloseTo(sum / 25, within(1e-15));
    }

    /// Also under a loss that is summed, whose gradient is not divided.
    @Test
    void reportedLossesAreMeansEvenIfTheLossIsASum() {
        Model<Logits> model = classifier();
        List<TrainEvent> events = new ArrayList<>();
        new Trainer<>(model, new SoftmaxCrossEntropy(Reduction.SUM), new Sgd(1e-9), CONFIG)
                .train(Blobs.of(25, 4, 3, 1), null, events::add);

        double mean = trainer(classifier(), CONFIG).evaluator().score(Blobs.of(25, 4, 3, 1)).loss();

        // 1e-9 times the gradient hardly moves the weights
        assertThat(only(EpochDone.class, events).getFirst().running().loss())
                .isCloseTo(mean, within(1e-6));
    }

    @Test
    void validationIsReportedAndNeverLearnedFrom() {
        Dataset train = Blobs.of(95, 4, 3, 1);
        Dataset validation = Blobs.of(40, 4, 3, 2);
        Model<Logits> watched = classifier();
        List<TrainEvent> events = new ArrayList<>();

        Trainer<Logits, ClassTargets> trainer = trainer(watched, CONFIG);
        trainer.train(train, validation, events::add);

        assertThat(watched.network().parameters().sha256())
                .isEqualTo(trained(CONFIG, new Sgd(0.1)));
        assertThat(only(EpochDone.class, events)).hasSize(3);
        Score last = Objects.requireNonNull(only(EpochDone.class, events).getLast().validation());
        assertThat(last.samples()).isEqualTo(40);
        assertThat(last).isEqualTo(trainer.evaluator().score(validation));
    }

    @Test
    void evaluatingChangesNothing() {
        Model<Logits> model = classifier();
        String before = model.network().parameters().sha256();

        trainer(model, CONFIG).evaluator().score(Blobs.of(40, 4, 3, 2));

        assertThat(model.network().parameters().sha256()).isEqualTo(before);
    }

    /// Squared errors, whose gradient grows with the error: each step is too long and goes further
    /// astray than the one before, until the loss is beyond float32. The weights are not, being of the
    /// order of its root.
    @Test
    void aLearningRateThatIsTooLargeDivergesAndKeepsTheWeightsOfTheStepBefore() {
        Network network = oneWeight();
        List<TrainEvent> events = new ArrayList<>();
        Outcome outcome = trainedOnTheLine(network, new Budget.Epochs(100), events::add);

        Diverged diverged = only(Diverged.class, events).getFirst();
        Network before = oneWeight();
        trainedOnTheLine(before, new Budget.Steps(diverged.step() - 1), NOBODY);

        assertThat(outcome).isEqualTo(Outcome.DIVERGED);
        assertThat(diverged.loss()).isNotFinite();
        assertThat(events.subList(events.size() - 2, events.size()))
                .containsExactly(diverged, new Finished(diverged.step(), Outcome.DIVERGED));
        assertThat(only(StepDone.class, events))
                .hasSize((int) diverged.step() - 1)
                .allMatch(step -> Double.isFinite(step.loss()));
        assertThat(network.parameters().sha256()).isEqualTo(before.parameters().sha256());
        assertThat(network.parameters().get("0.weight").tensor().item()).isFinite();
    }

    private static Network oneWeight() {
        return new Network(Sequential.of(new Dense(1)), Shape.of(1), DType.FLOAT32, Seed.of(0));
    }

    private static Outcome trainedOnTheLine(
            Network network, Budget budget, TrainListener listener) {
        return new Trainer<>(
                        Model.ofOutputs(network),
                        new MeanSquaredError(),
                        new Sgd(10),
                        CONFIG.withBudget(budget))
                .train(Blobs.line(50), null, listener);
    }

    @Test
    void stoppingEndsAfterThePresentStep() {
        List<TrainEvent> events = new ArrayList<>();
        Trainer<Logits, ClassTargets> trainer = trainer(classifier(), CONFIG);

        Outcome outcome =
                trainer.train(
                        Blobs.of(95, 4, 3, 1),
                        null,
                        event -> {
                            events.add(event);
                            if (event instanceof StepDone step && step.step() == 7) {
                                trainer.stop();
                            }
                        });

        assertThat(outcome).isEqualTo(Outcome.STOPPED);
        assertThat(only(StepDone.class, events)).hasSize(7);
        assertThat(events.subList(events.size() - 2, events.size()))
                .hasExactlyElementsOfTypes(StepDone.class, Finished.class);
    }

    @Test
    @Timeout(30)
    void stoppingWorksFromAnotherThread() throws InterruptedException {
        Trainer<Logits, ClassTargets> trainer =
                trainer(classifier(), CONFIG.withBudget(new Budget.Steps(Long.MAX_VALUE)));
        Thread stopper = Thread.ofPlatform().start(trainer::stop);

        Outcome outcome = trainer.train(Blobs.of(95, 4, 3, 1), null, NOBODY);
        stopper.join();

        assertThat(outcome).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void stoppingAtTheLastStepIsCompletion() {
        Trainer<Logits, ClassTargets> trainer =
                trainer(classifier(), CONFIG.withBudget(new Budget.Steps(2)));

        Outcome outcome =
                trainer.train(
                        Blobs.of(95, 4, 3, 1),
                        null,
                        event -> {
                            if (event instanceof StepDone step && step.step() == 2) {
                                trainer.stop();
                            }
                        });

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
    }

    /// The second call is as if by a new trainer: nothing of the first is left but the weights.
    @ParameterizedTest
    @FieldSource("RULES")
    void trainingAgainBeginsAnew(Optimizer rule) {
        Dataset data = Blobs.of(95, 4, 3, 1);
        Model<Logits> byOne = classifier();
        var one = new Trainer<>(byOne, SoftmaxCrossEntropy.MEAN, rule, CONFIG);
        one.train(data, null, event -> one.stop());
        assertThat(one.train(data, null, NOBODY)).isEqualTo(Outcome.COMPLETED);

        Model<Logits> byTwo = classifier();
        new Trainer<>(byTwo, SoftmaxCrossEntropy.MEAN, rule, CONFIG.withBudget(new Budget.Steps(1)))
                .train(data, null, NOBODY);
        new Trainer<>(byTwo, SoftmaxCrossEntropy.MEAN, rule, CONFIG).train(data, null, NOBODY);

        assertThat(byOne.network().parameters().sha256())
                .isEqualTo(byTwo.network().parameters().sha256());
    }

    /// All misfits are found before the first event, those of the validation data too.
    @Test
    void samplesOfAnotherShapeAreRefused() {
        String message = "the model takes inputs of shape [3], but those of blobs have shape [5]";
        Dataset good = Blobs.of(20, 4, 3, 1);
        Dataset bad = Blobs.of(20, 4, 5, 1);

        refuses(trainer(classifier(), CONFIG), bad, good, message);
        refuses(trainer(classifier(), CONFIG), good, bad, message);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> trainer(classifier(), CONFIG).evaluator().score(bad))
                .withMessage(message);
    }

    @Test
    void anotherNumberOfClassesIsRefused() {
        refuses(
                trainer(classifier(), CONFIG),
                Blobs.of(20, 7, 3, 1),
                null,
                "the model tells 4 classes apart, but blobs has 7; its last layer should have as"
                        + " many");
    }

    @Test
    void realNumbersAreRefusedByALossOfClasses() {
        var model = Model.ofLogits(network(DType.FLOAT32, 1, 8, 2));

        refuses(
                trainer(model, CONFIG),
                Blobs.line(20),
                null,
                "SoftmaxCrossEntropy needs classes, but the targets of line are real numbers; try"
                        + " MeanSquaredError");
    }

    @Test
    void valuesOfAnotherWidthAreRefused() {
        var model = Model.ofOutputs(network(DType.FLOAT32, 1, 8, 2));

        refuses(
                new Trainer<>(model, new MeanSquaredError(), new Sgd(0.1), CONFIG),
                Blobs.line(20),
                null,
                "MeanSquaredError: prediction is [1, 2], targets are [1, 1]; they must be equal");
    }

    /// The compiler refuses this; a command line, which chooses at run time, may not see it.
    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void aLossOfAnotherMeaningIsRefused() {
        Loss loss = CrossEntropy.BOOK;
        Trainer<Logits, ClassTargets> trainer =
                new Trainer<>(classifier(), loss, new Sgd(0.1), CONFIG);

        refuses(
                trainer,
                Blobs.of(20, 4, 3, 1),
                null,
                "CrossEntropy takes Probabilities, but the model gives Logits; add a Softmax as the"
                        + " model's last layer, or use SoftmaxCrossEntropy");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // what the types refuse at compile time
    void aSecondSoftmaxIsRefused() {
        Loss loss = SoftmaxCrossEntropy.MEAN;
        Model<Probabilities> model =
                Model.ofProbabilities(
                        new Network(
                                new Sequential(List.of(new Dense(4), new Softmax())),
                                Shape.of(3),
                                DType.FLOAT32,
                                Seed.of(1)));
        Trainer<Probabilities, ClassTargets> trainer =
                new Trainer<>(model, loss, new Sgd(0.1), CONFIG);

        refuses(
                trainer,
                Blobs.of(20, 4, 3, 1),
                null,
                "SoftmaxCrossEntropy takes Logits, but the model gives Probabilities; leave out the"
                        + " model's last Softmax, which the loss contains, or the softmax is taken"
                        + " twice; or use CrossEntropy");
    }

    @Test
    void theAverageOfWeightsIsWhatIsMeasuredAndKept() {
        Model<Logits> model = classifier();
        Model<Logits> plain = classifier();
        Dataset data = Blobs.of(60, 4, 3, 1);
        Dataset held = Blobs.of(40, 4, 3, 2);
        List<TrainEvent> events = new ArrayList<>();
        Updates updates = Updates.of(new Sgd(0.1)).withAverage(0.9);

        new Trainer<>(model, SoftmaxCrossEntropy.MEAN, updates, CONFIG)
                .train(data, held, events::add);
        new Trainer<>(plain, SoftmaxCrossEntropy.MEAN, new Sgd(0.1), CONFIG)
                .train(data, held, event -> {});

        Score kept = new Evaluator<>(Engine.serial(), model, SoftmaxCrossEntropy.MEAN).score(held);
        assertThat(only(EpochDone.class, events).getLast().scores().validation()).isEqualTo(kept);
        assertThat(model.network().parameters().sha256())
                .isNotEqualTo(plain.network().parameters().sha256());
    }

    @Test
    void aLossForEachSampleIsNothingToTrainWith() {
        refuses(
                new Trainer<>(
                        classifier(),
                        new SoftmaxCrossEntropy(Reduction.NONE),
                        new Sgd(0.1),
                        CONFIG),
                Blobs.of(20, 4, 3, 1),
                null,
                "SoftmaxCrossEntropy has the reduction NONE, which gives a number for each sample;"
                        + " choose MEAN or SUM for training");
    }

    /// What the epoch's mean divides by is each sample's weight.
    @Test
    void classWeightsCountInTheEpochsLoss() {
        var loss =
                new SoftmaxCrossEntropy(Reduction.MEAN, ClassOptions.PLAIN.withWeights(0, 2, 1, 1));
        Dataset data = Blobs.of(20, 4, 3, 1);
        Score score = new Evaluator<>(Engine.serial(), classifier(), loss).score(data);
        double[] sums = new double[2];
        new Evaluator<>(Engine.serial(), classifier(), SoftmaxCrossEntropy.MEAN)
                .score(
                        data,
                        (sample, scores, row, value) -> {
                            double weight = new double[] {0, 2, 1, 1}[label(data, sample)];
                            sums[0] += weight * value;
                            sums[1] += weight;
                        });

        assertThat(score.loss()).isCloseTo(sums[0] / sums[1], within(1e-6));
    }

    private static int label(Dataset data, int sample) {
        return (int) data.targets().getAsDouble(sample);
    }

    private static <P extends Prediction> void refuses(
            Trainer<P, ?> trainer, Dataset train, @Nullable Dataset validation, String message) {
        List<TrainEvent> events = new ArrayList<>();
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> trainer.train(train, validation, events::add))
                .withMessage(message);
        assertThat(events).isEmpty();
    }

    @Test
    void manyThreadsAndTypesTrainAtTheSameTime() {
        List<String> digests =
                Stream.of(1, 2, 3, 4)
                        .parallel()
                        .map(i -> trained(CONFIG.withThreads(2), new Adam(0.01)))
                        .toList();

        assertThat(digests).containsOnly(trained(CONFIG, new Adam(0.01)));
    }

    @Test
    void inFloat64ItTrainsToo() {
        Model<Logits> doubles = Model.ofLogits(network(DType.FLOAT64, 3, 8, 4));
        Model<Logits> floats = classifier();
        Dataset data = Blobs.of(95, 4, 3, 1);

        trainer(doubles, CONFIG).train(data, null, NOBODY);
        trainer(floats, CONFIG).train(data, null, NOBODY);

        // 30 steps in float32 stay within some hundred of its roundings, 1e-5, of the truth
        Tensor truth = doubles.network().parameters().get("2.weight").tensor();
        assertThat(floats.network().parameters().get("2.weight").tensor().toDoubles())
                .containsExactly(truth.toDoubles(), within(1e-5));
    }
}
