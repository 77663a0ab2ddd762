package org.manabi.spark;

import java.io.Serial;

/// A training on the cluster that could not be done, with what to do about it.
public final class ReplicaException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /// For a mistake that can be named.
    public ReplicaException(String message) {
        super(message);
    }

    /// For a failure of something beneath.
    public ReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
