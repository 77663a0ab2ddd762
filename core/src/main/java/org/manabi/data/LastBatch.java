package org.manabi.data;

/// What becomes of an epoch's last batch when the batch size does not divide the samples.
public enum LastBatch {
    /// It is smaller than the others.
    KEEP,
    /// It is left out; the next shuffle gives its samples another chance.
    DROP
}
