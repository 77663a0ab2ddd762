package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Window;

/// What layers over images ask of their input.
final class Images {

    private Images() {}

    /// The shape itself, if it is `[N, C, H, W]`.
    static Shape require(Shape shape) {
        Checks.require(
                shape.rank() == 4,
                "expected input [N, C, H, W], got %s%s",
                shape,
                switch (shape.rank()) {
                    case 3 -> "; is the axis of channels missing, [N, 1, H, W]?";
                    case 2 -> "; is a Flatten or a Dense before it?";
                    default -> "";
                });
        return shape;
    }

    /// How a window slides over such images.
    static Window window(Size kernel, Size stride, Padding padding, Size dilation, Shape shape) {
        int height = shape.dim(2);
        int width = shape.dim(3);
        Window window = padding.window(kernel, stride, dilation, height, width);
        Checks.require(
                fits(window.vertical(), height) && fits(window.horizontal(), width),
                "a kernel of %s, dilation %s, does not fit images of %d×%d with padding %s; "
                        + "is Padding.SAME or less pooling before it meant?",
                kernel,
                dilation,
                height,
                width,
                padding);
        return window;
    }

    private static boolean fits(Window.Axis axis, int length) {
        return axis.before() + length + axis.after() >= axis.span();
    }
}
