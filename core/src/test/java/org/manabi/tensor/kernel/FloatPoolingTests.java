package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.Window;

class FloatPoolingTests {

    private static final Window.Axis PAIRS = new Window.Axis(2, 2, 0, 0, 1);
    private static final Window USUAL = new Window(PAIRS, PAIRS);

    private final Random random = new Random(7);

    /// Few different numbers, so that there are ties, and some out of the ordinary.
    private float[] numbers(int n) {
        float[] special = {-0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] =
                    random.nextInt(50) == 0
                            ? special[random.nextInt(special.length)]
                            : random.nextInt(5) - 2;
        }
        return numbers;
    }

    @Test
    void vectorsAndPlainLoopsAgree() {
        assumeTrue(
                FloatKernels.best().vectorBits() > 0, "needs --add-modules jdk.incubator.vector");
        int[] sizes = {2, 3, 7, 8, 9, 13, 24, 31, 64, 65, 207};
        for (int height : sizes) {
            for (int width : sizes) {
                compare(2, height, width, USUAL);
            }
        }
        var overlapping = new Window.Axis(3, 2, 1, 1, 1);
        compare(3, 13, 14, new Window(overlapping, PAIRS));
    }

    private void compare(int images, int height, int width, Window window) {
        int outputs =
                images * window.vertical().positions(height) * window.horizontal().positions(width);
        float[] x = numbers(1 + images * height * width);
        float[] dy = numbers(2 + outputs);
        float[][] ys = new float[2][2 + outputs];
        float[][] alone = new float[2][outputs];
        int[][] winners = new int[2][3 + outputs];
        float[][] dxs = new float[2][x.length];
        for (int i = 0; i < 2; i++) {
            FloatPooling pooling = i == 0 ? new ScalarPooling() : new VectorPooling();
            Arrays.fill(dxs[i], 77);
            dxs[i][0] = 0;
            pooling.maximum(images, height, width, window, x, 1, ys[i], 2, winners[i], 3);
            pooling.maximum(images, height, width, window, x, 1, alone[i], 0, null, 0);
            pooling.maximumGradient(images, height, width, window, winners[i], 3, dy, 2, dxs[i], 1);
        }
        String name = "%d × %d, %s".formatted(height, width, window);
        requireSameBits(name, ys[1], ys[0]);
        requireSameBits(name, alone[1], alone[0]);
        requireSameBits(name, alone[1], Arrays.copyOfRange(ys[0], 2, ys[0].length));
        assertThat(winners[1]).as(name).isEqualTo(winners[0]);
        requireSameBits(name, dxs[1], dxs[0]);
    }

    private static void requireSameBits(String name, float[] actual, float[] expected) {
        int[] bits = new int[actual.length];
        int[] expectedBits = new int[expected.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(actual[i]));
        Arrays.setAll(expectedBits, i -> Float.floatToIntBits(expected[i]));
        assertThat(bits).as(name).isEqualTo(expectedBits);
    }

    @Test
    void theFirstOfEqualMaximaWins() {
        float[] x = {
            1, 1, 0, 5, 2, 2, 2, 2,
            1, 1, 5, 5, 3, 2, 2, 3
        };
        float[] y = new float[4];
        int[] winners = new int[4];
        float[] dx = new float[16];
        FloatPooling.best().maximum(1, 2, 8, USUAL, x, 0, y, 0, winners, 0);
        FloatPooling.best()
                .maximumGradient(
                        1, 2, 8, USUAL, winners, 0, new float[] {10, 20, 30, 40}, 0, dx, 0);

        assertThat(y).containsExactly(1, 5, 3, 3);
        assertThat(winners).containsExactly(0, 1, 2, 3);
        assertThat(dx).containsExactly(10, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0, 40);
    }

    @Test
    void overlappingWindowsAddTheirGradientsAndPaddingNeverWins() {
        var axis = new Window.Axis(3, 1, 1, 1, 1);
        float[] x = {-1, -2, -3, -4};
        float[] y = new float[4];
        int[] winners = new int[4];
        float[] dx = new float[4];
        var window = new Window(Window.Axis.of(1), axis);
        FloatPooling.best().maximum(1, 1, 4, window, x, 0, y, 0, winners, 0);
        FloatPooling.best()
                .maximumGradient(1, 1, 4, window, winners, 0, new float[] {1, 2, 4, 8}, 0, dx, 0);

        assertThat(y).containsExactly(-1, -1, -2, -3);
        assertThat(winners).containsExactly(1, 0, 0, 0);
        assertThat(dx).containsExactly(3, 4, 8, 0);
    }
}
