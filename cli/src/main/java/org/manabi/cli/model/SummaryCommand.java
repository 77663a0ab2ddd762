package org.manabi.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.Network;
import org.manabi.layers.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi summary`: the layers of a model with their shapes, parameters and memory.
@Command(name = "summary")
public final class SummaryCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();
    @Mixin private NewNetwork network = new NewNetwork();

    @Parameters(paramLabel = "MODEL", descriptionKey = "summary.model")
    private String model = "";

    public SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Summary summary = network().summary();
        if (json.chosen()) {
            console.printJson(report(summary));
        } else {
            summary.toString().lines().forEach(console::print);
        }
        return ExitCode.DONE;
    }

    private Network network() {
        boolean isList = model.endsWith(".yaml") || model.endsWith(".yml");
        if (!isList && Files.exists(Path.of(model))) {
            return ModelPath.load(Path.of(model)).saved().model().network();
        }
        return network.of(model, console);
    }

    private JsonObject report(Summary summary) {
        List<JsonValue> layers = new ArrayList<>();
        for (Summary.Row row : summary.rows()) {
            layers.add(
                    JsonObject.EMPTY
                            .with("path", row.path())
                            .with("layer", row.layer().toString())
                            .with("output", row.output().toArray())
                            .with("parameters", row.parameters())
                            .with("state", row.state()));
        }
        return JsonObject.EMPTY
                .with("command", "summary")
                .with("model", model)
                .with("input", summary.input().toArray())
                .with("layers", new JsonValue.Array(layers))
                .with("parameters", summary.parameters())
                .with("state", summary.state())
                .with("modelBytes", summary.modelBytes())
                .with("outputBytesPerSample", summary.outputBytesPerSample());
    }
}
