package org.manabi.cli.train;

/// How much is said while training.
enum Verbosity {
    /// What is learned from what, and a line for each epoch.
    NORMAL,
    /// Nothing but the result.
    QUIET
}
