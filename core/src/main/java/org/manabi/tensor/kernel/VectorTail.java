package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The last columns of a product whose width is barely more than a number of whole panels, as 50
/// is: rows lie along the vectors, four strips at a time, so that no lane is wasted.
final class VectorTail {

    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;
    private static final VectorSpecies<Float> STRIP = VectorPacking.STRIP;

    /// At most this many columns.
    static final int COLUMNS = 2;

    /// Strips at a time.
    static final int STRIPS = 4;

    private VectorTail() {}

    /// `sums += a·b`: the sums of strip s and column j are the `HEIGHT` floats at `(2s + j)·HEIGHT`.
    static void multiply(
            int k, float[] a, int ao, int a1, int a2, int a3, float[] b, int bo, float[] sums) {
        FloatVector c00 = FloatVector.fromArray(STRIP, sums, 0);
        FloatVector c01 = FloatVector.fromArray(STRIP, sums, HEIGHT);
        FloatVector c10 = FloatVector.fromArray(STRIP, sums, 2 * HEIGHT);
        FloatVector c11 = FloatVector.fromArray(STRIP, sums, 3 * HEIGHT);
        FloatVector c20 = FloatVector.fromArray(STRIP, sums, 4 * HEIGHT);
        FloatVector c21 = FloatVector.fromArray(STRIP, sums, 5 * HEIGHT);
        FloatVector c30 = FloatVector.fromArray(STRIP, sums, 6 * HEIGHT);
        FloatVector c31 = FloatVector.fromArray(STRIP, sums, 7 * HEIGHT);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.broadcast(STRIP, b[bo + p * WIDTH]);
            FloatVector b1 = FloatVector.broadcast(STRIP, b[bo + p * WIDTH + 1]);
            FloatVector x = FloatVector.fromArray(STRIP, a, ao + p * HEIGHT);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.fromArray(STRIP, a, a1 + p * HEIGHT);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.fromArray(STRIP, a, a2 + p * HEIGHT);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.fromArray(STRIP, a, a3 + p * HEIGHT);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(sums, 0);
        c01.intoArray(sums, HEIGHT);
        c10.intoArray(sums, 2 * HEIGHT);
        c11.intoArray(sums, 3 * HEIGHT);
        c20.intoArray(sums, 4 * HEIGHT);
        c21.intoArray(sums, 5 * HEIGHT);
        c30.intoArray(sums, 6 * HEIGHT);
        c31.intoArray(sums, 7 * HEIGHT);
    }
}
