package org.manabi.autodiff;

import java.util.function.DoubleSupplier;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Tensor;

/// The gradient by central differences: slow, but nothing can be wrong with it, so
/// back-propagation is checked against it.
///
///     ∂f/∂x ≈ (f(x + h) − f(x − h)) / 2h
///
/// The error is of order h² from the formula and of order ε/h from rounding; in double,
/// `h = 1e-6 … 1e-4` leaves about 1e-9. In float32 rounding is 5e8 times as coarse: use float64.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.3.1, where `h = 1e-4`.
public final class NumericalGradient {

    /// The chapter's step.
    public static final double STEP = 1e-4;

    private NumericalGradient() {}

    /// The gradient of `function` with respect to every element of `at`, which `function` reads;
    /// `at` is moved while measuring and restored afterwards.
    public static DoubleTensor of(DoubleSupplier function, Tensor at, double step) {
        DoubleTensor gradient = DoubleTensor.zeros(at.shape());
        for (int i = 0; i < at.size(); i++) {
            gradient.setFromDouble(i, ofElement(function, at, i, step));
        }
        return gradient;
    }

    /// The derivative with respect to element `index` of `at` alone.
    public static double ofElement(DoubleSupplier function, Tensor at, int index, double step) {
        double x = at.getAsDouble(index);
        at.setFromDouble(index, x + step);
        double above = function.getAsDouble();
        at.setFromDouble(index, x - step);
        double below = function.getAsDouble();
        at.setFromDouble(index, x);
        return (above - below) / (2 * step);
    }
}
