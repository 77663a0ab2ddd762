package org.manabi.board.web;

/// Another program listens where a server should.
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(Bind bind, Throwable cause) {
        super("port " + bind.port() + " of " + bind.host() + " is in use", cause);
        this.port = bind.port();
    }

    public int port() {
        return port;
    }
}
