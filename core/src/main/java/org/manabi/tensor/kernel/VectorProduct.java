package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// One matrix product on vectors: its parameters, and how it is cut into phases and tasks.
///
/// The right operand is packed into panels, the left one, if it lies transposed, into strips (see
/// [VectorTile]); all threads pack together, and all use what was packed. Loops, from the outside:
/// columns, as many as the panels have room for; k in spans; rows, as many as the strips have room
/// for. Each of these parts is packed and then multiplied by tasks that are equal shares of its
/// tiles. A task goes through its share of k in steps whose part of a panel stays in the L2 cache;
/// between steps the sums wait in C. Each sum is one chain over k ascending, whatever the sizes of
/// all these parts are.
final class VectorProduct implements Workers.Task {

    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;
    private static final int DEPTH = VectorTile.DEPTH;
    private static final VectorFloatKernels KERNELS = new VectorFloatKernels();
    private static final float[] ZEROS = new float[WIDTH];

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Fewer floats than these are packed, or finished, before a second thread has come.
    private static final int FLOAT_GRAIN = 16_000;

    /// Floats of panels or of strips at a time, 4 MiB.
    private static final int ROOM = 1 << 20;

    /// The longest span of k that is packed at a time.
    private static final int SPAN = 1 << 13;

    /// The longest step of k: 64 KiB of a panel.
    private static final int STEP = 16_384 / WIDTH;

    /// Tiles above each other that share a part of a panel, and whose rows stay in the L2 cache.
    private static final int BLOCK = 60 / HEIGHT;

    /// Tasks for each thread, so that one that is slow or late does not hold up the others.
    private static final int SHARES = 4;

    /// Keeps panels, strips and rows out of each other's cache sets when k is a power of two.
    private static final int PAD = 16;

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
    private Phase phase = Phase.PACK;
    private int tasks;

    // The part that is being worked on.
    private int firstColumn;
    private int columns;
    private int panels;
    private int firstK;
    private int span;
    private int firstRow;
    private int rows;
    private int strips;

    private float[] packedB = ZEROS;
    private int panelSize;
    private boolean packsB;

    /// All strips if the left operand lies transposed; otherwise the rows of the last strip, if it
    /// is not full.
    private float[] packedA = ZEROS;

    private boolean deep;
    private int stripSize;

    /// The bias, or −0 which changes nothing, for whole panels.
    private float[] wholeBias = ZEROS;

    private float limit;
    private boolean finishesTiles;

    private enum Phase {
        PACK,
        MULTIPLY,
        ACTIVATE,
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
            product.run(space, thread);
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
        packedA = ZEROS;
        packedB = ZEROS;
        wholeBias = ZEROS;
        workers = Workers.ALONE;
    }

    private void run(Space space, int thread) {
        if (m == 1 && layout != Product.ABT) {
            int most = together ? workers.threads() : 1;
            runPhase(Phase.ROW, Math.clamp(n / VectorRow.FEWEST, 1, most), thread);
            return;
        }
        int most = Math.max(1, ROOM / (Math.clamp(k, 1, SPAN) * WIDTH + PAD));
        int allPanels = ceilDiv(n, WIDTH);
        int parts = ceilDiv(allPanels, most);
        for (int part = 0; part < parts; part++) {
            int first = share(allPanels, part, parts);
            panels = share(allPanels, part + 1, parts) - first;
            firstColumn = first * WIDTH;
            columns = Math.min(n - firstColumn, panels * WIDTH);
            prepareFinish(space);
            runColumns(space, thread);
        }
        if (activation != Activation.IDENTITY && activation != Activation.RELU) {
            int shares = together && m * n >= FLOAT_GRAIN ? workers.threads() * SHARES : 1;
            runPhase(Phase.ACTIVATE, shares, thread);
        }
    }

    private void prepareFinish(Space space) {
        limit = activation == Activation.RELU ? 0 : Float.NaN;
        finishesTiles = bias != null || activation == Activation.RELU;
        if (finishesTiles) {
            wholeBias = space.bias(panels * WIDTH);
            Arrays.fill(wholeBias, 0, panels * WIDTH, -0f);
            if (bias != null) {
                System.arraycopy(bias, biasOffset + firstColumn, wholeBias, 0, columns);
            }
        }
    }

    private void runColumns(Space space, int thread) {
        int spans = Math.max(1, ceilDiv(k, SPAN));
        for (int i = 0; i < spans; i++) {
            firstK = share(k, i, spans);
            span = share(k, i + 1, spans) - firstK;
            panelSize = span * WIDTH + PAD;
            packedB = space.panels(panels * panelSize);
            packsB = true;
            runSpan(space, thread);
        }
    }

    private void runSpan(Space space, int thread) {
        deep = layout == Product.ATB;
        stripSize = deep ? span * DEPTH + PAD : HEIGHT * (span + PAD);
        int allStrips = ceilDiv(m, HEIGHT);
        int parts = deep ? ceilDiv(allStrips, Math.max(1, ROOM / stripSize)) : 1;
        for (int part = 0; part < parts; part++) {
            int first = share(allStrips, part, parts);
            strips = share(allStrips, part + 1, parts) - first;
            firstRow = first * HEIGHT;
            rows = Math.min(m - firstRow, strips * HEIGHT);
            packedA = space.rows(deep ? strips * stripSize : stripSize);
            runPhase(Phase.PACK, packTasks(), thread);
            packsB = false;
            int blocks = ceilDiv(strips, BLOCK);
            int shares = Math.max(SHARES, ceilDiv(blocks, workers.threads()));
            runPhase(Phase.MULTIPLY, together ? workers.threads() * shares : blocks, thread);
        }
    }

    private int packTasks() {
        int floats = (packsB ? columns * span : 0) + (deep ? rows * span : 0);
        return together && floats >= FLOAT_GRAIN ? workers.threads() * 2 : 1;
    }

    private void runPhase(Phase next, int count, int thread) {
        phase = next;
        tasks = count;
        if (count > 1 && together) {
            workers.run(count, this);
        } else {
            for (int i = 0; i < count; i++) {
                run(i, thread);
            }
        }
    }

    @Override
    public void run(int task, int thread) {
        switch (phase) {
            case PACK -> pack(task);
            case MULTIPLY -> multiplyTiles(task, workers.space(thread).tile(HEIGHT * WIDTH));
            case ACTIVATE -> activate(task);
            case ROW -> multiplyRow(task);
        }
    }

    private void pack(int task) {
        int from = share(span, task, tasks);
        int length = share(span, task + 1, tasks) - from;
        if (packsB && layout == Product.ABT) {
            transposePanels(share(panels, task, tasks), share(panels, task + 1, tasks));
        } else if (packsB) {
            int at = bo + (firstK + from) * n + firstColumn;
            VectorPacking.copyPanels(length, columns, b, at, n, packedB, from * WIDTH, panelSize);
        }
        if (deep) {
            int at = ao + (firstK + from) * m + firstRow;
            VectorPacking.copyStrips(length, rows, a, at, m, packedA, from * DEPTH, stripSize);
        } else if (task == 0 && rows % HEIGHT != 0) {
            copyLastStrip();
        }
    }

    private void transposePanels(int panel, int panelEnd) {
        for (int p = panel; p < panelEnd; p++) {
            int width = Math.min(WIDTH, columns - p * WIDTH);
            int at = bo + (firstColumn + p * WIDTH) * k + firstK;
            VectorPacking.transposePanel(width, span, b, at, k, packedB, p * panelSize);
        }
    }

    /// Repeats the last row until the strip is full: what is left in memory from earlier might be
    /// slow to compute with.
    private void copyLastStrip() {
        int first = rows / HEIGHT * HEIGHT;
        for (int i = 0; i < HEIGHT; i++) {
            int row = Math.min(first + i, rows - 1);
            System.arraycopy(a, ao + row * k + firstK, packedA, i * (span + PAD), span);
        }
    }

    private void multiplyTiles(int task, float[] tile) {
        int all = strips * panels;
        int first = share(all, task, tasks);
        int end = share(all, task + 1, tasks);
        int steps = Math.max(1, ceilDiv(span, STEP));
        for (int i = 0; i < steps; i++) {
            int from = share(span, i, steps);
            int to = share(span, i + 1, steps);
            // Tiles are counted block by block, in a block panel by panel, downwards in a panel.
            for (int t = first; t < end; ) {
                int block = t / (BLOCK * panels);
                int height = Math.min(BLOCK, strips - block * BLOCK);
                int within = t - block * BLOCK * panels;
                int panel = within / height;
                int strip = within - panel * height;
                int count = Math.min(height - strip, end - t);
                multiplyColumn(block * BLOCK + strip, count, panel, from, to, tile);
                t += count;
            }
        }
    }

    /// Some tiles of a panel, one above the other, for k from `from` to `to` of the span.
    private void multiplyColumn(int strip, int count, int panel, int from, int to, float[] tile) {
        int width = Math.min(WIDTH, columns - panel * WIDTH);
        for (int i = strip; i < strip + count; i++) {
            int height = Math.min(HEIGHT, rows - i * HEIGHT);
            int at = co + (firstRow + i * HEIGHT) * n + firstColumn + panel * WIDTH;
            if (height == HEIGHT && width == WIDTH) {
                multiplyTile(i, panel, width, from, to, c, at, n);
            } else {
                if (adds || firstK + from > 0) {
                    copy(height, width, c, at, n, tile, 0, WIDTH);
                }
                multiplyTile(i, panel, width, from, to, tile, 0, WIDTH);
                copy(height, width, tile, 0, WIDTH, c, at, n);
            }
        }
    }

    private void multiplyTile(
            int strip,
            int panel,
            int width,
            int from,
            int to,
            float[] target,
            int targetAt,
            int targetRow) {
        float[] source = packedA;
        int at = from;
        int row = span + PAD;
        if (deep) {
            at = strip * stripSize + from * DEPTH;
            row = 1;
        } else if ((strip + 1) * HEIGHT <= rows) {
            source = a;
            at = ao + strip * HEIGHT * k + firstK + from;
            row = k;
        }
        boolean begins = firstK + from == 0 && !adds;
        VectorTile.multiply(
                width,
                to - from,
                deep,
                source,
                at,
                row,
                packedB,
                panel * panelSize + from * WIDTH,
                begins ? ZEROS : target,
                begins ? 0 : targetAt,
                begins ? 0 : targetRow,
                target,
                targetAt,
                targetRow);
        if (finishesTiles && firstK + to == k) {
            VectorTile.finish(target, targetAt, targetRow, wholeBias, panel * WIDTH, limit);
        }
    }

    private static void copy(
            int rows,
            int columns,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int toRow) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[offset + i * toRow + j] = from[fo + i * fromRow + j];
            }
        }
    }

    private void activate(int task) {
        int from = share(m * n, task, tasks);
        int count = share(m * n, task + 1, tasks) - from;
        KERNELS.activate(activation, count, c, co + from, c, co + from);
    }

    private void multiplyRow(int task) {
        int from = share(n, task, tasks);
        int count = share(n, task + 1, tasks) - from;
        int at = co + from;
        VectorRow.multiply(count, k, a, ao, b, bo + from, n, c, at, adds);
        if (bias != null) {
            KERNELS.add(count, c, at, bias, biasOffset + from, c, at);
        }
        if (activation != Activation.IDENTITY) {
            KERNELS.activate(activation, count, c, at, c, at);
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
