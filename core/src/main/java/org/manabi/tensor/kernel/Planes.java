package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// The images of one group's channels, laid out so that neighboring positions of a window read
/// neighboring numbers at every tap: padding is there as zeros, and for a stride of s every s-th
/// row and column is gathered into a plane of its own, one for each phase that the window touches.
///
/// Where the images lie so anyway they are read in place, without a copy.
final class Planes {

    /// One axis of the planes: element i of the plane of `phase` is the image's element
    /// `i·step + phase + origin`, or 0 where that is outside.
    private record Axis(int origin, int step, int phases, int length) {

        /// The axis along which the window `axis` reads images.
        static Axis forward(Window.Axis axis, int length) {
            int step = axis.stride();
            return new Axis(
                    -axis.before(),
                    step,
                    axis.dilation() % step == 0 ? 1 : Math.min(step, axis.span()),
                    axis.positions(length) + (axis.span() - 1) / step);
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
            return low > high ? new Axis(0, 1, 1, 1) : new Axis(low, 1, 1, high - low + 1);
        }

        /// The first element of the plane of `phase` that is not padding.
        int first(int phase) {
            return Math.clamp(Math.ceilDiv(-origin - phase, step), 0, length);
        }

        /// The element behind the last that is not padding.
        int end(int phase, int imageLength) {
            int end = Math.ceilDiv(imageLength - origin - phase, step);
            return Math.clamp(end, first(phase), length);
        }

        boolean liesWithin(int imageLength) {
            return step == 1 && origin >= 0 && origin + length <= imageLength;
        }
    }

    private final int channels;
    private final int imageHeight;
    private final int imageWidth;
    private final Axis vertical;
    private final Axis horizontal;
    private final boolean inPlace;

    private Planes(int channels, int height, int width, Axis vertical, Axis horizontal) {
        this.channels = channels;
        this.imageHeight = height;
        this.imageWidth = width;
        this.inPlace = vertical.liesWithin(height) && horizontal.liesWithin(width);
        this.vertical = vertical;
        this.horizontal = horizontal;
    }

    /// The planes on which a convolution reads its input.
    static Planes forward(ConvolutionShape shape) {
        return new Planes(
                shape.channels(),
                shape.height(),
                shape.width(),
                Axis.forward(shape.window().vertical(), shape.height()),
                Axis.forward(shape.window().horizontal(), shape.width()));
    }

    /// The planes on which the gradient of a convolution's input reads that of its output.
    static Planes backward(ConvolutionShape shape) {
        return new Planes(
                shape.filters(),
                shape.outHeight(),
                shape.outWidth(),
                Axis.backward(shape.window().vertical(), shape.height()),
                Axis.backward(shape.window().horizontal(), shape.width()));
    }

    /// Whether the images can be read where they lie.
    boolean areInPlace() {
        return inPlace;
    }

    /// The distance from one row to the next.
    int columns() {
        return inPlace ? imageWidth : horizontal.length;
    }

    /// The place of the plane element that the grid's first position reads at a tap that lies `y`
    /// and `x` from the images' first element.
    int tap(int channel, int y, int x) {
        if (inPlace) {
            return (channel * imageHeight + y) * imageWidth + x;
        }
        int down = y - vertical.origin;
        int right = x - horizontal.origin;
        int phase = down % vertical.step * horizontal.phases + right % horizontal.step;
        int plane = channel * vertical.phases * horizontal.phases + phase;
        return (plane * vertical.length + down / vertical.step) * horizontal.length
                + right / horizontal.step;
    }

    /// The number of floats of the planes.
    int size() {
        return inPlace
                ? channels * imageHeight * imageWidth
                : channels
                        * vertical.phases
                        * vertical.length
                        * horizontal.phases
                        * horizontal.length;
    }

    /// The number of floats that [#copy] needs: the planes, and an image for the time being.
    int scratch() {
        return size() + imageHeight * imageWidth;
    }

    /// Copies one sample's images; where `y` is given, only those elements whose y is greater than
    /// 0, and 0 for the others.
    void copy(float[] images, int from, float @Nullable [] y, int yo, float[] to, int offset) {
        int image = imageHeight * imageWidth;
        if (inPlace) {
            rectify(channels * image, images, from, y, yo, to, offset);
            return;
        }
        Arrays.fill(to, offset, offset + size(), 0);
        int step = size() / channels;
        for (int channel = 0; channel < channels; channel++) {
            int at = offset + channel * step;
            if (y == null) {
                copyImage(images, from + channel * image, to, at);
            } else {
                int spare = offset + size();
                VectorRectifier.copy(
                        image, images, from + channel * image, y, yo + channel * image, to, spare);
                copyImage(to, spare, to, at);
            }
        }
    }

    private static void rectify(
            int n, float[] images, int from, float @Nullable [] y, int yo, float[] to, int at) {
        if (y == null) {
            System.arraycopy(images, from, to, at, n);
        } else {
            VectorRectifier.copy(n, images, from, y, yo, to, at);
        }
    }

    private void copyImage(float[] image, int from, float[] to, int offset) {
        int at = offset;
        for (int down = 0; down < vertical.phases; down++) {
            for (int right = 0; right < horizontal.phases; right++) {
                int first = vertical.first(down);
                int end = vertical.end(down, imageHeight);
                for (int i = first; i < end; i++) {
                    int row = i * vertical.step + down + vertical.origin;
                    copyRow(right, image, from + row * imageWidth, to, at + i * horizontal.length);
                }
                at += vertical.length * horizontal.length;
            }
        }
    }

    private void copyRow(int phase, float[] image, int from, float[] to, int at) {
        int first = horizontal.first(phase);
        int end = horizontal.end(phase, imageWidth);
        int shifted = from + horizontal.origin + phase;
        int step = horizontal.step;
        if (step == 1) {
            System.arraycopy(image, shifted + first, to, at + first, end - first);
        } else {
            for (int i = first; i < end; i++) {
                to[at + i] = image[shifted + i * step];
            }
        }
    }
}
