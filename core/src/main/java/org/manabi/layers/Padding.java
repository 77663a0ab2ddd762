package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.Window;

/// What is put around images before a window slides over them.
public sealed interface Padding {

    /// No padding: the output is smaller than the input by the window less one.
    Padding NONE = new Around(0, 0, 0, 0);

    /// As much as makes the output's sides ⌈side / stride⌉: with stride 1, as large as the input.
    Padding SAME = new Same();

    /// As much on all four sides.
    static Padding of(int elements) {
        return new Around(elements, elements, elements, elements);
    }

    /// How a window of this size slides over images `[…, height, width]`.
    Window window(Size size, Size stride, Size dilation, int height, int width);

    /// So many elements on each side.
    record Around(int top, int bottom, int left, int right) implements Padding {

        public Around {
            Checks.require(
                    top >= 0 && bottom >= 0 && left >= 0 && right >= 0,
                    "padding is at least 0, got top %d, bottom %d, left %d, right %d",
                    top,
                    bottom,
                    left,
                    right);
        }

        @Override
        public Window window(Size size, Size stride, Size dilation, int height, int width) {
            return new Window(
                    new Window.Axis(size.height(), stride.height(), top, bottom, dilation.height()),
                    new Window.Axis(size.width(), stride.width(), left, right, dilation.width()));
        }

        /// `2` for the same on all sides, otherwise all four: top, bottom, left, right.
        @Override
        public String toString() {
            return top == bottom && top == left && top == right
                    ? Integer.toString(top)
                    : "%d/%d/%d/%d".formatted(top, bottom, left, right);
        }
    }

    /// See [#SAME]. An odd element goes to the bottom and to the right, as in TensorFlow and in
    /// ONNX's SAME_UPPER.
    record Same() implements Padding {

        @Override
        public Window window(Size size, Size stride, Size dilation, int height, int width) {
            return new Window(
                    axis(size.height(), stride.height(), dilation.height(), height),
                    axis(size.width(), stride.width(), dilation.width(), width));
        }

        private static Window.Axis axis(int size, int stride, int dilation, int length) {
            int positions = (length + stride - 1) / stride;
            int span = (size - 1) * dilation + 1;
            int padding = Math.max(0, (positions - 1) * stride + span - length);
            return new Window.Axis(size, stride, padding / 2, padding - padding / 2, dilation);
        }

        @Override
        public String toString() {
            return "same";
        }
    }
}
