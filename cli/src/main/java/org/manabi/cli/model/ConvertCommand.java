package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxImport;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.SafetensorsFile;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi convert`: brings named arrays, mostly weights, from one format into another.
@Command(name = "convert")
public final class ConvertCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Mixin private WeightsInto into = new WeightsInto();

    @Parameters(index = "0", paramLabel = "IN", descriptionKey = "convert.in")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", descriptionKey = "convert.out")
    private Path out = Path.of("");

    @Option(
            names = "--divisor",
            paramLabel = "X",
            defaultValue = "1",
            descriptionKey = "convert.divisor")
    private double divisor = 1;

    public ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String target = ending(out);
        if (!target.equals("npz") && !target.equals("safetensors")) {
            throw CommandException.wrongRequest(console.text("convert.error.out", out));
        }
        if (into.isChosen()) {
            return weights();
        }
        if (ending(in).equals("onnx") && target.equals("safetensors")) {
            return model();
        }
        Map<String, NumericArray> arrays = read();
        if (target.equals("npz")) {
            Npz.write(out, arrays);
        } else {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            arrays.forEach((name, array) -> tensors.put(name, array.toTensor()));
            Safetensors.write(out, Map.of("format", "pt"), tensors);
        }
        if (json.chosen()) {
            console.printJson(report(arrays));
        } else {
            arrays.forEach((name, array) -> console.print(name + " " + array));
            console.say(console.text("run.saved", out));
        }
        return ExitCode.DONE;
    }

    /// The weights as those of a model of ours.
    private int weights() {
        if (!ending(out).equals("safetensors")) {
            throw CommandException.wrongRequest(console.text("convert.error.model", out));
        }
        WeightsInto.Filled filled = into.fill(in, divisor, console);
        WeightsInto.save(out, filled);
        if (json.chosen()) {
            console.printJson(
                    filled.report().with("in", in.toString()).with("out", out.toString()));
        } else {
            filled.matches().toString().lines().forEach(console::print);
            console.say(console.text("run.saved", out));
        }
        return ExitCode.DONE;
    }

    /// The graph as a model that can be evaluated and trained further.
    private int model() {
        Model<?> model = OnnxImport.of(Onnx.read(in), in.toString());
        ModelFile.save(out, model, ModelCard.EMPTY.withDivisor(divisor));
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "convert")
                            .with("in", in.toString())
                            .with("out", out.toString())
                            .with("parameters", model.network().parameters().count()));
        } else {
            console.print(model.network().summary().toString());
            console.say(console.text("run.saved", out));
        }
        return ExitCode.DONE;
    }

    private static String ending(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private Map<String, NumericArray> read() {
        return switch (ending(in)) {
            case "npz" -> Npz.read(in);
            case "onnx" -> Onnx.read(in).graph().initializers();
            case "safetensors" -> {
                SafetensorsFile file = Safetensors.read(in);
                Map<String, NumericArray> arrays = new LinkedHashMap<>();
                for (String name : file.header().tensors().keySet()) {
                    arrays.put(name, NumericArray.from(file.tensor(name)));
                }
                yield arrays;
            }
            default -> throw CommandException.wrongRequest(console.text("convert.error.in", in));
        };
    }

    private JsonObject report(Map<String, NumericArray> arrays) {
        List<JsonValue> all = new ArrayList<>();
        arrays.forEach(
                (name, array) ->
                        all.add(
                                JsonObject.EMPTY
                                        .with("name", name)
                                        .with("array", array.toString())));
        return JsonObject.EMPTY
                .with("command", "convert")
                .with("in", in.toString())
                .with("out", out.toString())
                .with("arrays", new JsonValue.Array(all));
    }
}
