package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// The largest element under each position of a window that slides over every channel by itself.
/// Padding is never the largest; NaN always is.
///
/// **Shapes:** input `[N, C, H, W]`, output `[N, C, oH, oW]` with
/// `oH = ⌊(H + padding − kernel) / stride⌋ + 1`.
///
/// @param kernel the size of the window
/// @param stride how far it moves
/// @param padding what is put around the input, less than the window on each side
public record MaxPool2d(Size kernel, Size stride, Padding padding) implements Layer {

    public MaxPool2d {
        Checks.require(
                kernel.height() >= 1 && kernel.width() >= 1,
                "a kernel's sides are at least 1, got %s",
                kernel);
        Checks.require(
                stride.height() >= 1 && stride.width() >= 1,
                "a stride is at least 1, got %s",
                stride);
    }

    /// Square windows side by side, without padding.
    public MaxPool2d(int kernel) {
        this(Size.of(kernel), Size.of(kernel), Padding.NONE);
    }

    public MaxPool2d withStride(int stride) {
        return new MaxPool2d(kernel, Size.of(stride), padding);
    }

    public MaxPool2d withPadding(Padding padding) {
        return new MaxPool2d(kernel, stride, padding);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = Images.require(input.shape());
        return Result.of(
                new org.manabi.autodiff.MaxPool2d(
                        Images.window(kernel, stride, padding, Size.of(1), shape)),
                input);
    }

    @Override
    public String toString() {
        return "MaxPool2d[kernel=%s".formatted(kernel)
                + (stride.equals(kernel) ? "" : ", stride=" + stride)
                + (padding.equals(Padding.NONE) ? "" : ", padding=" + padding)
                + "]";
    }
}
