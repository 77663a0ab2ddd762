package org.manabi.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.manabi.train.Budget;
import org.manabi.train.TrainEvent.StepDone;

/// Whether memory stays as it is while a network trains 10 000 steps.
final class Flat {

    private static final int STEPS = 10_000;
    private static final int EARLY_STEP = 1_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private double firstLoss;
    private double lastLoss;
    private double earlyMegabytes;
    private double lateMegabytes;
    private double earlyPeak;
    private double latePeak;
    private long allocated;
    private long start;
    private double seconds;

    private Flat() {}

    static String run(Workload workload, int threads) {
        Flat flat = new Flat();
        Bench.trainer(workload, threads, Bench.model(workload), new Budget.Steps(STEPS))
                .train(
                        SyntheticData.of(workload),
                        null,
                        event -> {
                            if (event instanceof StepDone step) {
                                flat.note(step);
                            }
                        });
        double rate = (STEPS - EARLY_STEP) * workload.batchSize / flat.seconds;
        return Line.of(
                        workload,
                        rate,
                        Roofline.peakFlops(threads),
                        flat.latePeak,
                        (double) flat.allocated / (STEPS - EARLY_STEP),
                        flat.firstLoss,
                        flat.lastLoss,
                        "flat")
                + String.format(
                        Locale.ROOT,
                        " steps=%d live_heap_mb=%.2f->%.2f peak_heap_mb=%.0f->%.0f",
                        STEPS,
                        flat.earlyMegabytes,
                        flat.lateMegabytes,
                        flat.earlyPeak,
                        flat.latePeak);
    }

    private void note(StepDone step) {
        if (step.step() == 1) {
            firstLoss = step.loss();
        }
        if (step.step() == EARLY_STEP) {
            earlyPeak = Heap.peakMegabytes();
            earlyMegabytes = Heap.liveMegabytes();
            allocated = -THREADS.getTotalThreadAllocatedBytes();
            start = System.nanoTime();
        }
        if (step.step() == STEPS) {
            seconds = (System.nanoTime() - start) / 1e9;
            allocated += THREADS.getTotalThreadAllocatedBytes();
            lastLoss = step.loss();
            latePeak = Heap.peakMegabytes();
            lateMegabytes = Heap.liveMegabytes();
        }
    }
}
