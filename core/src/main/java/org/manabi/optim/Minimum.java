package org.manabi.optim;

/// How a minimization ended.
///
/// @param value of the objective at the end
/// @param iterations steps taken
/// @param evaluations times the objective was asked
/// @param converged whether it ended because nothing could be gained any more, and not because the
///     iterations were used up
public record Minimum(double value, int iterations, int evaluations, boolean converged) {}
