package org.manabi.board.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// An answer: a status with a body, or a stream of events. It never changes.
public final class Response {

    private static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable EventSource events;

    private Response(
            int status, Map<String, String> headers, byte[] body, @Nullable EventSource events) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.events = events;
    }

    /// JSON with status 200.
    public static Response json(JsonValue value) {
        return json(200, value);
    }

    public static Response json(int status, JsonValue value) {
        return bytes(status, JSON, value.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Text in UTF-8.
    public static Response text(String type, String text) {
        return bytes(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Any bytes.
    public static Response bytes(int status, String type, byte[] body) {
        return new Response(status, Map.of("Content-Type", type), body, null);
    }

    /// A status alone.
    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0], null);
    }

    /// A stream of server-sent events.
    public static Response events(EventSource source) {
        return new Response(200, Map.of("Content-Type", "text/event-stream"), new byte[0], source);
    }

    /// What went wrong, as `{"error": {"status": …, "reason": …}}`.
    public static Response fault(HttpFault fault) {
        return json(
                fault.status(),
                JsonObject.EMPTY.with(
                        "error",
                        JsonObject.EMPTY
                                .with("status", fault.status())
                                .with("reason", fault.reason())));
    }

    /// The same with one more header.
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body, events);
    }

    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    @Nullable EventSource events() {
        return events;
    }
}
