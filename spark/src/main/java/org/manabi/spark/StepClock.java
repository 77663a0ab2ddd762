package org.manabi.spark;

import java.util.Arrays;

/// How long the mini-batches took.
final class StepClock {

    private static final int MOST = 1 << 14;

    private final double[] seconds = new double[MOST];
    private long last = System.nanoTime();
    private int count;

    /// A mini-batch is done.
    void tick() {
        long now = System.nanoTime();
        seconds[count++ % MOST] = (now - last) / 1e9;
        last = now;
    }

    /// The median of the latest ones, in seconds.
    double median() {
        double[] sorted = Arrays.copyOf(seconds, Math.min(count, MOST));
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
