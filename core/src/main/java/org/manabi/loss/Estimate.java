package org.manabi.loss;

/// Numbers that are meant to come close to their targets: [Outputs] or [Probabilities], not logits.
public sealed interface Estimate extends Prediction permits Outputs, Probabilities {}
