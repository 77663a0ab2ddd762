package org.manabi.tensor.kernel;

import java.util.Arrays;
import java.util.Objects;
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

    /// Arrays of turned gradients for which there is room: the gradients, and what is on the way.
    private static final int TURNED = 2;

    /// Floats of the sums of all parts that are summed at once.
    private static final int SUMS = 1 << 20;

    private final ConvolutionShape shape;
    private final @Nullable PooledImages pooled;

    /// Elements of an image of the output's gradient.
    private final int outputs;

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
            int @Nullable [] winners,
            int winner,
            float @Nullable [] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {}

    /// @param pooled how the output was pooled, if it was
    WeightGradientPass(ConvolutionShape shape, @Nullable PooledImages pooled) {
        this.shape = shape;
        this.pooled = pooled;
        outputs = CorrelationPass.outputs(shape, pooled);
        planes = Planes.forward(shape);
        taps = CorrelationPass.forwardTaps(shape, planes);
        blocks = (shape.filters() + WIDTH - 1) / WIDTH;
        outHeight = shape.outHeight();
        outWidth = shape.outWidth();
        rows = Math.min(Math.max(POSITIONS / outWidth / 2, 1) * 2, outHeight); // whole pairs
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
            int @Nullable [] winners,
            int winner,
            float @Nullable [] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {
        call = new Call(workers, x, xo, dy, dyo, y, yo, winners, winner, dw, dwo, db, dbo);
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
        int turned = copied + TURNED * (rows * outWidth + 2 * VectorTranspose.SIDE) * WIDTH;
        int images = pooled == null || pooled.arePairs() ? 0 : WIDTH * shape.outPlane();
        float[] scratch = call.workers.scratch(thread, turned + images);
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
        int part = (rows * outWidth + 2 * VectorTranspose.SIDE) * WIDTH;
        int between = to + part;
        int bias = so + size - WIDTH;
        float[] dy = call.dy;
        int gradient = call.dyo + filter * outputs;
        boolean pairs = pooled != null && pooled.arePairs();
        if (pooled != null && !pairs) {
            int winner = call.winner + filter * outputs;
            pooled.spread(
                    filters, winners(call), winner, dy, gradient, scratch, to + TURNED * part);
            dy = scratch;
            gradient = to + TURNED * part;
        }
        for (int row = 0; row < outHeight; row += rows) {
            int count = Math.min(rows, outHeight - row);
            if (pairs) {
                int winner = call.winner + filter * outputs;
                spread(call, row, count, gradient, winner, filters, scratch, between, to, bias);
            } else {
                int from = row * outWidth;
                int positions = count * outWidth;
                copyRows(
                        filters,
                        positions,
                        shape.outPlane(),
                        dy,
                        gradient + from,
                        call.y,
                        call.yo + filter * outputs + from,
                        scratch,
                        between + VectorTranspose.SIDE);
                turn(positions, scratch, between + VectorTranspose.SIDE, to, sums, bias);
            }
            multiplyRows(count, x, xo + row * planes.columns(), scratch, to, so);
        }
    }

    /// Writes rows `row` to `row + count` of the gradients of a block of filters, of which the
    /// pooled ones are given, position by position, and adds them to the bias' sums. Pooled
    /// gradients and winners are turned before they are spread, since they are few.
    private void spread(
            Call call,
            int row,
            int count,
            int gradient,
            int winner,
            int filters,
            float[] scratch,
            int between,
            int to,
            int bias) {
        int columns = outWidth / 2;
        int first = row / 2 * columns;
        int positions = count / 2 * columns;
        int copied = between + VectorTranspose.SIDE;
        int turned = copied + WIDTH * length(positions);
        int turnedWinners = turned + WIDTH * length(positions);
        int nowhere = turnedWinners + WIDTH * length(positions);
        copyRows(filters, positions, outputs, call.dy, gradient + first, null, 0, scratch, copied);
        turn(positions, scratch, copied, turned, scratch, nowhere);
        int[] winners = winners(call);
        int from = winner + first;
        for (int f = 0; f < filters; f++) {
            int at = copied + f * length(positions);
            for (int i = 0; i < positions; i++) {
                scratch[at + i] = winners[from + f * outputs + i];
            }
        }
        turn(positions, scratch, copied, turnedWinners, scratch, nowhere);
        VectorUnpooling.spread(count / 2, outWidth, scratch, turned, turnedWinners, to, sums, bias);
        if (count % 2 != 0) { // the last row of all, of which no element is in a window
            int last = to + (count - 1) * outWidth * WIDTH;
            Arrays.fill(scratch, last, last + outWidth * WIDTH, 0);
        }
    }

    private static int[] winners(Call call) {
        return Objects.requireNonNull(call.winners);
    }

    /// The length of a row of so many positions in whole squares of [VectorTranspose].
    private static int length(int positions) {
        return (positions + VectorTranspose.SIDE - 1) / VectorTranspose.SIDE * VectorTranspose.SIDE;
    }

    /// Copies gradients to [#WIDTH] rows without gaps between them, of whole squares for
    /// [VectorTranspose]: zeros at their ends, and for filters that there are not, add nothing.
    private void copyRows(
            int filters,
            int positions,
            int pitch,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] to,
            int rows) {
        int length = length(positions);
        for (int f = 0; f < filters; f++) {
            int row = rows + f * length;
            int at = f * pitch;
            if (y == null) {
                System.arraycopy(dy, dyo + at, to, row, positions);
            } else {
                VectorRectifier.copy(positions, dy, dyo + at, y, yo + at, to, row);
            }
            Arrays.fill(to, row + positions, row + length, 0);
        }
        Arrays.fill(to, rows + filters * length, rows + WIDTH * length, 0);
    }

    /// Turns such rows into columns, and adds each row's elements to its sum, in order.
    private static void turn(
            int positions, float[] scratch, int rows, int to, float[] sums, int so) {
        int length = length(positions);
        for (int f = 0; f < WIDTH; f += VectorTranspose.ROWS) {
            VectorTranspose.transpose(
                    length, scratch, rows + f * length, to + f, WIDTH, sums, so + f);
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
            if (call.dw != null) {
                int to = call.dwo + filter * taps.length;
                for (int t = 0; t < taps.length; t++) {
                    call.dw[to + t] = sums[total + t * WIDTH + f];
                }
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
