package org.manabi.board.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A server-sent event as it goes over the wire, encoded once for all who get it.
///
/// Source: HTML Standard, section 9.2, server-sent events.
public final class EncodedEvent {

    private final byte[] bytes;

    private EncodedEvent(byte... bytes) {
        this.bytes = bytes;
    }

    /// An event.
    ///
    /// @param name what `addEventListener` listens for
    /// @param id what a client that lost the connection names when it comes back; may be empty
    /// @param data usually JSON
    public static EncodedEvent of(String name, String id, String data) {
        String head = "event: " + name + "\n" + (id.isEmpty() ? "" : "id: " + id + "\n");
        String text = head + "data: " + data.replace("\n", "\ndata: ") + "\n\n";
        return new EncodedEvent(text.getBytes(StandardCharsets.UTF_8));
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
