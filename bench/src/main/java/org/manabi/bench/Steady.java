package org.manabi.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Budget;
import org.manabi.train.Predictor;
import org.manabi.train.TrainEvent.StepDone;
import org.manabi.train.Trainer;

/// Cuts a run into a warm-up and windows of time, and takes the median window. The roofline is
/// measured by the same process, when the run is over and the heap's peak has been read.
final class Steady {

    private static final double WARMUP_SECONDS = 6;
    private static final double WINDOW_SECONDS = 1;
    private static final int WINDOWS = 7;

    /// The last loss is the mean of these many, since a single batch says little.
    private static final int LAST_LOSSES = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int batchSize;
    private final double[] rates = new double[WINDOWS];
    private final Deque<Double> lastLosses = new ArrayDeque<>();
    private double firstLoss = Double.NaN;
    private long windowStart = System.nanoTime();
    private long windowSteps;
    private long allocatedBefore;
    private long measuredSteps;
    private int window = -1;

    private Steady(int batchSize) {
        this.batchSize = batchSize;
    }

    static String run(Workload workload, int threads) {
        Steady windows = new Steady(workload.batchSize);
        if (workload.isInference()) {
            predict(workload, threads, windows);
        } else {
            train(workload, threads, windows);
        }
        return windows.report(workload, threads);
    }

    private static void train(Workload workload, int threads, Steady windows) {
        Trainer<?, ?> trainer =
                Bench.trainer(
                        workload,
                        threads,
                        Bench.model(workload),
                        new Budget.Steps(Long.MAX_VALUE >> 1));
        trainer.train(
                SyntheticData.of(workload),
                null,
                event -> {
                    if (event instanceof StepDone step && windows.step(step.loss())) {
                        trainer.stop();
                    }
                });
    }

    private static void predict(Workload workload, int threads, Steady windows) {
        Predictor predictor =
                new Predictor(Engine.of(threads), Bench.model(workload), workload.batchSize);
        Dataset data = SyntheticData.of(workload);
        int[] rows = IntStream.range(0, workload.batchSize).toArray();
        Tensor labels = Tensor.zeros(DType.INT32, Shape.of(rows.length));
        data.gather(rows, 0, rows.length, predictor.inputs(), labels);
        boolean done = false;
        while (!done) {
            Tensor scores = predictor.run();
            done = windows.step(scores.getAsDouble(0));
        }
    }

    /// Notes a step; true when the last window is over.
    private boolean step(double loss) {
        windowSteps++;
        if (Double.isNaN(firstLoss)) {
            firstLoss = loss;
        }
        lastLosses.addLast(loss);
        if (lastLosses.size() > LAST_LOSSES) {
            lastLosses.removeFirst();
        }
        double seconds = (System.nanoTime() - windowStart) / 1e9;
        if (seconds < (window < 0 ? WARMUP_SECONDS : WINDOW_SECONDS)) {
            return false;
        }
        if (window < 0) {
            allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
        } else {
            rates[window] = windowSteps * batchSize / seconds;
            measuredSteps += windowSteps;
        }
        window++;
        windowSteps = 0;
        windowStart = System.nanoTime();
        return window == WINDOWS;
    }

    private String report(Workload workload, int threads) {
        long allocated = THREADS.getTotalThreadAllocatedBytes() - allocatedBefore;
        double heap = Heap.peakMegabytes(); // before the triad's arrays
        Arrays.sort(rates);
        double peak = Roofline.peakFlops(threads);
        double triad = Roofline.triadBytes(threads);
        double lastLoss =
                lastLosses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        return Line.of(
                        workload,
                        rates[WINDOWS / 2],
                        peak,
                        heap,
                        (double) allocated / measuredSteps,
                        firstLoss,
                        lastLoss,
                        "steady")
                + String.format(
                        Locale.ROOT,
                        " peak_flops_per_s=%.4g triad_bytes_per_s=%.4g slowest=%.0f fastest=%.0f",
                        peak,
                        triad,
                        rates[0],
                        rates[WINDOWS - 1]);
    }
}
