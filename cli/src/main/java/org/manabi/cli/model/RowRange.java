package org.manabi.cli.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;

/// The rows that a person means: `7`, or `0-9` for ten of them.
final class RowRange {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    private RowRange() {}

    /// @param size how many rows there are
    /// @throws CommandException if these are none of them
    static List<Integer> of(String text, int size, Console console) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw CommandException.wrongRequest(console.text("predict.error.range", text));
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (last >= size || first > last) {
            throw CommandException.wrongRequest(
                    console.text("predict.error.outside", text, size - 1));
        }
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}
