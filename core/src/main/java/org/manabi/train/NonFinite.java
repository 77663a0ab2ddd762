package org.manabi.train;

import java.util.List;

/// The first number of a step that was infinite or NaN.
///
/// @param place the path of the layer with its settings, the path of a parameter, `inputs`, or `loss`
/// @param tensor what it is there: inputs, weights, output, gradient or loss
/// @param samples the rows of the training data whose numbers are not finite; empty if the fault is not
///     of single samples
public record NonFinite(String place, Tensor tensor, List<Integer> samples) {

    public NonFinite {
        samples = List.copyOf(samples);
    }

    /// Which numbers of a place.
    public enum Tensor {
        /// What the data holds.
        INPUTS,
        /// A parameter's own numbers, which an earlier step has spoiled.
        WEIGHTS,
        /// What a layer gives.
        OUTPUT,
        /// The slope of the loss for a parameter.
        GRADIENT,
        /// The loss, of an output that is finite.
        LOSS
    }
}
