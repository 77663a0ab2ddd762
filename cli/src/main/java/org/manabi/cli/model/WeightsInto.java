package org.manabi.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.model.WeightImport;
import org.manabi.formats.model.WeightLayout;
import org.manabi.formats.model.WeightMatches;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.StoredTensor;
import org.manabi.layers.Layer;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that bring weights of other programs, by their names, into a model of ours.
final class WeightsInto {

    /// PyTorch counts the batches that a normalization has seen.
    private static final String COUNTER = "num_batches_tracked";

    @Option(names = "--into", paramLabel = "MODEL", descriptionKey = "convert.into")
    private @Nullable String model;

    @Option(names = "--layout", paramLabel = "LAYOUT", descriptionKey = "convert.layout")
    private @Nullable WeightLayout layout;

    @Option(names = "--partial", descriptionKey = "convert.partial")
    private boolean partial;

    @Option(
            names = "--names",
            paramLabel = "THERE=HERE",
            split = ",",
            descriptionKey = "convert.names")
    private Map<String, String> names = new LinkedHashMap<>();

    @Mixin private NewNetwork made = new NewNetwork();

    /// Whether this is asked for.
    boolean isChosen() {
        return model != null;
    }

    /// What was done.
    ///
    /// @param saved the model with the weights that came
    record Filled(SavedModel saved, WeightMatches matches) {

        JsonObject report() {
            List<JsonValue> matched = new ArrayList<>();
            for (WeightMatches.Match match : matches.matched()) {
                matched.add(
                        JsonObject.EMPTY
                                .with("name", match.name())
                                .with("source", match.source())
                                .with("shape", match.shape().toArray())
                                .with("change", match.change()));
            }
            return JsonObject.EMPTY
                    .with("command", "convert")
                    .with("matched", new JsonValue.Array(matched))
                    .with("missing", matches.missing())
                    .with("leftOver", matches.leftOver());
        }
    }

    /// Builds the model, or loads it, and fills it.
    Filled fill(Path weights, double divisor, Console console) {
        SavedModel saved = model(divisor, console);
        WeightMatches matches =
                WeightImport.into(
                        saved.model().network(),
                        read(weights, console),
                        Optional.ofNullable(layout),
                        names,
                        partial ? WeightImport.Extent.PARTIAL : WeightImport.Extent.WHOLE,
                        weights.toString());
        return new Filled(saved, matches);
    }

    private SavedModel model(double divisor, Console console) {
        String name = String.valueOf(model);
        boolean isList = name.endsWith(".yaml") || name.endsWith(".yml");
        if (!isList && Files.exists(Path.of(name))) {
            return ModelPath.load(Path.of(name)).saved();
        }
        Network network = made.of(name, console);
        Layer last = ((Sequential) network.layer()).layers().getLast();
        Model<?> empty =
                switch (last) {
                    case Softmax _ -> Model.ofProbabilities(network);
                    case LogSoftmax _ -> Model.ofLogProbabilities(network);
                    default -> Model.ofLogits(network);
                };
        return new SavedModel(empty, ModelCard.EMPTY.withDivisor(divisor));
    }

    /// The numbers of a file by their names.
    private static Map<String, Tensor> read(Path file, Console console) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (name.endsWith(".npz")) {
            Npz.read(file)
                    .forEach(
                            (array, numbers) -> {
                                if (!array.endsWith(COUNTER)) {
                                    tensors.put(array, numbers.toTensor());
                                }
                            });
            return tensors;
        }
        if (!name.endsWith(".safetensors")) {
            throw CommandException.wrongRequest(console.text("convert.error.weights", file));
        }
        Safetensors.readInto(
                file,
                header -> {
                    for (StoredTensor stored : header.tensors().values()) {
                        if (!stored.name().endsWith(COUNTER)) {
                            tensors.put(stored.name(), Safetensors.zeros(file, stored));
                        }
                    }
                    return tensors;
                });
        return tensors;
    }

    /// Writes the model.
    static void save(Path out, Filled filled) {
        ModelFile.save(out, filled.saved().model(), filled.saved().card());
    }
}
