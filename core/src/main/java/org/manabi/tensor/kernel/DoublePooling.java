package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Window;

/// Max-pooling of double images, as [FloatPooling] says.
public final class DoublePooling {

    private DoublePooling() {}

    /// As [FloatPooling#maximum].
    public static void maximum(
            int images,
            int height,
            int width,
            Window window,
            double[] x,
            int xo,
            double[] y,
            int yo,
            int @Nullable [] winners,
            int wo) {
        Window.Axis vertical = window.vertical();
        Window.Axis horizontal = window.horizontal();
        int outWidth = horizontal.positions(width);
        int rows = images * vertical.positions(height);
        for (int row = 0; row < rows; row++) {
            int image = row / vertical.positions(height);
            int top = row % vertical.positions(height) * vertical.stride() - vertical.before();
            int from = xo + image * height * width;
            for (int ow = 0; ow < outWidth; ow++) {
                int left = ow * horizontal.stride() - horizontal.before();
                int winner = winner(window, height, width, x, from, top, left);
                int at = row * outWidth + ow;
                y[yo + at] = x[from + place(window, width, top, left, winner)];
                if (winners != null) {
                    winners[wo + at] = winner;
                }
            }
        }
    }

    /// The number of the winner of the window whose first element is at `top`, `left`.
    private static int winner(
            Window window, int height, int width, double[] x, int from, int top, int left) {
        Window.Axis vertical = window.vertical();
        Window.Axis horizontal = window.horizontal();
        int winner = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int kh = 0; kh < vertical.size(); kh++) {
            int ih = top + kh * vertical.dilation();
            if (ih < 0 || ih >= height) {
                continue;
            }
            for (int kw = 0; kw < horizontal.size(); kw++) {
                int iw = left + kw * horizontal.dilation();
                if (iw >= 0 && iw < width) {
                    double value = x[from + ih * width + iw];
                    if (winner < 0
                            || value > most
                            || (Double.isNaN(value) && !Double.isNaN(most))) {
                        winner = kh * horizontal.size() + kw;
                        most = value;
                    }
                }
            }
        }
        return winner;
    }

    /// Where an element of the window at `top`, `left` lies in its image.
    private static int place(Window window, int width, int top, int left, int element) {
        int size = window.horizontal().size();
        int ih = top + element / size * window.vertical().dilation();
        return ih * width + left + element % size * window.horizontal().dilation();
    }

    /// As [FloatPooling#maximumGradient].
    public static void maximumGradient(
            int images,
            int height,
            int width,
            Window window,
            int[] winners,
            int wo,
            double[] dy,
            int dyo,
            double[] dx,
            int dxo) {
        Window.Axis vertical = window.vertical();
        Window.Axis horizontal = window.horizontal();
        int outWidth = horizontal.positions(width);
        int rows = images * vertical.positions(height);
        Arrays.fill(dx, dxo, dxo + images * height * width, 0);
        for (int row = 0; row < rows; row++) {
            int image = row / vertical.positions(height);
            int top = row % vertical.positions(height) * vertical.stride() - vertical.before();
            int to = dxo + image * height * width;
            for (int ow = 0; ow < outWidth; ow++) {
                int left = ow * horizontal.stride() - horizontal.before();
                int at = row * outWidth + ow;
                dx[to + place(window, width, top, left, winners[wo + at])] += dy[dyo + at];
            }
        }
    }
}
