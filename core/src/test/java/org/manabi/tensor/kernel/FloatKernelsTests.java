package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

class FloatKernelsTests {

    private static final FloatKernels BEST = FloatKernels.best();

    private static KernelDifferences differences() {
        assumeTrue(BEST.vectorBits() > 0, "needs --add-modules jdk.incubator.vector");
        return new KernelDifferences(BEST);
    }

    @Test
    void vectorsAndPlainLoopsAgreeOnProductsOfSeveralPartsOfRowsAndColumns() {
        differences().product(Workers.of(2), Product.AB, 2064, 1040, 1024);
    }

    @Test
    void vectorsAndPlainLoopsAgreeOnSmallProducts() {
        differences().products(1, 2, 3, 7, 8, 13, 31, 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void vectorsAndPlainLoopsAgreeOnLargeProducts(int threads) {
        Workers workers = Workers.of(threads);
        KernelDifferences differences = differences();
        for (Product layout : Product.values()) {
            differences.product(workers, layout, 128, 300, 784);
            differences.product(workers, layout, 207, 1025, 513);
            differences.product(workers, layout, 1, 1025, 784);
            differences.product(workers, layout, 100, 50, 784);
            differences.product(workers, layout, 784, 10, 64);
            differences.product(workers, layout, 1025, 207, 1);
            differences.product(workers, layout, 64, 1024, 1024); // rows a page apart
            differences.product(workers, layout, 40, 130, 9001); // several spans of k
            differences.product(workers, layout, 8, 1025, 1025); // several parts of columns
            differences.product(workers, layout, 11_000, 32, 207); // several parts of rows
        }
    }

    @Test
    void vectorsAndPlainLoopsAgreeOnElements() {
        differences().elements(0, 1, 3, 7, 8, 13, 15, 16, 17, 31, 64, 207, 1025);
    }

    @Test
    void vectorsAndPlainLoopsAgreeOnRows() {
        differences().rows(1, 3, 7, 8, 13, 31, 64, 207);
    }

    /// 512 bits are emulated by most processors, so that only small sizes are compared.
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthAgreesWithPlainLoops(int bits) throws Exception {
        differences();
        assertThat(run("-Dmanabi.vector.bits=" + bits)).isEmpty();
    }

    @Test
    void plainLoopsRunWithoutTheVectorModule() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                start(
                        java,
                        "-Dmanabi.vector.bits=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KernelDifferences.class.getName());
        assertThat(output(process)).isEmpty();
    }

    private static String run(String property) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                start(
                        java,
                        "--add-modules",
                        "jdk.incubator.vector",
                        property,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KernelDifferences.class.getName());
        return output(process).replaceFirst("WARNING: Using incubator modules.*\\R", "");
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /// Each of the k roundings errs by at most half an ulp of a partial sum, and these are at most
    /// the sum of the sizes.
    @ParameterizedTest
    @EnumSource
    void productIsNearTheProductInDouble(Product layout) {
        int m = 37;
        int n = 53;
        int k = 211;
        float[] a = numbers(m * k, 1);
        float[] b = numbers(k * n, 2);
        float[] c = new float[m * n];
        BEST.product(
                Workers.of(2),
                layout,
                m,
                n,
                k,
                a,
                0,
                b,
                0,
                c,
                0,
                Accumulation.OVERWRITE,
                null,
                0,
                Activation.IDENTITY);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                double size = 0;
                for (int p = 0; p < k; p++) {
                    double left = layout == Product.ATB ? a[p * m + i] : a[i * k + p];
                    double right = layout == Product.ABT ? b[j * k + p] : b[p * n + j];
                    sum += left * right;
                    size += Math.abs(left * right);
                }
                assertThat((double) c[i * n + j]).isCloseTo(sum, within(k * 0x1p-24 * size));
            }
        }
    }

    @Test
    void aProductOverNothingIsTheBias() {
        float[] c = {7, 7, 7, 7};
        BEST.product(
                Workers.of(1),
                Product.AB,
                2,
                2,
                0,
                new float[0],
                0,
                new float[0],
                0,
                c,
                0,
                Accumulation.OVERWRITE,
                new float[] {1, -2},
                0,
                Activation.RELU);
        assertThat(c).containsExactly(1, 0, 1, 0);
    }

    @Test
    void sumsFollowTheFixedTree() {
        float[] x = numbers(100, 3);
        float[] lanes = new float[16];
        for (int i = 0; i < x.length; i++) {
            lanes[i % 16] += x[i];
        }
        for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        assertThat(BEST.sum(100, x, 0)).isEqualTo(lanes[0]);
        assertThat(new ScalarFloatKernels().sum(100, x, 0)).isEqualTo(lanes[0]);
    }

    @Test
    void softmaxRowsSumToOneAndSurviveLargeLogits() {
        float[] x = {1e4f, -1e4f, 0, 3, 3, 3, -1e4f, -1e4f, -1e4f};
        float[] y = new float[9];
        BEST.softmaxRows(3, 3, x, 0, y, 0);
        float third = 1f / 3;
        assertThat(y).containsExactly(1, 0, 0, third, third, third, third, third, third);
    }

    /// Two equal logits cost ln 2, whatever else is far below.
    @Test
    void crossEntropyIsTheLogarithmOfTheOddsOfTheLabel() {
        float[] losses = new float[2];
        float[] p = new float[6];
        BEST.softmaxCrossEntropyRows(
                2,
                3,
                new float[] {5, 5, -1e4f, 0, 200, 0},
                0,
                new int[] {0, 1},
                0,
                losses,
                0,
                p,
                0);
        assertThat(losses[0]).isCloseTo((float) Math.log(2), within(1e-7f));
        assertThat(losses[1]).isZero();
        float[] dz = new float[6];
        BEST.softmaxCrossEntropyRowsGradient(
                2, 3, p, 0, new int[] {0, 1}, 0, new float[] {0.5f, 0.5f}, 0, dz, 0);
        assertThat(dz).containsExactly(-0.25f, 0.25f, 0, 0, 0, 0);
    }

    /// The first step of Adam is η in the direction of the gradient's sign, but for ε.
    @Test
    void adamsFirstStepIsTheLearningRate() {
        float[] theta = {1, 1};
        BEST.adam(
                2,
                0.1f / 0.1f,
                0.9,
                0.999,
                (float) (1 / Math.sqrt(1 - 0.999)),
                1e-8f,
                new float[] {3, -0.02f},
                0,
                new float[2],
                0,
                new float[2],
                0,
                theta,
                0);
        assertThat(theta[0]).isCloseTo(0.9f, within(1e-6f));
        assertThat(theta[1]).isCloseTo(1.1f, within(1e-6f));
    }

    @Test
    void nesterovLooksAheadOfMomentum() {
        float[] g = {1};
        float[] v = {0};
        float[] theta = {0};
        BEST.momentum(1, 0.5f, 0.5f, g, 0, v, 0, theta, 0);
        BEST.momentum(1, 0.5f, 0.5f, g, 0, v, 0, theta, 0);
        assertThat(theta[0]).isEqualTo(-1.25f); // −0.5, then −0.25 − 0.5
        v[0] = 0;
        theta[0] = 0;
        BEST.nesterov(1, 0.5f, 0.5f, g, 0, v, 0, theta, 0);
        assertThat(theta[0]).isEqualTo(-0.75f); // 0.5·(−0.5) − 0.5
    }

    private static float[] numbers(int n, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
