package org.manabi.bench;

import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What this machine can do at best, measured: multiply-adds on vectors that never leave the
/// registers, and the triad `a = b + s·c` on arrays that are larger than the caches.
final class Roofline {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int FMA_ROUNDS = 10_000;

    /// Calls of the loop in one measurement: many, so that the compiler compiles the whole of it, not
    /// just the loop that is going on.
    private static final int FMA_CALLS = 500;

    private static final int TRIAD_FLOATS = 16 << 20;
    private static final int REPEATS = 15;

    /// In this time a system moves threads that are at work to processors of their own.
    private static final long SPREAD_NANOSECONDS = 10_000_000L;

    private Roofline() {}

    /// Floating-point operations per second of fused multiply-adds, the best of several runs.
    static double peakFlops(int threads) {
        double operations = 2.0 * threads * CHAINS * SPECIES.length() * FMA_ROUNDS * FMA_CALLS;
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            double seconds = together(threads, thread -> fmas());
            best = Math.max(best, operations / seconds);
        }
        return best;
    }

    /// Bytes per second of the triad (two reads and a write), the best of several runs.
    static double triadBytes(int threads) {
        float[] a = new float[TRIAD_FLOATS];
        float[] b = new float[TRIAD_FLOATS];
        float[] c = new float[TRIAD_FLOATS];
        int part = TRIAD_FLOATS / threads;
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            double seconds = together(threads, thread -> triad(a, b, c, thread * part, part));
            best = Math.max(best, 12.0 * part * threads / seconds);
        }
        return best;
    }

    private interface Work {
        void run(int thread);
    }

    /// The seconds from the moment when all threads are at work until the last one is done. They do
    /// not wait asleep: a thread that has just been started or woken often runs on the processor of
    /// the one that did so, and for some milliseconds both have only half of it.
    private static double together(int threads, Work work) {
        AtomicInteger missing = new AtomicInteger(threads);
        AtomicInteger unfinished = new AtomicInteger(threads);
        for (int t = 1; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform().daemon().start(() -> takePart(work, thread, missing, unfinished));
        }
        long until = System.nanoTime() + SPREAD_NANOSECONDS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        takePart(work, 0, missing, unfinished);
        spinUntilZero(unfinished);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void takePart(
            Work work, int thread, AtomicInteger missing, AtomicInteger unfinished) {
        missing.decrementAndGet();
        spinUntilZero(missing);
        work.run(thread);
        unfinished.decrementAndGet();
    }

    private static void spinUntilZero(AtomicInteger count) {
        while (count.get() != 0) {
            Thread.onSpinWait();
        }
    }

    private static void fmas() {
        for (int i = 0; i < FMA_CALLS; i++) {
            if (Float.isNaN(fma())) {
                throw new IllegalStateException("finite numbers stay finite");
            }
        }
    }

    /// Twelve independent chains: enough to hide the latency of an FMA on two ports.
    private static float fma() {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 1e-9f);
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a.add(1);
        FloatVector c = a.add(2);
        FloatVector d = a.add(3);
        FloatVector e = a.add(4);
        FloatVector f = a.add(5);
        FloatVector g = a.add(6);
        FloatVector h = a.add(7);
        FloatVector i = a.add(8);
        FloatVector j = a.add(9);
        FloatVector k = a.add(10);
        FloatVector l = a.add(11);
        for (int round = 0; round < FMA_ROUNDS; round++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
        return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int count) {
        for (int i = from; i < from + count; i++) {
            a[i] = b[i] + 3f * c[i];
        }
    }
}
