package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;

/// The memory that one thread of a team of [Workers] keeps from call to call. Arrays grow on demand
/// and their contents are whatever was left there.
final class Space {

    /// Floats at the end of each array that no one asked for: loads of whole vectors may run into
    /// them.
    private static final int SLACK = 64;

    private static final float[] NOTHING = {};

    /// The matrix product that this thread calls, its parameters where all tasks see them.
    @Nullable VectorProduct product;

    private float[] scratch = NOTHING;
    private float[] rows = NOTHING;
    private float[] panels = NOTHING;
    private float[] bias = NOTHING;
    private float[] tile = NOTHING;
    private float[][] lines = {};
    private float[] line = NOTHING;

    /// For tasks that are no kernels of this package.
    float[] scratch(int atLeast) {
        scratch = grown(scratch, atLeast);
        return scratch;
    }

    /// For a block of the left operand of a product.
    float[] rows(int atLeast) {
        rows = grown(rows, atLeast);
        return rows;
    }

    /// For a block of the right operand of a product.
    float[] panels(int atLeast) {
        panels = grown(panels, atLeast);
        return panels;
    }

    /// For a bias that is filled up to whole panels.
    float[] bias(int atLeast) {
        bias = grown(bias, atLeast);
        return bias;
    }

    /// For a tile that sticks out of a product's result.
    float[] tile(int atLeast) {
        tile = grown(tile, atLeast);
        return tile;
    }

    /// Separate arrays of at least these many floats each, for rows of the right operand of a plain
    /// product.
    float[][] lines(int count, int atLeast) {
        if (lines.length < count || lines[0].length < atLeast) {
            lines = new float[count][atLeast];
        }
        return lines;
    }

    /// For a row of the result of a plain product.
    float[] line(int atLeast) {
        line = grown(line, atLeast);
        return line;
    }

    private static float[] grown(float[] array, int atLeast) {
        int length = Math.addExact(atLeast, SLACK);
        return array.length >= length
                ? array
                : new float[Math.max(length, array.length + array.length / 2)];
    }
}
