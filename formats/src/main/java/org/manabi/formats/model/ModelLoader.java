package org.manabi.formats.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.safetensors.SafetensorsHeader;
import org.manabi.formats.safetensors.StoredTensor;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;

/// Builds a network from a header and says where its weights go. A parameter comes to be only when
/// the file has numbers for it, so that a small file cannot ask for a large model.
final class ModelLoader {

    private final String file;
    private final Map<String, Tensor> targets = new LinkedHashMap<>();
    private @Nullable SavedModel loaded;

    ModelLoader(String file) {
        this.file = file;
    }

    /// The text of the model card.
    static String card(SafetensorsHeader header, String file) {
        String text = header.metadata().get(ModelFile.CARD);
        if (text == null) {
            throw new FormatException(
                    file,
                    "holds weights but no model card ("
                            + ModelFile.CARD
                            + " in its metadata), so its layers are unknown; was it saved by"
                            + " Manabi?");
        }
        return text;
    }

    Map<String, Tensor> targets(SafetensorsHeader header) {
        CardText card = CardText.read(card(header, file), file);
        Model<?> model = model(card, header);
        requireAllUsed(header);
        requireNames(model, card.card());
        loaded = new SavedModel(model, card.card());
        return targets;
    }

    SavedModel loaded() {
        return Objects.requireNonNull(loaded, "asked before the header was read");
    }

    private Model<?> model(CardText card, SafetensorsHeader header) {
        try {
            Network network =
                    new Network(
                            card.layers(),
                            card.input(),
                            card.dtype(),
                            (name, shape) -> weights(header, name, shape, card.dtype()));
            return Model.of(network, card.output());
        } catch (ShapeException e) {
            throw new FormatException(
                    file, "the layers of its model card do not fit together: " + e.getMessage());
        }
    }

    private Tensor weights(SafetensorsHeader header, String name, Shape shape, DType dtype) {
        StoredTensor stored = header.tensors().get(name);
        if (stored == null) {
            throw new FormatException(
                    file, "the weights " + name + " " + shape + " of its model card are missing");
        }
        boolean fits =
                stored.hasShape(shape.toArray())
                        && stored.type().dtype().filter(dtype::equals).isPresent();
        if (!fits) {
            throw new FormatException(
                    file,
                    "the weights "
                            + stored
                            + " do not fit its model card, which asks for "
                            + dtype
                            + " "
                            + shape);
        }
        Tensor tensor = Tensor.zeros(dtype, shape);
        targets.put(name, tensor);
        return tensor;
    }

    private void requireAllUsed(SafetensorsHeader header) {
        for (StoredTensor stored : header.tensors().values()) {
            if (!targets.containsKey(stored.name())
                    && !stored.name().startsWith(ModelFile.TRAINING)) {
                throw new FormatException(
                        file, "no layer of its model card has the weights " + stored);
            }
        }
    }

    private void requireNames(Model<?> model, ModelCard card) {
        int outputs = model.network().outputShape().size();
        int names = card.classNames().size();
        if (names != 0 && names != outputs) {
            throw new FormatException(
                    file, "its model card names " + names + " classes for " + outputs + " outputs");
        }
    }
}
