package org.manabi.layers;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Window;

/// The transpose of a convolutional layer: it makes images larger where [Conv2d] makes them smaller.
/// Each element of the input adds a multiple of a filter to the output.
///
///     y[n, c, oh, ow] = Σ x[n, m, ih, iw] · w[m, c, kh, kw] + b[c]
///     oh = ih·stride + kh·dilation − padding,   ow likewise
///
/// **Shapes:** input `[N, M, H, W]`, output `[N, channels, oH, oW]` with
/// `oH = (H − 1)·stride + dilation·(kernel − 1) + 1 − padding + added`, or `H·stride` with
/// [Padding#SAME]; parameters `weight` `[M, channels/groups, kernel height, kernel width]` and `bias`
/// `[channels]`.
///
/// Source: Zeiler et al., *Deconvolutional Networks* (2010).
///
/// @param channels of the output
/// @param kernel the size of a filter
/// @param stride how far apart the filters of neighboring elements lie
/// @param padding what is cut off around the output
/// @param dilation the distance of a filter's elements; 1 leaves no gaps
/// @param added rows at the bottom and columns at the right that are added to the output, fewer than
///     the stride: sizes that a convolution rounds off; nothing with [Padding#SAME]
/// @param groups into which the channels of input and output are divided
/// @param weights how w begins
/// @param bias how b begins, or `null` for a layer without one
public record ConvTranspose2d(
        int channels,
        Size kernel,
        Size stride,
        Padding padding,
        Size dilation,
        Size added,
        int groups,
        Initializer weights,
        @Nullable Initializer bias)
        implements Layer {

    public ConvTranspose2d {
        Checks.require(channels >= 1, "ConvTranspose2d needs at least 1 channel, got %d", channels);
        Checks.require(groups >= 1, "ConvTranspose2d needs at least 1 group, got %d", groups);
        Checks.require(
                channels % groups == 0,
                "ConvTranspose2d cannot divide %d channels into %d groups",
                channels,
                groups);
        Checks.require(
                kernel.height() >= 1 && kernel.width() >= 1,
                "a kernel's sides are at least 1, got %s",
                kernel);
        Checks.require(
                stride.height() >= 1 && stride.width() >= 1,
                "a stride is at least 1, got %s",
                stride);
        Checks.require(
                dilation.height() >= 1 && dilation.width() >= 1,
                "a dilation is at least 1, got %s",
                dilation);
        Checks.require(
                added.height() >= 0
                        && added.width() >= 0
                        && added.height() < stride.height()
                        && added.width() < stride.width(),
                "added rows and columns are at least 0 and less than the stride %s, got %s",
                stride,
                added);
    }

    /// Square filters, one beside the other by 1, nothing cut off, with He's normal weights and zero
    /// biases.
    public ConvTranspose2d(int channels, int kernel) {
        this(
                channels,
                Size.of(kernel),
                Size.of(1),
                Padding.NONE,
                Size.of(1),
                Size.of(0),
                1,
                He.NORMAL,
                Initializer.ZEROS);
    }

    public ConvTranspose2d withStride(int stride) {
        return new ConvTranspose2d(
                channels, kernel, Size.of(stride), padding, dilation, added, groups, weights, bias);
    }

    public ConvTranspose2d withPadding(Padding padding) {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, dilation, added, groups, weights, bias);
    }

    public ConvTranspose2d withDilation(int dilation) {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, Size.of(dilation), added, groups, weights, bias);
    }

    public ConvTranspose2d withAdded(int added) {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, dilation, Size.of(added), groups, weights, bias);
    }

    public ConvTranspose2d withGroups(int groups) {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, dilation, added, groups, weights, bias);
    }

    public ConvTranspose2d withWeights(Initializer weights) {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, dilation, added, groups, weights, bias);
    }

    public ConvTranspose2d withoutBias() {
        return new ConvTranspose2d(
                channels, kernel, stride, padding, dilation, added, groups, weights, null);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = Images.require(input.shape());
        int inputs = shape.dim(1);
        Checks.require(
                inputs % groups == 0,
                "expected input [N, C, H, W] with C a multiple of the %d groups, got %s",
                groups,
                shape);
        // Same padding is that of the convolution from H·stride to H.
        int height = shape.dim(2) * stride.height();
        int width = shape.dim(3) * stride.width();
        Window window = padding.window(kernel, stride, dilation, height, width);
        boolean same = padding instanceof Padding.Same;
        int rows = same ? missing(window.vertical()) : added.height();
        int columns = same ? missing(window.horizontal()) : added.width();
        Variable output =
                Result.of(
                        new org.manabi.autodiff.ConvTranspose2d(window, groups, rows, columns),
                        input,
                        scope.parameter(
                                "weight",
                                Shape.of(
                                        inputs, channels / groups, kernel.height(), kernel.width()),
                                weights));
        return bias == null
                ? output
                : output.plus(
                        scope.parameter("bias", Shape.of(channels), bias)
                                .reshape(Shape.of(channels, 1, 1)));
    }

    /// What an output lacks of `H·stride`, where the filters are smaller than the stride.
    private static int missing(Window.Axis axis) {
        return Math.max(0, axis.stride() - axis.span());
    }

    @Override
    public String toString() {
        return "ConvTranspose2d[channels=%d, kernel=%s".formatted(channels, kernel)
                + (stride.equals(Size.of(1)) ? "" : ", stride=" + stride)
                + (padding.equals(Padding.NONE) ? "" : ", padding=" + padding)
                + (dilation.equals(Size.of(1)) ? "" : ", dilation=" + dilation)
                + (added.equals(Size.of(0)) ? "" : ", added=" + added)
                + (groups == 1 ? "" : ", groups=" + groups)
                + "]";
    }
}
