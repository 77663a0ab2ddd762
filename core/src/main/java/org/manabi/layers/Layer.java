package org.manabi.layers;

import org.manabi.autodiff.Variable;

/// What a layer does with its input. A layer is a value, usually a record of its settings: it holds
/// no numbers of its own, but asks the [Scope] for its parameters by name. So the same layer can be
/// written to a file, compared and printed, and shapes are known before the first batch:
///
///     public record Scaled(double factor) implements Layer {
///         public Variable apply(Scope scope, Variable input) {
///             Variable gain = scope.parameter("gain", input.shape().tail(), new Constant(factor));
///             return input.times(gain);
///         }
///     }
public interface Layer {

    /// The output for `input`, whose outermost axis numbers the samples of a batch. Called once for
    /// each plan, not once for each batch.
    ///
    /// @throws org.manabi.tensor.ShapeException if the input does not fit; the scope adds the path
    Variable apply(Scope scope, Variable input);
}
