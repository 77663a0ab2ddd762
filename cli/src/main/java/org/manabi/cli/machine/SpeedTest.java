package org.manabi.cli.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;

/// Measures what the machine gives: the best of several tries, so that a busy moment does not count.
final class SpeedTest {

    private static final long WARM_UP_NANOSECONDS = 1_000_000_000L;

    /// A process begins with plain loops and goes on to vectors, which then are compiled.
    private static final long FIRST_WARM_UP_NANOSECONDS = 4_000_000_000L;

    private static final int TRIES = 7;

    /// A square product of this size fits the caches, as the products of middling layers do.
    private static final int SIZE = 512;

    /// Three arrays of these many floats, 96 MiB in all, exceed the caches of most processors.
    private static final int FLOATS = 8 << 20;

    private SpeedTest() {}

    /// Billions of multiplications and additions in a second, in a matrix product of floats.
    static double gigaflops(int threads) {
        Engine engine = Engine.of(threads);
        FloatTensor a = filled();
        FloatTensor b = filled();
        FloatTensor c = FloatTensor.zeros(Shape.of(SIZE, SIZE));
        Runnable product = () -> engine.product(Product.AB, a, b, c);
        if (threads == 1) {
            repeat(product, FIRST_WARM_UP_NANOSECONDS);
        }
        long nanoseconds = best(product);
        return 2.0 * SIZE * SIZE * SIZE / nanoseconds;
    }

    /// Billions of multiplications and additions in a second that the processor can do at best, on
    /// vectors that never leave its registers; 0 where there are no vectors.
    static double peakGigaflops(int threads) {
        if (Engine.serial().vectorBits() == 0) {
            return 0;
        }
        List<Runnable> parts = Collections.nCopies(threads, SpeedTest::multiplyAdd);
        return threads * VectorPeak.OPERATIONS / best(() -> together(parts));
    }

    private static void multiplyAdd() {
        if (Float.isNaN(VectorPeak.run())) {
            throw new IllegalStateException("finite numbers stay finite");
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
        long nanoseconds = best(() -> together(parts));
        return 12.0 * share * threads / nanoseconds;
    }

    private static void triad(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    private static void together(List<Runnable> parts) {
        CountDownLatch done = new CountDownLatch(parts.size() - 1);
        for (Runnable part : parts.subList(1, parts.size())) {
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                part.run();
                                done.countDown();
                            });
        }
        parts.getFirst().run();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void repeat(Runnable work, long nanoseconds) {
        long until = System.nanoTime() + nanoseconds;
        do {
            work.run();
        } while (System.nanoTime() < until);
    }

    /// The nanoseconds of the shortest of some tries, after the compiler has had its time.
    private static long best(Runnable work) {
        repeat(work, WARM_UP_NANOSECONDS);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long began = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - began);
        }
        return best;
    }
}
