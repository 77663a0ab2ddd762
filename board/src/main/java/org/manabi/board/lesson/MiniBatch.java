package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.data.LastBatch;
import org.manabi.data.RandomState;
import org.manabi.data.Sampling;
import org.manabi.layers.Network;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// The fourth lesson: a few samples drawn by lot stand for all of them.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.2.3.
public final class MiniBatch {

    private MiniBatch() {}

    /// What the lesson can be told.
    ///
    /// @param seed NumPy's seed, 0 … 2³² − 1
    /// @param drawn how many samples are drawn and shown
    /// @param batchSizes the mini-batches whose loss is held against the loss on all samples
    /// @param repeats how many mini-batches of each size are drawn
    /// @param epochBatch the size of the mini-batches that fill an epoch
    /// @param hidden hidden units of the network
    /// @param steps for how many mini-batches of 100 the network has learned
    /// @param threads how many threads compute
    public record Settings(
            long seed,
            int drawn,
            List<Integer> batchSizes,
            int repeats,
            int epochBatch,
            int hidden,
            int steps,
            int threads) {

        public static final Settings DEFAULTS =
                new Settings(0, 10, List.of(10, 100, 1000), 1000, 100, 50, 300, 1);

        public Settings {
            batchSizes = List.copyOf(batchSizes);
            Checks.require(repeats >= 2, "%d repeats show no spread; give at least 2", repeats);
        }

        public Settings withSeed(long other) {
            return new Settings(
                    other, drawn, batchSizes, repeats, epochBatch, hidden, steps, threads);
        }

        public Settings withThreads(int other) {
            return new Settings(seed, drawn, batchSizes, repeats, epochBatch, hidden, steps, other);
        }
    }

    /// Samples drawn by lot.
    ///
    /// @param rows where they stand in the data
    /// @param labels what they are
    public record Draw(List<Integer> rows, List<Integer> labels) {}

    /// Which samples come up while as many are drawn as there are.
    ///
    /// @param draws how many were drawn
    /// @param seen how many different ones came up
    /// @param timesDrawn how many samples came up 0, 1, 2, … times
    public record Coverage(int draws, int seen, List<Integer> timesDrawn) {}

    /// What mini-batches of one size say of the loss on all samples.
    ///
    /// @param batchSize samples in each
    /// @param estimates the loss of each mini-batch
    /// @param mean of the estimates
    /// @param spread their standard deviation
    /// @param expectedSpread σ/√n, where σ is the standard deviation of single samples' losses
    public record Estimates(
            int batchSize,
            List<Double> estimates,
            double mean,
            double spread,
            double expectedSpread) {}

    /// What came out.
    ///
    /// @param samples how many there are
    /// @param replacement `np.random.choice(samples, drawn)`
    /// @param noReplacement `np.random.choice(samples, drawn, replace=False)`
    /// @param coverageWithReplacement mini-batches of an epoch drawn as in the chapter
    /// @param coverageOfEpoch mini-batches of a shuffled epoch
    /// @param loss on all samples
    /// @param deviation σ, the standard deviation of the samples' losses
    /// @param estimates one for each batch size
    public record Result(
            int samples,
            Draw replacement,
            Draw noReplacement,
            Coverage coverageWithReplacement,
            Coverage coverageOfEpoch,
            double loss,
            double deviation,
            List<Estimates> estimates) {}

    /// Draws, counts and estimates.
    public static Result compute(Dataset data, Settings settings, Progress progress) {
        double[] losses = losses(data, settings, progress.part(0, 0.9));
        double mean = mean(losses);
        double deviation = deviation(losses, mean);
        List<Estimates> estimates = new ArrayList<>();
        RandomState random = RandomState.of(settings.seed());
        for (int size : settings.batchSizes()) {
            estimates.add(estimates(losses, size, settings.repeats(), random, deviation));
        }
        return new Result(
                data.size(),
                drawWithReplacement(data, settings.drawn(), settings.seed()),
                drawWithoutReplacement(data, settings.drawn(), settings.seed()),
                coverage(Sampling.REPLACEMENT, data.size(), settings),
                coverage(Sampling.EPOCH, data.size(), settings),
                mean,
                deviation,
                estimates);
    }

    /// What `np.random.seed(seed); np.random.choice(n, count)` draws from the n samples.
    public static Draw drawWithReplacement(Dataset data, int count, long seed) {
        return draw(data, RandomState.of(seed).choice(data.size(), count));
    }

    /// The same with `replace=False`: no sample comes twice.
    public static Draw drawWithoutReplacement(Dataset data, int count, long seed) {
        return draw(data, RandomState.of(seed).choiceWithoutReplacement(data.size(), count));
    }

    private static Draw draw(Dataset data, int... rows) {
        return new Draw(
                IntStream.of(rows).boxed().toList(),
                IntStream.of(rows).map(data::label).boxed().toList());
    }

    private static Coverage coverage(Sampling sampling, int samples, Settings settings) {
        int batch = Math.min(settings.epochBatch(), samples);
        BatchCursor cursor =
                new BatchCursor(sampling, LastBatch.KEEP, samples, batch, settings.seed());
        int[] drawn = new int[samples];
        int[] rows = new int[batch];
        int draws = 0;
        while (draws < samples) {
            int count = Math.min(cursor.next(rows), samples - draws);
            for (int i = 0; i < count; i++) {
                drawn[rows[i]]++;
            }
            draws += count;
        }
        Map<Integer, Integer> times = new HashMap<>();
        Arrays.stream(drawn).forEach(count -> times.merge(count, 1, Integer::sum));
        int most = Arrays.stream(drawn).max().orElse(0);
        return new Coverage(
                draws,
                samples - times.getOrDefault(0, 0),
                IntStream.rangeClosed(0, most).mapToObj(n -> times.getOrDefault(n, 0)).toList());
    }

    /// The loss of each sample under a network that has begun to learn.
    private static double[] losses(Dataset data, Settings settings, Progress progress) {
        Network network =
                TwoLayerNetwork.ofLogits(data, settings.hidden(), DType.FLOAT32, settings.seed());
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(0.5),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Steps(settings.steps()))
                                .withSampling(Sampling.REPLACEMENT)
                                .withSeed(settings.seed())
                                .withThreads(settings.threads()));
        Training.run(trainer, data, progress.part(0, 0.7));
        double[] losses = new double[data.size()];
        trainer.evaluator()
                .score(
                        data,
                        (sample, scores, row, loss) -> {
                            losses[sample] = loss;
                            progress.at(0.7 + 0.3 * sample / data.size());
                        });
        return losses;
    }

    private static Estimates estimates(
            double[] losses, int size, int repeats, RandomState random, double deviation) {
        double[] estimates = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            double sum = 0;
            for (int row : random.choice(losses.length, size)) {
                sum += losses[row];
            }
            estimates[i] = sum / size;
        }
        double mean = mean(estimates);
        return new Estimates(
                size,
                Arrays.stream(estimates).boxed().toList(),
                mean,
                deviation(estimates, mean),
                deviation / Math.sqrt(size));
    }

    private static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
