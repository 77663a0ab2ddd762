package org.manabi.board.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request, with everything in it bounded: what is too long or malformed is an [HttpFault].
public final class Request {

    private final HttpExchange exchange;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> captured;

    private Request(
            HttpExchange exchange,
            List<String> path,
            Map<String, String> query,
            Map<String, String> captured) {
        this.exchange = exchange;
        this.path = path;
        this.query = query;
        this.captured = captured;
    }

    /// @throws HttpFault if path or query are not percent-encoded UTF-8
    static Request of(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawPath();
        if (raw == null || !raw.startsWith("/")) {
            throw HttpFault.badRequest("the path of a request begins with /");
        }
        List<String> path =
                Arrays.stream(raw.substring(1).split("/", -1)).map(Request::decoded).toList();
        return new Request(exchange, path, parse(exchange.getRequestURI().getRawQuery()), Map.of());
    }

    private static Map<String, String> parse(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", 200)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(decoded(name), decoded(value));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFault.badRequest("\"" + text + "\" is not percent-encoded");
        }
    }

    Request with(Map<String, String> parts) {
        return new Request(exchange, path, query, parts);
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    /// The decoded parts of the path between its slashes.
    public List<String> path() {
        return path;
    }

    /// The part of the path where the route has `{name}`.
    public String part(String name) {
        return captured.getOrDefault(name, "");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /// Every value of a header.
    List<String> headers(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    /// A value of the query, such as `7` in `?seed=7`.
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// An integer of the query.
    ///
    /// @throws HttpFault if it is none, or outside `min … max`
    public long integer(String name, long fallback, long min, long max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw HttpFault.badRequest(name + " \"" + text.get() + "\" is not an integer");
        }
        throw HttpFault.badRequest(name + " " + text.get() + " is outside " + min + " … " + max);
    }

    /// The whole body, if it is not too long. A body whose announced length is too long is refused
    /// before any of it is read.
    ///
    /// @throws HttpFault with 413 if it is longer than `limit` bytes
    public byte[] body(int limit) {
        header("Content-Length").ifPresent(length -> requireLength(length, limit));
        try {
            InputStream in = exchange.getRequestBody();
            byte[] body = in.readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLong(limit);
            }
            return body;
        } catch (IOException e) {
            throw HttpFault.badRequest("the body ended before its time");
        }
    }

    private static void requireLength(String length, int limit) {
        try {
            if (Long.parseLong(length.strip()) > limit) {
                throw tooLong(limit);
            }
        } catch (NumberFormatException e) {
            throw HttpFault.badRequest("Content-Length \"" + length + "\" is not a number");
        }
    }

    private static HttpFault tooLong(int limit) {
        return new HttpFault(413, "the body is longer than the " + limit + " bytes allowed here");
    }

    /// The body as text in UTF-8.
    public String bodyText(int limit) {
        return new String(body(limit), StandardCharsets.UTF_8);
    }
}
