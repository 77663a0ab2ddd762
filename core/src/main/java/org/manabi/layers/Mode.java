package org.manabi.layers;

/// Whether a network learns or is used; layers such as dropout behave differently.
public enum Mode {
    TRAIN,
    EVALUATE
}
