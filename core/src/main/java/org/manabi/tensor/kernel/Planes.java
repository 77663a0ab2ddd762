package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// The images of one group's channels, laid out so that neighboring positions of a window read
/// neighboring numbers at every tap: padding is there as zeros, and for a stride of s every s-th
/// row and column is gathered into a plane of its own, one for each phase that the window touches.
///
/// Where the stride is 1, the padding behind a row is that before the next row too, and the padding
/// below a channel that above the next one. Where the images lie as they should anyway, they are
/// read in place.
final class Planes {

    /// Planes lie an odd number of cache lines apart, lest all of them meet in the same few places
    /// of the cache.
    private static final int LINE = 64 / Float.BYTES;

    /// One axis of the planes: element i of the plane of `phase` is the image's element
    /// `i·step + phase + origin`, or 0 where that is outside.
    ///
    /// @param length the number of elements that are read
    /// @param imageLength the number of elements that there are
    private record Axis(int origin, int step, int phases, int length, int imageLength) {

        /// The axis along which the window `axis` reads images.
        static Axis forward(Window.Axis axis, int length) {
            int step = axis.stride();
            return new Axis(
                    -axis.before(),
                    step,
                    axis.dilation() % step == 0 ? 1 : Math.min(step, axis.span()),
                    axis.positions(length) + (axis.span() - 1) / step,
                    length);
        }

        /// The axis along which the gradient of an axis of `length` reads the output's gradient.
        static Axis backward(Window.Axis axis, int length) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int phase = 0; phase < Math.min(axis.stride(), length); phase++) {
                int last = (length - 1 - phase) / axis.stride();
                for (int k = 0; k < axis.size(); k++) {
                    int reach = phase + axis.before() - k * axis.dilation();
                    if (Math.floorMod(reach, axis.stride()) == 0) {
                        int out = Math.floorDiv(reach, axis.stride());
                        low = Math.min(low, out);
                        high = Math.max(high, out + last);
                    }
                }
            }
            int outputs = axis.positions(length);
            return low > high
                    ? new Axis(0, 1, 1, 1, outputs)
                    : new Axis(low, 1, 1, high - low + 1, outputs);
        }

        boolean liesWithinImage() {
            return step == 1 && origin >= 0 && origin + length <= imageLength;
        }

        boolean holdsWholeImage() {
            return step == 1 && origin <= 0 && end(0) - first(0) == imageLength;
        }

        /// The first element of the plane of `phase` that is not padding.
        int first(int phase) {
            return Math.clamp(Math.ceilDiv(-origin - phase, step), 0, length);
        }

        /// The element behind the last that is not padding.
        int end(int phase) {
            int end = Math.ceilDiv(imageLength - origin - phase, step);
            return Math.clamp(end, first(phase), length);
        }

        /// The elements before the plane that the plane before it, or nothing, has room for.
        int lead() {
            return step == 1 ? first(0) : 0;
        }

        /// The distance of neighboring planes: what is before them is shared.
        int pitch() {
            return step == 1 ? end(0) - first(0) + Math.max(first(0), length - end(0)) : length;
        }
    }

    private final int channels;
    private final Axis vertical;
    private final Axis horizontal;
    private final boolean inPlace;

    /// The distances from one row to the next, from one phase and from one channel.
    private final int columns;

    private final int plane;
    private final int channel;

    /// Zeros before the first channel.
    private final int lead;

    private Planes(int channels, Axis vertical, Axis horizontal) {
        this.channels = channels;
        this.vertical = vertical;
        this.horizontal = horizontal;
        inPlace = vertical.liesWithinImage() && horizontal.liesWithinImage();
        if (inPlace) {
            columns = horizontal.imageLength;
            plane = vertical.imageLength * columns;
            channel = plane;
            lead = 0;
        } else {
            columns = horizontal.pitch();
            plane = vertical.pitch() * columns;
            int size = vertical.phases * horizontal.phases * plane;
            channel = ((size + LINE - 1) / LINE | 1) * LINE;
            lead = vertical.lead() * columns + horizontal.lead();
        }
    }

    /// The planes on which a convolution reads its input.
    static Planes forward(ConvolutionShape shape) {
        return new Planes(
                shape.channels(),
                Axis.forward(shape.window().vertical(), shape.height()),
                Axis.forward(shape.window().horizontal(), shape.width()));
    }

    /// The planes on which the gradient of a convolution's input reads that of its output.
    static Planes backward(ConvolutionShape shape) {
        return new Planes(
                shape.filters(),
                Axis.backward(shape.window().vertical(), shape.height()),
                Axis.backward(shape.window().horizontal(), shape.width()));
    }

    /// Whether the images can be read where they lie.
    boolean areInPlace() {
        return inPlace;
    }

    /// The distance from one row to the next.
    int columns() {
        return columns;
    }

    /// The place of the plane element that the grid's first position reads at a tap that lies `y`
    /// and `x` from the images' first element.
    int tap(int channel, int y, int x) {
        if (inPlace) {
            return channel * this.channel + y * columns + x;
        }
        int down = y - vertical.origin;
        int right = x - horizontal.origin;
        int phase = down % vertical.step * horizontal.phases + right % horizontal.step;
        return lead
                + channel * this.channel
                + phase * plane
                + (down / vertical.step - vertical.lead()) * columns
                + right / horizontal.step
                - horizontal.lead();
    }

    /// The number of floats of a copy.
    int size() {
        return lead + channels * channel;
    }

    /// Copies one sample's images; where `y` is given, only those elements whose y is greater than
    /// 0, and 0 for the others.
    void copy(float[] images, int from, float @Nullable [] y, int yo, float[] to, int offset) {
        if (inPlace) {
            copyRows(1, channels * channel, images, from, y, yo, to, offset, 0);
        } else if (vertical.step == 1 && horizontal.step == 1) {
            copyDense(images, from, y, yo, to, offset);
        } else {
            // The forward pass: the backward one has no steps, and this one no y.
            copyPhases(images, from, to, offset);
        }
    }

    /// Writes one sample's images, of which the pooled ones and the winners are given: zeros where
    /// an element did not win.
    ///
    /// @param images room for all of a sample's images in `to`
    void spread(
            PooledImages pooled,
            float[] gradients,
            int from,
            int[] winners,
            int wo,
            float[] to,
            int offset,
            int images) {
        if (!pooled.arePairs() || !holdWholeImages()) {
            pooled.spread(channels, winners, wo, gradients, from, to, images);
            copy(to, images, null, 0, to, offset);
            return;
        }
        int height = vertical.imageLength;
        int width = horizontal.imageLength;
        Arrays.fill(to, offset, offset + lead, 0);
        for (int c = 0; c < channels; c++) {
            int at = offset + lead + c * channel;
            int image = c * pooled.outputs();
            for (int row = 0; row < height / 2; row++) {
                pooled.spreadRow(
                        row, winners, wo + image, gradients, from + image, to, at, columns);
                Arrays.fill(to, at + (2 * row) * columns + width, at + (2 * row + 1) * columns, 0);
                int next = at + (2 * row + 1) * columns;
                Arrays.fill(to, next + width, next + columns, 0);
            }
            Arrays.fill(to, at + height / 2 * 2 * columns, at + channel, 0);
        }
    }

    /// Whether each image lies as a whole on a plane, row by row.
    private boolean holdWholeImages() {
        return inPlace || (vertical.holdsWholeImage() && horizontal.holdsWholeImage());
    }

    private void copyDense(
            float[] images, int from, float @Nullable [] y, int yo, float[] to, int offset) {
        int first = horizontal.first(0);
        int top = vertical.first(0);
        int rows = vertical.end(0) - top;
        int width = horizontal.imageLength;
        int corner = (top + vertical.origin) * width + first + horizontal.origin;
        Arrays.fill(to, offset, offset + lead, 0);
        for (int c = 0; c < channels; c++) {
            int at = offset + lead + c * channel;
            int image = c * vertical.imageLength * width + corner;
            copyRows(
                    rows,
                    horizontal.end(0) - first,
                    images,
                    from + image,
                    y,
                    yo + image,
                    to,
                    at,
                    width);
            Arrays.fill(to, at + rows * columns, at + channel, 0);
        }
    }

    /// Copies rows that lie `width` apart to rows that lie `columns` apart, with zeros in between.
    private void copyRows(
            int rows,
            int length,
            float[] images,
            int from,
            float @Nullable [] y,
            int yo,
            float[] to,
            int at,
            int width) {
        for (int row = 0; row < rows; row++) {
            int line = at + row * columns;
            if (y == null) {
                System.arraycopy(images, from + row * width, to, line, length);
            } else {
                VectorRectifier.copy(
                        length, images, from + row * width, y, yo + row * width, to, line);
            }
            for (int i = length; i < columns; i++) {
                to[line + i] = 0;
            }
        }
    }

    private void copyPhases(float[] images, int from, float[] to, int offset) {
        Arrays.fill(to, offset, offset + size(), 0);
        int width = horizontal.imageLength;
        for (int phase = 0; phase < vertical.phases * horizontal.phases; phase++) {
            int down = phase / horizontal.phases;
            int right = phase % horizontal.phases;
            int top = vertical.first(down);
            int bottom = vertical.end(down);
            int first = horizontal.first(right);
            int length = horizontal.end(right) - first;
            int corner = first * horizontal.step + right + horizontal.origin;
            for (int c = 0; c < channels; c++) {
                int image = from + c * vertical.imageLength * width + corner;
                int at = offset + lead + c * channel + phase * plane + first - horizontal.lead();
                for (int i = top; i < bottom; i++) {
                    int line = image + (i * vertical.step + down + vertical.origin) * width;
                    int row = at + (i - vertical.lead()) * columns;
                    for (int j = 0; j < length; j++) {
                        to[row + j] = images[line + j * horizontal.step];
                    }
                }
            }
        }
    }
}
