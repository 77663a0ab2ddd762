package org.manabi.tensor.kernel;

/// What a sum begins with.
public enum Accumulation {
    /// The sum begins with 0 and replaces what was there.
    OVERWRITE,
    /// The sum begins with what is there.
    ADD
}
