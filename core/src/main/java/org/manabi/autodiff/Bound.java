package org.manabi.autodiff;

/// An operation tied to its buffers by [Op#bind].
public interface Bound {

    /// Writes the output from the inputs.
    void forward();

    /// Writes the gradient of each input that [Site#wants] one, from the output's gradient. The
    /// buffers are overwritten, never added to; the plan adds where a variable is used twice.
    void backward();
}
