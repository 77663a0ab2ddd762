package org.manabi.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonReader;

/// A command as it ran within the test.
///
/// @param code its exit code
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
public record CommandRun(int code, String out, String err) {

    /// Runs a command in English.
    public static CommandRun of(Object... args) {
        return in(Language.EN, args);
    }

    /// Runs a command in a language.
    public static CommandRun in(Language language, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = String.valueOf(args[i]);
        }
        int code = Main.run(Console.of(out, err, language), words);
        return new CommandRun(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// The one JSON object that standard output must be.
    public JsonFields json() {
        return JsonFields.of(
                JsonReader.parse(out.strip(), "standard output", ""), "standard output", "");
    }
}
