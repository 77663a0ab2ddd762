package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// Max-pooling of float32 images.
///
/// Of the elements under a window the first in row-major order that no other is greater than wins;
/// a NaN counts as greater than any number, so that it is not hidden. Padding never wins. Results
/// are the same bits whichever implementation runs. Images are dense and row-major from their
/// offsets on, so that a caller can share them among threads.
public sealed interface FloatPooling permits ScalarPooling, VectorPooling {

    /// The fastest that this process can run.
    static FloatPooling best() {
        return FloatKernels.best().vectorBits() == 0 ? new ScalarPooling() : new VectorPooling();
    }

    /// Writes the winners of each of `images` images, and, if asked for, where they were: their
    /// numbers under the window, `kh·kW + kw`.
    void maximum(
            int images,
            int height,
            int width,
            Window window,
            float[] x,
            int xo,
            float[] y,
            int yo,
            int @Nullable [] winners,
            int wo);

    /// Writes the gradient of the input: for each element the sum, beginning with 0, of the
    /// gradients of the windows in which it won, in row-major order.
    void maximumGradient(
            int images,
            int height,
            int width,
            Window window,
            int[] winners,
            int wo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo);
}
