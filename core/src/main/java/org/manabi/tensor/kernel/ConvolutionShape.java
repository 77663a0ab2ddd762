package org.manabi.tensor.kernel;

import org.manabi.tensor.Window;

/// The sizes of one convolution: x `[N, G·C, H, W]`, w `[G·M, C, kH, kW]`, y `[N, G·M, oH, oW]`.
///
/// @param samples N
/// @param groups G, each of which sees channels of its own
/// @param channels C of one group
/// @param height H
/// @param width W
/// @param filters M of one group
public record ConvolutionShape(
        int samples, int groups, int channels, int height, int width, int filters, Window window) {

    /// The weights' gradient is summed over so many samples at a time.
    static final int PART = 8;

    int outHeight() {
        return window.vertical().positions(height);
    }

    int outWidth() {
        return window.horizontal().positions(width);
    }

    /// The weights of one filter, in the order `(c, kh, kw)`.
    int taps() {
        return channels * window.area();
    }

    int inPlane() {
        return height * width;
    }

    int outPlane() {
        return outHeight() * outWidth();
    }

    int inSample() {
        return groups * channels * inPlane();
    }

    int outSample() {
        return groups * filters * outPlane();
    }

    /// The number of parts into which the samples are cut.
    int parts() {
        return (samples + PART - 1) / PART;
    }
}
