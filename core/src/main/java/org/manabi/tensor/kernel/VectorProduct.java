package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// One matrix product on vectors: its parameters, and how it is cut into tasks.
///
/// The right operand is packed into panels of a tile's width, of which each k is contiguous; the
/// left one is read in place, unless it lies transposed. Loops, from the outside: columns as many as
/// the panels have room for, k in spans, then the tasks (blocks of rows and columns), and within a
/// task k in steps whose panel stays in the L1 cache, panels, and tiles. Between steps of k the sums
/// wait in C. Each sum is one chain over k ascending whatever the sizes of these blocks are.
final class VectorProduct implements Workers.Task {

    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;
    private static final float[] ZEROS = new float[WIDTH];
    private static final VectorFloatKernels KERNELS = new VectorFloatKernels();

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Floats of packed panels at a time, 4 MiB.
    private static final int PANELS = 1 << 20;

    /// The longest span of k that is packed at a time.
    private static final int SPAN = 1 << 13;

    /// Floats of the part of a panel that should stay in the L1 cache, 18 KiB.
    private static final int STEP = 4608;

    /// Rows of a block that should stay in the L2 cache.
    private static final int ROWS = 120;

    /// Tasks for each thread, so that one that is slow or late does not hold up the others.
    private static final int SHARES = 4;

    private static final int FEWEST_STRIPS = 3;
    private static final int FEWEST_PANELS = 4;

    private Product layout = Product.AB;
    private int m;
    private int n;
    private int k;
    private float[] a = ZEROS;
    private int ao;
    private float[] b = ZEROS;
    private int bo;
    private float[] c = ZEROS;
    private int co;
    private boolean adds;
    private float @Nullable [] bias;
    private int biasOffset;
    private Activation activation = Activation.IDENTITY;

    private Workers workers = Workers.ALONE;
    private boolean together;

    private float[] packed = ZEROS;
    private Phase phase = Phase.PACK;
    private int tasks;
    private int firstColumn;
    private int columns;
    private int firstK;
    private int span;
    private int rowTasks;

    private enum Phase {
        PACK,
        MULTIPLY,
        ROW
    }

    static void multiply(
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
            Space space = workers.space(thread);
            VectorProduct product = space.product;
            if (product == null) {
                product = new VectorProduct();
                space.product = product;
            }
            product.layout = layout;
            product.m = m;
            product.n = n;
            product.k = k;
            product.a = a;
            product.ao = ao;
            product.b = b;
            product.bo = bo;
            product.c = c;
            product.co = co;
            product.adds = accumulation == Accumulation.ADD;
            product.bias = bias;
            product.biasOffset = biasOffset;
            product.activation = activation;
            product.workers = workers;
            product.together = workers.threads() > 1 && (long) m * n * k >= GRAIN;
            product.run(space);
            product.forget();
        } finally {
            workers.leave();
        }
    }

    /// Lets go of the caller's arrays.
    private void forget() {
        a = ZEROS;
        b = ZEROS;
        c = ZEROS;
        bias = null;
        packed = ZEROS;
        workers = Workers.ALONE;
    }

    private void run(Space space) {
        if (m == 1 && layout != Product.ABT) {
            int most = together ? workers.threads() : 1;
            runPhase(Phase.ROW, Math.clamp(n / VectorRow.FEWEST, 1, most));
            return;
        }
        int most = Math.max(1, PANELS / Math.clamp(k, 1, SPAN) / WIDTH);
        int panels = ceilDiv(n, WIDTH);
        int chunks = ceilDiv(panels, most);
        for (int chunk = 0; chunk < chunks; chunk++) {
            firstColumn = share(panels, chunk, chunks) * WIDTH;
            columns = Math.min(n, share(panels, chunk + 1, chunks) * WIDTH) - firstColumn;
            runColumns(space);
        }
    }

    private void runColumns(Space space) {
        int panels = ceilDiv(columns, WIDTH);
        int spans = Math.max(1, ceilDiv(k, SPAN));
        for (int i = 0; i < spans; i++) {
            firstK = share(k, i, spans);
            span = share(k, i + 1, spans) - firstK;
            packed = space.panels(panels * WIDTH * span);
            runPhase(Phase.PACK, together ? Math.min(panels, workers.threads() * 2) : 1);
            runPhase(Phase.MULTIPLY, chooseTasks(panels));
        }
    }

    private int chooseTasks(int panels) {
        int strips = ceilDiv(m, HEIGHT);
        int most = ceilDiv(strips, ROWS / HEIGHT);
        if (!together) {
            rowTasks = most;
            return rowTasks;
        }
        int wanted = workers.threads() * SHARES;
        rowTasks = Math.max(most, Math.clamp(strips / FEWEST_STRIPS, 1, wanted));
        int columnTasks = Math.clamp(panels / FEWEST_PANELS, 1, ceilDiv(wanted, rowTasks));
        return rowTasks * columnTasks;
    }

    private void runPhase(Phase next, int count) {
        phase = next;
        tasks = count;
        if (together && count > 1) {
            workers.run(count, this);
        } else {
            int thread = workers.enter();
            try {
                for (int i = 0; i < count; i++) {
                    run(i, thread);
                }
            } finally {
                workers.leave();
            }
        }
    }

    @Override
    public void run(int task, int thread) {
        switch (phase) {
            case PACK -> packPanels(task);
            case MULTIPLY -> multiplyBlock(task, thread);
            case ROW -> multiplyRow(task);
        }
    }

    private void packPanels(int task) {
        int panels = ceilDiv(columns, WIDTH);
        int end = share(panels, task + 1, tasks);
        for (int panel = share(panels, task, tasks); panel < end; panel++) {
            int width = Math.min(WIDTH, columns - panel * WIDTH);
            int column = firstColumn + panel * WIDTH;
            int to = panel * WIDTH * span;
            if (layout == Product.ABT) {
                int from = bo + column * k + firstK;
                VectorPacking.transpose(width, span, b, from, k, packed, to, WIDTH);
                VectorPacking.zeroColumns(width, span, packed, to);
            } else {
                VectorPacking.copyPanel(width, span, b, bo + firstK * n + column, n, packed, to);
            }
        }
    }

    private void multiplyBlock(int task, int thread) {
        int columnTasks = tasks / rowTasks;
        int strips = ceilDiv(m, HEIGHT);
        int panels = ceilDiv(columns, WIDTH);
        int rowTask = task / columnTasks;
        int columnTask = task % columnTasks;
        int row = share(strips, rowTask, rowTasks) * HEIGHT;
        int rowEnd = Math.min(m, share(strips, rowTask + 1, rowTasks) * HEIGHT);
        int panel = share(panels, columnTask, columnTasks);
        int panelEnd = share(panels, columnTask + 1, columnTasks);
        if (row == rowEnd || panel == panelEnd) {
            return;
        }
        Space space = workers.space(thread);
        int steps = Math.max(1, ceilDiv(span, STEP / WIDTH));
        for (int i = 0; i < steps; i++) {
            int from = share(span, i, steps);
            multiplyStep(space, row, rowEnd, panel, panelEnd, from, share(span, i + 1, steps));
        }
        if (firstK + span == k) {
            finish(row, rowEnd, panel * WIDTH, Math.min(columns, panelEnd * WIDTH));
        }
    }

    /// Sums the products of k from `from` to `to`, counted within the span.
    private void multiplyStep(
            Space space, int row, int rowEnd, int panel, int panelEnd, int from, int to) {
        int length = to - from;
        boolean begins = firstK + from == 0 && !adds;
        int full = row + (rowEnd - row) / HEIGHT * HEIGHT;
        float[] rows = a;
        int at = ao + row * k + firstK + from;
        int stride = k;
        float[] tile = space.rows(HEIGHT * WIDTH + ROWS * (STEP / WIDTH + 16));
        int block = HEIGHT * WIDTH;
        if (layout == Product.ATB) {
            stride = length + 16; // keeps the rows of a tile out of each other's cache sets
            VectorPacking.transpose(
                    length,
                    rowEnd - row,
                    a,
                    ao + (firstK + from) * m + row,
                    m,
                    tile,
                    block,
                    stride);
            repeatLastRow(tile, block, stride, rowEnd - row, length);
            rows = tile;
            at = block;
        }
        for (int p = panel; p < panelEnd; p++) {
            int width = Math.min(WIDTH, columns - p * WIDTH);
            int panelAt = p * WIDTH * span + from * WIDTH;
            int cAt = co + firstColumn + p * WIDTH;
            for (int i = row; i < rowEnd; i += HEIGHT) {
                int aAt = at + (i - row) * stride;
                if (i < full && width == WIDTH) {
                    int target = cAt + i * n;
                    VectorTile.multiply(
                            length,
                            rows,
                            aAt,
                            stride,
                            packed,
                            panelAt,
                            begins ? ZEROS : c,
                            begins ? 0 : target,
                            begins ? 0 : n,
                            c,
                            target,
                            n);
                } else {
                    int height = Math.min(HEIGHT, rowEnd - i);
                    float[] source = rows;
                    int sourceRow = stride;
                    int sourceAt = aAt;
                    if (i >= full && rows == a) {
                        sourceAt = block;
                        sourceRow = length;
                        source = tile;
                        for (int r = 0; r < height; r++) {
                            System.arraycopy(a, aAt + r * k, tile, block + r * length, length);
                        }
                        repeatLastRow(tile, block, length, height, length);
                    }
                    multiplyEdge(
                            length, source, sourceAt, sourceRow, panelAt, tile, begins, i, height,
                            cAt, width);
                }
            }
        }
    }

    /// A tile of which only `height` × `width` belong to C: summed aside, in the first floats of
    /// `tile`.
    private void multiplyEdge(
            int length,
            float[] rows,
            int at,
            int stride,
            int panelAt,
            float[] tile,
            boolean begins,
            int row,
            int height,
            int cAt,
            int width) {
        if (!begins) {
            for (int r = 0; r < height; r++) {
                System.arraycopy(c, cAt + (row + r) * n, tile, r * WIDTH, width);
            }
        }
        VectorTile.multiply(
                length,
                rows,
                at,
                stride,
                packed,
                panelAt,
                begins ? ZEROS : tile,
                0,
                begins ? 0 : WIDTH,
                tile,
                0,
                WIDTH);
        for (int r = 0; r < height; r++) {
            System.arraycopy(tile, r * WIDTH, c, cAt + (row + r) * n, width);
        }
    }

    /// Fills a strip that has too few rows, so that no old number, which might be slow to work with,
    /// is met in it.
    private static void repeatLastRow(float[] rows, int at, int stride, int height, int length) {
        int end = ceilDiv(height, HEIGHT) * HEIGHT;
        int last = at + (height - 1) * stride;
        for (int r = height; r < end; r++) {
            System.arraycopy(rows, last, rows, at + r * stride, length);
        }
    }

    private void multiplyRow(int task) {
        int from = share(n, task, tasks);
        int to = share(n, task + 1, tasks);
        VectorRow.multiply(to - from, k, a, ao, b, bo + from, n, c, co + from, adds);
        finish(0, 1, from, to);
    }

    /// Bias and activation of a block; its columns are counted from `firstColumn`.
    private void finish(int row, int rowEnd, int column, int columnEnd) {
        int width = columnEnd - column;
        int at = co + row * n + firstColumn + column;
        if (bias != null) {
            for (int i = 0; i < rowEnd - row; i++) {
                int from = biasOffset + firstColumn + column;
                KERNELS.add(width, c, at + i * n, bias, from, c, at + i * n);
            }
        }
        if (activation == Activation.IDENTITY) {
            return;
        }
        if (width == n) {
            KERNELS.activate(activation, (rowEnd - row) * n, c, at, c, at);
        } else {
            for (int i = 0; i < rowEnd - row; i++) {
                KERNELS.activate(activation, width, c, at + i * n, c, at + i * n);
            }
        }
    }

    /// Where the share of one of `parts` begins when `total` is dealt out evenly.
    private static int share(int total, int part, int parts) {
        return (int) ((long) total * part / parts);
    }

    private static int ceilDiv(int x, int y) {
        return (x + y - 1) / y;
    }
}
