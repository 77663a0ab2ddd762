package org.manabi.loss;

/// Which class each sample is of: surely ([HardTargets]), or by shares ([SoftTargets]).
public sealed interface ClassTargets extends Targets permits HardTargets, SoftTargets {

    /// The number of classes.
    int classes();
}
