package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi inspect`: says what is in a file, and whether several files belong together.
@Command(name = "inspect")
public final class InspectCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "inspect.files")
    private List<Path> files = new ArrayList<>();

    public InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Inspected> inspected =
                files.stream().map(file -> Inspected.of(file, console)).toList();
        if (!json.chosen()) {
            inspected.forEach(this::describe);
        }
        List<PicturesAndLabels> pairs = PicturesAndLabels.among(inspected);
        pairs.forEach(pair -> pair.check(console));
        if (json.chosen()) {
            console.printJson(report(inspected, pairs));
        } else {
            pairs.forEach(pair -> console.print(pair.describe(console)));
        }
        return ExitCode.DONE;
    }

    private void describe(Inspected file) {
        console.print(file.path() + ": " + file.lines().getFirst());
        file.lines().subList(1, file.lines().size()).forEach(console::print);
    }

    private static JsonObject report(List<Inspected> files, List<PicturesAndLabels> pairs) {
        List<JsonValue> reports = new ArrayList<>();
        files.forEach(file -> reports.add(file.report().with("file", file.path().toString())));
        List<JsonValue> fits = new ArrayList<>();
        pairs.forEach(pair -> fits.add(pair.report()));
        return JsonObject.EMPTY
                .with("command", "inspect")
                .with("files", new JsonValue.Array(reports))
                .with("pairs", new JsonValue.Array(fits));
    }
}
