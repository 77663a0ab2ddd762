package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of convolution: the sums of [#HEIGHT] filters at two vectors of positions
/// stay in registers while the taps run.
///
/// Three things were measured to matter to the JIT compiler. It likes to load all factors of an
/// iteration before it uses one: of sixteen registers eight sums, four factors and two vectors of
/// positions leave it room to, while with ten sums and more it kept some in memory, in one run out of
/// a few, at half the speed. Parameters are fields, read where they are needed, so that those of no use to the loop
/// over the taps do not take its registers. And there are no branches, which would make the sums
/// objects.
final class CorrelationTile {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

    /// The positions of one vector.
    static final int LANES = SPECIES.length();

    /// The positions of a tile.
    static final int WIDTH = 2 * LANES;

    /// The filters of a tile.
    static final int HEIGHT = 4;

    /// Numbers of each tile in [#table].
    static final int ENTRY = 4;

    private static final float[] NOTHING = {};
    private static final int[] NOWHERE = {};

    /// For each tile, where its two vectors lie in the planes, and where they go, from the places
    /// `xo` and `offset` on.
    int[] table = NOWHERE;

    /// The place of each tap from a vector's place on.
    int[] taps = NOWHERE;

    /// The planes.
    float[] x = NOTHING;

    int xo;

    /// For each tap the weights of the tile's filters.
    float[] w = NOTHING;

    /// Sums to begin with: those of a filter `fromRow` behind those of the filter before, those of
    /// a tile `fromTile`; a distance of 0 repeats the same.
    float[] from = NOTHING;

    int fromOffset;
    int fromRow;
    int fromTile;

    /// Where results go; those of a filter `toRow` behind those of the filter before.
    float[] to = NOTHING;

    int offset;
    int toRow;

    /// A number to be added for each filter, from `biasOffset` on.
    float[] bias = NOTHING;

    int biasOffset;

    /// The least result: 0 for ReLU, −∞ for none.
    float floor;

    /// `to = max(from + Σ w·x + bias, floor)`: adds taps `tap` to `tapEnd` to the sums of tiles
    /// `tile` to `tileEnd`.
    void add(int tile, int tileEnd, int tap, int tapEnd) {
        int[] taps = this.taps;
        float[] x = this.x;
        float[] w = this.w;
        for (int i = tile; i < tileEnd; i++) {
            int x0 = xo + table[ENTRY * i];
            int x1 = xo + table[ENTRY * i + 1];
            float[] from = this.from;
            int f0 = fromOffset + i * fromTile;
            int f1 = f0 + fromRow;
            int f2 = f1 + fromRow;
            int f3 = f2 + fromRow;
            FloatVector s00 = FloatVector.fromArray(SPECIES, from, f0);
            FloatVector s01 = FloatVector.fromArray(SPECIES, from, f0 + LANES);
            FloatVector s10 = FloatVector.fromArray(SPECIES, from, f1);
            FloatVector s11 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
            FloatVector s20 = FloatVector.fromArray(SPECIES, from, f2);
            FloatVector s21 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
            FloatVector s30 = FloatVector.fromArray(SPECIES, from, f3);
            FloatVector s31 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
            for (int t = tap; t < tapEnd; t++) {
                int at = taps[t];
                FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + at);
                FloatVector v1 = FloatVector.fromArray(SPECIES, x, x1 + at);
                FloatVector factor = FloatVector.broadcast(SPECIES, w[HEIGHT * t]);
                s00 = factor.fma(v0, s00);
                s01 = factor.fma(v1, s01);
                factor = FloatVector.broadcast(SPECIES, w[HEIGHT * t + 1]);
                s10 = factor.fma(v0, s10);
                s11 = factor.fma(v1, s11);
                factor = FloatVector.broadcast(SPECIES, w[HEIGHT * t + 2]);
                s20 = factor.fma(v0, s20);
                s21 = factor.fma(v1, s21);
                factor = FloatVector.broadcast(SPECIES, w[HEIGHT * t + 3]);
                s30 = factor.fma(v0, s30);
                s31 = factor.fma(v1, s31);
            }
            float[] to = this.to;
            float[] bias = this.bias;
            int b = biasOffset;
            int to0 = offset + table[ENTRY * i + 2];
            int to1 = offset + table[ENTRY * i + 3];
            FloatVector least = FloatVector.broadcast(SPECIES, floor);
            FloatVector constant = FloatVector.broadcast(SPECIES, bias[b]);
            s00.add(constant).max(least).intoArray(to, to0);
            s01.add(constant).max(least).intoArray(to, to1);
            constant = FloatVector.broadcast(SPECIES, bias[b + 1]);
            s10.add(constant).max(least).intoArray(to, to0 + toRow);
            s11.add(constant).max(least).intoArray(to, to1 + toRow);
            constant = FloatVector.broadcast(SPECIES, bias[b + 2]);
            s20.add(constant).max(least).intoArray(to, to0 + 2 * toRow);
            s21.add(constant).max(least).intoArray(to, to1 + 2 * toRow);
            constant = FloatVector.broadcast(SPECIES, bias[b + 3]);
            s30.add(constant).max(least).intoArray(to, to0 + 3 * toRow);
            s31.add(constant).max(least).intoArray(to, to1 + 3 * toRow);
        }
    }
}
