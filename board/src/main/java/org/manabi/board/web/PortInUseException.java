package org.manabi.board.web;

/// Another program listens where a server should.
public final class PortInUseException extends CannotListenException {

    private static final long serialVersionUID = 1L;

    PortInUseException(Bind bind, Throwable cause) {
        super(bind, cause);
    }
}
