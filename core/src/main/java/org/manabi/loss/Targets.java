package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// What the network should have given: classes ([Labels], [OneHot] or [SoftTargets]) or real
/// numbers ([Values]).
public sealed interface Targets permits ClassTargets, Values {

    /// The number of samples.
    int rows();

    /// The targets as numbers of the shape of the prediction, for losses that compare number by
    /// number: classes become one-hot rows.
    Variable dense(Variable prediction);
}
