package org.manabi.cli.train;

import org.jspecify.annotations.Nullable;

/// When a training is saved, and how much of it is kept.
///
/// @param everySteps at which distance of steps; `null` to let time decide
/// @param keep how many of the newest checkpoints there are at most, at least 1
record CheckpointPlan(@Nullable Long everySteps, int keep) {}
