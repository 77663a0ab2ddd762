package org.manabi.optim;

/// A function of several numbers that is to be made small, and its gradient.
@FunctionalInterface
public interface Objective {

    /// The value at `x`; infinite or NaN where there is none.
    ///
    /// @param x not to be changed
    /// @param gradient to be written: the derivative by each number of `x`
    double at(double[] x, double[] gradient);
}
