package org.manabi.formats.model;

import java.nio.file.Path;
import java.util.Map;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;

/// Models as safetensors files: the weights and the state under their names, and in the metadata a
/// model card, JSON that tells the layers from which the network is built again. Any safetensors
/// reader can take the weights out.
public final class ModelFile {

    /// The name of the model card in the file's metadata.
    public static final String CARD = "manabi.model";

    private ModelFile() {}

    /// Writes a model; when this returns, it is safe on the disk.
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    /// @throws IllegalArgumentException if the model has a layer that files cannot hold
    public static void save(Path file, Model<?> model, ModelCard card) {
        Map<String, Tensor> weights = model.network().parameters().tensors();
        Safetensors.write(file, Map.of(CARD, CardText.write(model, card)), weights);
    }

    /// Reads a model: the same weights to the bit. The file decides nothing but which of the known
    /// layers there are and what numbers they hold.
    ///
    /// @throws FormatException if there is no such file, it is damaged, has no model card, or its
    ///     weights are not those that its layers need
    public static SavedModel load(Path file) {
        ModelLoader loader = new ModelLoader(file.toString());
        Safetensors.readInto(file, loader::targets);
        return loader.loaded();
    }
}
