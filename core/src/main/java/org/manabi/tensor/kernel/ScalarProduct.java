package org.manabi.tensor.kernel;

import org.manabi.tensor.Product;

/// The matrix product as plain loops.
///
/// The innermost loop adds eight scaled rows of the right operand to a row of the result. Each row is
/// an array of its own that is used from its beginning: the JIT compiler vectorizes such a loop by
/// itself, soon after the start, and does not where the rows lie behind offsets of one array.
final class ScalarProduct {

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Rows of the right operand that are copied at a time.
    private static final int SPAN = 128;

    /// Rows of the right operand that are added at a time.
    private static final int STEPS = 8;

    /// So few rows of the result are not worth copying the right operand.
    static final int FEW = 4;

    private ScalarProduct() {}

    /// `C += A·B`, with the operand named in `layout` transposed.
    static void add(
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
            int co) {
        int thread = workers.enter();
        try {
            int aRow = layout == Product.ATB ? 1 : k;
            int aColumn = layout == Product.ATB ? m : 1;
            if (m < FEW && layout != Product.ABT) {
                for (int i = 0; i < m; i++) {
                    for (int p = 0; p < k; p++) {
                        float factor = a[ao + i * aRow + p * aColumn];
                        addScaled(n, factor, b, bo + p * n, c, co + i * n);
                    }
                }
                return;
            }
            int tasks = (long) m * n * k < GRAIN ? 1 : Math.min(m, workers.threads() * 4);
            float[][] lines = workers.space(thread).lines(SPAN, n);
            for (int from = 0; from < k; from += SPAN) {
                int first = from;
                int span = Math.min(SPAN, k - from);
                workers.run(
                        tasks,
                        (task, _) ->
                                copyLines(
                                        layout,
                                        first,
                                        share(span, task, tasks),
                                        share(span, task + 1, tasks),
                                        n,
                                        k,
                                        b,
                                        bo,
                                        lines));
                workers.run(
                        tasks,
                        (task, helper) ->
                                addRows(
                                        share(m, task, tasks),
                                        share(m, task + 1, tasks),
                                        n,
                                        span,
                                        a,
                                        ao + first * aColumn,
                                        aRow,
                                        aColumn,
                                        lines,
                                        workers.space(helper).line(n),
                                        c,
                                        co));
            }
        } finally {
            workers.leave();
        }
    }

    private static void copyLines(
            Product layout,
            int from,
            int line,
            int lineEnd,
            int n,
            int k,
            float[] b,
            int bo,
            float[][] lines) {
        for (int p = line; p < lineEnd; p++) {
            if (layout == Product.ABT) {
                for (int j = 0; j < n; j++) {
                    lines[p][j] = b[bo + j * k + from + p];
                }
            } else {
                System.arraycopy(b, bo + (from + p) * n, lines[p], 0, n);
            }
        }
    }

    /// Adds to rows `row` to `rowEnd` of c the products of these rows of a with the lines.
    private static void addRows(
            int row,
            int rowEnd,
            int n,
            int span,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[][] lines,
            float[] sums,
            float[] c,
            int co) {
        for (int i = row; i < rowEnd; i++) {
            System.arraycopy(c, co + i * n, sums, 0, n);
            int p = 0;
            for (; p <= span - STEPS; p += STEPS) {
                addEight(n, a, ao + i * aRow + p * aColumn, aColumn, lines, p, sums);
            }
            for (; p < span; p++) {
                addScaled(n, a[ao + i * aRow + p * aColumn], lines[p], 0, sums, 0);
            }
            System.arraycopy(sums, 0, c, co + i * n, n);
        }
    }

    /// The first line first, so that each sum is one chain over k ascending.
    private static void addEight(
            int n, float[] a, int ao, int step, float[][] lines, int line, float[] sums) {
        float a0 = a[ao];
        float a1 = a[ao + step];
        float a2 = a[ao + 2 * step];
        float a3 = a[ao + 3 * step];
        float a4 = a[ao + 4 * step];
        float a5 = a[ao + 5 * step];
        float a6 = a[ao + 6 * step];
        float a7 = a[ao + 7 * step];
        float[] x0 = lines[line];
        float[] x1 = lines[line + 1];
        float[] x2 = lines[line + 2];
        float[] x3 = lines[line + 3];
        float[] x4 = lines[line + 4];
        float[] x5 = lines[line + 5];
        float[] x6 = lines[line + 6];
        float[] x7 = lines[line + 7];
        for (int j = 0; j < n; j++) {
            float sum = Math.fma(a0, x0[j], sums[j]);
            sum = Math.fma(a1, x1[j], sum);
            sum = Math.fma(a2, x2[j], sum);
            sum = Math.fma(a3, x3[j], sum);
            sum = Math.fma(a4, x4[j], sum);
            sum = Math.fma(a5, x5[j], sum);
            sum = Math.fma(a6, x6[j], sum);
            sums[j] = Math.fma(a7, x7[j], sum);
        }
    }

    /// `y = fma(factor, x, y)`.
    static void addScaled(int n, float factor, float[] x, int xo, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = Math.fma(factor, x[xo + j], y[yo + j]);
        }
    }

    private static int share(int total, int part, int parts) {
        return (int) ((long) total * part / parts);
    }
}
