package org.manabi.formats.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.SafetensorsHeader;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.OutputKind;

/// Models as safetensors files: the weights and the state under their names, and in the metadata a
/// model card, JSON that tells the layers from which the network is built again. Any safetensors
/// reader can take the weights out.
public final class ModelFile {

    /// The name of the model card in the file's metadata.
    public static final String CARD = "manabi.model";

    /// How the names of tensors begin that belong to a training and not to the model.
    public static final String TRAINING = "training/";

    private ModelFile() {}

    /// Writes a model; when this returns, it is safe on the disk.
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    /// @throws IllegalArgumentException if the model has a layer that files cannot hold
    public static void save(Path file, Model<?> model, ModelCard card) {
        save(file, model, card, Map.of(), Map.of());
    }

    /// Writes a model with other numbers than it has now.
    ///
    /// @param weights the numbers, by their paths
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void save(
            Path file, Model<?> model, Map<String, Tensor> weights, ModelCard card) {
        Safetensors.write(file, Map.of(CARD, CardText.write(model, card)), weights);
    }

    /// The same with more.
    ///
    /// @param more further tensors, whose names begin with [#TRAINING]
    /// @param texts further metadata
    public static void save(
            Path file,
            Model<?> model,
            ModelCard card,
            Map<String, Tensor> more,
            Map<String, String> texts) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(more);
        tensors.putAll(model.network().parameters().tensors());
        Map<String, String> metadata = new LinkedHashMap<>(texts);
        metadata.put(CARD, CardText.write(model, card));
        Safetensors.write(file, metadata, tensors);
    }

    /// What a model's file says of it, without its weights.
    ///
    /// @param sampleShape the shape of one input
    /// @param kind what it gives
    public record Heading(Shape sampleShape, OutputKind kind, ModelCard card) {}

    /// Reads the beginning of a file alone.
    ///
    /// @throws FormatException if there is no such file, it is damaged, or has no model card
    public static Heading heading(Path file) {
        CardText card =
                CardText.read(
                        ModelLoader.card(Safetensors.header(file), file.toString()),
                        file.toString());
        return new Heading(card.input(), card.output(), card.card());
    }

    /// Reads a model: the same weights to the bit. The file decides nothing but which of the known
    /// layers there are and what numbers they hold.
    ///
    /// @throws FormatException if there is no such file, it is damaged, has no model card, or its
    ///     weights are not those that its layers need
    public static SavedModel load(Path file) {
        return load(file, header -> Map.of());
    }

    /// The same with more.
    ///
    /// @param more is shown the header and gives the tensors of [#TRAINING] to fill
    public static SavedModel load(
            Path file, Function<SafetensorsHeader, Map<String, Tensor>> more) {
        ModelLoader loader = new ModelLoader(file.toString());
        Safetensors.readInto(
                file,
                header -> {
                    Map<String, Tensor> targets = new LinkedHashMap<>(loader.targets(header));
                    targets.putAll(more.apply(header));
                    return targets;
                });
        return loader.loaded();
    }
}
