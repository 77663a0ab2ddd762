package org.manabi.layers;

/// Whether a network learns or is used; layers such as dropout behave differently.
public enum Mode {
    /// The network learns: dropout leaves units out, batch normalization uses the batch's figures.
    TRAIN,
    /// The network is measured or used: what it gives depends on its parameters and input alone.
    EVALUATE
}
