package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.yaml.Yaml;

/// The options of a training in a file, one a line, by the names that they have on the command line:
///
///     # reads digits
///     data: mnist
///     model: mlp:256
///     learning-rate: [0.001, 0.01]    # a list is for sweeps
///
/// This is YAML without nesting.
public final class ExperimentFile {

    private static final String CONFIG = "--config";
    private static final String DATA = "data";

    private static final int MAX_OPTIONS = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    private final String file;
    private final Map<String, List<String>> values;

    private ExperimentFile(String file, Map<String, List<String>> values) {
        this.file = file;
        this.values = values;
    }

    /// @throws FormatException naming what is not understood
    static ExperimentFile read(Path path) {
        String file = path.toString();
        Map<String, List<String>> values = new LinkedHashMap<>();
        switch (Yaml.readTexts(path)) {
            case JsonObject options ->
                    options.fields()
                            .forEach(
                                    (name, value) -> {
                                        requireName(file, name);
                                        values.put(name, texts(file, name, value));
                                    });
            case JsonValue.Null _ -> {
                // a file of comments
            }
            default -> throw new FormatException(file, "is not a list of lines \"option: value\"");
        }
        if (values.size() > MAX_OPTIONS) {
            throw new FormatException(file, "has more than " + MAX_OPTIONS + " options");
        }
        return new ExperimentFile(file, values);
    }

    private static void requireName(String file, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new FormatException(file, name + " is no option's name");
        }
    }

    private static List<String> texts(String file, String name, JsonValue value) {
        return value instanceof JsonValue.Array(List<JsonValue> items)
                ? items.stream().map(item -> text(file, name, item)).toList()
                : List.of(text(file, name, value));
    }

    private static String text(String file, String name, JsonValue value) {
        if (value instanceof JsonValue.Text(String text) && !text.isBlank()) {
            return text;
        }
        throw new FormatException(
                file,
                value instanceof JsonObject || value instanceof JsonValue.Array
                        ? name + " holds further options; each stands at the beginning of a line"
                        : "gives " + name + " no value");
    }

    /// The options in order, each with its values.
    Map<String, List<String>> values() {
        return values;
    }

    String file() {
        return file;
    }

    /// The words of a command with those of the file that `--config` names put in: an option that was
    /// typed counts before one in the file.
    ///
    /// @throws FormatException if the file cannot be understood
    public static String[] expand(String... args) {
        String path = option(args, CONFIG);
        if (path == null || args.length == 0 || !args[0].equals("train")) {
            return args;
        }
        List<String> words = new ArrayList<>(List.of(args));
        int at = 1;
        for (Map.Entry<String, List<String>> entry : read(Path.of(path)).values().entrySet()) {
            String name = entry.getKey();
            if (entry.getValue().size() != 1) {
                throw new FormatException(
                        path, name + " is a list; lists are for manabi sweep " + path);
            }
            String value = entry.getValue().getFirst();
            if (name.equals(DATA)) {
                if (args.length < 2 || args[1].startsWith("-")) {
                    words.add(at++, value);
                }
            } else if (!isTyped(name, args)) {
                words.add(at++, value.equals("true") ? "--" + name : "--" + name + "=" + value);
            }
        }
        return words.toArray(String[]::new);
    }

    /// Of `--epochs` and `--steps` only one may hold.
    private static boolean isTyped(String name, String... args) {
        boolean isLength = name.equals("epochs") || name.equals("steps");
        return isLength
                ? option(args, "--epochs") != null || option(args, "--steps") != null
                : Arrays.stream(args)
                        .anyMatch(
                                arg ->
                                        arg.equals("--" + name)
                                                || arg.startsWith("--" + name + "="));
    }

    private static @Nullable String option(String[] args, String name) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(name + "=")) {
                return args[i].substring(name.length() + 1);
            }
            if (args[i].equals(name) && i + 1 < args.length) {
                return args[i + 1];
            }
        }
        return null;
    }
}
