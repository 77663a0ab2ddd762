package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.AveragePooling.Divisor;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// The average of the elements under each position of a window that slides over every channel by
/// itself.
///
/// **Shapes:** input `[N, C, H, W]`, output `[N, C, oH, oW]` with
/// `oH = ⌊(H + padding − kernel) / stride⌋ + 1`.
///
/// @param kernel the size of the window
/// @param stride how far it moves
/// @param padding zeros around the input, less than the window on each side
/// @param divisor whether an average counts padding: [Divisor#WINDOW] as PyTorch does by default,
///     [Divisor#INSIDE] as TensorFlow does
public record AveragePool2d(Size kernel, Size stride, Padding padding, Divisor divisor)
        implements Layer {

    public AveragePool2d {
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
    public AveragePool2d(int kernel) {
        this(Size.of(kernel), Size.of(kernel), Padding.NONE, Divisor.WINDOW);
    }

    public AveragePool2d withStride(int stride) {
        return new AveragePool2d(kernel, Size.of(stride), padding, divisor);
    }

    public AveragePool2d withPadding(Padding padding) {
        return new AveragePool2d(kernel, stride, padding, divisor);
    }

    public AveragePool2d withDivisor(Divisor divisor) {
        return new AveragePool2d(kernel, stride, padding, divisor);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = Images.require(input.shape());
        return Result.of(
                new org.manabi.autodiff.AveragePool2d(
                        Images.window(kernel, stride, padding, Size.of(1), shape), divisor),
                input);
    }

    @Override
    public String toString() {
        return "AveragePool2d[kernel=%s".formatted(kernel)
                + (stride.equals(kernel) ? "" : ", stride=" + stride)
                + (padding.equals(Padding.NONE) ? "" : ", padding=" + padding)
                + (divisor == Divisor.WINDOW ? "" : ", divisor=" + divisor)
                + "]";
    }
}
