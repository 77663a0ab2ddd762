package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The product of one row with a matrix, bound by reading the matrix once.
final class VectorRow {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    /// Columns for which a thread of its own pays.
    static final int FEWEST = 64;

    private VectorRow() {}

    /// `c[n] = a[k]·b[k, n]`, or added to c; b's rows are `bRow` apart.
    static void multiply(
            int n,
            int k,
            float[] a,
            int ao,
            float[] b,
            int bo,
            int bRow,
            float[] c,
            int co,
            boolean adds) {
        if (!adds) {
            java.util.Arrays.fill(c, co, co + n, 0);
        }
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            addFour(n, a, ao + p, b, bo + p * bRow, bRow, c, co);
        }
        for (; p < k; p++) {
            addOne(n, a[ao + p], b, bo + p * bRow, c, co);
        }
    }

    /// Four steps of k while a part of c is in a register: b is read as one stream per row.
    private static void addFour(
            int n, float[] a, int ao, float[] b, int bo, int bRow, float[] c, int co) {
        float a0 = a[ao];
        float a1 = a[ao + 1];
        float a2 = a[ao + 2];
        float a3 = a[ao + 3];
        FloatVector x0 = FloatVector.broadcast(SPECIES, a0);
        FloatVector x1 = FloatVector.broadcast(SPECIES, a1);
        FloatVector x2 = FloatVector.broadcast(SPECIES, a2);
        FloatVector x3 = FloatVector.broadcast(SPECIES, a3);
        int b1 = bo + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, c, co + j);
            sum = x0.fma(FloatVector.fromArray(SPECIES, b, bo + j), sum);
            sum = x1.fma(FloatVector.fromArray(SPECIES, b, b1 + j), sum);
            sum = x2.fma(FloatVector.fromArray(SPECIES, b, b2 + j), sum);
            sum = x3.fma(FloatVector.fromArray(SPECIES, b, b3 + j), sum);
            sum.intoArray(c, co + j);
        }
        for (; j < n; j++) {
            float sum = Math.fma(a0, b[bo + j], c[co + j]);
            sum = Math.fma(a1, b[b1 + j], sum);
            sum = Math.fma(a2, b[b2 + j], sum);
            c[co + j] = Math.fma(a3, b[b3 + j], sum);
        }
    }

    private static void addOne(int n, float x, float[] b, int bo, float[] c, int co) {
        for (int j = 0; j < n; j++) {
            c[co + j] = Math.fma(x, b[bo + j], c[co + j]);
        }
    }
}
