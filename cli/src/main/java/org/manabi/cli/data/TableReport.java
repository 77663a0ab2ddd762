package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.csv.Csv;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.table.ColumnSurvey;
import org.manabi.formats.table.TableFile;

/// What there is to say of a table: its columns, what they hold, and what is missing.
final class TableReport {

    private static final int WORDS = 5;

    private TableReport() {}

    static Inspected of(Path path, Console console) {
        TableFile table = TableFile.survey(path);
        List<String> lines = new ArrayList<>();
        List<JsonValue> columns = new ArrayList<>();
        Optional<Csv> text = table.text();
        lines.add(
                text.isPresent()
                        ? console.text(
                                table.hasHeader() ? "inspect.table" : "inspect.table.no-names",
                                Numbers.count(table.rows()),
                                table.columns().size(),
                                delimiter(text.get()),
                                text.get().encoding())
                        : console.text(
                                "inspect.table.parquet",
                                Numbers.count(table.rows()),
                                table.columns().size()));
        for (ColumnSurvey column : table.columns()) {
            lines.add("  " + line(column, console));
            columns.add(report(column));
        }
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "table")
                        .with("rows", table.rows())
                        .with("header", table.hasHeader())
                        .with("encoding", text.map(Csv::encoding).orElse("parquet"))
                        .with("columns", new JsonValue.Array(columns));
        return new Inspected(path, lines, report, null);
    }

    private static String delimiter(Csv csv) {
        return csv.delimiter() == '\t' ? "TAB" : String.valueOf(csv.delimiter());
    }

    private static String line(ColumnSurvey column, Console console) {
        String what =
                column.isNumeric()
                        ? console.text(
                                "inspect.table.numbers",
                                Numbers.value(column.min()),
                                Numbers.value(column.max()))
                        : column.hasTooManyLevels()
                                ? console.text("inspect.table.many-words")
                                : words(column, console);
        return column.name()
                + "  "
                + what
                + (column.missing() == 0
                        ? ""
                        : console.text("inspect.table.missing", Numbers.count(column.missing())));
    }

    private static String words(ColumnSurvey column, Console console) {
        List<String> some =
                column.levels().entrySet().stream()
                        .limit(WORDS)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList();
        int more = column.levels().size() - some.size();
        return console.text("inspect.table.words", column.levels().size(), String.join(", ", some))
                + (more > 0 ? ", …" : "");
    }

    private static JsonObject report(ColumnSurvey column) {
        JsonObject json =
                JsonObject.EMPTY
                        .with("name", column.name())
                        .with("numeric", column.isNumeric())
                        .with("missing", column.missing());
        return column.isNumeric()
                ? json.with("min", column.min()).with("max", column.max())
                : json.with("words", column.levels().size());
    }
}
