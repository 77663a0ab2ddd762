package org.manabi.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.manabi.data.Dataset;
import org.manabi.datasets.ImageOptions;
import org.manabi.datasets.Mnist;
import org.manabi.loss.Logits;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent.StepDone;

/// A process from its start to the end of one epoch of MNIST, as someone feels it who waits for it.
/// The time before `main` is for a clock outside; so that nothing but training takes time, the
/// roofline is not measured.
final class Cold {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cold() {}

    static String run(Workload workload, int threads) {
        long start = System.nanoTime();
        ImageOptions options =
                workload.sample.rank() == 1
                        ? ImageOptions.DEFAULTS
                        : ImageOptions.DEFAULTS.withLayout(ImageOptions.Layout.IMAGE);
        Dataset train = Mnist.load(options).train();
        double loaded = (System.nanoTime() - start) / 1e9;
        long allocated = -THREADS.getTotalThreadAllocatedBytes();
        long[] steps = new long[1];
        Model<Logits> model = Bench.model(workload);
        double[] losses = new double[2];
        Bench.trainer(workload, threads, model, new Budget.Epochs(1))
                .train(
                        train,
                        null,
                        event -> {
                            if (event instanceof StepDone step) {
                                steps[0] = step.step();
                                losses[step.step() == 1 ? 0 : 1] = step.loss();
                            }
                        });
        double seconds = (System.nanoTime() - start) / 1e9;
        allocated += THREADS.getTotalThreadAllocatedBytes();
        return Line.of(
                        workload,
                        train.size() / (seconds - loaded),
                        Double.NaN,
                        Heap.peakMegabytes(),
                        (double) allocated / steps[0],
                        losses[0],
                        losses[1],
                        "cold")
                + String.format(
                        Locale.ROOT, " seconds_in_main=%.3f loading_s=%.3f", seconds, loaded);
    }
}
