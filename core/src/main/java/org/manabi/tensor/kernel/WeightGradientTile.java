package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of the gradient of a convolution's weights: the sums of two vectors of
/// filters at [#HEIGHT] taps stay in registers while the positions run.
final class WeightGradientTile {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    /// The filters of a tile.
    static final int WIDTH = 2 * LANES;

    /// The taps of a tile.
    static final int HEIGHT = 4;

    private WeightGradientTile() {}

    /// `sums[t, m] += Σ g[position, m] · x[position + t]` over `rows` × `columns` positions.
    ///
    /// @param g the output's gradient, [#WIDTH] filters for each position, from `go` on
    /// @param x the planes; rows of positions lie `xRow` apart
    /// @param x0 the place of the first position at the tile's first tap; the others likewise
    /// @param sums [#HEIGHT] × [#WIDTH] sums, from `so` on
    static void add(
            int rows,
            int columns,
            float[] g,
            int go,
            float[] x,
            int xRow,
            int x0,
            int x1,
            int x2,
            int x3,
            float[] sums,
            int so) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, so);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, so + LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, so + WIDTH);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, so + WIDTH + LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, so + 2 * WIDTH);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, so + 2 * WIDTH + LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, so + 3 * WIDTH);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, so + 3 * WIDTH + LANES);
        for (int row = 0; row < rows; row++) {
            int at = row * xRow;
            int a0 = x0 + at;
            int a1 = x1 + at;
            int a2 = x2 + at;
            int a3 = x3 + at;
            int from = go + row * columns * WIDTH;
            for (int i = 0; i < columns; i++) {
                FloatVector g0 = FloatVector.fromArray(SPECIES, g, from + i * WIDTH);
                FloatVector g1 = FloatVector.fromArray(SPECIES, g, from + i * WIDTH + LANES);
                FloatVector factor = FloatVector.broadcast(SPECIES, x[a0 + i]);
                s00 = factor.fma(g0, s00);
                s01 = factor.fma(g1, s01);
                factor = FloatVector.broadcast(SPECIES, x[a1 + i]);
                s10 = factor.fma(g0, s10);
                s11 = factor.fma(g1, s11);
                factor = FloatVector.broadcast(SPECIES, x[a2 + i]);
                s20 = factor.fma(g0, s20);
                s21 = factor.fma(g1, s21);
                factor = FloatVector.broadcast(SPECIES, x[a3 + i]);
                s30 = factor.fma(g0, s30);
                s31 = factor.fma(g1, s31);
            }
        }
        s00.intoArray(sums, so);
        s01.intoArray(sums, so + LANES);
        s10.intoArray(sums, so + WIDTH);
        s11.intoArray(sums, so + WIDTH + LANES);
        s20.intoArray(sums, so + 2 * WIDTH);
        s21.intoArray(sums, so + 2 * WIDTH + LANES);
        s30.intoArray(sums, so + 3 * WIDTH);
        s31.intoArray(sums, so + 3 * WIDTH + LANES);
    }

    /// Adds `n` sums, a multiple of the vector's length, to others of the same array.
    static void addAll(int n, float[] sums, int from, int to) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(SPECIES, sums, to + i)
                    .add(FloatVector.fromArray(SPECIES, sums, from + i))
                    .intoArray(sums, to + i);
        }
    }
}
