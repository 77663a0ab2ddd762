package org.manabi.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.fetch.RemoteDataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `manabi data list`: the datasets that need no path.
@Command(name = "list")
public final class DataListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    public DataListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data list")
                            .with("datasets", new JsonValue.Array(all())));
        } else {
            console.print(console.text("data.list.mnist"));
            for (SmallTable table : SmallTable.values()) {
                Dataset rows = table.table().dataset();
                console.print(
                        console.text(
                                "data.list.table",
                                table,
                                rows.size(),
                                rows.sampleShape().size(),
                                rows.classNames().size(),
                                table.origin()));
            }
            console.print(console.text("data.list.diabetes"));
            for (RemoteDataset remote : RemoteDataset.ALL) {
                console.print(console.text("data.list.remote", remote, remote.origin()));
            }
            console.say("");
            console.say(console.text("data.list.own"));
        }
        return ExitCode.DONE;
    }

    private static List<JsonValue> all() {
        List<JsonValue> all = new ArrayList<>();
        all.add(mnist());
        for (SmallTable table : SmallTable.values()) {
            Split split = new DataSource.Tabular(table).load();
            all.add(
                    JsonObject.EMPTY
                            .with("name", table.toString())
                            .with("train", split.train().size())
                            .with("test", split.test().size())
                            .with("classes", split.train().classNames().size())
                            .with("sample", split.train().sampleShape().toArray())
                            .with("origin", table.origin()));
        }
        for (RemoteDataset remote : RemoteDataset.ALL) {
            all.add(
                    JsonObject.EMPTY
                            .with("name", remote.toString())
                            .with("fetch", true)
                            .with("origin", remote.origin()));
        }
        return all;
    }

    private static JsonObject mnist() {
        return JsonObject.EMPTY
                .with("name", "mnist")
                .with("train", 60_000)
                .with("test", 10_000)
                .with("classes", 10)
                .with("sample", new int[] {28, 28})
                .with("licence", "CC BY-SA 3.0");
    }
}
