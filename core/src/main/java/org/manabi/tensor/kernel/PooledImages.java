package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// The max-pooling of what a convolution makes, a few images at a time, while they are in the cache.
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
///
/// @param height of the images that are pooled
/// @param width of the images that are pooled
record PooledImages(Window window, int height, int width) {

    private static final VectorPooling POOLING = new VectorPooling();

    /// Whether windows of 2 × 2 lie side by side, so that a gradient can be spread row by row.
    boolean arePairs() {
        return VectorPooling.arePairs(window, width);
    }

    /// Elements of an image before it is pooled.
    int plane() {
        return height * width;
    }

    /// Elements of an image after it is pooled.
    int outputs() {
        return window.vertical().positions(height) * window.horizontal().positions(width);
    }

    /// As [FloatPooling#maximum].
    void pool(int images, float[] x, int xo, float[] y, int yo, int @Nullable [] winners, int wo) {
        POOLING.maximum(images, height, width, window, x, xo, y, yo, winners, wo);
    }

    /// As [FloatPooling#maximumGradient].
    void spread(int images, int[] winners, int wo, float[] dy, int dyo, float[] dx, int dxo) {
        POOLING.maximumGradient(images, height, width, window, winners, wo, dy, dyo, dx, dxo);
    }

    /// Writes two rows of the gradient of pairs from row `row` of a pooled image, `pitch` apart.
    void spreadRow(
            int row, int[] winners, int wo, float[] dy, int dyo, float[] dx, int dxo, int pitch) {
        int columns = width / 2;
        int at = dxo + 2 * row * pitch;
        VectorPooling.gradientOfRow(
                columns, winners, wo + row * columns, dy, dyo + row * columns, dx, at, pitch);
        if (width % 2 != 0) {
            dx[at + width - 1] = 0;
            dx[at + pitch + width - 1] = 0;
        }
    }
}
