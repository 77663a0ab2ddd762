package org.manabi.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;
import org.manabi.tensor.kernel.VectorMath.Exponential;

/// The kernels on vectors of the Vector API, with the same bits as the plain loops.
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
final class VectorFloatKernels implements FloatKernels {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    private static final VectorSpecies<Integer> INT_SPECIES =
            VectorSpecies.of(int.class, SPECIES.vectorShape());

    /// As many bytes as there are lanes, but not fewer than a vector can hold.
    private static final VectorSpecies<Byte> BYTE_SPECIES =
            LANES == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    private static final int BYTES = BYTE_SPECIES.length();

    /// Does what is left when less than a vector remains.
    private static final ScalarFloatKernels SCALAR = new ScalarFloatKernels();

    @Override
    public int vectorBits() {
        return VectorWidth.SPECIES.vectorBitSize();
    }

    @Override
    public void product(
            Workers workers,
            Product layout,
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] c,
            int co,
            Accumulation accumulation,
            float @Nullable [] bias,
            int biasOffset,
            Activation activation) {
        VectorProduct.multiply(
                workers,
                layout,
                m,
                n,
                k,
                a,
                ao,
                b,
                bo,
                c,
                co,
                accumulation,
                bias,
                biasOffset,
                activation);
    }

    @Override
    public void activate(Activation activation, int n, float[] x, int xo, float[] y, int yo) {
        switch (activation) {
            case IDENTITY -> System.arraycopy(x, xo, y, yo, n);
            case RELU -> {
                int done = relu(n, x, xo, y, yo);
                SCALAR.activate(activation, n - done, x, xo + done, y, yo + done);
            }
            case SIGMOID -> {
                int done = VectorMath.exponential(Exponential.SIGMOID, n, x, xo, y, yo);
                SCALAR.activate(activation, n - done, x, xo + done, y, yo + done);
            }
            case TANH -> {
                int done = VectorMath.exponential(Exponential.TANH, n, x, xo, y, yo);
                SCALAR.activate(activation, n - done, x, xo + done, y, yo + done);
            }
        }
    }

    private static int relu(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector zero = FloatVector.zero(SPECIES);
            value.blend(zero, value.compare(VectorOperators.LE, zero)).intoArray(y, yo + i);
        }
        return i;
    }

    @Override
    public void activationGradient(
            Activation activation,
            int n,
            float[] y,
            int yo,
            float[] dy,
            int dyo,
            float[] dz,
            int dzo) {
        int done =
                switch (activation) {
                    case IDENTITY -> 0;
                    case RELU -> reluGradient(n, y, yo, dy, dyo, dz, dzo);
                    case SIGMOID -> sigmoidGradient(n, y, yo, dy, dyo, dz, dzo);
                    case TANH -> tanhGradient(n, y, yo, dy, dyo, dz, dzo);
                };
        SCALAR.activationGradient(
                activation, n - done, y, yo + done, dy, dyo + done, dz, dzo + done);
    }

    private static int reluGradient(
            int n, float[] y, int yo, float[] dy, int dyo, float[] dz, int dzo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yo + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + i);
            FloatVector zero = FloatVector.zero(SPECIES);
            zero.blend(gradient, out.compare(VectorOperators.GT, zero)).intoArray(dz, dzo + i);
        }
        return i;
    }

    private static int sigmoidGradient(
            int n, float[] y, int yo, float[] dy, int dyo, float[] dz, int dzo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yo + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + i);
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            gradient.mul(out.mul(one.sub(out))).intoArray(dz, dzo + i);
        }
        return i;
    }

    private static int tanhGradient(
            int n, float[] y, int yo, float[] dy, int dyo, float[] dz, int dzo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yo + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + i);
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            gradient.mul(out.neg().fma(out, one)).intoArray(dz, dzo + i);
        }
        return i;
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        int done = VectorMath.exponential(Exponential.EXP, n, x, xo, y, yo);
        SCALAR.exp(n - done, x, xo + done, y, yo + done);
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        int done = VectorMath.log(n, x, xo, y, yo);
        SCALAR.log(n - done, x, xo + done, y, yo + done);
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        int done = VectorMath.erf(n, x, xo, y, yo);
        SCALAR.erf(n - done, x, xo + done, y, yo + done);
    }

    @Override
    public void add(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector right = FloatVector.fromArray(SPECIES, y, yo + i);
            left.add(right).intoArray(z, zo + i);
        }
        SCALAR.add(n - i, x, xo + i, y, yo + i, z, zo + i);
    }

    @Override
    public void subtract(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector right = FloatVector.fromArray(SPECIES, y, yo + i);
            left.sub(right).intoArray(z, zo + i);
        }
        SCALAR.subtract(n - i, x, xo + i, y, yo + i, z, zo + i);
    }

    @Override
    public void multiply(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, x, xo + i);
            FloatVector right = FloatVector.fromArray(SPECIES, y, yo + i);
            left.mul(right).intoArray(z, zo + i);
        }
        SCALAR.multiply(n - i, x, xo + i, y, yo + i, z, zo + i);
    }

    @Override
    public void scale(int n, float factor, float[] x, int xo, float[] y, int yo) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            factors.mul(FloatVector.fromArray(SPECIES, x, xo + i)).intoArray(y, yo + i);
        }
        SCALAR.scale(n - i, factor, x, xo + i, y, yo + i);
    }

    @Override
    public void addScaled(int n, float factor, float[] x, int xo, float[] y, int yo) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, y, yo + i);
            factors.fma(FloatVector.fromArray(SPECIES, x, xo + i), sum).intoArray(y, yo + i);
        }
        SCALAR.addScaled(n - i, factor, x, xo + i, y, yo + i);
    }

    @Override
    public void addRow(int rows, int columns, float[] row, int ro, float[] x, int xo) {
        for (int i = 0; i < rows; i++) {
            add(columns, x, xo + i * columns, row, ro, x, xo + i * columns);
        }
    }

    @Override
    public void columnSums(
            int rows,
            int columns,
            float[] x,
            int xo,
            float[] sums,
            int so,
            Accumulation accumulation) {
        if (accumulation == Accumulation.OVERWRITE) {
            Arrays.fill(sums, so, so + columns, 0);
        }
        for (int i = 0; i < rows; i++) {
            addRow(columns, x, xo + i * columns, sums, so);
        }
    }

    /// Sums go through the cache, since vectors that live from row to row are objects wherever the JIT
    /// compiler fails to see that they need not be.
    private static void addRow(int columns, float[] x, int xo, float[] sums, int so) {
        int j = 0;
        for (; j <= columns - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, sums, so + j)
                    .add(FloatVector.fromArray(SPECIES, x, xo + j))
                    .intoArray(sums, so + j);
        }
        for (; j < columns; j++) {
            sums[so + j] += x[xo + j];
        }
    }

    @Override
    public float sum(int n, float[] x, int xo) {
        return n < 16 ? VectorTree.shortSum(n, x, xo) : VectorTree.sum(n, x, xo);
    }

    @Override
    public float dot(int n, float[] x, int xo, float[] y, int yo) {
        return n < 16 ? VectorTree.shortDot(n, x, xo, y, yo) : VectorTree.dot(n, x, xo, y, yo);
    }

    @Override
    public void softmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo) {
        int block = rowsOfBlock(columns);
        for (int row = 0; row < rows; row += block) {
            int count = Math.min(block, rows - row);
            int from = xo + row * columns;
            int to = yo + row * columns;
            for (int i = 0; i < count; i++) {
                float max = max(columns, x, from + i * columns);
                subtract(columns, max, x, from + i * columns, y, to + i * columns);
            }
            exp(count * columns, y, to, y, to);
            for (int i = 0; i < count; i++) {
                divideBySum(columns, y, to + i * columns);
            }
        }
    }

    /// Rows that are worked on together, so that short ones fill vectors and all stays in cache.
    private static int rowsOfBlock(int columns) {
        return Math.max(1, 2048 / Math.max(1, columns));
    }

    private static float max(int n, float[] x, int xo) {
        float max = Float.NEGATIVE_INFINITY;
        int j = 0;
        if (n >= 2 * LANES) {
            FloatVector maxima = FloatVector.fromArray(SPECIES, x, xo);
            for (j = LANES; j <= n - LANES; j += LANES) {
                maxima = maxima.max(FloatVector.fromArray(SPECIES, x, xo + j));
            }
            max = maxima.reduceLanes(VectorOperators.MAX); // a maximum has no order
        }
        for (; j < n; j++) {
            max = Math.max(max, x[xo + j]);
        }
        return max;
    }

    private float divideBySum(int n, float[] y, int yo) {
        float sum = sum(n, y, yo);
        FloatVector sums = FloatVector.broadcast(SPECIES, sum);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, y, yo + j).div(sums).intoArray(y, yo + j);
        }
        for (; j < n; j++) {
            y[yo + j] /= sum;
        }
        return sum;
    }

    @Override
    public void logSoftmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo) {
        int block = rowsOfBlock(columns);
        for (int row = 0; row < rows; row += block) {
            int count = Math.min(block, rows - row);
            int from = xo + row * columns;
            int to = yo + row * columns;
            for (int i = 0; i < count; i++) {
                float max = max(columns, x, from + i * columns);
                subtract(columns, max, x, from + i * columns, y, to + i * columns);
            }
            exp(count * columns, y, to, y, to);
            for (int i = 0; i < count; i++) {
                int at = to + i * columns;
                float log = FloatMath.log(sum(columns, y, at));
                float max = max(columns, x, from + i * columns);
                subtract(columns, max, x, from + i * columns, y, at);
                subtract(columns, log, y, at, y, at);
            }
        }
    }

    private static void subtract(int n, float x, float[] y, int yo, float[] z, int zo) {
        FloatVector subtrahend = FloatVector.broadcast(SPECIES, x);
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(SPECIES, y, yo + j).sub(subtrahend).intoArray(z, zo + j);
        }
        for (; j < n; j++) {
            z[zo + j] = y[yo + j] - x;
        }
    }

    @Override
    public void softmaxRowsGradient(
            int rows, int columns, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            float dot = dot(columns, dy, dyo + row, y, yo + row);
            FloatVector dots = FloatVector.broadcast(SPECIES, dot);
            int j = row;
            for (; j <= row + columns - LANES; j += LANES) {
                FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + j).sub(dots);
                FloatVector.fromArray(SPECIES, y, yo + j).mul(gradient).intoArray(dx, dxo + j);
            }
            for (; j < row + columns; j++) {
                dx[dxo + j] = y[yo + j] * (dy[dyo + j] - dot);
            }
        }
    }

    @Override
    public void softmaxCrossEntropyRows(
            int rows,
            int columns,
            float[] z,
            int zo,
            int[] labels,
            int lo,
            float[] losses,
            int losso,
            float[] probabilities,
            int po) {
        int block = rowsOfBlock(columns);
        for (int row = 0; row < rows; row += block) {
            int count = Math.min(block, rows - row);
            int to = po + row * columns;
            for (int i = 0; i < count; i++) {
                int at = to + i * columns;
                int from = zo + (row + i) * columns;
                subtract(columns, max(columns, z, from), z, from, probabilities, at);
                losses[losso + row + i] = probabilities[at + labels[lo + row + i]];
            }
            exp(count * columns, probabilities, to, probabilities, to);
            for (int i = 0; i < count; i++) {
                float sum = divideBySum(columns, probabilities, to + i * columns);
                losses[losso + row + i] = FloatMath.log(sum) - losses[losso + row + i];
            }
        }
    }

    @Override
    public void softmaxCrossEntropyRowsGradient(
            int rows,
            int columns,
            float[] p,
            int po,
            int[] labels,
            int lo,
            float[] factors,
            int fo,
            float[] dz,
            int dzo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            int label = row + labels[lo + i];
            float factor = factors[fo + i];
            float own = (p[po + label] - 1) * factor;
            scale(columns, factor, p, po + row, dz, dzo + row);
            dz[dzo + label] = own;
        }
    }

    @Override
    public void divide(int n, byte[] x, int xo, float divisor, float[] y, int yo) {
        FloatVector divisors = FloatVector.broadcast(SPECIES, divisor);
        int i = 0;
        for (; i <= n - BYTES; i += BYTES) {
            ByteVector bytes = ByteVector.fromArray(BYTE_SPECIES, x, xo + i);
            for (int part = 0; part < BYTES / LANES; part++) {
                IntVector ints = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, INT_SPECIES, part);
                FloatVector floats = (FloatVector) ints.convertShape(I2F, SPECIES, 0);
                floats.div(divisors).intoArray(y, yo + i + part * LANES);
            }
        }
        SCALAR.divide(n - i, x, xo + i, divisor, y, yo + i);
    }

    @Override
    public void sgd(int n, float rate, float[] g, int go, float[] theta, int to) {
        addScaled(n, -rate, g, go, theta, to);
    }

    @Override
    public void momentum(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        FloatVector rates = FloatVector.broadcast(SPECIES, rate);
        FloatVector momenta = FloatVector.broadcast(SPECIES, momentum);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector step = rates.mul(FloatVector.fromArray(SPECIES, g, go + i)).neg();
            FloatVector velocity = momenta.fma(FloatVector.fromArray(SPECIES, v, vo + i), step);
            velocity.intoArray(v, vo + i);
            FloatVector.fromArray(SPECIES, theta, to + i).add(velocity).intoArray(theta, to + i);
        }
        SCALAR.momentum(n - i, rate, momentum, g, go + i, v, vo + i, theta, to + i);
    }

    @Override
    public void nesterov(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        FloatVector rates = FloatVector.broadcast(SPECIES, rate);
        FloatVector momenta = FloatVector.broadcast(SPECIES, momentum);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector step = rates.mul(FloatVector.fromArray(SPECIES, g, go + i)).neg();
            FloatVector velocity = momenta.fma(FloatVector.fromArray(SPECIES, v, vo + i), step);
            velocity.intoArray(v, vo + i);
            FloatVector.fromArray(SPECIES, theta, to + i)
                    .add(momenta.fma(velocity, step))
                    .intoArray(theta, to + i);
        }
        SCALAR.nesterov(n - i, rate, momentum, g, go + i, v, vo + i, theta, to + i);
    }

    @Override
    public void adam(
            int n,
            float rate,
            double beta1,
            double beta2,
            float scale,
            float epsilon,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        FloatVector keepFirst = FloatVector.broadcast(SPECIES, (float) beta1);
        FloatVector addFirst = FloatVector.broadcast(SPECIES, (float) (1 - beta1));
        FloatVector keepSecond = FloatVector.broadcast(SPECIES, (float) beta2);
        FloatVector addSecond = FloatVector.broadcast(SPECIES, (float) (1 - beta2));
        FloatVector rates = FloatVector.broadcast(SPECIES, rate);
        FloatVector scales = FloatVector.broadcast(SPECIES, scale);
        FloatVector epsilons = FloatVector.broadcast(SPECIES, epsilon);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i);
            FloatVector first = FloatVector.fromArray(SPECIES, m, mo + i);
            first = keepFirst.fma(first, addFirst.mul(gradient));
            first.intoArray(m, mo + i);
            FloatVector second = FloatVector.fromArray(SPECIES, v, vo + i);
            second = keepSecond.fma(second, addSecond.mul(gradient).mul(gradient));
            second.intoArray(v, vo + i);
            FloatVector step = rates.mul(first).div(second.sqrt().fma(scales, epsilons));
            FloatVector.fromArray(SPECIES, theta, to + i).sub(step).intoArray(theta, to + i);
        }
        SCALAR.adam(
                n - i, rate, beta1, beta2, scale, epsilon, g, go + i, m, mo + i, v, vo + i, theta,
                to + i);
    }
}
