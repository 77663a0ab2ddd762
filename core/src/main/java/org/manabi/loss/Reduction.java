package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// How the losses of the samples of a batch become one number.
public enum Reduction {
    /// Added up: the gradient grows with the batch.
    SUM,
    /// Added up and divided by the number of samples.
    MEAN;

    /// The one number for losses `[N]`.
    public Variable of(Variable perSample) {
        return this == SUM ? perSample.sum() : perSample.mean();
    }
}
