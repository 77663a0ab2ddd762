package org.manabi.board.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manabi.formats.Sha256;

/// The files of the pages, held in memory: those of a list and no others, so that no path leads
/// anywhere else.
public final class Assets {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "txt", "text/plain; charset=utf-8");

    private final Map<String, Asset> byName = new HashMap<>();

    private record Asset(Response response, String tag) {}

    /// Reads the files beside a class.
    ///
    /// @param names such as `app.js`
    public Assets(Class<?> beside, List<String> names) {
        for (String name : names) {
            byName.put(name, read(beside, name));
        }
    }

    private static Asset read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream("pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page " + name + " is missing in the jar");
            }
            byte[] bytes = in.readAllBytes();
            String tag = '"' + digest(bytes) + '"';
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalStateException("the page " + name + " is of an unknown type");
            }
            Response response =
                    Response.bytes(200, type, bytes)
                            .with("ETag", tag)
                            .with("Cache-Control", "no-cache");
            return new Asset(response, tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        return Sha256.of(bytes).substring(0, 24);
    }

    /// One file, or 304 if the browser has it already.
    ///
    /// @throws HttpFault with 404 if there is none of that name
    public Response answer(Request request, String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw HttpFault.notFound("there is no page of that name");
        }
        // A 304 replaces the headers that the browser has kept, so it repeats them.
        return isKnown(request, asset.tag())
                ? Response.empty(304).with("ETag", asset.tag()).with("Cache-Control", "no-cache")
                : asset.response();
    }

    /// Compares as RFC 9110, section 13.1.2 says: any of a list, weak or not; `*` is whatever there is.
    private static boolean isKnown(Request request, String tag) {
        return request.headers("If-None-Match").stream()
                .flatMap(header -> Arrays.stream(header.split(",", 100)))
                .map(String::strip)
                .anyMatch(
                        one ->
                                one.equals("*")
                                        || (one.startsWith("W/") ? one.substring(2) : one)
                                                .equals(tag));
    }
}
