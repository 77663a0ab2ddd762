package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums by the fixed tree: 16 lanes, which at every width are four vectors of 128 bits, since more
/// than that would not be faster.
final class VectorTree {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;
    private static final int LANES = 4;

    private VectorTree() {}

    static float sum(int n, float[] x, int xo) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - 16; i += 16) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, xo + i));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, xo + i + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, x, xo + i + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, x, xo + i + 3 * LANES));
        }
        int at = xo + i;
        int left = n - i;
        float s0 = sum0.lane(0) + (left > 0 ? x[at] : 0);
        float s1 = sum0.lane(1) + (left > 1 ? x[at + 1] : 0);
        float s2 = sum0.lane(2) + (left > 2 ? x[at + 2] : 0);
        float s3 = sum0.lane(3) + (left > 3 ? x[at + 3] : 0);
        float s4 = sum1.lane(0) + (left > 4 ? x[at + 4] : 0);
        float s5 = sum1.lane(1) + (left > 5 ? x[at + 5] : 0);
        float s6 = sum1.lane(2) + (left > 6 ? x[at + 6] : 0);
        float s7 = sum1.lane(3) + (left > 7 ? x[at + 7] : 0);
        float s8 = sum2.lane(0) + (left > 8 ? x[at + 8] : 0);
        float s9 = sum2.lane(1) + (left > 9 ? x[at + 9] : 0);
        float s10 = sum2.lane(2) + (left > 10 ? x[at + 10] : 0);
        float s11 = sum2.lane(3) + (left > 11 ? x[at + 11] : 0);
        float s12 = sum3.lane(0) + (left > 12 ? x[at + 12] : 0);
        float s13 = sum3.lane(1) + (left > 13 ? x[at + 13] : 0);
        float s14 = sum3.lane(2) + (left > 14 ? x[at + 14] : 0);
        float s15 = sum3.lane(3);
        return (((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14)))
                + (((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15)));
    }

    static float dot(int n, float[] x, int xo, float[] y, int yo) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - 16; i += 16) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, xo + i);
            sum0 = x0.fma(FloatVector.fromArray(SPECIES, y, yo + i), sum0);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, xo + i + LANES);
            sum1 = x1.fma(FloatVector.fromArray(SPECIES, y, yo + i + LANES), sum1);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, xo + i + 2 * LANES);
            sum2 = x2.fma(FloatVector.fromArray(SPECIES, y, yo + i + 2 * LANES), sum2);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, xo + i + 3 * LANES);
            sum3 = x3.fma(FloatVector.fromArray(SPECIES, y, yo + i + 3 * LANES), sum3);
        }
        int xa = xo + i;
        int ya = yo + i;
        int left = n - i;
        float s0 = sum0.lane(0);
        float s1 = sum0.lane(1);
        float s2 = sum0.lane(2);
        float s3 = sum0.lane(3);
        float s4 = sum1.lane(0);
        float s5 = sum1.lane(1);
        float s6 = sum1.lane(2);
        float s7 = sum1.lane(3);
        float s8 = sum2.lane(0);
        float s9 = sum2.lane(1);
        float s10 = sum2.lane(2);
        float s11 = sum2.lane(3);
        float s12 = sum3.lane(0);
        float s13 = sum3.lane(1);
        float s14 = sum3.lane(2);
        float s15 = sum3.lane(3);
        s0 = left > 0 ? Math.fma(x[xa], y[ya], s0) : s0;
        s1 = left > 1 ? Math.fma(x[xa + 1], y[ya + 1], s1) : s1;
        s2 = left > 2 ? Math.fma(x[xa + 2], y[ya + 2], s2) : s2;
        s3 = left > 3 ? Math.fma(x[xa + 3], y[ya + 3], s3) : s3;
        s4 = left > 4 ? Math.fma(x[xa + 4], y[ya + 4], s4) : s4;
        s5 = left > 5 ? Math.fma(x[xa + 5], y[ya + 5], s5) : s5;
        s6 = left > 6 ? Math.fma(x[xa + 6], y[ya + 6], s6) : s6;
        s7 = left > 7 ? Math.fma(x[xa + 7], y[ya + 7], s7) : s7;
        s8 = left > 8 ? Math.fma(x[xa + 8], y[ya + 8], s8) : s8;
        s9 = left > 9 ? Math.fma(x[xa + 9], y[ya + 9], s9) : s9;
        s10 = left > 10 ? Math.fma(x[xa + 10], y[ya + 10], s10) : s10;
        s11 = left > 11 ? Math.fma(x[xa + 11], y[ya + 11], s11) : s11;
        s12 = left > 12 ? Math.fma(x[xa + 12], y[ya + 12], s12) : s12;
        s13 = left > 13 ? Math.fma(x[xa + 13], y[ya + 13], s13) : s13;
        s14 = left > 14 ? Math.fma(x[xa + 14], y[ya + 14], s14) : s14;
        return (((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14)))
                + (((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15)));
    }

    /// [#sum] of fewer than 16 elements.
    static float shortSum(int n, float[] x, int xo) {
        float s0 = n > 0 ? 0 + x[xo] : 0;
        float s1 = n > 1 ? 0 + x[xo + 1] : 0;
        float s2 = n > 2 ? 0 + x[xo + 2] : 0;
        float s3 = n > 3 ? 0 + x[xo + 3] : 0;
        float s4 = n > 4 ? 0 + x[xo + 4] : 0;
        float s5 = n > 5 ? 0 + x[xo + 5] : 0;
        float s6 = n > 6 ? 0 + x[xo + 6] : 0;
        float s7 = n > 7 ? 0 + x[xo + 7] : 0;
        float s8 = n > 8 ? 0 + x[xo + 8] : 0;
        float s9 = n > 9 ? 0 + x[xo + 9] : 0;
        float s10 = n > 10 ? 0 + x[xo + 10] : 0;
        float s11 = n > 11 ? 0 + x[xo + 11] : 0;
        float s12 = n > 12 ? 0 + x[xo + 12] : 0;
        float s13 = n > 13 ? 0 + x[xo + 13] : 0;
        float s14 = n > 14 ? 0 + x[xo + 14] : 0;
        return (((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14)))
                + (((s1 + s9) + (s5 + s13)) + ((s3 + s11) + s7));
    }

    /// [#dot] of fewer than 16 elements.
    static float shortDot(int n, float[] x, int xo, float[] y, int yo) {
        float s0 = n > 0 ? Math.fma(x[xo], y[yo], 0) : 0;
        float s1 = n > 1 ? Math.fma(x[xo + 1], y[yo + 1], 0) : 0;
        float s2 = n > 2 ? Math.fma(x[xo + 2], y[yo + 2], 0) : 0;
        float s3 = n > 3 ? Math.fma(x[xo + 3], y[yo + 3], 0) : 0;
        float s4 = n > 4 ? Math.fma(x[xo + 4], y[yo + 4], 0) : 0;
        float s5 = n > 5 ? Math.fma(x[xo + 5], y[yo + 5], 0) : 0;
        float s6 = n > 6 ? Math.fma(x[xo + 6], y[yo + 6], 0) : 0;
        float s7 = n > 7 ? Math.fma(x[xo + 7], y[yo + 7], 0) : 0;
        float s8 = n > 8 ? Math.fma(x[xo + 8], y[yo + 8], 0) : 0;
        float s9 = n > 9 ? Math.fma(x[xo + 9], y[yo + 9], 0) : 0;
        float s10 = n > 10 ? Math.fma(x[xo + 10], y[yo + 10], 0) : 0;
        float s11 = n > 11 ? Math.fma(x[xo + 11], y[yo + 11], 0) : 0;
        float s12 = n > 12 ? Math.fma(x[xo + 12], y[yo + 12], 0) : 0;
        float s13 = n > 13 ? Math.fma(x[xo + 13], y[yo + 13], 0) : 0;
        float s14 = n > 14 ? Math.fma(x[xo + 14], y[yo + 14], 0) : 0;
        return (((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14)))
                + (((s1 + s9) + (s5 + s13)) + ((s3 + s11) + s7));
    }
}
