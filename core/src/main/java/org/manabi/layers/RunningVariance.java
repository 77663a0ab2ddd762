package org.manabi.layers;

/// Which variance of a batch goes into the running one; for normalizing the batch itself it is always
/// the population's.
public enum RunningVariance {
    /// `Σ (x − μ)² / (count − 1)`, as in PyTorch.
    UNBIASED,
    /// `Σ (x − μ)² / count`, as in ONNX and Keras.
    POPULATION
}
