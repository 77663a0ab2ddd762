package org.manabi.tensor.kernel;

import java.util.Arrays;
import java.util.Random;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Window;

/// Compares the vector kernels of convolution, alone and with the pooling behind it, with the plain
/// loops, bit for bit. Also a program, so
/// that a test can run it in a JVM of another vector width.
final class ConvolutionDifferences {

    static final Window PAIRS =
            new Window(new Window.Axis(2, 2, 0, 0, 1), new Window.Axis(2, 2, 0, 0, 1));

    private final Random random;

    ConvolutionDifferences(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] arguments) {
        int bits = FloatKernels.best().vectorBits();
        if (bits != Integer.getInteger("manabi.vector.bits", -1)) {
            throw new AssertionError("got %d bits".formatted(bits));
        }
        for (int seed = 0; seed < Integer.parseInt(arguments[0]); seed++) {
            new ConvolutionDifferences(seed).compareAnyShape();
        }
    }

    /// Compares a shape drawn at random: mostly small, often with padding, sometimes with strides,
    /// dilation, groups and many channels.
    void compareAnyShape() {
        int most = random.nextInt(10) == 0 ? 40 : 20;
        int height = 1 + random.nextInt(most);
        int width = 1 + random.nextInt(most);
        int groups = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        var shape =
                new ConvolutionShape(
                        1 + random.nextInt(random.nextInt(5) == 0 ? 20 : 3),
                        groups,
                        1 + random.nextInt(most == 40 && groups == 1 ? 80 : 6),
                        height,
                        width,
                        1 + random.nextInt(20),
                        new Window(anyAxis(height), anyAxis(width)));
        Workers workers = Workers.of(1 + random.nextInt(3));
        compare(shape, workers);
        comparePooled(shape, anyPool(shape.outHeight(), shape.outWidth()), workers);
    }

    /// Most often pairs side by side, which have loops of their own.
    private Window anyPool(int height, int width) {
        if (height >= 2 && width >= 2 && random.nextInt(3) > 0) {
            return PAIRS;
        }
        return new Window(anyPoolAxis(height), anyPoolAxis(width));
    }

    private Window.Axis anyPoolAxis(int length) {
        int size = 1 + random.nextInt(Math.min(3, length));
        return new Window.Axis(size, 1 + random.nextInt(3), size / 2, 0, 1);
    }

    private Window.Axis anyAxis(int length) {
        int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 6 : 3);
        int dilation = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        int before = random.nextBoolean() ? random.nextInt(4) : 0;
        int missing = (size - 1) * dilation + 1 - length - before;
        int after = Math.max(missing, random.nextBoolean() ? random.nextInt(4) : 0);
        int stride = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        return new Window.Axis(size, stride, before, after, dilation);
    }

    /// Compares all three passes, with bias, ReLU, offsets and numbers out of the ordinary by
    /// chance. The arrays end where the images do.
    void compare(ConvolutionShape shape, Workers workers) {
        int filters = shape.groups() * shape.filters();
        int xo = random.nextInt(3);
        int yo = random.nextInt(3);
        float[] x = numbers(xo + shape.samples() * shape.inSample());
        float[] w = numbers(filters * shape.taps());
        float[] bias = random.nextBoolean() ? numbers(filters) : null;
        Activation activation = random.nextBoolean() ? Activation.RELU : Activation.IDENTITY;
        boolean withBias = random.nextBoolean();
        float[] dy = numbers(shape.samples() * shape.outSample());
        float[][][] results = new float[2][][];
        for (int i = 0; i < 2; i++) {
            FloatConvolution kernels =
                    i == 0 ? new ScalarConvolution(shape) : new VectorConvolution(shape);
            float[] y = blank(yo + dy.length);
            float[] dx = blank(x.length);
            float[] dw = blank(w.length);
            float[] db = withBias ? blank(filters) : null;
            kernels.forward(workers, x, xo, w, 0, bias, 0, activation, y, yo);
            float[] from = activation == Activation.RELU ? y : null;
            kernels.inputGradient(workers, dy, 0, from, yo, w, 0, dx, xo);
            kernels.weightGradient(workers, x, xo, dy, 0, from, yo, dw, 0, db, 0);
            results[i] = new float[][] {y, dx, dw, db == null ? new float[0] : db};
        }
        String[] names = {"y", "dx", "dw", "db"};
        for (int i = 0; i < names.length; i++) {
            requireSame(names[i] + " of " + shape, results[0][i], results[1][i]);
        }
    }

    /// Compares all three passes with max-pooling behind them with the same, one after the other.
    void comparePooled(ConvolutionShape shape, Window window, Workers workers) {
        int filters = shape.groups() * shape.filters();
        int images = shape.samples() * filters;
        int height = shape.outHeight();
        int width = shape.outWidth();
        int outputs =
                images * window.vertical().positions(height) * window.horizontal().positions(width);
        float[] x = numbers(shape.samples() * shape.inSample());
        float[] w = numbers(filters * shape.taps());
        float[] bias = random.nextBoolean() ? numbers(filters) : null;
        Activation activation = random.nextBoolean() ? Activation.RELU : Activation.IDENTITY;
        float[] dy = numbers(1 + outputs);
        String name = " of %s, pooled by %s".formatted(shape, window);

        var plain = new ScalarConvolution(shape);
        var pooling = new ScalarPooling();
        float[] between = blank(shape.samples() * shape.outSample());
        float[] gradient = blank(between.length);
        float[] y = blank(outputs);
        int[] winners = new int[outputs];
        plain.forward(workers, x, 0, w, 0, bias, 0, activation, between, 0);
        pooling.maximum(images, height, width, window, between, 0, y, 0, winners, 0);
        pooling.maximumGradient(images, height, width, window, winners, 0, dy, 1, gradient, 0);
        float[] dx = blank(x.length);
        float[] dw = blank(w.length);
        float[] db = blank(filters);
        float[] from = activation == Activation.RELU ? between : null;
        plain.inputGradient(workers, gradient, 0, from, 0, w, 0, dx, 0);
        plain.weightGradient(workers, x, 0, gradient, 0, from, 0, dw, 0, db, 0);

        var vectors = new PooledVectorConvolution(shape, window);
        float[] vectorY = blank(outputs);
        int[] vectorWinners = new int[2 + outputs];
        vectors.forward(workers, x, 0, w, 0, bias, 0, activation, vectorY, 0, vectorWinners, 2);
        requireSame("y" + name, y, vectorY);
        requireSame("winners" + name, asFloats(winners, 0), asFloats(vectorWinners, 2));
        vectors.forward(workers, x, 0, w, 0, bias, 0, activation, vectorY, 0, null, 0);
        requireSame("y without winners" + name, y, vectorY);
        if (activation == Activation.RELU) {
            new ScalarFloatKernels().activationGradient(activation, outputs, y, 0, dy, 1, dy, 1);
        }
        float[] vectorDx = blank(x.length);
        float[] vectorDw = blank(w.length);
        float[] vectorDb = blank(filters);
        vectors.inputGradient(workers, dy, 1, vectorWinners, 2, w, 0, vectorDx, 0);
        vectors.weightGradient(workers, x, 0, dy, 1, vectorWinners, 2, vectorDw, 0, vectorDb, 0);
        requireSame("dx" + name, dx, vectorDx);
        requireSame("dw" + name, dw, vectorDw);
        requireSame("db" + name, db, vectorDb);
        vectors.weightGradient(workers, x, 0, dy, 1, vectorWinners, 2, null, 0, vectorDb, 0);
        requireSame("db alone" + name, db, vectorDb);
    }

    private static float[] asFloats(int[] numbers, int from) {
        float[] floats = new float[numbers.length - from];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers[from + i];
        }
        return floats;
    }

    private static float[] blank(int n) {
        float[] blank = new float[n];
        Arrays.fill(blank, 77);
        return blank;
    }

    private float[] numbers(int n) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        if (random.nextInt(8) == 0) {
            float[] special = {
                0f,
                -0f,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                1e-40f,
                -1e-38f
            };
            for (int i = 0; i < 4; i++) {
                numbers[random.nextInt(n)] = special[random.nextInt(special.length)];
            }
        }
        return numbers;
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
