package org.manabi.spark;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What a replica tells the others when they meet.
///
/// @param checkpoint the step to continue from as the first replica sees it; 0 to begin anew
/// @param refusal why it cannot train; empty if it can
record Greeting(String host, int port, long checkpoint, String refusal) {

    private static final String SEPARATOR = " ";

    String text() {
        String encoded =
                Base64.getEncoder().encodeToString(refusal.getBytes(StandardCharsets.UTF_8));
        return String.join(
                SEPARATOR, host, Integer.toString(port), Long.toString(checkpoint), "." + encoded);
    }

    static Greeting of(String text) {
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        byte[] refusal = Base64.getDecoder().decode(parts.get(3).substring(1));
        return new Greeting(
                parts.get(0),
                Integer.parseInt(parts.get(1)),
                Long.parseLong(parts.get(2)),
                new String(refusal, StandardCharsets.UTF_8));
    }
}
