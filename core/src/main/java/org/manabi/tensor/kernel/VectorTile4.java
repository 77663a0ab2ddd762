package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 4 rows, for [VectorTile]: for 16 registers.
///
/// The compiler loads all operands of a step before it adds the first, whatever the order in which
/// they are written. The sums, a row of B and a column of A must fit into the registers together:
/// 8 + 2 + 4. With 5 rows some sums would wait in memory, which halves the speed.
/// Each tile begins with `from`; a branch there would make objects of the vectors.
final class VectorTile4 {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;

    private VectorTile4() {}

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
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c01 = FloatVector.fromArray(SPECIES, from, fo + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
        FloatVector c31 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
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
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, c1);
        c11.intoArray(c, c1 + LANES);
        c20.intoArray(c, c2);
        c21.intoArray(c, c2 + LANES);
        c30.intoArray(c, c3);
        c31.intoArray(c, c3 + LANES);
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
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fo);
        FloatVector c10 = FloatVector.fromArray(SPECIES, from, f1);
        FloatVector c20 = FloatVector.fromArray(SPECIES, from, f2);
        FloatVector c30 = FloatVector.fromArray(SPECIES, from, f3);
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
        }
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        c00.intoArray(c, co);
        c10.intoArray(c, c1);
        c20.intoArray(c, c2);
        c30.intoArray(c, c3);
    }
}
