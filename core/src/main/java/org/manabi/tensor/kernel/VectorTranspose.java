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

    /// Rows that are turned at a time: two squares, so that the processor need not wait for the sum
    /// of one.
    static final int ROWS = 2 * SIDE;

    private VectorTranspose() {}

    /// Writes [#ROWS] rows as columns of the same array, and adds each row's elements to its sum, in
    /// order.
    ///
    /// @param length of the rows, a multiple of [#SIDE]
    /// @param from the first row, at least 2; the others follow without gaps
    /// @param to the first column's first element
    /// @param column the distance from one element of a column to the next
    static void transpose(
            int length, float[] array, int from, int to, int column, float[] sums, int so) {
        int r1 = from + length;
        int r2 = r1 + length;
        int r3 = r2 + length;
        int r4 = r3 + length;
        int r5 = r4 + length;
        int r6 = r5 + length;
        int r7 = r6 + length;
        FloatVector sum0 = FloatVector.fromArray(SPECIES, sums, so);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, sums, so + SIDE);
        for (int i = 0; i < length; i += SIDE) {
            int at = to + i * column;
            FloatVector a0 = FloatVector.fromArray(SPECIES, array, from + i);
            FloatVector a1 = FloatVector.fromArray(SPECIES, array, r1 + i);
            FloatVector a2 = FloatVector.fromArray(SPECIES, array, from + i + 2);
            FloatVector a3 = FloatVector.fromArray(SPECIES, array, r1 + i + 2);
            a0 = a0.blend(FloatVector.fromArray(SPECIES, array, r2 + i - 2), UPPER);
            a1 = a1.blend(FloatVector.fromArray(SPECIES, array, r3 + i - 2), UPPER);
            a2 = a2.blend(FloatVector.fromArray(SPECIES, array, r2 + i), UPPER);
            a3 = a3.blend(FloatVector.fromArray(SPECIES, array, r3 + i), UPPER);
            FloatVector b0 = FloatVector.fromArray(SPECIES, array, r4 + i);
            FloatVector b1 = FloatVector.fromArray(SPECIES, array, r5 + i);
            FloatVector b2 = FloatVector.fromArray(SPECIES, array, r4 + i + 2);
            FloatVector b3 = FloatVector.fromArray(SPECIES, array, r5 + i + 2);
            b0 = b0.blend(FloatVector.fromArray(SPECIES, array, r6 + i - 2), UPPER);
            b1 = b1.blend(FloatVector.fromArray(SPECIES, array, r7 + i - 2), UPPER);
            b2 = b2.blend(FloatVector.fromArray(SPECIES, array, r6 + i), UPPER);
            b3 = b3.blend(FloatVector.fromArray(SPECIES, array, r7 + i), UPPER);
            FloatVector c = a0.blend(a1.rearrange(NEIGHBOR), ODD);
            FloatVector d = b0.blend(b1.rearrange(NEIGHBOR), ODD);
            c.intoArray(array, at);
            d.intoArray(array, at + SIDE);
            sum0 = sum0.add(c);
            sum1 = sum1.add(d);
            c = a0.rearrange(NEIGHBOR).blend(a1, ODD);
            d = b0.rearrange(NEIGHBOR).blend(b1, ODD);
            c.intoArray(array, at + column);
            d.intoArray(array, at + column + SIDE);
            sum0 = sum0.add(c);
            sum1 = sum1.add(d);
            c = a2.blend(a3.rearrange(NEIGHBOR), ODD);
            d = b2.blend(b3.rearrange(NEIGHBOR), ODD);
            c.intoArray(array, at + 2 * column);
            d.intoArray(array, at + 2 * column + SIDE);
            sum0 = sum0.add(c);
            sum1 = sum1.add(d);
            c = a2.rearrange(NEIGHBOR).blend(a3, ODD);
            d = b2.rearrange(NEIGHBOR).blend(b3, ODD);
            c.intoArray(array, at + 3 * column);
            d.intoArray(array, at + 3 * column + SIDE);
            sum0 = sum0.add(c);
            sum1 = sum1.add(d);
        }
        sum0.intoArray(sums, so);
        sum1.intoArray(sums, so + SIDE);
    }
}
