package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Window;

class FloatConvolutionTests {

    private static final Window PADDED =
            new Window(new Window.Axis(3, 1, 1, 1, 1), new Window.Axis(3, 1, 1, 1, 1));

    private static boolean vectors() {
        return FloatKernels.best().vectorBits() > 0;
    }

    @Test
    void vectorsAndPlainLoopsAgreeOnAnyShape() {
        assumeTrue(vectors(), "needs --add-modules jdk.incubator.vector");
        for (int seed = 0; seed < 300; seed++) {
            new ConvolutionDifferences(seed).compareAnyShape();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void vectorsAndPlainLoopsAgreeOnTheShapesThatMatter(int threads) {
        assumeTrue(vectors(), "needs --add-modules jdk.incubator.vector");
        Workers workers = Workers.of(threads);
        var differences = new ConvolutionDifferences(threads);
        differences.compare(new ConvolutionShape(17, 1, 1, 28, 28, 30, Window.of(5, 5)), workers);
        differences.compare(new ConvolutionShape(9, 1, 32, 26, 26, 64, Window.of(3, 3)), workers);
        differences.compare(new ConvolutionShape(3, 1, 70, 28, 28, 40, PADDED), workers);
        differences.compare(new ConvolutionShape(1, 1, 200, 7, 7, 33, PADDED), workers);
        differences.compare(new ConvolutionShape(2, 1, 300, 13, 13, 9, Window.of(1, 1)), workers);
        differences.compare(new ConvolutionShape(2, 31, 1, 13, 13, 1, PADDED), workers);
        differences.compare(new ConvolutionShape(1, 1, 1, 1, 1, 1, Window.of(1, 1)), workers);
        differences.compare(new ConvolutionShape(3, 1, 1, 1, 207, 3, Window.of(1, 64)), workers);
        differences.compare(new ConvolutionShape(3, 1, 1, 207, 1, 3, Window.of(31, 1)), workers);
        differences.compare(new ConvolutionShape(33, 1, 2, 5, 5, 700, PADDED), workers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void poolingOnTheWayIsPoolingAfterwards(int threads) {
        assumeTrue(vectors(), "needs --add-modules jdk.incubator.vector");
        Workers workers = Workers.of(threads);
        Window pairs = ConvolutionDifferences.PAIRS;
        var differences = new ConvolutionDifferences(threads);
        for (int i = 0; i < 3; i++) {
            differences.comparePooled(
                    new ConvolutionShape(17, 1, 1, 28, 28, 30, Window.of(5, 5)), pairs, workers);
            differences.comparePooled(
                    new ConvolutionShape(9, 1, 32, 26, 26, 64, Window.of(3, 3)), pairs, workers);
            differences.comparePooled(
                    new ConvolutionShape(1, 1, 20, 13, 15, 33, PADDED), pairs, workers);
            differences.comparePooled(
                    new ConvolutionShape(2, 3, 2, 9, 700, 7, PADDED), pairs, workers);
        }
    }

    /// Sums of parts of the samples that do not fit into memory at once are added in the same
    /// order.
    @Test
    void manyWeightsAreSummedPartByPart() {
        assumeTrue(vectors(), "needs --add-modules jdk.incubator.vector");
        new ConvolutionDifferences(5)
                .compare(
                        new ConvolutionShape(34, 1, 300, 3, 3, 300, Window.of(3, 3)),
                        Workers.of(2));
    }

    /// 512 bits are emulated by most processors, so that few shapes are compared.
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void everyVectorWidthAgreesWithPlainLoops(int bits) throws Exception {
        assumeTrue(vectors(), "needs --add-modules jdk.incubator.vector");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-Dmanabi.vector.bits=" + bits,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConvolutionDifferences.class.getName(),
                                "40")
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(output.replaceFirst("WARNING: Using incubator modules.*\\R", "")).isEmpty();
    }

    static ConvolutionShape[] shapes() {
        var strided = new Window(new Window.Axis(3, 2, 1, 0, 1), new Window.Axis(2, 3, 0, 2, 2));
        return new ConvolutionShape[] {
            new ConvolutionShape(2, 1, 3, 9, 11, 7, PADDED),
            new ConvolutionShape(10, 1, 2, 12, 10, 6, Window.of(5, 3)),
            new ConvolutionShape(2, 3, 2, 9, 11, 4, strided)
        };
    }

    /// Each of the roundings errs by at most half an ulp of a partial sum, and these are at most
    /// the sum of the sizes.
    @ParameterizedTest
    @MethodSource("shapes")
    void allPassesAreNearTheDefinitionInDouble(ConvolutionShape shape) {
        float[] x = numbers(shape.samples() * shape.inSample(), 1);
        float[] w = numbers(shape.groups() * shape.filters() * shape.taps(), 2);
        float[] bias = numbers(shape.groups() * shape.filters(), 3);
        float[] dy = numbers(shape.samples() * shape.outSample(), 4);
        float[] y = new float[dy.length];
        float[] dx = new float[x.length];
        float[] dw = new float[w.length];
        float[] db = new float[bias.length];
        var kernels = FloatConvolution.of(shape);
        var workers = Workers.of(2);
        kernels.forward(workers, x, 0, w, 0, bias, 0, Activation.RELU, y, 0);
        kernels.inputGradient(workers, dy, 0, y, 0, w, 0, dx, 0);
        kernels.weightGradient(workers, x, 0, dy, 0, y, 0, dw, 0, db, 0);

        var definition = new Definition(shape, x, w, bias, dy);
        requireNear("y", y, definition.y);
        requireNear("dx", dx, definition.dx);
        requireNear("dw", dw, definition.dw);
        requireNear("db", db, definition.db);
    }

    private static void requireNear(String name, float[] actual, double[][] sumAndSize) {
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("%s[%d]", name, i)
                    .isCloseTo(sumAndSize[0][i], within(300 * 0x1p-24 * sumAndSize[1][i]));
        }
    }

    /// The three passes as one loop over all products, each in its three places: `[0]` the sums,
    /// `[1]` the sums of the sizes.
    private static final class Definition {

        final double[][] y;
        final double[][] dx;
        final double[][] dw;
        final double[][] db;

        Definition(ConvolutionShape shape, float[] x, float[] w, float[] bias, float[] dy) {
            y = new double[2][dy.length];
            dx = new double[2][x.length];
            dw = new double[2][w.length];
            db = new double[2][bias.length];
            int plane = shape.outPlane();
            for (int i = 0; i < dy.length; i++) {
                add(y, i, bias[i / plane % bias.length]);
            }
            eachProduct(shape, (i, j, k) -> add(y, i, (double) x[j] * w[k]));
            for (int i = 0; i < dy.length; i++) {
                if (y[0][i] > 0) {
                    add(db, i / plane % bias.length, dy[i]);
                }
            }
            eachProduct(
                    shape,
                    (i, j, k) -> {
                        if (y[0][i] > 0) {
                            add(dx, j, (double) dy[i] * w[k]);
                            add(dw, k, (double) dy[i] * x[j]);
                        }
                    });
            Arrays.setAll(y[0], i -> Math.max(y[0][i], 0));
        }

        private static void add(double[][] sums, int i, double value) {
            sums[0][i] += value;
            sums[1][i] += Math.abs(value);
        }

        private interface Product {
            /// An element of y, of x and of w that belong together.
            void take(int y, int x, int w);
        }

        private static void eachProduct(ConvolutionShape s, Product product) {
            Window.Axis v = s.window().vertical();
            Window.Axis h = s.window().horizontal();
            int filters = s.groups() * s.filters();
            for (int i = 0; i < s.samples() * s.outSample(); i++) {
                int ow = i % s.outWidth();
                int oh = i / s.outWidth() % s.outHeight();
                int m = i / s.outPlane() % filters;
                int n = i / s.outPlane() / filters;
                for (int t = 0; t < s.taps(); t++) {
                    int c = m / s.filters() * s.channels() + t / s.window().area();
                    int kh = t % s.window().area() / h.size();
                    int ih = oh * v.stride() + kh * v.dilation() - v.before();
                    int iw = ow * h.stride() + t % h.size() * h.dilation() - h.before();
                    if (ih >= 0 && ih < s.height() && iw >= 0 && iw < s.width()) {
                        int image = n * s.groups() * s.channels() + c;
                        product.take(
                                i, (image * s.height() + ih) * s.width() + iw, m * s.taps() + t);
                    }
                }
            }
        }
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
