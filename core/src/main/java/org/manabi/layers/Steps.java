package org.manabi.layers;

/// Which steps of a sequence a recurrent layer gives.
public enum Steps {
    /// All: `[N, T, units]`.
    ALL,
    /// The last: `[N, units]`.
    LAST
}
