package org.manabi.tensor.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// One pass over all samples of a convolution: forward, or back to the gradient of its input, which
/// is a correlation as well, of the padded gradient of the output with the weights turned around.
/// With a stride of s, each s-th row and column of the input's gradient is a correlation of its
/// own.
///
/// Where the output is max-pooled at once, it never leaves the cache: the forward pass pools each
/// sample's images before the next one's are made, and the backward pass spreads the gradient of
/// the pooled images over the planes, sample by sample.
final class CorrelationPass {

    private final ConvolutionShape shape;
    private final Planes planes;
    private final Correlation[] correlations;
    private final int source;
    private final int target;
    private final boolean copies;
    private final @Nullable PooledImages pooled;
    private final boolean backward;

    private final Workers.Task pack = this::pack;
    private final Workers.Task correlate = this::correlate;
    private int splits;
    private CorrelationTile[] tiles = {};
    private @Nullable Call call;

    /// The arrays of one call, where all tasks see them. It is never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Call(
            Workers workers,
            float[] x,
            int xo,
            float @Nullable [] y,
            int yo,
            float[] w,
            int wo,
            float @Nullable [] bias,
            int bo,
            float floor,
            float[] to,
            int offset,
            int @Nullable [] winners,
            int winner) {}

    /// @param source floats of one group of a sample of the input
    /// @param target floats of one group of a sample of the output
    private CorrelationPass(
            ConvolutionShape shape,
            Planes planes,
            Correlation[] correlations,
            int source,
            int target,
            @Nullable PooledImages pooled,
            boolean backward) {
        this.shape = shape;
        this.planes = planes;
        this.correlations = correlations;
        this.source = source;
        this.target = target;
        this.pooled = pooled;
        this.backward = backward;
        copies =
                !planes.areInPlace()
                        || !Arrays.stream(correlations).allMatch(Correlation::staysWithinPlanes);
    }

    /// @param pooled how the output is pooled, if it is
    static CorrelationPass forward(ConvolutionShape shape, @Nullable PooledImages pooled) {
        Planes planes = Planes.forward(shape);
        int[] taps = forwardTaps(shape, planes);
        int[] weights = new int[taps.length];
        Arrays.setAll(weights, t -> t);
        Correlation correlation =
                new Correlation(
                        taps,
                        new Correlation.Weights(taps.length, weights),
                        shape.groups(),
                        shape.filters(),
                        new Correlation.Grid(
                                shape.outHeight(),
                                shape.outWidth(),
                                0,
                                shape.outWidth(),
                                1,
                                shape.outPlane()),
                        planes.columns(),
                        shape.channels() * shape.window().vertical().size());
        return new CorrelationPass(
                shape,
                planes,
                new Correlation[] {correlation},
                shape.channels() * shape.inPlane(),
                shape.filters() * outputs(shape, pooled),
                pooled,
                false);
    }

    /// Elements of an image of the output.
    static int outputs(ConvolutionShape shape, @Nullable PooledImages pooled) {
        return pooled == null ? shape.outPlane() : pooled.outputs();
    }

    /// The place of each tap `(c, kh, kw)` on the planes of the input.
    static int[] forwardTaps(ConvolutionShape shape, Planes planes) {
        Window.Axis vertical = shape.window().vertical();
        Window.Axis horizontal = shape.window().horizontal();
        int[] taps = new int[shape.taps()];
        int t = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int kh = 0; kh < vertical.size(); kh++) {
                for (int kw = 0; kw < horizontal.size(); kw++) {
                    taps[t++] =
                            planes.tap(
                                    c,
                                    kh * vertical.dilation() - vertical.before(),
                                    kw * horizontal.dilation() - horizontal.before());
                }
            }
        }
        return taps;
    }

    /// @param pooled how the output was pooled, if it was
    static CorrelationPass backward(ConvolutionShape shape, @Nullable PooledImages pooled) {
        Planes planes = Planes.backward(shape);
        int down = Math.min(shape.window().vertical().stride(), shape.height());
        int right = Math.min(shape.window().horizontal().stride(), shape.width());
        Correlation[] correlations = new Correlation[down * right];
        Arrays.setAll(correlations, phase -> backward(shape, planes, phase / right, phase % right));
        return new CorrelationPass(
                shape,
                planes,
                correlations,
                shape.filters() * outputs(shape, pooled),
                shape.channels() * shape.inPlane(),
                pooled,
                true);
    }

    /// The gradient of the rows `row`, `row + stride` … and the columns `column`, `column + stride`
    /// … of the input.
    private static Correlation backward(
            ConvolutionShape shape, Planes planes, int row, int column) {
        Window.Axis vertical = shape.window().vertical();
        Window.Axis horizontal = shape.window().horizontal();
        int[] taps = new int[shape.filters() * shape.window().area()];
        int[] weights = new int[taps.length];
        int count = 0;
        int tapRows = 0;
        for (int m = 0; m < shape.filters(); m++) {
            for (int kh = 0; kh < vertical.size(); kh++) {
                int y = row + vertical.before() - kh * vertical.dilation();
                if (Math.floorMod(y, vertical.stride()) != 0) {
                    continue;
                }
                tapRows++;
                for (int kw = 0; kw < horizontal.size(); kw++) {
                    int x = column + horizontal.before() - kw * horizontal.dilation();
                    if (Math.floorMod(x, horizontal.stride()) == 0) {
                        int down = Math.floorDiv(y, vertical.stride());
                        int right = Math.floorDiv(x, horizontal.stride());
                        taps[count] = planes.tap(m, down, right);
                        weights[count++] = m * shape.taps() + kh * horizontal.size() + kw;
                    }
                }
            }
        }
        return new Correlation(
                Arrays.copyOf(taps, count),
                new Correlation.Weights(shape.window().area(), Arrays.copyOf(weights, count)),
                shape.groups(),
                shape.channels(),
                new Correlation.Grid(
                        (shape.height() - 1 - row) / vertical.stride() + 1,
                        (shape.width() - 1 - column) / horizontal.stride() + 1,
                        row * shape.width() + column,
                        vertical.stride() * shape.width(),
                        horizontal.stride(),
                        shape.inPlane()),
                planes.columns(),
                tapRows);
    }

    void run(
            Workers workers,
            float[] x,
            int xo,
            float @Nullable [] y,
            int yo,
            float[] w,
            int wo,
            float @Nullable [] bias,
            int bo,
            float floor,
            float[] to,
            int offset,
            int @Nullable [] winners,
            int winner) {
        if (tiles.length < workers.threads()) {
            tiles = new CorrelationTile[workers.threads()];
            Arrays.setAll(tiles, _ -> new CorrelationTile());
        }
        call = new Call(workers, x, xo, y, yo, w, wo, bias, bo, floor, to, offset, winners, winner);
        int blocks = correlations[0].blocks();
        int images = shape.samples() * shape.groups();
        splits = Math.clamp(4 * workers.threads() / Math.max(1, images), 1, blocks);
        workers.run(shape.groups() * blocks, pack);
        workers.run(images * splits, correlate);
        call = null;
    }

    private void pack(int task, int thread) {
        Call call = current();
        int blocks = correlations[0].blocks();
        int group = task / blocks;
        int wo = call.wo + group * shape.filters() * shape.taps();
        int bo = call.bo + group * correlations[0].filters();
        for (Correlation correlation : correlations) {
            correlation.pack(group, task % blocks, call.w, wo, call.bias, bo);
        }
    }

    private void correlate(int task, int thread) {
        Call call = current();
        int image = task / splits;
        int split = task % splits;
        int blocks = correlations[0].blocks();
        int from = call.xo + image * source;
        boolean spreads = pooled != null && backward;
        boolean copy = copies || call.y != null || spreads;
        int size = copy ? planes.size() : 0;
        int images = size + scratchFloats();
        float[] scratch =
                call.workers.scratch(
                        thread, images + (pooled == null ? 0 : shape.filters() * pooled.plane()));
        if (spreads && pooled != null) {
            int winner = call.winner + image * source;
            planes.spread(pooled, call.x, from, winners(call), winner, scratch, 0, images);
        } else if (copy) {
            planes.copy(call.x, from, call.y, call.yo + image * source, scratch, 0);
        }
        boolean pools = pooled != null && !backward;
        int block = blocks * split / splits;
        int blockEnd = blocks * (split + 1) / splits;
        for (Correlation correlation : correlations) {
            correlation.run(
                    tiles[thread],
                    image % shape.groups(),
                    block,
                    blockEnd,
                    copy ? scratch : call.x,
                    copy ? 0 : from,
                    call.floor,
                    scratch,
                    size,
                    pools ? scratch : call.to,
                    pools ? images : call.offset + image * target);
        }
        if (pools && pooled != null) {
            pool(pooled, image, block, blockEnd, scratch, images);
        }
    }

    /// Pools the images of some blocks of filters.
    private void pool(
            PooledImages pooled, int image, int block, int blockEnd, float[] images, int first) {
        Call call = current();
        int filter = correlations[0].firstFilter(block);
        int output = image * target + filter * pooled.outputs();
        pooled.pool(
                correlations[0].filterEnd(blockEnd) - filter,
                images,
                first + filter * pooled.plane(),
                call.to,
                call.offset + output,
                call.winners,
                call.winner + output);
    }

    private static int[] winners(Call call) {
        return Objects.requireNonNull(call.winners);
    }

    private int scratchFloats() {
        int most = 0;
        for (Correlation correlation : correlations) {
            most = Math.max(most, correlation.scratch());
        }
        return most;
    }

    private Call current() {
        if (call == null) {
            throw new IllegalStateException("a task runs within a call only");
        }
        return call;
    }
}
