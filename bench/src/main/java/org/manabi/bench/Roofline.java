package org.manabi.bench;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What this machine can do at best, measured: multiply-adds on vectors that never leave the
/// registers, and the triad `a = b + s·c` on arrays that are larger than the caches.
final class Roofline {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int FMA_ROUNDS = 2_000_000;
    private static final int TRIAD_FLOATS = 16 << 20;
    private static final int REPEATS = 7;

    private Roofline() {}

    /// Floating-point operations per second of fused multiply-adds, the best of several runs.
    static double peakFlops(int threads) {
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            double seconds = together(threads, thread -> fma());
            best = Math.max(best, 2.0 * threads * CHAINS * SPECIES.length() * FMA_ROUNDS / seconds);
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

    /// The seconds from the moment when all threads begin until the last one is done.
    private static double together(int threads, Work work) {
        CountDownLatch ready = new CountDownLatch(threads - 1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(threads - 1);
        for (int t = 1; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                ready.countDown();
                                await(go);
                                work.run(thread);
                                done.countDown();
                            });
        }
        await(ready);
        long start = System.nanoTime();
        go.countDown();
        work.run(0);
        await(done);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
