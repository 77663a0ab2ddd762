package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The gradient of a convolution's weights and bias: a product of the output's gradient, turned so
/// that filters are neighbors, and the input at each tap, read from its [Planes] without a copy for
/// each tap.
///
/// A task takes one part of the samples and, if there are few parts, some of the blocks of filters.
/// As many parts are summed at once as there is room for; their sums are then added in ascending
/// order.
final class WeightGradientPass {

    private static final int WIDTH = WeightGradientTile.WIDTH;
    private static final int HEIGHT = WeightGradientTile.HEIGHT;

    /// Positions whose gradients are turned at a time, to stay in the second-level cache.
    private static final int POSITIONS = 640;

    /// Floats of the sums of all parts that are summed at once.
    private static final int SUMS = 1 << 20;

    private final ConvolutionShape shape;
    private final Planes planes;
    private final int[] taps;
    private final int blocks;
    private final int outHeight;
    private final int outWidth;
    private final int rows;

    /// Floats of the sums of one block of filters: one row for each tap, then the bias.
    private final int size;

    /// The number of parts that are summed at once.
    private final int wave;

    private final float[] sums;
    private final Workers.Task multiply = this::multiply;
    private final Workers.Task add = this::add;
    private int firstPart;
    private int splits;
    private @Nullable Call call;

    /// The arrays of one call, where all tasks see them.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Call(
            Workers workers,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {}

    WeightGradientPass(ConvolutionShape shape) {
        this.shape = shape;
        planes = Planes.forward(shape);
        taps = CorrelationPass.forwardTaps(shape, planes);
        blocks = (shape.filters() + WIDTH - 1) / WIDTH;
        outHeight = shape.outHeight();
        outWidth = shape.outWidth();
        rows = Math.clamp(POSITIONS / outWidth, 1, outHeight);
        size = ((taps.length + HEIGHT - 1) / HEIGHT * HEIGHT + 1) * WIDTH;
        int all = shape.groups() * blocks * size;
        wave = Math.clamp(SUMS / all, 1, Math.max(1, shape.parts()));
        sums = new float[(wave + 1) * all];
    }

    void run(
            Workers workers,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {
        call = new Call(workers, x, xo, dy, dyo, y, yo, dw, dwo, db, dbo);
        int groupBlocks = shape.groups() * blocks;
        for (firstPart = 0; firstPart < shape.parts(); firstPart += wave) {
            int parts = Math.min(wave, shape.parts() - firstPart) * shape.groups();
            splits = Math.clamp(4 * workers.threads() / parts, 1, blocks);
            workers.run(parts * splits, multiply);
            workers.run(groupBlocks, add);
        }
        call = null;
    }

    /// Sums the products of one part of the samples for some blocks of a group's filters.
    private void multiply(int task, int thread) {
        Call call = current();
        int split = task % splits;
        int group = task / splits % shape.groups();
        int part = task / splits / shape.groups();
        int block = blocks * split / splits;
        int blockEnd = blocks * (split + 1) / splits;
        boolean copies = !planes.areInPlace();
        int copied = copies ? planes.size() : 0;
        int turned = copied + (rows * outWidth + VectorTranspose.SIDE) * WIDTH;
        float[] scratch = call.workers.scratch(thread, 2 * turned - copied);
        int so = ((part + 1) * shape.groups() + group) * blocks * size;
        Arrays.fill(sums, so + block * size, so + blockEnd * size, 0);
        int n = (firstPart + part) * ConvolutionShape.PART;
        int end = Math.min(shape.samples(), n + ConvolutionShape.PART);
        for (; n < end; n++) {
            int image = n * shape.groups() + group;
            int from = call.xo + image * shape.channels() * shape.inPlane();
            if (copies) {
                planes.copy(call.x, from, null, 0, scratch, 0);
            }
            float[] x = copies ? scratch : call.x;
            for (int b = block; b < blockEnd; b++) {
                int filter = image * shape.filters() + b * WIDTH;
                int filters = Math.min(WIDTH, shape.filters() - b * WIDTH);
                addSample(filter, filters, x, copies ? 0 : from, scratch, copied, so + b * size);
            }
        }
    }

    /// Adds the products of one sample to one block of filters.
    private void addSample(
            int filter, int filters, float[] x, int xo, float[] scratch, int to, int so) {
        Call call = current();
        int gradient = filter * shape.outPlane();
        int between = to + (rows * outWidth + VectorTranspose.SIDE) * WIDTH;
        for (int row = 0; row < outHeight; row += rows) {
            int count = Math.min(rows, outHeight - row);
            int from = gradient + row * outWidth;
            int bias = so + size - WIDTH;
            turn(call, from, filters, count * outWidth, scratch, between, to, bias);
            multiplyRows(count, x, xo + row * planes.columns(), scratch, to, so);
        }
    }

    /// Writes the gradients of a block of filters at neighboring positions, position by position,
    /// and adds them to the bias' sums. In between they are kept in rows from `rows` on, of whole
    /// squares for [VectorTranspose]: zeros at their ends add nothing.
    private void turn(
            Call call,
            int from,
            int filters,
            int positions,
            float[] scratch,
            int rows,
            int to,
            int bias) {
        int side = VectorTranspose.SIDE;
        int length = (positions + side - 1) / side * side;
        for (int f = 0; f < WIDTH; f++) {
            int row = rows + side + f * length;
            if (f < filters) {
                int at = from + f * shape.outPlane();
                if (call.y == null) {
                    System.arraycopy(call.dy, call.dyo + at, scratch, row, positions);
                } else {
                    VectorRectifier.copy(
                            positions, call.dy, call.dyo + at, call.y, call.yo + at, scratch, row);
                }
                Arrays.fill(scratch, row + positions, row + length, 0);
            } else {
                Arrays.fill(scratch, row, row + length, 0);
            }
        }
        for (int f = 0; f < WIDTH; f += VectorTranspose.ROWS) {
            VectorTranspose.transpose(
                    length, scratch, rows + side + f * length, to + f, WIDTH, sums, bias + f);
        }
    }

    private void multiplyRows(int rows, float[] x, int xo, float[] g, int go, int so) {
        int last = taps.length - 1;
        for (int t = 0; t < taps.length; t += HEIGHT) {
            WeightGradientTile.add(
                    rows,
                    outWidth,
                    g,
                    go,
                    x,
                    planes.columns(),
                    xo + taps[t],
                    xo + taps[Math.min(t + 1, last)],
                    xo + taps[Math.min(t + 2, last)],
                    xo + taps[Math.min(t + 3, last)],
                    xo + taps[Math.min(t + 4, last)],
                    sums,
                    so + t * WIDTH);
        }
    }

    /// Adds the sums of this wave's parts to those before; after the last wave, writes them out.
    private void add(int task, int thread) {
        Call call = current();
        int groupBlocks = shape.groups() * blocks;
        int count = Math.min(wave, shape.parts() - firstPart);
        int total = task * size;
        for (int part = 0; part < count; part++) {
            int from = ((part + 1) * groupBlocks + task) * size;
            if (firstPart + part == 0) {
                System.arraycopy(sums, from, sums, total, size);
            } else {
                WeightGradientTile.addAll(size, sums, from, total);
            }
        }
        if (firstPart + count == shape.parts()) {
            write(call, task / blocks, task % blocks * WIDTH, total);
        }
    }

    private void write(Call call, int group, int firstFilter, int total) {
        int filters = Math.min(WIDTH, shape.filters() - firstFilter);
        for (int f = 0; f < filters; f++) {
            int filter = group * shape.filters() + firstFilter + f;
            int to = call.dwo + filter * taps.length;
            for (int t = 0; t < taps.length; t++) {
                call.dw[to + t] = sums[total + t * WIDTH + f];
            }
            if (call.db != null) {
                call.db[call.dbo + filter] = sums[total + size - WIDTH + f];
            }
        }
    }

    private Call current() {
        if (call == null) {
            throw new IllegalStateException("a task runs within a call only");
        }
        return call;
    }
}
