package org.manabi.tensor;

/// How a window slides over the two innermost axes of images `[N, C, H, W]`.
public record Window(Axis vertical, Axis horizontal) {

    /// A window that moves by one element, without padding.
    public static Window of(int height, int width) {
        return new Window(Axis.of(height), Axis.of(width));
    }

    /// The number of elements under the window.
    public int area() {
        return vertical.size * horizontal.size;
    }

    /// How the window slides along one axis: at position o, its element k lies on
    ///
    ///     i = o·stride + k·dilation − before
    ///
    /// which is padding where i is outside the axis.
    ///
    /// @param size the number of the window's elements along this axis, at least 1
    /// @param stride how far the window moves, at least 1
    /// @param before padding before the axis' first element
    /// @param after padding behind its last
    /// @param dilation the distance of the window's elements, at least 1; 1 leaves no gaps
    public record Axis(int size, int stride, int before, int after, int dilation) {

        public Axis {
            Checks.require(size >= 1, "a window's size is at least 1, got %d", size);
            Checks.require(stride >= 1, "a window's stride is at least 1, got %d", stride);
            Checks.require(
                    before >= 0 && after >= 0,
                    "a window's padding is at least 0, got %d before and %d after",
                    before,
                    after);
            Checks.require(dilation >= 1, "a window's dilation is at least 1, got %d", dilation);
        }

        /// Stride 1 and no padding.
        public static Axis of(int size) {
            return new Axis(size, 1, 0, 0, 1);
        }

        /// The length that the window covers, gaps included: `(size − 1)·dilation + 1`.
        public int span() {
            return (size - 1) * dilation + 1;
        }

        /// The number of positions on an axis of this length:
        /// `⌊(before + length + after − span) / stride⌋ + 1`.
        ///
        /// @throws ShapeException if the window does not fit even once
        public int positions(int length) {
            int padded = before + length + after;
            if (padded < span()) {
                throw new ShapeException(
                        "a window of %d does not fit an axis of %d%s"
                                .formatted(
                                        span(),
                                        padded,
                                        padded == length ? "" : ", padding included"));
            }
            return (padded - span()) / stride + 1;
        }

        /// Where element k lies from the window's position on: `k·dilation − before`.
        public int offset(int k) {
            return k * dilation - before;
        }

        /// The first position at which element k is not padding, on an axis of this length.
        public int firstInside(int k, int length) {
            return Math.clamp(Math.ceilDiv(-offset(k), stride), 0, positions(length));
        }

        /// The position behind the last at which element k is not padding.
        public int endInside(int k, int length) {
            int end = Math.ceilDiv(length - offset(k), stride);
            return Math.clamp(end, firstInside(k, length), positions(length));
        }
    }
}
