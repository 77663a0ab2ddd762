package org.manabi.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi compare`: runs side by side, and in what they differ.
@Command(name = "compare")
public final class CompareCommand implements Callable<Integer> {

    private static final String NONE = "–";

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "RUN", arity = "1..*", descriptionKey = "compare.runs")
    private List<Path> folders = List.of();

    public CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<RunDirectory> runs = folders.stream().map(RunDirectory::open).toList();
        List<String> settings = differing(runs);
        if (json.chosen()) {
            console.printJson(report(runs, settings));
        } else {
            print(table(runs, settings));
        }
        return ExitCode.DONE;
    }

    /// The settings that are not alike in all runs.
    private static List<String> differing(List<RunDirectory> runs) {
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(settings(run).fields().keySet()));
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            long values = runs.stream().map(run -> settings(run).get(name)).distinct().count();
            if (values > 1) {
                differing.add(name);
            }
        }
        return differing;
    }

    /// The options if the run noted them, else its whole configuration.
    private static JsonObject settings(RunDirectory run) {
        JsonObject config = run.description().config();
        return config.get("options").orElse(config) instanceof JsonObject options
                ? options
                : config;
    }

    private JsonObject report(List<RunDirectory> runs, List<String> settings) {
        List<JsonValue> rows = new ArrayList<>();
        for (RunDirectory run : runs) {
            JsonObject differs = JsonObject.EMPTY;
            for (String name : settings) {
                differs = differs.with(name, settings(run).get(name).orElse(JsonValue.Null.NULL));
            }
            rows.add(
                    JsonObject.EMPTY
                            .with("run", run.folder().toString())
                            .with("state", run.state().word())
                            .with("data", run.description().data())
                            .with("parameters", run.description().parameters())
                            .with("settings", differs)
                            .with("results", run.results()));
        }
        return JsonObject.EMPTY
                .with("command", "compare")
                .with("differing", settings)
                .with("runs", new JsonValue.Array(rows));
    }

    private List<List<String>> table(List<RunDirectory> runs, List<String> settings) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        head.add(console.text("compare.run"));
        head.add(console.text("compare.state"));
        head.addAll(settings);
        head.add(console.text("compare.steps"));
        for (String part : List.of("train", "validation", "test")) {
            head.add(console.text("compare.loss", part));
            head.add(console.text("compare.accuracy", part));
        }
        head.add(console.text("compare.seconds"));
        rows.add(head);
        for (RunDirectory run : runs) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(run.folder().getFileName()));
            row.add(run.state().word());
            settings.forEach(name -> row.add(settings(run).get(name).map(this::word).orElse(NONE)));
            row.add(text(run.results().get("steps")));
            for (String part : List.of("train", "validation", "test")) {
                row.add(number(run, part, "loss").map(Numbers::loss).orElse(NONE));
                row.add(number(run, part, "accuracy").map(Numbers::percent).orElse(NONE));
            }
            row.add(
                    number(run, "seconds", "training")
                            .map(seconds -> Numbers.fixed(seconds, 1))
                            .orElse(NONE));
            rows.add(row);
        }
        return rows;
    }

    private String word(JsonValue value) {
        return value.asText().orElse(value.toString());
    }

    private static String text(Optional<JsonValue> value) {
        return value.map(JsonValue::toString).orElse(NONE);
    }

    private static Optional<Double> number(RunDirectory run, String part, String name) {
        if (run.results().get(part).orElse(null) instanceof JsonObject results) {
            return results.get(name)
                    .filter(value -> value.asDouble().isPresent())
                    .map(value -> value.asDouble().orElseThrow());
        }
        return Optional.empty();
    }

    private void print(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String form = i == 0 ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
                line.append(String.format(Locale.ROOT, form, row.get(i)));
            }
            console.print(line.toString().stripTrailing());
        }
    }
}
