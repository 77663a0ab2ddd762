package org.manabi.loss;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Numbers from outside: see `src/test/resources/reference/README.md`.
final class Reference {

    private Reference() {}

    static JsonNode scikitLearn() {
        try (InputStream in =
                Reference.class.getResourceAsStream("/reference/sklearn_pytorch_doc.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The numbers of an array, and of the arrays in it.
    static double[] doubles(JsonNode array) {
        return array.valueStream()
                .flatMapToDouble(
                        node ->
                                node.isArray()
                                        ? Arrays.stream(doubles(node))
                                        : DoubleStream.of(node.asDouble()))
                .toArray();
    }

    static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
