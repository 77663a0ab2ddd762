package org.manabi.layers;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Window;

/// A convolutional layer over sequences: a [Conv2d] of images that are one row high.
///
///     y[n, m, o] = Σ w[m, c, k] · x[n, c, o·stride + k·dilation − padding] + b[m]
///
/// **Shapes:** input `[N, C, L]`, output `[N, filters, oL]` with
/// `oL = ⌊(L + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1`; parameters `weight`
/// `[filters, C/groups, kernel]` and `bias` `[filters]`.
///
/// @param filters M, the channels of the output
/// @param kernel the length of a filter
/// @param stride how far it moves
/// @param padding the zeros around the input, of which the left and the right ones count
/// @param dilation the distance of a filter's elements; 1 leaves no gaps
/// @param groups into which channels and filters are divided; a filter sees those of its own only
/// @param weights how w begins
/// @param bias how b begins, or `null` for a layer without one
public record Conv1d(
        int filters,
        int kernel,
        int stride,
        Padding padding,
        int dilation,
        int groups,
        Initializer weights,
        @Nullable Initializer bias)
        implements Layer {

    public Conv1d {
        Checks.require(filters >= 1, "Conv1d needs at least 1 filter, got %d", filters);
        Checks.require(groups >= 1, "Conv1d needs at least 1 group, got %d", groups);
        Checks.require(
                filters % groups == 0,
                "Conv1d cannot divide %d filters into %d groups",
                filters,
                groups);
        Checks.require(kernel >= 1, "a kernel's length is at least 1, got %d", kernel);
        Checks.require(stride >= 1, "a stride is at least 1, got %d", stride);
        Checks.require(dilation >= 1, "a dilation is at least 1, got %d", dilation);
    }

    /// Filters that move by 1, without padding, with He's normal weights, for ReLU networks, and zero
    /// biases.
    public Conv1d(int filters, int kernel) {
        this(filters, kernel, 1, Padding.NONE, 1, 1, He.NORMAL, Initializer.ZEROS);
    }

    public Conv1d withStride(int stride) {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv1d withPadding(Padding padding) {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv1d withDilation(int dilation) {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv1d withGroups(int groups) {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv1d withWeights(Initializer weights) {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, bias);
    }

    public Conv1d withoutBias() {
        return new Conv1d(filters, kernel, stride, padding, dilation, groups, weights, null);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(
                shape.rank() == 3 && shape.dim(1) % groups == 0,
                "expected input [N, C, L]%s, got %s",
                groups == 1 ? "" : " with C a multiple of the %d groups".formatted(groups),
                shape);
        int channels = shape.dim(1);
        int length = shape.dim(2);
        Window.Axis axis =
                padding.window(
                                new Size(1, kernel),
                                new Size(1, stride),
                                new Size(1, dilation),
                                1,
                                length)
                        .horizontal();
        Checks.require(
                axis.before() + length + axis.after() >= axis.span(),
                "a kernel of %d, dilation %d, does not fit sequences of %d with padding %s; "
                        + "is Padding.SAME meant?",
                kernel,
                dilation,
                length,
                padding);
        var convolution =
                new org.manabi.autodiff.Conv2d(new Window(Window.Axis.of(1), axis), groups);
        Variable image = input.reshape(Shape.of(shape.dim(0), channels, 1, length));
        Variable filter =
                scope.parameter("weight", Shape.of(filters, channels / groups, kernel), weights)
                        .reshape(Shape.of(filters, channels / groups, 1, kernel));
        Variable output =
                bias == null
                        ? Result.of(convolution, image, filter)
                        : Result.of(
                                convolution,
                                image,
                                filter,
                                scope.parameter("bias", Shape.of(filters), bias));
        return output.reshape(Shape.of(shape.dim(0), filters, output.shape().dim(3)));
    }

    @Override
    public String toString() {
        return "Conv1d[filters=%d, kernel=%d".formatted(filters, kernel)
                + (stride == 1 ? "" : ", stride=" + stride)
                + (padding.equals(Padding.NONE) ? "" : ", padding=" + padding)
                + (dilation == 1 ? "" : ", dilation=" + dilation)
                + (groups == 1 ? "" : ", groups=" + groups)
                + "]";
    }
}
