package org.manabi.formats.npy;

/// Whether the arrays of an npz file are compressed.
public enum Compression {
    /// As `numpy.savez`.
    NONE,
    /// As `numpy.savez_compressed`.
    DEFLATE
}
