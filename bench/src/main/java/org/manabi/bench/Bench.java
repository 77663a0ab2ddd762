package org.manabi.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.layers.Network;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Predictor;
import org.manabi.train.TrainEvent.StepDone;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Measures one workload and prints one line:
///
///     manabi W2 2 samples_per_s=… flops_per_s=… roofline=… heap_mb=… … mode=steady
///
/// Usage: `WORKLOAD THREADS [steady|cold|sha]`. *steady* warms up, then measures the median of
/// several windows. *cold* trains W1 on MNIST for one epoch, for a clock outside the process. *sha*
/// trains 200 steps and prints the digest of the weights.
public final class Bench {

    private static final double WARMUP_SECONDS = 6;
    private static final double WINDOW_SECONDS = 1;
    private static final int WINDOWS = 7;
    private static final int SHA_STEPS = 200;

    private Bench() {}

    /// Runs one measurement.
    public static void main(String[] arguments) {
        Workload workload = Workload.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        int threads = Integer.parseInt(arguments[1]);
        String mode = arguments.length > 2 ? arguments[2] : "steady";
        String name = "W" + arguments[0].substring(1);
        String line =
                switch (mode) {
                    case "steady" ->
                            workload.isInference()
                                    ? steadyInference(workload, threads)
                                    : steadyTraining(workload, threads);
                    case "cold" -> Cold.run(workload, threads);
                    case "sha" -> "weights_sha256=" + digest(workload, threads);
                    default -> throw new IllegalArgumentException("unknown mode " + mode);
                };
        System.out.println("manabi " + name + " " + threads + " " + line + " mode=" + mode);
    }

    private static String steadyTraining(Workload workload, int threads) {
        Windows windows = new Windows(workload.batchSize);
        Trainer<?, ?> trainer =
                trainer(workload, threads, model(workload), new Budget.Steps(Long.MAX_VALUE >> 1));
        trainer.train(
                data(workload),
                null,
                event -> {
                    if (event instanceof StepDone step && windows.step(step.loss())) {
                        trainer.stop();
                    }
                });
        return windows.report(workload, threads);
    }

    private static String steadyInference(Workload workload, int threads) {
        Windows windows = new Windows(workload.batchSize);
        Predictor predictor =
                new Predictor(Engine.of(threads), model(workload), workload.batchSize);
        Dataset data = data(workload);
        int[] rows = IntStream.range(0, workload.batchSize).toArray();
        Tensor labels = Tensor.zeros(DType.INT32, Shape.of(rows.length));
        data.gather(rows, 0, rows.length, predictor.inputs(), labels);
        boolean done = false;
        while (!done) {
            Tensor scores = predictor.run();
            done = windows.step(scores.getAsDouble(0));
        }
        return windows.report(workload, threads);
    }

    private static String digest(Workload workload, int threads) {
        Model<Logits> model = model(workload);
        trainer(workload, threads, model, new Budget.Steps(SHA_STEPS))
                .train(data(workload), null, event -> {});
        return model.network().parameters().sha256();
    }

    static Model<Logits> model(Workload workload) {
        return Model.ofLogits(
                new Network(workload.layers(), workload.sample, DType.FLOAT32, Seed.of(1)));
    }

    static Trainer<?, ?> trainer(
            Workload workload, int threads, Model<Logits> model, Budget budget) {
        TrainingConfig config =
                TrainingConfig.DEFAULTS
                        .withBudget(budget)
                        .withBatchSize(workload.batchSize)
                        .withThreads(threads);
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, workload.optimizer(), config);
    }

    /// Pixels that are brighter in a band which tells the class, with noise all over.
    private static Dataset data(Workload workload) {
        RandomStream random = Seed.of(7).stream();
        int width = workload.sample.size();
        byte[] pixels = new byte[workload.samples * width];
        int[] labels = new int[workload.samples];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = random.nextInt(10);
            for (int j = 0; j < width; j += 8) {
                long bits = random.nextLong();
                int light = j * 10 / width == labels[row] ? 96 : 0;
                for (int i = j; i < Math.min(width, j + 8); i++) {
                    pixels[row * width + i] = (byte) (((bits >>> (8 * (i - j))) & 0x7F) + light);
                }
            }
        }
        List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return Dataset.ofClasses(
                        "synthetic",
                        ByteTensor.of(workload.sample.prepend(workload.samples), pixels),
                        IntTensor.of(Shape.of(labels.length), labels),
                        names)
                .dividedBy(255);
    }

    /// Cuts a run into a warm-up and windows of time, and takes the median window.
    private static final class Windows {

        private static final ThreadMXBean THREADS =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final int batchSize;
        private final double[] rates = new double[WINDOWS];
        private final Deque<Double> lastLosses = new ArrayDeque<>();
        private double firstLoss = Double.NaN;
        private long steps;
        private long windowStart = System.nanoTime();
        private long windowSteps;
        private long allocatedBefore;
        private long measuredSteps;
        private int window = -1;

        Windows(int batchSize) {
            this.batchSize = batchSize;
        }

        /// Notes a step; true when the last window is over.
        boolean step(double loss) {
            steps++;
            windowSteps++;
            if (steps == 1) {
                firstLoss = loss;
            }
            lastLosses.addLast(loss);
            if (lastLosses.size() > 20) {
                lastLosses.removeFirst();
            }
            long now = System.nanoTime();
            double seconds = (now - windowStart) / 1e9;
            if (seconds < (window < 0 ? WARMUP_SECONDS : WINDOW_SECONDS)) {
                return false;
            }
            if (window < 0) {
                allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            } else {
                rates[window] = windowSteps * batchSize / seconds;
                measuredSteps += windowSteps;
            }
            window++;
            windowSteps = 0;
            windowStart = System.nanoTime();
            return window == WINDOWS;
        }

        String report(Workload workload, int threads) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
            Arrays.sort(rates);
            double rate = rates[WINDOWS / 2];
            double flops = rate * workload.flopsPerSample;
            double peak = Roofline.peakFlops(threads);
            double last = lastLosses.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            return String.format(
                    Locale.ROOT,
                    "samples_per_s=%.0f latency_us=%.1f flops_per_s=%.4g roofline=%.3f"
                            + " peak_flops_per_s=%.4g triad_bytes_per_s=%.4g heap_mb=%.0f"
                            + " alloc_bytes_per_step=%.0f loss=%.4f->%.4f",
                    rate,
                    1e6 * batchSize / rate,
                    flops,
                    flops / peak,
                    peak,
                    Roofline.triadBytes(threads),
                    peakHeapMegabytes(),
                    (double) allocated / measuredSteps,
                    firstLoss,
                    last);
        }

        private static double peakHeapMegabytes() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getType() == MemoryType.HEAP)
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    / 1e6;
        }
    }
}
