package org.manabi.tensor.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// Max-pooling on vectors for windows of 2 × 2 that lie side by side; others are left to the plain
/// loops. It waits for memory, not for arithmetic, so that short vectors do, and waste less where
/// rows end.
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
final class VectorPooling implements FloatPooling {

    private static final Window.Axis PAIRS = new Window.Axis(2, 2, 0, 0, 1);
    private static final Window USUAL = new Window(PAIRS, PAIRS);

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTEGERS = IntVector.SPECIES_128;
    private static final int LANES = SPECIES.length();

    /// Of two vectors in a row the elements at even and at odd places.
    private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);

    private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(SPECIES, 1);

    /// Each element of the first and of the second half of a vector twice.
    private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(SPECIES, i -> i / 2);

    private static final VectorShuffle<Float> SECOND =
            VectorShuffle.fromOp(SPECIES, i -> i / 2 + LANES / 2);
    private static final VectorShuffle<Integer> FIRST_INTEGERS = FIRST.cast(INTEGERS);
    private static final VectorShuffle<Integer> SECOND_INTEGERS = SECOND.cast(INTEGERS);

    /// The elements of a window's upper row, again and again.
    private static final int[] UPPER = {0, 1, 0, 1};

    private final ScalarPooling plain = new ScalarPooling();

    @Override
    public void maximum(
            int images,
            int height,
            int width,
            Window window,
            float[] x,
            int xo,
            float[] y,
            int yo,
            int @Nullable [] winners,
            int wo) {
        int columns = width / 2;
        if (!arePairs(window, width)) {
            plain.maximum(images, height, width, window, x, xo, y, yo, winners, wo);
            return;
        }
        for (int image = 0; image < images; image++) {
            int from = xo + image * height * width;
            int to = image * (height / 2) * columns;
            for (int row = 0; row < height / 2; row++) {
                int at = from + 2 * row * width;
                int out = to + row * columns;
                if (winners == null) {
                    maximumOfRow(columns, x, at, width, y, yo + out);
                } else {
                    winnersOfRow(columns, x, at, width, y, yo + out, winners, wo + out);
                }
            }
        }
    }

    private static void maximumOfRow(int columns, float[] x, int xo, int width, float[] y, int yo) {
        for (int i = 0; i < columns; i += LANES) {
            int ow = Math.min(i, columns - LANES); // some elements once more
            int at = xo + 2 * ow;
            FloatVector a = FloatVector.fromArray(SPECIES, x, at);
            FloatVector b = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector most = a.rearrange(EVEN, b);
            FloatVector next = a.rearrange(ODD, b);
            most = most.blend(next, wins(next, most));
            a = FloatVector.fromArray(SPECIES, x, at + width);
            b = FloatVector.fromArray(SPECIES, x, at + width + LANES);
            next = a.rearrange(EVEN, b);
            most = most.blend(next, wins(next, most));
            next = a.rearrange(ODD, b);
            most = most.blend(next, wins(next, most));
            most.intoArray(y, yo + ow);
        }
    }

    private static void winnersOfRow(
            int columns, float[] x, int xo, int width, float[] y, int yo, int[] winners, int wo) {
        for (int i = 0; i < columns; i += LANES) {
            int ow = Math.min(i, columns - LANES);
            int at = xo + 2 * ow;
            FloatVector a = FloatVector.fromArray(SPECIES, x, at);
            FloatVector b = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector most = a.rearrange(EVEN, b);
            FloatVector next = a.rearrange(ODD, b);
            VectorMask<Float> wins = wins(next, most);
            IntVector winner = IntVector.zero(INTEGERS).blend(1, wins.cast(INTEGERS));
            most = most.blend(next, wins);
            a = FloatVector.fromArray(SPECIES, x, at + width);
            b = FloatVector.fromArray(SPECIES, x, at + width + LANES);
            next = a.rearrange(EVEN, b);
            wins = wins(next, most);
            winner = winner.blend(2, wins.cast(INTEGERS));
            most = most.blend(next, wins);
            next = a.rearrange(ODD, b);
            wins = wins(next, most);
            winner.blend(3, wins.cast(INTEGERS)).intoArray(winners, wo + ow);
            most.blend(next, wins).intoArray(y, yo + ow);
        }
    }

    /// Where `next` is greater or NaN, and `most` is not NaN.
    private static VectorMask<Float> wins(FloatVector next, FloatVector most) {
        return most.compare(VectorOperators.EQ, most)
                .andNot(next.compare(VectorOperators.LE, most));
    }

    @Override
    public void maximumGradient(
            int images,
            int height,
            int width,
            Window window,
            int[] winners,
            int wo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo) {
        int columns = width / 2;
        if (!arePairs(window, width)) {
            plain.maximumGradient(images, height, width, window, winners, wo, dy, dyo, dx, dxo);
            return;
        }
        for (int image = 0; image < images; image++) {
            int to = dxo + image * height * width;
            int from = image * (height / 2) * columns;
            for (int row = 0; row < height / 2; row++) {
                int at = to + 2 * row * width;
                int in = from + row * columns;
                gradientOfRow(columns, winners, wo + in, dy, dyo + in, dx, at, width);
                if (width % 2 != 0) {
                    dx[at + width - 1] = 0;
                    dx[at + 2 * width - 1] = 0;
                }
            }
            if (height % 2 != 0) {
                Arrays.fill(dx, to + (height - 1) * width, to + height * width, 0);
            }
        }
    }

    /// Whether the vector loops serve such a window on images of such a width.
    static boolean arePairs(Window window, int width) {
        return window.equals(USUAL) && width / 2 >= LANES;
    }

    /// Writes two rows of a gradient, `width` apart, for one row of pairs.
    static void gradientOfRow(
            int columns,
            int[] winners,
            int wo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo,
            int width) {
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector upper = IntVector.fromArray(INTEGERS, UPPER, 0);
        IntVector lower = upper.add(2);
        for (int i = 0; i < columns; i += LANES) {
            int ow = Math.min(i, columns - LANES);
            int at = dxo + 2 * ow;
            IntVector winner = IntVector.fromArray(INTEGERS, winners, wo + ow);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + ow).add(zero);
            IntVector winner0 = winner.rearrange(FIRST_INTEGERS);
            IntVector winner1 = winner.rearrange(SECOND_INTEGERS);
            FloatVector gradient0 = gradient.rearrange(FIRST);
            FloatVector gradient1 = gradient.rearrange(SECOND);
            zero.blend(gradient0, winner0.compare(VectorOperators.EQ, upper).cast(SPECIES))
                    .intoArray(dx, at);
            zero.blend(gradient1, winner1.compare(VectorOperators.EQ, upper).cast(SPECIES))
                    .intoArray(dx, at + LANES);
            zero.blend(gradient0, winner0.compare(VectorOperators.EQ, lower).cast(SPECIES))
                    .intoArray(dx, at + width);
            zero.blend(gradient1, winner1.compare(VectorOperators.EQ, lower).cast(SPECIES))
                    .intoArray(dx, at + width + LANES);
        }
    }
}
