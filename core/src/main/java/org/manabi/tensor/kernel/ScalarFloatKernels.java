package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

import java.util.Arrays;

/// The kernels as plain loops: the specification of the vector kernels, and what runs where the
/// vector module is absent. Inner loops have the form that the JIT compiler vectorizes by itself.
final class ScalarFloatKernels implements FloatKernels {

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Rows of the right operand that are transposed at a time.
    private static final int SPAN = 128;

    @Override
    public int vectorBits() {
        return 0;
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
        int thread = workers.enter();
        try {
            if (accumulation == Accumulation.OVERWRITE) {
                Arrays.fill(c, co, co + m * n, 0);
            }
            int tasks = (long) m * n * k < GRAIN ? 1 : Math.min(m, workers.threads() * 4);
            int aRow = layout == Product.ATB ? 1 : k;
            int aColumn = layout == Product.ATB ? m : 1;
            if (layout == Product.ABT) {
                float[] rows = workers.space(thread).panels(SPAN * n);
                for (int from = 0; from < k; from += SPAN) {
                    int span = Math.min(SPAN, k - from);
                    int at = ao + from;
                    transpose(n, span, b, bo + from, k, rows);
                    workers.run(
                            tasks,
                            (task, _) ->
                                    addRows(
                                            share(m, task, tasks),
                                            share(m, task + 1, tasks),
                                            n,
                                            span,
                                            a,
                                            at,
                                            aRow,
                                            aColumn,
                                            rows,
                                            0,
                                            c,
                                            co));
                }
            } else {
                workers.run(
                        tasks,
                        (task, _) ->
                                addRows(
                                        share(m, task, tasks),
                                        share(m, task + 1, tasks),
                                        n,
                                        k,
                                        a,
                                        ao,
                                        aRow,
                                        aColumn,
                                        b,
                                        bo,
                                        c,
                                        co));
            }
            finish(m, n, c, co, bias, biasOffset, activation);
        } finally {
            workers.leave();
        }
    }

    /// Adds to rows `row` to `rowEnd` of c the products of these rows of a with b.
    private static void addRows(
            int row,
            int rowEnd,
            int n,
            int k,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            float[] c,
            int co) {
        for (int i = row; i < rowEnd; i++) {
            for (int p = 0; p < k; p++) {
                addScaled(n, a[ao + i * aRow + p * aColumn], b, bo + p * n, c, co + i * n);
            }
        }
    }

    private static void addScaled(int n, float factor, float[] x, int xo, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = Math.fma(factor, x[xo + j], y[yo + j]);
        }
    }

    private static void transpose(
            int rows, int columns, float[] from, int fo, int fromRow, float[] to) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[j * rows + i] = from[fo + i * fromRow + j];
            }
        }
    }

    private static void finish(
            int m,
            int n,
            float[] c,
            int co,
            float @Nullable [] bias,
            int biasOffset,
            Activation activation) {
        if (bias != null) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    c[co + i * n + j] += bias[biasOffset + j];
                }
            }
        }
        if (activation == Activation.RELU) {
            for (int i = 0; i < m * n; i++) {
                c[co + i] = Math.max(c[co + i], 0);
            }
        }
    }

    private static int share(int total, int part, int parts) {
        return (int) ((long) total * part / parts);
    }
}
