package org.manabi.train;

/// How one parameter fared in one step. All lengths are Euclidean norms ‖·‖₂ over its elements.
///
/// @param parameter its path, such as `0.weight`
/// @param gradient the length of its gradient
/// @param weights its length before the update
/// @param update the length of the change that the optimizer made
public record LayerFigures(String parameter, double gradient, double weights, double update) {

    /// The update's length as a share of the parameter's; about 0.001 is healthy. 0 for a parameter of
    /// zeros, whose first change has nothing to be compared with.
    public double updateRatio() {
        return weights > 0 ? update / weights : 0;
    }
}
