package org.manabi.board.web;

import java.io.IOException;

/// The open end of a stream of server-sent events, used by one thread.
public interface EventSink {

    /// Sends one event and waits until the network has taken it.
    ///
    /// @param name what `addEventListener` listens for
    /// @param id what a client that lost the connection names when it comes back; may be empty
    /// @param data one line, usually JSON
    /// @throws IOException if the client has gone
    default void send(String name, String id, String data) throws IOException {
        send(EncodedEvent.of(name, id, data));
    }

    /// Sends one event and waits until the network has taken it.
    ///
    /// @throws IOException if the client has gone
    void send(EncodedEvent event) throws IOException;

    /// Shows a quiet connection to be alive, and finds out whether it is.
    ///
    /// @throws IOException if the client has gone
    void ping() throws IOException;
}
