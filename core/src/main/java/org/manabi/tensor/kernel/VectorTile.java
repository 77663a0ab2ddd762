package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: a tile of C that stays in registers while k runs.
///
/// The right operand is read from panels, [#WIDTH] columns of each k side by side, the left one from
/// strips, [#HEIGHT] rows of each k side by side. A tile begins with `from`, where a row's distance
/// of 0 repeats one row, so that a row of zeros begins a sum anew.
final class VectorTile {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

    static final int LANES = SPECIES.length();

    /// Columns of a tile.
    static final int WIDTH = 2 * LANES;

    /// Rows of a tile: as many as the registers of the width hold beside the operands.
    static final int HEIGHT = LANES == 16 ? 8 : 4;

    private VectorTile() {}

    /// `c = from + a·b` for a tile of [#HEIGHT] × [#WIDTH], or half as wide if `width` is no more.
    static void multiply(
            int width,
            int k,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] from,
            int fo,
            int fromRow,
            float[] c,
            int co,
            int cRow) {
        if (HEIGHT == 8) {
            if (width > LANES) {
                VectorTile8.wide(k, a, ao, b, bo, from, fo, fromRow, c, co, cRow);
            } else {
                VectorTile8.narrow(k, a, ao, b, bo, from, fo, fromRow, c, co, cRow);
            }
        } else if (width > LANES) {
            VectorTile4.wide(k, a, ao, b, bo, from, fo, fromRow, c, co, cRow);
        } else {
            VectorTile4.narrow(k, a, ao, b, bo, from, fo, fromRow, c, co, cRow);
        }
    }

    /// `c = c + bias`, then what is at most `limit` becomes 0: a limit of 0 is RELU, NaN is none.
    static void finish(float[] c, int co, int cRow, float[] bias, int bo, float limit) {
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, bo);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, bo + LANES);
        FloatVector limits = FloatVector.broadcast(SPECIES, limit);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0, at = co; i < HEIGHT; i++, at += cRow) {
            FloatVector c0 = FloatVector.fromArray(SPECIES, c, at).add(bias0);
            FloatVector c1 = FloatVector.fromArray(SPECIES, c, at + LANES).add(bias1);
            VectorMask<Float> low0 = c0.compare(VectorOperators.LE, limits);
            VectorMask<Float> low1 = c1.compare(VectorOperators.LE, limits);
            c0.blend(zero, low0).intoArray(c, at);
            c1.blend(zero, low1).intoArray(c, at + LANES);
        }
    }
}
