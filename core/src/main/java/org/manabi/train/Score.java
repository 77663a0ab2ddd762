package org.manabi.train;

import java.util.OptionalDouble;

/// How well a model does on some samples.
///
/// @param samples how many there were
/// @param loss the mean loss of a sample: every sample weighs the same, also those of a short batch
/// @param accuracy the share of samples whose class is right; empty for real-valued targets
public record Score(long samples, double loss, OptionalDouble accuracy) {}
