package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.idx.IdxDescription;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.table.TableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi data check`: reads a dataset strictly to its last byte and says whether it is sound.
@Command(name = "check")
public final class DataCheckCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "DATA", descriptionKey = "data.data")
    private String data = "";

    public DataCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (TableSource.isTable(data)) {
            table();
            return ExitCode.DONE;
        }
        DataSource source = DataSource.of(data, console);
        if (!(source instanceof DataSource.Pictures pictures)) {
            new TableText(console).check(source, json);
            return ExitCode.DONE;
        }
        DataFiles files = DataFiles.of(pictures.raw());
        if (json.chosen()) {
            console.printJson(report(source, files));
        } else {
            for (DataFiles.Entry file : files.entries()) {
                String original = file.isMnist() ? console.text("data.check.mnist") : "";
                console.print(
                        console.text("data.check.file", file.name(), file.array(), file.sha256())
                                + original);
            }
            console.print(console.text("data.check.sound", source.name()));
        }
        return ExitCode.DONE;
    }

    /// Reads all rows strictly.
    private void table() {
        Path file = TableSource.file(data);
        long rows = TableFile.survey(file).rows();
        String sha256 = TableSource.sha256(file);
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data check")
                            .with("data", data)
                            .with("sound", true)
                            .with("rows", rows)
                            .with("sha256", sha256));
        } else {
            console.print(console.text("data.check.table", data, rows, sha256));
        }
    }

    private static JsonObject report(DataSource source, DataFiles files) {
        List<JsonValue> entries = new ArrayList<>();
        for (DataFiles.Entry file : files.entries()) {
            entries.add(
                    IdxReport.of(IdxDescription.of(file.array()))
                            .with("name", file.name())
                            .with("mnist", file.isMnist()));
        }
        return JsonObject.EMPTY
                .with("command", "data check")
                .with("data", source.name())
                .with("sound", true)
                .with("files", new JsonValue.Array(entries));
    }
}
