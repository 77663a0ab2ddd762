package org.manabi.tensor;

/// Tensors whose shapes or values do not fit together; the message says what was expected, what
/// came, and where.
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
