package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// One matrix product on vectors: its parameters, and how it is cut into phases and tasks.
///
/// The right operand is packed into panels, the left one into strips (see [VectorTile]); all
/// threads pack together, and all use what was packed. Loops, from the outside: k in spans; rows, as
/// many as the strips have room for; columns, as many as the panels have room for. Each of these
/// parts is packed and then multiplied by tasks that are equal shares of its tiles. A task goes
/// through its share of k in steps whose part of a panel stays in the L1 cache; between steps the
/// sums wait in C. Each sum is one chain over k ascending, whatever the sizes of all these parts are.
final class VectorProduct implements Workers.Task {

    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;
    private static final VectorFloatKernels KERNELS = new VectorFloatKernels();
    private static final float[] ZEROS = new float[WIDTH];

    /// Fewer multiply-adds than these are done before a second thread has come.
    private static final long GRAIN = 250_000;

    /// Fewer floats than these are packed, or finished, before a second thread has come.
    private static final int FLOAT_GRAIN = 16_000;

    /// Floats of panels at a time, 4 MiB.
    private static final int PANELS_ROOM = 1 << 20;

    /// Floats of strips at a time, 8 MiB.
    private static final int STRIPS_ROOM = 1 << 21;

    /// The longest span of k that is packed at a time: the longer it is, the narrower are the parts
    /// of B's rows that are read at a time.
    private static final int SPAN = 1 << 10;

    /// The longest step of k: 16 KiB of a panel, half of the L1 cache.
    private static final int STEP = 4_096 / WIDTH;

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

    private float[] packedA = ZEROS;
    private int stripSize;
    private boolean packsA;

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
        prepareFinish(space);
        int spans = Math.max(1, ceilDiv(k, SPAN));
        for (int i = 0; i < spans; i++) {
            firstK = share(k, i, spans);
            span = share(k, i + 1, spans) - firstK;
            runSpan(space, thread);
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
            int width = ceilDiv(n, WIDTH) * WIDTH;
            wholeBias = space.bias(width);
            Arrays.fill(wholeBias, 0, width, -0f);
            if (bias != null) {
                System.arraycopy(bias, biasOffset, wholeBias, 0, n);
            }
        }
    }

    /// Strips are packed once; panels too, where all strips or all panels find room at once.
    private void runSpan(Space space, int thread) {
        stripSize = span * HEIGHT + PAD;
        panelSize = span * WIDTH + PAD;
        int allStrips = ceilDiv(m, HEIGHT);
        int allPanels = ceilDiv(n, WIDTH);
        int rowParts = ceilDiv(allStrips, Math.max(1, STRIPS_ROOM / stripSize));
        int columnParts = ceilDiv(allPanels, Math.max(1, PANELS_ROOM / panelSize));
        for (int i = 0; i < rowParts; i++) {
            int first = share(allStrips, i, rowParts);
            strips = share(allStrips, i + 1, rowParts) - first;
            firstRow = first * HEIGHT;
            rows = Math.min(m - firstRow, strips * HEIGHT);
            packedA = space.rows(strips * stripSize);
            packsA = true;
            for (int j = 0; j < columnParts; j++) {
                first = share(allPanels, j, columnParts);
                panels = share(allPanels, j + 1, columnParts) - first;
                firstColumn = first * WIDTH;
                columns = Math.min(n - firstColumn, panels * WIDTH);
                packedB = space.panels(panels * panelSize);
                packsB = i == 0 || columnParts > 1;
                runPhase(Phase.PACK, packTasks(), thread);
                packsA = false;
                runPhase(Phase.MULTIPLY, multiplyTasks(), thread);
            }
        }
    }

    private int multiplyTasks() {
        int blocks = ceilDiv(strips, BLOCK);
        int shares = Math.max(SHARES, ceilDiv(blocks, workers.threads()));
        return together ? workers.threads() * shares : blocks;
    }

    private int packTasks() {
        int floats = (packsB ? columns * span : 0) + (packsA ? rows * span : 0);
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
        if (packsA && layout == Product.ATB) {
            int at = ao + (firstK + from) * m + firstRow;
            VectorPacking.copyStrips(length, rows, a, at, m, packedA, from * HEIGHT, stripSize);
        } else if (packsA) {
            transposeStrips(share(strips, task, tasks), share(strips, task + 1, tasks));
        }
    }

    private void transposeStrips(int strip, int stripEnd) {
        for (int s = strip; s < stripEnd; s++) {
            int height = Math.min(HEIGHT, rows - s * HEIGHT);
            int at = ao + (firstRow + s * HEIGHT) * k + firstK;
            VectorPacking.transposeStrip(height, span, a, at, k, packedA, s * stripSize);
        }
    }

    private void transposePanels(int panel, int panelEnd) {
        for (int p = panel; p < panelEnd; p++) {
            int width = Math.min(WIDTH, columns - p * WIDTH);
            int at = bo + (firstColumn + p * WIDTH) * k + firstK;
            VectorPacking.transposePanel(width, span, b, at, k, packedB, p * panelSize);
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
        if (width <= VectorTail.COLUMNS) {
            for (int i = strip; i < strip + count; i += VectorTail.STRIPS) {
                int strips = Math.min(VectorTail.STRIPS, strip + count - i);
                multiplyTail(i, strips, panel, width, from, to, tile);
            }
            return;
        }
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
        boolean begins = firstK + from == 0 && !adds;
        VectorTile.multiply(
                width,
                to - from,
                packedA,
                strip * stripSize + from * HEIGHT,
                packedB,
                panel * panelSize + from * WIDTH,
                begins ? ZEROS : target,
                begins ? 0 : targetAt,
                begins ? 0 : targetRow,
                target,
                targetAt,
                targetRow);
        if (finishesTiles && firstK + to == k) {
            VectorTile.finish(
                    target, targetAt, targetRow, wholeBias, firstColumn + panel * WIDTH, limit);
        }
    }

    /// Up to four tiles one above the other, of which only the first columns exist.
    private void multiplyTail(
            int strip, int count, int panel, int width, int from, int to, float[] tile) {
        boolean begins = firstK + from == 0 && !adds;
        boolean ends = finishesTiles && firstK + to == k;
        int last = strip + count - 1;
        int height = Math.min(count * HEIGHT, rows - strip * HEIGHT);
        int column = firstColumn + panel * WIDTH;
        int at = co + (firstRow + strip * HEIGHT) * n + column;
        Arrays.fill(tile, 0, VectorTail.STRIPS * VectorTail.COLUMNS * HEIGHT, 0);
        for (int i = 0; i < height && !begins; i++) {
            for (int j = 0; j < width; j++) {
                tile[tailIndex(i, j)] = c[at + i * n + j];
            }
        }
        VectorTail.multiply(
                to - from,
                packedA,
                strip * stripSize + from * HEIGHT,
                Math.min(strip + 1, last) * stripSize + from * HEIGHT,
                Math.min(strip + 2, last) * stripSize + from * HEIGHT,
                Math.min(strip + 3, last) * stripSize + from * HEIGHT,
                packedB,
                panel * panelSize + from * WIDTH,
                tile);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                float sum = tile[tailIndex(i, j)];
                if (ends) {
                    sum += wholeBias[column + j];
                    sum = sum <= limit ? 0 : sum;
                }
                c[at + i * n + j] = sum;
            }
        }
    }

    private static int tailIndex(int row, int column) {
        return (row / HEIGHT * VectorTail.COLUMNS + column) * HEIGHT + row % HEIGHT;
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
