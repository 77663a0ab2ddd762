package org.manabi.layers;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Window;

/// A convolutional layer: small filters slide over images, the same weights at every position.
///
///     y[n, m, oh, ow] = Σ w[m, c, kh, kw] · x[n, c, oh·stride + kh·dilation − padding, …] + b[m]
///
/// Strictly a cross-correlation, as everywhere in deep learning. A following activation is computed
/// in the same pass.
///
/// **Shapes:** input `[N, C, H, W]`, output `[N, filters, oH, oW]` with
/// `oH = ⌊(H + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1`; parameters `weight`
/// `[filters, C/groups, kernel height, kernel width]` and `bias` `[filters]`.
///
/// Source: LeCun et al., *Gradient-Based Learning Applied to Document Recognition* (1998), II.A.
///
/// @param filters M, the channels of the output
/// @param kernel the size of a filter
/// @param stride how far it moves
/// @param padding the zeros around the input
/// @param dilation the distance of a filter's elements; 1 leaves no gaps
/// @param groups into which channels and filters are divided; a filter sees those of its own only
/// @param weights how w begins
/// @param bias how b begins, or `null` for a layer without one
public record Conv2d(
        int filters,
        Size kernel,
        Size stride,
        Padding padding,
        Size dilation,
        int groups,
        Initializer weights,
        @Nullable Initializer bias)
        implements Layer {

    public Conv2d {
        Checks.require(filters >= 1, "Conv2d needs at least 1 filter, got %d", filters);
        Checks.require(groups >= 1, "Conv2d needs at least 1 group, got %d", groups);
        Checks.require(
                filters % groups == 0,
                "Conv2d cannot divide %d filters into %d groups",
                filters,
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
    }

    /// Square filters that move by 1, without padding, with He's normal weights, for ReLU networks,
    /// and zero biases.
    public Conv2d(int filters, int kernel) {
        this(
                filters,
                Size.of(kernel),
                Size.of(1),
                Padding.NONE,
                Size.of(1),
                1,
                He.NORMAL,
                Initializer.ZEROS);
    }

    public Conv2d withStride(int stride) {
        return new Conv2d(
                filters, kernel, Size.of(stride), padding, dilation, groups, weights, bias);
    }

    public Conv2d withPadding(Padding padding) {
        return new Conv2d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv2d withDilation(int dilation) {
        return new Conv2d(
                filters, kernel, stride, padding, Size.of(dilation), groups, weights, bias);
    }

    public Conv2d withGroups(int groups) {
        return new Conv2d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv2d withWeights(Initializer weights) {
        return new Conv2d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv2d withoutBias() {
        return new Conv2d(filters, kernel, stride, padding, dilation, groups, weights, null);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = Images.require(input.shape());
        int channels = shape.dim(1);
        Checks.require(
                channels % groups == 0,
                "expected input [N, C, H, W] with C a multiple of the %d groups, got %s",
                groups,
                shape);
        Window window = Images.window(kernel, stride, padding, dilation, shape);
        var convolution = new org.manabi.autodiff.Conv2d(window, groups);
        Variable weight =
                scope.parameter(
                        "weight",
                        Shape.of(filters, channels / groups, kernel.height(), kernel.width()),
                        weights);
        return bias == null
                ? Result.of(convolution, input, weight)
                : Result.of(
                        convolution,
                        input,
                        weight,
                        scope.parameter("bias", Shape.of(filters), bias));
    }

    @Override
    public String toString() {
        return "Conv2d[filters=%d, kernel=%s".formatted(filters, kernel)
                + (stride.equals(Size.of(1)) ? "" : ", stride=" + stride)
                + (padding.equals(Padding.NONE) ? "" : ", padding=" + padding)
                + (dilation.equals(Size.of(1)) ? "" : ", dilation=" + dilation)
                + (groups == 1 ? "" : ", groups=" + groups)
                + "]";
    }
}
