package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 6 rows, for [VectorTile].
///
/// The distance of the left operand's rows is a parameter even where it is always 1: were the
/// compiler to know that the loads lie side by side, it would do them all at once and run out of
/// registers. Each tile begins with `from`; a branch there would make objects of the vectors.
final class VectorTile6 {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorTile.WIDTH;
    private static final int DEPTH = VectorTile.DEPTH;

    private VectorTile6() {}

    /// `c = from + a·b`, two vectors wide; a's k lie side by side.
    static void wide(
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            float[] from,
            int fo,
            int fromRow,
            float[] c,
            int co,
            int cRow) {
        int a1 = ao + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
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
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
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
    }

    /// `c = from + a·b`, two vectors wide; a's k are `DEPTH` apart.
    static void wideDeep(
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            float[] from,
            int fo,
            int fromRow,
            float[] c,
            int co,
            int cRow) {
        int a1 = ao + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
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
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p * DEPTH]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(SPECIES, a[a1 + p * DEPTH]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(SPECIES, a[a2 + p * DEPTH]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(SPECIES, a[a3 + p * DEPTH]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(SPECIES, a[a4 + p * DEPTH]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(SPECIES, a[a5 + p * DEPTH]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
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
    }

    /// `c = from + a·b`, one vector wide; a's k lie side by side.
    static void narrow(
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            float[] from,
            int fo,
            int fromRow,
            float[] c,
            int co,
            int cRow) {
        int a1 = ao + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
        FloatVector c40 = FloatVector.fromArray(SPECIES, from, f4);
        FloatVector c50 = FloatVector.fromArray(SPECIES, from, f5);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        c00.intoArray(c, co);
        c10.intoArray(c, c1);
        c20.intoArray(c, c2);
        c30.intoArray(c, c3);
        c40.intoArray(c, c4);
        c50.intoArray(c, c5);
    }

    /// `c = from + a·b`, one vector wide; a's k are `DEPTH` apart.
    static void narrowDeep(
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            float[] from,
            int fo,
            int fromRow,
            float[] c,
            int co,
            int cRow) {
        int a1 = ao + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int f1 = fo + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
        FloatVector c40 = FloatVector.fromArray(SPECIES, from, f4);
        FloatVector c50 = FloatVector.fromArray(SPECIES, from, f5);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * WIDTH);
            FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p * DEPTH]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(SPECIES, a[a1 + p * DEPTH]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(SPECIES, a[a2 + p * DEPTH]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(SPECIES, a[a3 + p * DEPTH]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(SPECIES, a[a4 + p * DEPTH]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(SPECIES, a[a5 + p * DEPTH]);
            c50 = x.fma(b0, c50);
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        c00.intoArray(c, co);
        c10.intoArray(c, c1);
        c20.intoArray(c, c2);
        c30.intoArray(c, c3);
        c40.intoArray(c, c4);
        c50.intoArray(c, c5);
    }
}
