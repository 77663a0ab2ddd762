package org.manabi.tensor.kernel;

import org.manabi.tensor.Product;

/// The matrix product as plain loops.
///
/// The innermost loop adds eight scaled rows of the right operand to a row of the result. Each row is
/// an array of its own that is used from its beginning: the JIT compiler vectorizes such a loop by
/// itself, soon after the start, and does not where the rows lie behind offsets of one array. Short
/// rows are not worth it; where the result has long columns, its transpose is computed instead.
final class ScalarProduct {

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Rows of the right operand that are copied at a time.
    private static final int SPAN = 128;

    /// Rows of the right operand that are added at a time.
    private static final int STEPS = 8;

    /// Rows as long as these are never too short.
    private static final int LONG = 96;

    /// So few rows of the result are not worth copying the right operand.
    static final int FEW = 4;

    private ScalarProduct() {}

    /// A matrix in an array: element (i, j) is at `offset + i · row + j · column`.
    private static final class Matrix {

        private final float[] array;
        private final int offset;
        private final int row;
        private final int column;

        Matrix(float[] array, int offset, int row, int column) {
            this.array = array;
            this.offset = offset;
            this.row = row;
            this.column = column;
        }

        Matrix transposed() {
            return new Matrix(array, offset, column, row);
        }

        int at(int i, int j) {
            return offset + i * row + j * column;
        }
    }

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
        if (m < FEW && layout != Product.ABT) {
            int aRow = layout == Product.ATB ? 1 : k;
            int aColumn = layout == Product.ATB ? m : 1;
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < k; p++) {
                    float factor = a[ao + i * aRow + p * aColumn];
                    addScaled(n, factor, b, bo + p * n, c, co + i * n);
                }
            }
            return;
        }
        Matrix left = layout == Product.ATB ? new Matrix(a, ao, 1, m) : new Matrix(a, ao, k, 1);
        Matrix right = layout == Product.ABT ? new Matrix(b, bo, 1, k) : new Matrix(b, bo, n, 1);
        Matrix sum = new Matrix(c, co, n, 1);
        if (n < LONG && n < m) {
            add(workers, n, m, k, right.transposed(), left.transposed(), sum.transposed());
        } else {
            add(workers, m, n, k, left, right, sum);
        }
    }

    private static void add(
            Workers workers, int m, int n, int k, Matrix left, Matrix right, Matrix sum) {
        int thread = workers.enter();
        try {
            int tasks = (long) m * n * k < GRAIN ? 1 : Math.min(m, workers.threads() * 4);
            float[][] lines = workers.space(thread).lines(SPAN, n);
            for (int from = 0; from < k; from += SPAN) {
                int first = from;
                int span = Math.min(SPAN, k - from);
                workers.run(
                        tasks,
                        (task, _) -> {
                            int end = share(span, task + 1, tasks);
                            for (int p = share(span, task, tasks); p < end; p++) {
                                copy(
                                        n,
                                        right.array,
                                        right.at(first + p, 0),
                                        right.column,
                                        lines[p]);
                            }
                        });
                workers.run(
                        tasks,
                        (task, helper) -> {
                            float[] line = workers.space(helper).line(n);
                            int end = share(m, task + 1, tasks);
                            for (int i = share(m, task, tasks); i < end; i++) {
                                copy(n, sum.array, sum.at(i, 0), sum.column, line);
                                addLines(
                                        n,
                                        span,
                                        left.array,
                                        left.at(i, first),
                                        left.column,
                                        lines,
                                        line);
                                copyBack(n, line, sum.array, sum.at(i, 0), sum.column);
                            }
                        });
            }
        } finally {
            workers.leave();
        }
    }

    private static void copy(int n, float[] from, int offset, int step, float[] line) {
        if (step == 1) {
            System.arraycopy(from, offset, line, 0, n);
            return;
        }
        for (int j = 0; j < n; j++) {
            line[j] = from[offset + j * step];
        }
    }

    private static void copyBack(int n, float[] line, float[] to, int offset, int step) {
        if (step == 1) {
            System.arraycopy(line, 0, to, offset, n);
            return;
        }
        for (int j = 0; j < n; j++) {
            to[offset + j * step] = line[j];
        }
    }

    /// Adds to a row of sums the lines, scaled by the row of factors at `ao`.
    private static void addLines(
            int n, int span, float[] a, int ao, int step, float[][] lines, float[] sums) {
        int p = 0;
        for (; p <= span - STEPS; p += STEPS) {
            addEight(n, a, ao + p * step, step, lines, p, sums);
        }
        for (; p < span; p++) {
            addScaled(n, a[ao + p * step], lines[p], 0, sums, 0);
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
