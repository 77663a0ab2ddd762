package org.manabi.board.web;

import java.io.IOException;

/// Sends events until it returns, in a thread of its own.
@FunctionalInterface
public interface EventSource {

    /// Sends events.
    ///
    /// @throws IOException if the client has gone, which ends the stream quietly
    /// @throws InterruptedException if the server is closed
    void sendTo(EventSink sink) throws IOException, InterruptedException;
}
