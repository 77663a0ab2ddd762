package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 8 rows, for [VectorTile]: for 32 registers, of which 16 + 2 + 8 are used; see
/// [VectorTile4].
final class VectorTile8 {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;

    private VectorTile8() {}

    /// `c = from + a·b`, two vectors wide.
    static void wide(
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
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        int f6 = f5 + fromRow;
        int f7 = f6 + fromRow;
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c01 = FloatVector.fromArray(SPECIES, from, fo + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
        FloatVector c31 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, from, f4);
        FloatVector c41 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, from, f5);
        FloatVector c51 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
        FloatVector c60 = FloatVector.fromArray(SPECIES, from, f6);
        FloatVector c61 = FloatVector.fromArray(SPECIES, from, f6 + LANES);
        FloatVector c70 = FloatVector.fromArray(SPECIES, from, f7);
        FloatVector c71 = FloatVector.fromArray(SPECIES, from, f7 + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 7]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, c1);
        c11.intoArray(c, c1 + LANES);
        c20.intoArray(c, c2);
        c21.intoArray(c, c2 + LANES);
        c30.intoArray(c, c3);
        c31.intoArray(c, c3 + LANES);
        c40.intoArray(c, c4);
        c41.intoArray(c, c4 + LANES);
        c50.intoArray(c, c5);
        c51.intoArray(c, c5 + LANES);
        c60.intoArray(c, c6);
        c61.intoArray(c, c6 + LANES);
        c70.intoArray(c, c7);
        c71.intoArray(c, c7 + LANES);
    }

    /// `c = from + a·b`, one vector wide.
    static void narrow(
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
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        int f6 = f5 + fromRow;
        int f7 = f6 + fromRow;
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
        FloatVector c40 = FloatVector.fromArray(SPECIES, from, f4);
        FloatVector c50 = FloatVector.fromArray(SPECIES, from, f5);
        FloatVector c60 = FloatVector.fromArray(SPECIES, from, f6);
        FloatVector c70 = FloatVector.fromArray(SPECIES, from, f7);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 3]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 4]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 5]);
            c50 = x.fma(b0, c50);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 6]);
            c60 = x.fma(b0, c60);
            x = FloatVector.broadcast(SPECIES, a[ao + p * HEIGHT + 7]);
            c70 = x.fma(b0, c70);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
        c00.intoArray(c, co);
        c10.intoArray(c, c1);
        c20.intoArray(c, c2);
        c30.intoArray(c, c3);
        c40.intoArray(c, c4);
        c50.intoArray(c, c5);
        c60.intoArray(c, c6);
        c70.intoArray(c, c7);
    }
}
