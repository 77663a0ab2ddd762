package org.manabi.board.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides who may ask for what, before any handler sees a request:
///
/// - The `Host` must be a name of this machine's loopback, so that a page elsewhere cannot reach the
///   server under a name of its own (DNS rebinding).
/// - A page of another origin is refused, whatever it asks for.
/// - What changes anything needs the token, which other pages cannot read (CSRF).
/// - A server that other machines reach needs the token for everything.
public final class Guard {

    /// The header that carries the token.
    public static final String TOKEN_HEADER = "X-Manabi-Token";

    static final String COOKIE = "manabi_token";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final String token;
    private final boolean loopback;
    private final boolean changesNeedToken;

    private Guard(String token, boolean loopback, boolean changesNeedToken) {
        this.token = token;
        this.loopback = loopback;
        this.changesNeedToken = changesNeedToken;
    }

    /// Guards pages and what they change.
    ///
    /// @param loopback whether only this machine reaches the server
    public static Guard ofPages(boolean loopback) {
        return new Guard(randomToken(), loopback, true);
    }

    /// Guards an interface for programs, whose `POST` requests change nothing.
    public static Guard ofPrograms(boolean loopback) {
        return new Guard(randomToken(), loopback, false);
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The token of this server, new at each start.
    public String token() {
        return token;
    }

    /// Whether everything needs the token, not only changes.
    public boolean needsTokenForAll() {
        return !loopback;
    }

    /// @throws HttpFault with 401, 403 or 421 if the request is refused
    void check(Request request) {
        String host = host(request);
        requireSameOrigin(request, host);
        boolean reading = READING.contains(request.method());
        if (!loopback && !hasToken(request)) {
            throw new HttpFault(
                    401, "this server needs its token; open the address that it printed");
        }
        if (!reading && changesNeedToken && !sameText(headerToken(request))) {
            throw new HttpFault(403, "a change needs the header " + TOKEN_HEADER);
        }
    }

    private String host(Request request) {
        List<String> hosts = request.headers("Host");
        if (hosts.size() != 1) {
            throw HttpFault.badRequest("a request has exactly one Host header");
        }
        String host = hosts.getFirst().strip().toLowerCase(Locale.ROOT);
        if (loopback && !LOOPBACK.contains(host.replaceFirst(":\\d{1,5}$", ""))) {
            throw new HttpFault(421, "this server answers to 127.0.0.1 and localhost only");
        }
        return host;
    }

    private static void requireSameOrigin(Request request, String host) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !host.equals(authority(origin.get()))) {
            throw new HttpFault(403, "pages of another origin may not use this server");
        }
        String site = request.header("Sec-Fetch-Site").orElse("same-origin");
        // A link elsewhere may lead to a page, but to nothing that computes or tells data.
        boolean navigation =
                request.header("Sec-Fetch-Mode").orElse("").equals("navigate")
                        && request.method().equals("GET")
                        && !request.path().getFirst().equals("api");
        if (!navigation && !site.equals("same-origin") && !site.equals("none")) {
            throw new HttpFault(403, "pages of another site may not use this server");
        }
    }

    private static String authority(String origin) {
        try {
            URI uri = URI.create(origin);
            return uri.getRawAuthority() == null
                    ? ""
                    : uri.getRawAuthority().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean hasToken(Request request) {
        return sameText(headerToken(request))
                || sameText(request.query("token").orElse(""))
                || sameText(cookie(request));
    }

    private static String headerToken(Request request) {
        return request.header(TOKEN_HEADER)
                .or(
                        () ->
                                request.header("Authorization")
                                        .filter(value -> value.startsWith("Bearer "))
                                        .map(value -> value.substring("Bearer ".length())))
                .orElse("");
    }

    private static String cookie(Request request) {
        for (String header : request.headers("Cookie")) {
            for (String pair : header.split(";", 100)) {
                String[] parts = pair.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(COOKIE)) {
                    return parts[1];
                }
            }
        }
        return "";
    }

    /// In a time that tells nothing of the token.
    private boolean sameText(String given) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
