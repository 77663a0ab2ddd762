package org.manabi.formats.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.table.TableSchema;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.train.Model;
import org.manabi.train.OutputKind;

/// The model card as it stands in a file: a [ModelCard], and all that is needed to build the
/// network again.
record CardText(Layer layers, Shape input, DType dtype, OutputKind output, ModelCard card) {

    private static final int FORMAT = 1;
    private static final String PART = "card";
    private static final int MAX_RANK = 64;
    private static final int MAX_LENGTH = 4 << 20;

    static String write(Model<?> model, ModelCard card) {
        Network network = model.network();
        JsonObject input =
                JsonObject.EMPTY
                        .with("shape", network.sampleShape().toArray())
                        .with("dtype", word(network.dtype()))
                        .with("divisor", card.divisor());
        JsonObject text =
                JsonObject.EMPTY
                        .with("format", FORMAT)
                        .with("layers", Layers.write(network.layer()))
                        .with("input", input)
                        .with("output", word(model.kind()))
                        .with("classes", card.classNames())
                        .with("loss", orNull(card.loss()))
                        .with("dataset", orNull(card.dataset()))
                        .with("training", card.training());
        TableSchema table = card.table();
        return (table == null ? text : text.with("table", table.toJson())).toString();
    }

    /// @throws FormatException if the text is not a model card of this version
    static CardText read(String text, String file) {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException(file, "its model card is longer than 4 MiB");
        }
        JsonFields fields = JsonFields.of(JsonReader.parse(text, file, PART), file, PART);
        long format = fields.integer("format");
        if (format != FORMAT) {
            throw fields.fault(
                    "format", format + " is unknown to this version, which reads " + FORMAT);
        }
        JsonFields input = fields.object("input");
        try {
            return new CardText(
                    Layers.read(fields.object("layers")),
                    shape(input),
                    constant(input, "dtype", List.of(DType.FLOAT32, DType.FLOAT64)),
                    constant(fields, "output", List.of(OutputKind.values())),
                    new ModelCard(
                            input.number("divisor"),
                            fields.texts("classes"),
                            fields.optionalText("loss").orElse(null),
                            fields.optionalText("dataset").orElse(null),
                            fields.optionalObject("training"),
                            fields.has("table") ? TableSchema.of(fields.object("table")) : null));
        } catch (ShapeException e) {
            throw new FormatException(file, PART + ": " + e.getMessage());
        }
    }

    private static JsonValue orNull(@Nullable String text) {
        return text == null ? JsonValue.Null.NULL : JsonValue.of(text);
    }

    private static Shape shape(JsonFields input) {
        if (input.array("shape").size() > MAX_RANK) {
            throw input.fault("shape", "it has more than " + MAX_RANK + " axes");
        }
        int[] dims = input.array("shape").stream().mapToInt(dim -> length(input, dim)).toArray();
        return Shape.of(dims);
    }

    private static int length(JsonFields input, JsonValue dim) {
        long length = dim.asLong().orElse(-1);
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw input.fault("shape", dim + " is not a length");
        }
        return (int) length;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(JsonFields fields, String name, List<E> all) {
        String text = fields.text(name);
        Optional<E> found = all.stream().filter(one -> word(one).equals(text)).findFirst();
        return found.orElseThrow(
                () ->
                        fields.fault(
                                name,
                                text
                                        + " is not one of "
                                        + String.join(
                                                ", ", all.stream().map(CardText::word).toList())));
    }
}
