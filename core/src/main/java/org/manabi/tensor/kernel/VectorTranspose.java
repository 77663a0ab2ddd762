package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Turns rows into columns in squares of 4 × 4, whatever the width of the other kernels: half by
/// where the rows are loaded, half by exchanging neighbors.
final class VectorTranspose {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, 0b1100);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0b1010);
    private static final VectorShuffle<Float> NEIGHBOR =
            VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2);

    /// The side of a square.
    static final int SIDE = SPECIES.length();

    private VectorTranspose() {}

    /// Writes [#SIDE] rows as columns of the same array, and adds each row's elements to its sum,
    /// in order.
    ///
    /// @param length of the rows, a multiple of [#SIDE]
    /// @param from the first row, at least 2
    /// @param row the distance of the rows
    /// @param to the first column's first element
    /// @param column the distance from one element of a column to the next
    static void transpose(
            int length,
            float[] array,
            int from,
            int row,
            int to,
            int column,
            float[] sums,
            int so) {
        int r1 = from + row;
        int r2 = r1 + row;
        int r3 = r2 + row;
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, so);
        for (int i = 0; i < length; i += SIDE) {
            FloatVector a0 = FloatVector.fromArray(SPECIES, array, from + i);
            FloatVector a1 = FloatVector.fromArray(SPECIES, array, r1 + i);
            FloatVector a2 = FloatVector.fromArray(SPECIES, array, from + i + 2);
            FloatVector a3 = FloatVector.fromArray(SPECIES, array, r1 + i + 2);
            a0 = a0.blend(FloatVector.fromArray(SPECIES, array, r2 + i - 2), UPPER);
            a1 = a1.blend(FloatVector.fromArray(SPECIES, array, r3 + i - 2), UPPER);
            a2 = a2.blend(FloatVector.fromArray(SPECIES, array, r2 + i), UPPER);
            a3 = a3.blend(FloatVector.fromArray(SPECIES, array, r3 + i), UPPER);
            FloatVector c0 = a0.blend(a1.rearrange(NEIGHBOR), ODD);
            FloatVector c1 = a0.rearrange(NEIGHBOR).blend(a1, ODD);
            FloatVector c2 = a2.blend(a3.rearrange(NEIGHBOR), ODD);
            FloatVector c3 = a2.rearrange(NEIGHBOR).blend(a3, ODD);
            int at = to + i * column;
            c0.intoArray(array, at);
            c1.intoArray(array, at + column);
            c2.intoArray(array, at + 2 * column);
            c3.intoArray(array, at + 3 * column);
            sum = sum.add(c0).add(c1).add(c2).add(c3);
        }
        sum.intoArray(sums, so);
    }
}
