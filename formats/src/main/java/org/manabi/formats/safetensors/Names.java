package org.manabi.formats.safetensors;

import java.util.Collection;
import java.util.stream.Collectors;

/// Lists names in a message that stays short.
final class Names {

    private static final int SHOWN = 10;

    private Names() {}

    static String some(Collection<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "none"
                : names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
