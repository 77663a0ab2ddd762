package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.manabi.tensor.Window;

/// Average-pooling of float32 images as plain loops, whose inner ones are rows. Padding adds nothing
/// to a sum.
public final class FloatAverages {

    private FloatAverages() {}

    /// Writes for each position the sum of the elements under the window, over `(kh, kw)` ascending,
    /// divided by the position's divisor.
    public static void average(
            int images,
            int height,
            int width,
            Window window,
            int[] divisors,
            float[] x,
            int xo,
            float[] y,
            int yo) {
        Window.Axis vertical = window.vertical();
        Window.Axis horizontal = window.horizontal();
        int outHeight = vertical.positions(height);
        int outWidth = horizontal.positions(width);
        Arrays.fill(y, yo, yo + images * outHeight * outWidth, 0);
        for (int row = 0; row < images * outHeight; row++) {
            int oh = row % outHeight;
            int to = yo + row * outWidth;
            for (int k = 0; k < window.area(); k++) {
                int kw = k % horizontal.size();
                int ih = oh * vertical.stride() + vertical.offset(k / horizontal.size());
                if (ih >= 0 && ih < height) {
                    int from = xo + (row / outHeight * height + ih) * width + horizontal.offset(kw);
                    int end = horizontal.endInside(kw, width);
                    for (int ow = horizontal.firstInside(kw, width); ow < end; ow++) {
                        y[to + ow] += x[from + ow * horizontal.stride()];
                    }
                }
            }
            for (int ow = 0; ow < outWidth; ow++) {
                y[to + ow] /= divisors[oh * outWidth + ow];
            }
        }
    }

    /// Writes the gradient of x: each position's gradient, divided by the position's divisor, is added
    /// to each element under the window, over `(oh, kh, kw)` ascending.
    public static void averageGradient(
            int images,
            int height,
            int width,
            Window window,
            int[] divisors,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo) {
        Window.Axis vertical = window.vertical();
        Window.Axis horizontal = window.horizontal();
        int outHeight = vertical.positions(height);
        int outWidth = horizontal.positions(width);
        Arrays.fill(dx, dxo, dxo + images * height * width, 0);
        for (int row = 0; row < images * outHeight; row++) {
            int oh = row % outHeight;
            int from = dyo + row * outWidth;
            int divisor = oh * outWidth;
            for (int k = 0; k < window.area(); k++) {
                int kw = k % horizontal.size();
                int ih = oh * vertical.stride() + vertical.offset(k / horizontal.size());
                if (ih >= 0 && ih < height) {
                    int to = dxo + (row / outHeight * height + ih) * width + horizontal.offset(kw);
                    int end = horizontal.endInside(kw, width);
                    for (int ow = horizontal.firstInside(kw, width); ow < end; ow++) {
                        dx[to + ow * horizontal.stride()] += dy[from + ow] / divisors[divisor + ow];
                    }
                }
            }
        }
    }
}
