package org.manabi.cli.console;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The languages that the command line speaks.
public enum Language {
    EN(Locale.ROOT),
    JA(Locale.JAPANESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /// The locale of the messages; numbers are printed alike in all languages.
    Locale locale() {
        return locale;
    }

    /// The language that `--lang` asks for, else that of the environment (`LC_ALL`, `LC_MESSAGES`,
    /// `LANG`), else that of the system; English where it is neither.
    public static Language choose(String[] args, Map<String, String> environment, Locale system) {
        Optional<String> asked = asked(args);
        Optional<String> set =
                Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst();
        String tag = asked.or(() -> set).orElseGet(system::getLanguage);
        return tag.toLowerCase(Locale.ROOT).startsWith("ja") ? JA : EN;
    }

    private static Optional<String> asked(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--lang=")) {
                return Optional.of(args[i].substring("--lang=".length()));
            }
            if (args[i].equals("--lang") && i + 1 < args.length) {
                return Optional.of(args[i + 1]);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
