package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.Budget;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The options of a training by their names, as `run.json` keeps them: typing them again starts the
/// same training.
final class TrainWords {

    /// Options that decide nothing of what is learned.
    private static final Set<String> APART =
            Set.of(
                    "--help",
                    "--lang",
                    "--stacktrace",
                    "--json",
                    "--quiet",
                    "--out",
                    "--folds",
                    "--find-learning-rate",
                    "--threads",
                    "--config",
                    "--board",
                    "--port");

    private TrainWords() {}

    /// The options as they hold, also those that nobody typed.
    static JsonObject of(ParseResult parsed, TrainSettings settings) {
        JsonObject words = JsonObject.EMPTY;
        for (OptionSpec option : parsed.commandSpec().options()) {
            String name = option.longestName();
            Object value =
                    option.group() == null
                            ? option.getValue()
                            : parsed.matchedOptionValue(name, null);
            if (value != null && !APART.contains(name) && !Boolean.FALSE.equals(value)) {
                words = words.with(name.substring(2), word(value));
            }
        }
        JsonObject complete =
                words.with("model", settings.model().path())
                        .with("learning-rate", word(settings.optimizer().learningRate()))
                        .with("batch-size", word(settings.config().batchSize()))
                        .with("schedule", settings.updates().scheduleWord());
        return switch (settings.config().budget()) {
            case Budget.Epochs(long count) -> complete.with("epochs", word(count));
            case Budget.Steps(long count) -> complete.with("steps", word(count));
        };
    }

    private static String word(Object value) {
        return value instanceof Enum<?> constant
                ? constant.toString().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    /// A command whose only purpose is to understand options.
    @Command(name = "train")
    private static final class Reader {
        @Mixin private TrainOptions options = new TrainOptions();
    }

    /// The options that were kept, checked again.
    ///
    /// @throws CommandException if this version does not know one of them
    static TrainOptions read(JsonObject words, List<String> more, Console console) {
        List<String> args = new ArrayList<>();
        words.fields()
                .forEach(
                        (name, value) -> {
                            String word = value.asText().orElse(value.toString());
                            args.add(word.equals("true") ? "--" + name : "--" + name + "=" + word);
                        });
        args.addAll(more);
        Reader reader = new Reader();
        CommandLine line =
                new CommandLine(reader)
                        .setResourceBundle(console.messages().bundle())
                        .setOverwrittenOptionsAllowed(true)
                        .setCaseInsensitiveEnumValuesAllowed(true);
        try {
            line.parseArgs(args.toArray(String[]::new));
        } catch (ParameterException e) {
            throw CommandException.wrongRequest(
                    console.text("resume.error.options", String.valueOf(e.getMessage())));
        }
        return reader.options;
    }
}
