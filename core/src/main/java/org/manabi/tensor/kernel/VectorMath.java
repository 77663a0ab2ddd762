package org.manabi.tensor.kernel;

import static org.manabi.tensor.kernel.FloatMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [FloatMath] on arrays, operation by operation.
///
/// Each loop holds its whole function, though that repeats the exponential: a method that takes and
/// returns vectors may be compiled before the loop that calls it, is then too big to be inlined,
/// and makes objects of its vectors ever after.
/// All return the number of elements done, so that the caller does those that fill no vector.
final class VectorMath {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    /// The functions that are made of one exponential.
    enum Exponential {
        EXP,
        SIGMOID,
        TANH
    }

    private VectorMath() {}

    static int exponential(Exponential function, int n, float[] x, int xo, float[] y, int yo) {
        // The argument is x for EXP, −|x| for SIGMOID, 2|x| for TANH.
        int keep = function == Exponential.EXP ? -1 : Integer.MAX_VALUE;
        int set = function == Exponential.SIGMOID ? Integer.MIN_VALUE : 0;
        float factor = function == Exponential.TANH ? 2 : 1;
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector t =
                    v.reinterpretAsInts().and(keep).or(set).reinterpretAsFloats().mul(factor);

            FloatVector least = FloatVector.broadcast(SPECIES, EXP_MIN);
            FloatVector most = FloatVector.broadcast(SPECIES, EXP_MAX);
            t = t.blend(most, t.compare(VectorOperators.GT, most));
            t = t.blend(least, t.compare(VectorOperators.LT, least));
            FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
            FloatVector shifted = t.fma(FloatVector.broadcast(SPECIES, LOG2_E), rounder);
            FloatVector whole = shifted.sub(rounder);
            FloatVector r = whole.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), t);
            r = whole.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            FloatVector p = FloatVector.broadcast(SPECIES, EXP_6);
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_5));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_4));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_3));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_2));
            p = p.fma(r, one);
            p = p.fma(r, one);
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector rest = exponent.sub(half);
            p = p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
            FloatVector e =
                    p.mul(rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());

            switch (function) {
                case EXP -> e.intoArray(y, yo + i);
                case SIGMOID -> {
                    VectorMask<Float> negative =
                            v.compare(VectorOperators.LT, FloatVector.zero(SPECIES));
                    one.blend(e, negative).div(one.add(e)).intoArray(y, yo + i);
                }
                case TANH -> {
                    FloatVector size = v.abs();
                    FloatVector square = size.mul(size);
                    FloatVector q = FloatVector.broadcast(SPECIES, TANH_11);
                    q = q.fma(square, FloatVector.broadcast(SPECIES, TANH_9));
                    q = q.fma(square, FloatVector.broadcast(SPECIES, TANH_7));
                    q = q.fma(square, FloatVector.broadcast(SPECIES, TANH_5));
                    q = q.fma(square, FloatVector.broadcast(SPECIES, TANH_3));
                    FloatVector small = q.fma(size.mul(square), size);
                    FloatVector two = FloatVector.broadcast(SPECIES, 2);
                    FloatVector large = one.sub(two.div(e.add(one)));
                    VectorMask<Float> isSmall =
                            size.compare(
                                    VectorOperators.LT, FloatVector.broadcast(SPECIES, TANH_SMALL));
                    large.blend(small, isSmall)
                            .abs()
                            .reinterpretAsInts()
                            .or(v.reinterpretAsInts().and(Integer.MIN_VALUE))
                            .reinterpretAsFloats()
                            .intoArray(y, yo + i);
                }
            }
        }
        return i;
    }

    static int log(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector zero = FloatVector.zero(SPECIES);
            VectorMask<Float> small =
                    v.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, Float.MIN_NORMAL));
            IntVector bits = v.blend(v.mul(0x1p23f), small).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
            FloatVector f =
                    bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats()
                            .sub(FloatVector.broadcast(SPECIES, 1));
            FloatVector whole = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            whole = whole.blend(whole.sub(23), small);

            FloatVector p = FloatVector.broadcast(SPECIES, LOG_11);
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_10));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_9));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_8));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_7));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_6));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_5));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_4));
            p = p.fma(f, FloatVector.broadcast(SPECIES, LOG_3));
            FloatVector square = f.mul(f);
            FloatVector log = p.mul(f).mul(square);
            log = whole.fma(FloatVector.broadcast(SPECIES, LN2_LOW), log);
            log = FloatVector.broadcast(SPECIES, -0.5f).fma(square, log);
            log = f.add(log);
            log = whole.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), log);

            FloatVector infinity = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
            log = v.blend(log, v.compare(VectorOperators.LT, infinity));
            log = log.blend(infinity.neg(), v.compare(VectorOperators.EQ, zero));
            log.blend(
                            FloatVector.broadcast(SPECIES, Float.NaN),
                            v.compare(VectorOperators.LT, zero))
                    .intoArray(y, yo + i);
        }
        return i;
    }

    static int erf(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector size = v.abs();
            FloatVector one = FloatVector.broadcast(SPECIES, 1);

            FloatVector square = size.mul(size);
            FloatVector p = FloatVector.broadcast(SPECIES, ERF_13);
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_11));
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_9));
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_7));
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_5));
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_3));
            p = p.fma(square, FloatVector.broadcast(SPECIES, ERF_1));
            FloatVector small = p.fma(size, size);

            FloatVector limit = FloatVector.broadcast(SPECIES, ERFC_MAX);
            FloatVector u = size.blend(limit, size.compare(VectorOperators.GT, limit));
            p = FloatVector.broadcast(SPECIES, ERFC_7);
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_6));
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_5));
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_4));
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_3));
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_2));
            p = p.fma(u, FloatVector.broadcast(SPECIES, ERFC_1));
            FloatVector t = p.fma(u, u.neg()); // between −17 and 0, or NaN: no bounds to keep

            FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
            FloatVector shifted = t.fma(FloatVector.broadcast(SPECIES, LOG2_E), rounder);
            FloatVector whole = shifted.sub(rounder);
            FloatVector r = whole.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), t);
            r = whole.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
            p = FloatVector.broadcast(SPECIES, EXP_6);
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_5));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_4));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_3));
            p = p.fma(r, FloatVector.broadcast(SPECIES, EXP_2));
            p = p.fma(r, one);
            p = p.fma(r, one);
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            FloatVector e =
                    p.mul(
                            exponent.add(127)
                                    .lanewise(VectorOperators.LSHL, 23)
                                    .reinterpretAsFloats());

            VectorMask<Float> isSmall =
                    size.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, ERF_SMALL));
            one.sub(e)
                    .blend(small, isSmall)
                    .abs()
                    .reinterpretAsInts()
                    .or(v.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats()
                    .intoArray(y, yo + i);
        }
        return i;
    }
}
