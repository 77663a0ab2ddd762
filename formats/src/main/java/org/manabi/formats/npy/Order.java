package org.manabi.formats.npy;

/// The order of an array's elements in a file.
public enum Order {
    /// The last axis changes fastest.
    C,
    /// The first axis changes fastest.
    FORTRAN
}
