package org.manabi.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in the user's language what is wrong with a command line.
final class ParameterFaults {

    private final Console console;

    ParameterFaults(Console console) {
        this.console = console;
    }

    String explain(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                    unmatched(e.getCommandLine(), unmatched.getUnmatched().getFirst());
            case MissingParameterException missing when !missing.getMissing().isEmpty() ->
                    missing(missing);
            case MutuallyExclusiveArgsException many ->
                    console.text("error.exclusive", exclusive(many));
            case CommandLine.OverwrittenOptionException twice when twice.getOverwritten() != null ->
                    console.text("error.option-twice", name(twice.getOverwritten()));
            default -> value(e);
        };
    }

    private String unmatched(CommandLine line, String word) {
        if (word.startsWith("-")) {
            return console.text("error.unknown-option", word)
                    + Suggestion.question(word.split("=", 2)[0], options(line), console);
        }
        if (!line.getSubcommands().isEmpty()) {
            List<String> names = List.copyOf(line.getSubcommands().keySet());
            return console.text("error.unknown-command", word)
                    + Suggestion.question(word, names, console)
                    + console.text("error.known-commands", String.join(", ", names));
        }
        return console.text("error.unexpected-word", word);
    }

    private static List<String> options(CommandLine line) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                names.addAll(Arrays.asList(option.names()));
            }
        }
        return names;
    }

    /// A word that is left over says more than the one that is missing for it.
    private String missing(MissingParameterException e) {
        List<String> over = e.getCommandLine().getUnmatchedArguments();
        if (!over.isEmpty()) {
            return unmatched(e.getCommandLine(), over.getFirst());
        }
        ArgSpec first = e.getMissing().getFirst();
        return first.group() != null
                ? console.text("error.missing-choice", names(first.group()))
                : console.text("error.missing", name(first));
    }

    /// The options of which only one may be given; only the parser's sentence names the group.
    private String exclusive(MutuallyExclusiveArgsException e) {
        String sentence = String.valueOf(e.getMessage());
        return e.getCommandLine().getCommandSpec().argGroups().stream()
                .filter(ArgGroupSpec::exclusive)
                .filter(
                        group ->
                                group.args().stream()
                                        .map(ParameterFaults::name)
                                        .allMatch(sentence::contains))
                .map(this::names)
                .collect(Collectors.joining("; "));
    }

    private String names(ArgGroupSpec group) {
        return group.args().stream()
                .map(ParameterFaults::name)
                .sorted()
                .collect(Collectors.joining(console.text("error.or")));
    }

    /// A value that an option cannot take; or anything else, as the parser says it.
    private String value(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        String value = e.getValue();
        if (argument == null || value == null) {
            return String.valueOf(e.getMessage());
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        return wanted(type)
                .map(wanted -> console.text("error.value", name(argument), value, wanted))
                .orElse(String.valueOf(e.getMessage()));
    }

    private Optional<String> wanted(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(
                    console.text(
                            "error.wanted.choice",
                            Arrays.stream(type.getEnumConstants())
                                    .map(ParameterFaults::word)
                                    .collect(Collectors.joining(", "))));
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return Optional.of(console.text("error.wanted.integer"));
        }
        if (type == double.class || type == Double.class) {
            return Optional.of(console.text("error.wanted.number"));
        }
        return Optional.empty();
    }

    /// A constant as people type it.
    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
