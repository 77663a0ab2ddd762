package org.manabi.formats.model;

/// In which order a program stores the axes of weights.
public enum WeightLayout {
    /// Dense `[in, out]`, convolutions `[out, in, height, width]`.
    MANABI,
    /// Dense `[out, in]`, convolutions `[out, in, height, width]`.
    PYTORCH,
    /// Dense `[in, out]`, convolutions `[height, width, in, out]`; what is flattened has its channels
    /// last.
    KERAS
}
