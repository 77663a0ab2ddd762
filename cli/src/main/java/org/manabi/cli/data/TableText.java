package org.manabi.cli.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.JsonOption;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.data.TargetKind;
import org.manabi.formats.json.JsonObject;

/// Shows data that is no pictures: rows of numbers, each with its class.
final class TableText {

    private static final int FIRST_ROWS = 5;

    private final Console console;

    TableText(Console console) {
        this.console = console;
    }

    void show(DataSource source, JsonOption json) {
        Split split = source.load();
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data show")
                            .with("data", source.name())
                            .with("classes", split.train().classNames())
                            .with("train", part(split.train()))
                            .with("test", part(split.test()))
                            .with("sha256", source.sha256()));
            return;
        }
        console.print(
                console.text(
                        "data.show.table",
                        source.name(),
                        split.train().size(),
                        split.test().size(),
                        split.train().sampleShape().size()));
        console.print("");
        describe(console.text("data.show.train"), split.train());
        describe(console.text("data.show.test"), split.test());
        rows(split.train());
        console.print("");
        console.print("sha256 " + source.sha256());
    }

    void check(DataSource source, JsonOption json) {
        Split split = source.load(); // refuses what is not sound
        int rows = split.train().size() + split.test().size();
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data check")
                            .with("data", source.name())
                            .with("sound", true)
                            .with("rows", rows)
                            .with("sha256", source.sha256()));
        } else {
            console.print(console.text("data.check.table", source.name(), rows, source.sha256()));
        }
    }

    private static JsonObject part(Dataset part) {
        return JsonObject.EMPTY
                .with("inputs", part.inputs().shape().toArray())
                .with("targets", TargetKind.of(part.targets()).toString())
                .with("classCounts", part.classCounts());
    }

    private void describe(String title, Dataset part) {
        List<String> names = part.classNames();
        console.print(title);
        console.print(console.text("data.show.targets", TargetKind.of(part.targets())));
        console.print(console.text("data.show.classes", columns(names.stream())));
        console.print(
                console.text(
                        "data.show.counts",
                        columns(Arrays.stream(part.classCounts()).mapToObj(Integer::toString))));
        console.print("");
    }

    private static String columns(Stream<String> cells) {
        return cells.map(cell -> String.format(Locale.ROOT, "%12s", cell))
                .collect(Collectors.joining());
    }

    private void rows(Dataset part) {
        int width = part.sampleShape().size();
        console.print(console.text("data.show.first-rows"));
        for (int row = 0; row < Math.min(FIRST_ROWS, part.size()); row++) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < Math.min(8, width); i++) {
                line.append(
                        String.format(
                                Locale.ROOT, " %8.6s", part.inputs().getAsDouble(row * width + i)));
            }
            line.append(width > 8 ? " …" : "");
            console.print(line + "  " + part.classNames().get(part.label(row)));
        }
    }
}
