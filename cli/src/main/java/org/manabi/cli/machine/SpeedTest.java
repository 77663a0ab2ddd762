package org.manabi.cli.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;

/// Measures what the machine gives: the best of several tries, so that a busy moment does not count.
final class SpeedTest {

    private static final long WARM_UP_NANOSECONDS = 1_000_000_000L;

    /// A process begins with plain loops and goes on to vectors, which then are compiled.
    private static final long FIRST_WARM_UP_NANOSECONDS = 4_000_000_000L;

    /// In this time a system moves threads that are at work to processors of their own.
    private static final long SPREAD_NANOSECONDS = 10_000_000L;

    private static final int TRIES = 50;

    /// As long as a product takes.
    private static final int PEAK_RUNS = 100;

    /// A square product of this size fits the caches, as the products of middling layers do.
    private static final int SIZE = 512;

    /// Three arrays of these many floats, 96 MiB in all, exceed the caches of most processors.
    private static final int FLOATS = 8 << 20;

    private SpeedTest() {}

    /// Billions of multiplications and additions in a second.
    ///
    /// @param peak on vectors that never leave the registers; 0 where there are no vectors
    /// @param product in a matrix product of floats
    record Arithmetic(double peak, double product) {}

    /// Measures both in turn, a few milliseconds each: on a machine that is shared, what it gives changes from second to
    /// second, and a share of the peak means something only if both had the same seconds.
    static Arithmetic arithmetic(int threads) {
        Engine engine = Engine.of(threads);
        FloatTensor a = filled();
        FloatTensor b = filled();
        FloatTensor c = FloatTensor.zeros(Shape.of(SIZE, SIZE));
        Runnable product = () -> engine.product(Product.AB, a, b, c);
        repeat(product, threads == 1 ? FIRST_WARM_UP_NANOSECONDS : WARM_UP_NANOSECONDS);
        double operations = 2.0 * SIZE * SIZE * SIZE;
        if (engine.vectorBits() == 0) {
            return new Arithmetic(0, operations / best(() -> timed(product)));
        }
        List<Runnable> parts = Collections.nCopies(threads, SpeedTest::multiplyAdd);
        repeat(() -> together(parts), WARM_UP_NANOSECONDS);
        long bestPeak = Long.MAX_VALUE;
        long bestProduct = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            bestPeak = Math.min(bestPeak, together(parts));
            bestProduct = Math.min(bestProduct, timed(product));
        }
        return new Arithmetic(
                threads * PEAK_RUNS * VectorPeak.OPERATIONS / bestPeak, operations / bestProduct);
    }

    private static void multiplyAdd() {
        for (int i = 0; i < PEAK_RUNS; i++) {
            if (Float.isNaN(VectorPeak.run())) {
                throw new IllegalStateException("finite numbers stay finite");
            }
        }
    }

    private static FloatTensor filled() {
        FloatTensor tensor = FloatTensor.zeros(Shape.of(SIZE, SIZE));
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, i % 7 - 3);
        }
        return tensor;
    }

    /// Billions of bytes in a second between processor and memory: `a = b + 3c` over long arrays, two
    /// read and one written; what the processor reads before it writes is not counted.
    ///
    /// Source: McCalpin's STREAM, "triad".
    static double gigabytes(int threads) {
        int share = FLOATS / threads;
        List<Runnable> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            float[] a = new float[share];
            float[] b = new float[share];
            float[] c = new float[share];
            parts.add(() -> triad(a, b, c));
        }
        repeat(() -> together(parts), WARM_UP_NANOSECONDS);
        long nanoseconds = best(() -> together(parts));
        return 12.0 * share * threads / nanoseconds;
    }

    private static void triad(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    /// The nanoseconds from the moment when all threads are at work until the last part is done. They
    /// do not wait asleep: a thread that has just been started or woken often runs on the processor
    /// of the one that did so, and for some milliseconds both have only half of it.
    private static long together(List<Runnable> parts) {
        AtomicInteger missing = new AtomicInteger(parts.size());
        AtomicInteger unfinished = new AtomicInteger(parts.size());
        for (Runnable part : parts.subList(1, parts.size())) {
            Thread.ofPlatform().daemon().start(() -> takePart(part, missing, unfinished));
        }
        long until = System.nanoTime() + SPREAD_NANOSECONDS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return timed(
                () -> {
                    takePart(parts.getFirst(), missing, unfinished);
                    spinUntilZero(unfinished);
                });
    }

    private static void takePart(Runnable part, AtomicInteger missing, AtomicInteger unfinished) {
        missing.decrementAndGet();
        spinUntilZero(missing);
        part.run();
        unfinished.decrementAndGet();
    }

    private static void spinUntilZero(AtomicInteger count) {
        while (count.get() != 0) {
            Thread.onSpinWait();
        }
    }

    private static long timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return System.nanoTime() - began;
    }

    private static void repeat(Runnable work, long nanoseconds) {
        long until = System.nanoTime() + nanoseconds;
        do {
            work.run();
        } while (System.nanoTime() < until);
    }

    private static long best(LongSupplier nanoseconds) {
        return LongStream.generate(nanoseconds).limit(TRIES).min().orElseThrow();
    }
}
