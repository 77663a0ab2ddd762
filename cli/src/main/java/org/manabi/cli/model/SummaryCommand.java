package org.manabi.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Summary;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi summary`: the layers of a model with their shapes, parameters and memory.
@Command(name = "summary")
public final class SummaryCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "MODEL", descriptionKey = "summary.model")
    private String model = "";

    @Option(
            names = "--input",
            paramLabel = "N,N",
            defaultValue = "784",
            descriptionKey = "summary.input")
    private String input = "";

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            descriptionKey = "summary.classes")
    private int classes;

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
        ModelPreset preset = ModelPreset.of(model, console);
        Shape sample = sampleShape();
        return new Network(
                new Sequential(preset.layers(classes, sample)), sample, DType.FLOAT32, Seed.of(0));
    }

    private Shape sampleShape() {
        try {
            return Shape.of(
                    Arrays.stream(input.split(",", -1))
                            .map(String::strip)
                            .mapToInt(Integer::parseInt)
                            .toArray());
        } catch (NumberFormatException _) {
            throw CommandException.wrongRequest(console.text("summary.error.input", input));
        }
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
