package org.manabi.tensor.kernel;

import java.util.Arrays;
import java.util.Random;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Nonlinearity;
import org.manabi.tensor.Product;

/// Compares the vector kernels with the plain loops, bit for bit. Also a program, so that a test can
/// run it in a JVM of another vector width.
final class KernelDifferences {

    private static final FloatKernels PLAIN = new ScalarFloatKernels();
    private static final int[] FEW = {1, 3, 8, 13, 33};

    private final FloatKernels vectors;
    private final Random random = new Random(2026);

    KernelDifferences(FloatKernels vectors) {
        this.vectors = vectors;
    }

    /// Compares small sizes, or all that the tests compare if an argument is given.
    public static void main(String[] arguments) {
        FloatKernels best = FloatKernels.best();
        int expected = Integer.getInteger("manabi.vector.bits", -1);
        if (best.vectorBits() != expected) {
            throw new AssertionError(expected + " bits wanted, got " + best.vectorBits());
        }
        var differences = new KernelDifferences(best);
        differences.products(arguments.length > 0 ? new int[] {1, 2, 3, 7, 8, 13, 31, 64} : FEW);
        differences.elements(1, 3, 7, 8, 13, 31, 64, 207, 1025);
        differences.rows(1, 3, 8, 13, 31, 64);
    }

    /// Every combination of the sizes in every layout.
    void products(int... sizes) {
        for (int m : sizes) {
            for (int n : sizes) {
                for (int k : sizes) {
                    for (Product layout : Product.values()) {
                        product(Workers.ALONE, layout, m, n, k);
                    }
                }
            }
        }
    }

    /// One product, with an offset, with and without bias, accumulation and activation by chance.
    /// The arrays end where the matrices do.
    void product(Workers workers, Product layout, int m, int n, int k) {
        float[] a = numbers(3 + m * k);
        float[] b = numbers(5 + k * n);
        float[] bias = random.nextBoolean() ? numbers(1 + n) : null;
        Accumulation accumulation =
                random.nextBoolean() ? Accumulation.ADD : Accumulation.OVERWRITE;
        Activation[] activations = Activation.values();
        Activation activation = activations[random.nextInt(activations.length)];
        float[] expected = numbers(2 + m * n);
        float[] actual = expected.clone();
        for (FloatKernels kernels : new FloatKernels[] {PLAIN, vectors}) {
            float[] c = kernels == PLAIN ? expected : actual;
            kernels.product(
                    workers, layout, m, n, k, a, 3, b, 5, c, 2, accumulation, bias, 1, activation);
        }
        String name = "%s of %d, %d, %d".formatted(layout, m, n, k);
        requireSame(
                "%s, %s, bias %s, %s, %d threads"
                        .formatted(name, accumulation, bias != null, activation, workers.threads()),
                expected,
                actual);
    }

    private interface Kernel {
        /// Works on arrays of `n` elements behind offsets 0, 1, 2 and 3.
        void run(FloatKernels kernels, int n, float[] w, float[] x, float[] y, float[] z);
    }

    /// The kernels that work on every element alone, and the sums.
    void elements(int... sizes) {
        for (int n : sizes) {
            for (Activation f : Activation.values()) {
                compare(f + " of " + n, n, (k, s, w, x, y, z) -> k.activate(f, s, w, 0, x, 1));
                compare(f + " in place", n, (k, s, w, x, y, z) -> k.activate(f, s, w, 0, w, 0));
                compare(
                        "gradient of " + f + " of " + n,
                        n,
                        (k, s, w, x, y, z) -> k.activationGradient(f, s, w, 0, x, 1, y, 2));
                compare(
                        "gradient of " + f + " in place",
                        n,
                        (k, s, w, x, y, z) -> k.activationGradient(f, s, w, 0, x, 1, x, 1));
            }
            for (Nonlinearity.Kind kind : Nonlinearity.Kind.values()) {
                Nonlinearity f = new Nonlinearity(kind, 0.3, 0.45);
                float[] scratch = new float[FloatNonlinearity.PIECE];
                compare(
                        kind + " of " + n,
                        n,
                        (k, s, w, x, y, z) ->
                                FloatNonlinearity.apply(k, f, s, w, 0, x, 1, scratch));
                compare(
                        "gradient of " + kind + " of " + n,
                        n,
                        (k, s, w, x, y, z) ->
                                FloatNonlinearity.gradient(k, f, s, w, 0, x, 1, y, 2, scratch));
            }
            compare("exp of " + n, n, (k, s, w, x, y, z) -> k.exp(s, w, 0, x, 1));
            compare("log of " + n, n, (k, s, w, x, y, z) -> k.log(s, w, 0, x, 1));
            compare("erf of " + n, n, (k, s, w, x, y, z) -> k.erf(s, w, 0, x, 1));
            compare("add of " + n, n, (k, s, w, x, y, z) -> k.add(s, w, 0, x, 1, y, 2));
            compare("subtract of " + n, n, (k, s, w, x, y, z) -> k.subtract(s, w, 0, x, 1, y, 2));
            compare("multiply of " + n, n, (k, s, w, x, y, z) -> k.multiply(s, w, 0, x, 1, y, 2));
            compare("scale of " + n, n, (k, s, w, x, y, z) -> k.scale(s, 1.7f, w, 0, x, 1));
            compare("addScaled of " + n, n, (k, s, w, x, y, z) -> k.addScaled(s, 1.7f, w, 0, x, 1));
            compare("sum of " + n, n, (k, s, w, x, y, z) -> x[0] = k.sum(s, w, 0));
            compare("dot of " + n, n, (k, s, w, x, y, z) -> y[0] = k.dot(s, w, 0, x, 1));
            byte[] bytes = new byte[n + 1];
            random.nextBytes(bytes);
            for (float divisor : new float[] {1, 255, 127.5f, 1e-3f}) {
                compare(
                        "bytes of " + n + " by " + divisor,
                        n,
                        (k, s, w, x, y, z) -> k.divide(s, bytes, 1, divisor, x, 1));
            }
            compare("sgd of " + n, n, (k, s, w, x, y, z) -> k.sgd(s, 0.1f, w, 0, x, 1));
            compare(
                    "momentum of " + n,
                    n,
                    (k, s, w, x, y, z) -> k.momentum(s, 0.1f, 0.9f, w, 0, x, 1, y, 2));
            compare(
                    "nesterov of " + n,
                    n,
                    (k, s, w, x, y, z) -> k.nesterov(s, 0.1f, 0.9f, w, 0, x, 1, y, 2));
            compare(
                    "adam of " + n,
                    n,
                    (k, s, w, x, y, z) -> {
                        k.multiply(s, y, 2, y, 2, y, 2); // a second moment is not negative
                        k.adam(s, 0.1f, 0.9, 0.999, 1.1f, 1e-8f, w, 0, x, 1, y, 2, z, 3);
                    });
        }
    }

    /// The kernels that work on the rows of a matrix.
    void rows(int... sizes) {
        for (int r : sizes) {
            for (int c : sizes) {
                int n = r * c;
                int[] labels = random.ints(r, 0, c).toArray();
                String of = " of " + r + " × " + c;
                compare("addRow" + of, n, (k, s, w, x, y, z) -> k.addRow(r, c, w, 0, x, 1));
                for (Accumulation start : Accumulation.values()) {
                    compare(
                            "columnSums" + of,
                            n,
                            (k, s, w, x, y, z) -> k.columnSums(r, c, w, 0, x, 1, start));
                }
                compare("softmax" + of, n, (k, s, w, x, y, z) -> k.softmaxRows(r, c, w, 0, x, 1));
                compare(
                        "softmax in place" + of,
                        n,
                        (k, s, w, x, y, z) -> k.softmaxRows(r, c, w, 0, w, 0));
                compare(
                        "logSoftmax" + of,
                        n,
                        (k, s, w, x, y, z) -> k.logSoftmaxRows(r, c, w, 0, x, 1));
                compare(
                        "gradient of logSoftmax" + of,
                        n,
                        (k, s, w, x, y, z) -> FloatLogSoftmax.gradient(k, r, c, w, 0, x, 1, y, 2));
                compare(
                        "gradient of softmax" + of,
                        n,
                        (k, s, w, x, y, z) -> k.softmaxRowsGradient(r, c, w, 0, x, 1, y, 2));
                compare(
                        "gradient of softmax in place" + of,
                        n,
                        (k, s, w, x, y, z) -> k.softmaxRowsGradient(r, c, w, 0, x, 1, x, 1));
                compare(
                        "cross-entropy" + of,
                        n,
                        (k, s, w, x, y, z) ->
                                k.softmaxCrossEntropyRows(r, c, w, 0, labels, 0, x, 1, y, 2));
                compare(
                        "cross-entropy in place" + of,
                        n,
                        (k, s, w, x, y, z) ->
                                k.softmaxCrossEntropyRows(r, c, w, 0, labels, 0, x, 1, w, 0));
                compare(
                        "gradient of cross-entropy" + of,
                        n,
                        (k, s, w, x, y, z) ->
                                k.softmaxCrossEntropyRowsGradient(
                                        r, c, w, 0, labels, 0, x, 1, y, 2));
                compare(
                        "gradient of cross-entropy in place" + of,
                        n,
                        (k, s, w, x, y, z) ->
                                k.softmaxCrossEntropyRowsGradient(
                                        r, c, w, 0, labels, 0, x, 1, w, 0));
            }
        }
    }

    private void compare(String name, int n, Kernel kernel) {
        float[][] expected = new float[4][];
        Arrays.setAll(expected, i -> numbers(i + n));
        strew(expected[0]);
        float[][] actual = new float[4][];
        Arrays.setAll(actual, i -> expected[i].clone());
        kernel.run(PLAIN, n, expected[0], expected[1], expected[2], expected[3]);
        kernel.run(vectors, n, actual[0], actual[1], actual[2], actual[3]);
        for (int i = 0; i < 4; i++) {
            requireSame(name + ", array " + i, expected[i], actual[i]);
        }
    }

    private float[] numbers(int n) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian() * 4;
        }
        return numbers;
    }

    /// Puts the numbers that are special among the others.
    private void strew(float[] numbers) {
        float[] special = {
            0f,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            1e-40f,
            -1e-40f,
            100,
            -95,
            1,
            Float.MAX_VALUE
        };
        if (numbers.length > 3 * special.length && random.nextBoolean()) {
            for (float number : special) {
                numbers[random.nextInt(numbers.length)] = number;
            }
        }
    }

    private static void requireSame(String name, float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                throw new AssertionError(
                        "%s: %s at %d should be %s".formatted(name, actual[i], i, expected[i]));
            }
        }
    }
}
