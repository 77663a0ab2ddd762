package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.layers.Network;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.train.Budget;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// The second lesson: a network that is trained long on few samples learns them by heart. What it
/// has understood shows on test data alone; and more data helps.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.1.2.
public final class TrainAndTest {

    private TrainAndTest() {}

    /// What the lesson can be told.
    ///
    /// @param seed of the first weights and of the order of samples
    /// @param samples how few training samples are used
    /// @param moreSamples how many are used in the remedies, each with as many steps as the few had
    /// @param hidden hidden units of the two-layer network
    /// @param batchSize samples in a mini-batch
    /// @param learningRate of Adam
    /// @param epochs how often the few samples are seen
    /// @param threads how many threads compute
    public record Settings(
            long seed,
            int samples,
            List<Integer> moreSamples,
            int hidden,
            int batchSize,
            double learningRate,
            int epochs,
            int threads) {

        public static final Settings DEFAULTS =
                new Settings(0, 300, List.of(1000, 3000, 10_000, 60_000), 50, 30, 0.01, 100, 1);

        public Settings {
            moreSamples = List.copyOf(moreSamples);
            Checks.require(epochs >= 2, "%d epochs are too few to see a turn", epochs);
        }

        public Settings withSeed(long other) {
            return new Settings(
                    other, samples, moreSamples, hidden, batchSize, learningRate, epochs, threads);
        }

        public Settings withEpochs(int other) {
            return new Settings(
                    seed, samples, moreSamples, hidden, batchSize, learningRate, other, threads);
        }

        public Settings withThreads(int other) {
            return new Settings(
                    seed, samples, moreSamples, hidden, batchSize, learningRate, epochs, other);
        }
    }

    /// The network after an epoch, on the samples that it learned from and on all test data.
    public record Point(
            int epoch,
            double trainLoss,
            double trainAccuracy,
            double testLoss,
            double testAccuracy) {}

    /// The network after as many steps on so many samples.
    public record Remedy(int samples, Point end) {

        /// How far the test accuracy stays behind.
        public double gap() {
            return end.trainAccuracy() - end.testAccuracy();
        }
    }

    /// What came out.
    ///
    /// @param samples how many were learned from
    /// @param testSamples how many were tested on
    /// @param steps how many mini-batches were learned from
    /// @param curve one point after each epoch
    /// @param turn where the test loss was lowest, if it rose from there on
    /// @param remedies the same with more samples, after the few
    public record Result(
            int samples,
            int testSamples,
            long steps,
            List<Point> curve,
            Optional<Turn> turn,
            List<Remedy> remedies) {

        /// The last epoch.
        public Point end() {
            return curve.getLast();
        }
    }

    /// Trains on few samples, looking at the test data after each epoch, then on more.
    public static Result compute(Split data, Settings settings, Progress progress) {
        int samples = Math.min(settings.samples(), data.train().size());
        List<Integer> more =
                settings.moreSamples().stream()
                        .filter(count -> count > samples && count <= data.train().size())
                        .toList();
        Dataset few = data.train().first(samples);
        double share = 1.0 / (2 + more.size());
        List<Point> curve = curve(few, data.test(), settings, progress.part(0, 2 * share));

        long steps = steps(samples, settings);
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(new Remedy(samples, curve.getLast()));
        for (int i = 0; i < more.size(); i++) {
            Dataset many = data.train().first(more.get(i));
            Progress part = progress.part((i + 2) * share, (i + 3) * share);
            Point end = atEnd(many, data.test(), settings, steps, part);
            remedies.add(new Remedy(more.get(i), end));
        }
        Optional<Turn> turn = Turn.of(curve.stream().map(Point::testLoss).toList());
        return new Result(samples, data.test().size(), steps, curve, turn, remedies);
    }

    private static long steps(int samples, Settings settings) {
        int perEpoch = (samples + settings.batchSize() - 1) / settings.batchSize();
        return (long) perEpoch * settings.epochs();
    }

    private static List<Point> curve(
            Dataset train, Dataset test, Settings settings, Progress progress) {
        var trainer = trainer(train, settings, new Budget.Epochs(settings.epochs()));
        var evaluator = trainer.evaluator();
        List<Point> curve = new ArrayList<>();
        Training.run(
                trainer,
                train,
                progress,
                event -> {
                    if (event instanceof EpochDone done) {
                        curve.add(point((int) done.epoch(), evaluator, train, test));
                    }
                });
        return List.copyOf(curve);
    }

    private static Point atEnd(
            Dataset train, Dataset test, Settings settings, long steps, Progress progress) {
        var trainer = trainer(train, settings, new Budget.Steps(steps));
        int[] epochs = {0};
        Training.run(
                trainer, train, progress, event -> epochs[0] += event instanceof EpochDone ? 1 : 0);
        return point(epochs[0], trainer.evaluator(), train, test);
    }

    private static Trainer<Logits, ClassTargets> trainer(
            Dataset train, Settings settings, Budget budget) {
        Network network =
                TwoLayerNetwork.ofLogits(train, settings.hidden(), DType.FLOAT32, settings.seed());
        return new Trainer<>(
                Model.ofLogits(network),
                SoftmaxCrossEntropy.MEAN,
                new Adam(settings.learningRate()),
                TrainingConfig.DEFAULTS
                        .withBudget(budget)
                        .withBatchSize(settings.batchSize())
                        .withSeed(settings.seed())
                        .withThreads(settings.threads()));
    }

    private static Point point(
            int epoch, Evaluator<Logits, ClassTargets> evaluator, Dataset train, Dataset test) {
        Score onTrain = evaluator.score(train);
        Score onTest = evaluator.score(test);
        return new Point(
                epoch,
                onTrain.loss(),
                onTrain.accuracy().orElseThrow(),
                onTest.loss(),
                onTest.accuracy().orElseThrow());
    }
}
