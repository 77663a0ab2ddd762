package org.manabi.board.web;

/// A server cannot listen where it should, such as at a port that only an administrator may open.
public class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    CannotListenException(Bind bind, Throwable cause) {
        super(
                "cannot listen on port %d of %s: %s"
                        .formatted(bind.port(), bind.host(), cause.getMessage()),
                cause);
        this.host = bind.host();
        this.port = bind.port();
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /// What the system says, in its words.
    public String reason() {
        Throwable cause = getCause();
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }
}
