package org.manabi.cli.train;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.data.Sampling;
import org.manabi.formats.table.RowRoles;
import org.manabi.formats.table.Storage;
import picocli.CommandLine.Option;

/// The options of `manabi train` that speak of a table's columns.
final class TableOptions {

    @Option(names = "--label", paramLabel = "COLUMN", descriptionKey = "train.label")
    private @Nullable String label;

    @Option(names = "--group-column", paramLabel = "COLUMN", descriptionKey = "train.group-column")
    private @Nullable String group;

    @Option(names = "--time-column", paramLabel = "COLUMN", descriptionKey = "train.time-column")
    private @Nullable String time;

    @Option(
            names = "--weight-column",
            paramLabel = "COLUMN",
            descriptionKey = "train.weight-column")
    private @Nullable String weight;

    @Option(names = "--storage", paramLabel = "WHERE", descriptionKey = "train.storage")
    private @Nullable Storage storage;

    /// The column to predict, if one is named.
    Optional<String> label() {
        return Optional.ofNullable(label);
    }

    /// The name of an option that only tables have; nothing if none is given.
    Optional<String> given() {
        if (label != null) {
            return Optional.of("--label");
        }
        if (group != null) {
            return Optional.of("--group-column");
        }
        if (time != null) {
            return Optional.of("--time-column");
        }
        if (weight != null) {
            return Optional.of("--weight-column");
        }
        return storage == null ? Optional.empty() : Optional.of("--storage");
    }

    /// Where the rows' numbers lie, if that is said.
    Optional<Storage> storage() {
        return Optional.ofNullable(storage);
    }

    /// The columns that say something of the rows.
    ///
    /// @throws CommandException if they exclude each other, the label is one of them, or weights are not
    ///     what is drawn by
    RowRoles roles(String predicted, Sampling sampling, Console console) {
        if (group != null && time != null) {
            throw CommandException.wrongRequest(console.text("train.error.group-and-time"));
        }
        if ((weight != null) != (sampling == Sampling.WEIGHTED)) {
            throw CommandException.wrongRequest(console.text("train.error.weights"));
        }
        for (String column : new String[] {group, time, weight}) {
            if (predicted.equals(column)) {
                throw CommandException.wrongRequest(
                        console.text("train.error.label-has-role", predicted));
            }
        }
        return new RowRoles(
                Optional.ofNullable(group), Optional.ofNullable(time), Optional.ofNullable(weight));
    }
}
