package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.npy.Npy;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxValue;
import org.manabi.formats.onnx.run.GraphRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi run`: feeds named arrays to a network and writes its named outputs. Nothing is assumed
/// about what they mean.
@Command(name = "run")
public final class RunCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MODEL", descriptionKey = "run.model")
    private Path model = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "INPUTS", descriptionKey = "run.inputs")
    private @Nullable Path inputs;

    @Option(names = "--out", required = true, paramLabel = "OUTPUTS", descriptionKey = "run.out")
    private Path out = Path.of("");

    public RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requireNpz();
        OnnxModel network = Onnx.read(model);
        Map<String, NumericArray> outputs =
                new GraphRunner(network, model.toString()).run(arrays(network));
        outputs.replaceAll((name, array) -> storable(array));
        Npz.write(out, outputs);
        if (json.chosen()) {
            console.printJson(report(outputs));
        } else {
            outputs.forEach((name, array) -> console.print(name + " " + array));
            console.say(console.text("run.saved", out));
        }
        return ExitCode.DONE;
    }

    private void requireNpz() {
        if (!lowerCase(out).endsWith(".npz")) {
            throw CommandException.wrongRequest(console.text("run.error.out", out));
        }
    }

    private static String lowerCase(Path path) {
        return path.toString().toLowerCase(Locale.ROOT);
    }

    /// The arrays of the file; that of an npy file is the only input there is.
    private Map<String, NumericArray> arrays(OnnxModel network) {
        if (inputs == null) {
            return Map.of();
        }
        if (!lowerCase(inputs).endsWith(".npy")) {
            return Npz.read(inputs);
        }
        List<OnnxValue> required = network.graph().required();
        if (required.size() != 1) {
            throw CommandException.wrongRequest(
                    console.text("run.error.npy", inputs, required.size(), model));
        }
        return Map.of(required.getFirst().name(), Npy.read(inputs));
    }

    /// NumPy knows no bfloat16; as in ONNX's own tests, the bits are stored as whole numbers.
    private static NumericArray storable(NumericArray array) {
        return array.type() == ElementType.BFLOAT16
                ? NumericArray.of(ElementType.UINT16, array.dims(), array.bytes())
                : array;
    }

    private JsonObject report(Map<String, NumericArray> outputs) {
        List<JsonValue> arrays = new ArrayList<>();
        outputs.forEach(
                (name, array) ->
                        arrays.add(
                                JsonObject.EMPTY
                                        .with("name", name)
                                        .with("type", array.type().name())
                                        .with("shape", array.dims())));
        return JsonObject.EMPTY
                .with("command", "run")
                .with("model", model.toString())
                .with("out", out.toString())
                .with("outputs", new JsonValue.Array(arrays));
    }
}
