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
import org.manabi.formats.OpenedFile;

/// The options of a training in a file, one a line, by the names that they have on the command line:
///
///     # reads digits
///     data: mnist
///     model: mlp:256
///     learning-rate: [0.001, 0.01]    # a list is for sweeps
///
/// This is YAML without nesting; any YAML reader understands it.
public final class ExperimentFile {

    private static final String CONFIG = "--config";
    private static final String DATA = "data";

    private static final int MAX_MEBIBYTES = 1;
    private static final int MAX_OPTIONS = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    private final String file;
    private final Map<String, List<String>> values;

    private ExperimentFile(String file, Map<String, List<String>> values) {
        this.file = file;
        this.values = values;
    }

    /// @throws FormatException naming the line that is not understood
    static ExperimentFile read(Path path) {
        String text = OpenedFile.text(path, "a file of options", MAX_MEBIBYTES);
        return parse(path.toString(), text.lines().toList());
    }

    static ExperimentFile parse(String file, List<String> lines) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutComment(lines.get(i));
            if (line.isBlank() || line.strip().equals("---")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || Character.isWhitespace(line.charAt(0)) || line.startsWith("-")) {
                throw fault(file, i, "is not of the form \"option: value\", without indentation");
            }
            String name = line.substring(0, colon).strip();
            String text = line.substring(colon + 1).strip();
            if (!NAME.matcher(name).matches()) {
                throw fault(file, i, "begins with " + name + ", which is no option's name");
            }
            if (values.size() == MAX_OPTIONS) {
                throw fault(
                        file, i, "is one option too many; at most " + MAX_OPTIONS + " are read");
            }
            if (text.isEmpty()) {
                throw fault(file, i, "gives " + name + " no value");
            }
            if (values.put(name, items(text)) != null) {
                throw fault(file, i, "gives " + name + " a second time");
            }
        }
        return new ExperimentFile(file, values);
    }

    private static FormatException fault(String file, int line, String what) {
        return new FormatException(file, "line " + (line + 1) + " " + what);
    }

    /// A `#` begins a comment at the beginning of a line and after a blank.
    private static String withoutComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static List<String> items(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return Arrays.stream(text.substring(1, text.length() - 1).split(",", -1))
                    .map(item -> unquoted(item.strip()))
                    .toList();
        }
        return List.of(unquoted(text));
    }

    private static String unquoted(String text) {
        boolean quoted =
                text.length() >= 2
                        && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                        && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
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
