package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The losses that Keras's own tests assert, of the cases without weights. They are read in place and
/// skipped where they are absent.
class KerasLossTests {

    private static final Path LOSSES = Path.of("../../shared/conformance/keras/losses.json");

    private static JsonNode cases() {
        assumeTrue(Files.exists(LOSSES), "skipped: there is no " + LOSSES);
        return new JsonMapper().readTree(LOSSES.toFile()).get("cases");
    }

    @Test
    void meanSquaredErrorAgrees() {
        int compared = 0;
        for (JsonNode example : cases()) {
            if (is(example, "MeanSquaredError") && example.get("config").isEmpty()) {
                JsonNode arguments = example.get("call_args");
                compare(
                        example,
                        new MeanSquaredError()
                                .of(
                                        Outputs.of(tensor(arguments.get(1))),
                                        Values.of(tensor(arguments.get(0)))));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void softmaxCrossEntropyAgreesForOneHotRowsAndForLabels() {
        int compared = 0;
        for (JsonNode example : cases()) {
            JsonNode config = example.get("config");
            boolean plain =
                    config.path("from_logits").asBoolean(false)
                            && !config.has("label_smoothing")
                            && !config.has("ignore_class");
            JsonNode arguments = example.get("call_args");
            if (plain && is(example, "CategoricalCrossentropy")) {
                compare(example, arguments, OneHot.of(tensor(arguments.get(0))));
                compared++;
            } else if (plain && is(example, "SparseCategoricalCrossentropy")) {
                int[] labels = Reference.ints(arguments.get(0).get("data"));
                int classes = arguments.get(1).get("shape").get(1).asInt();
                compare(example, arguments, Labels.of(classes, labels));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(6);
    }

    private static boolean is(JsonNode example, String type) {
        return example.get("class").asString().equals(type) && example.get("call_kwargs").isEmpty();
    }

    private static void compare(JsonNode example, JsonNode arguments, ClassTargets targets) {
        Logits logits = Logits.of(tensor(arguments.get(1)));
        boolean reduced = !example.get("config").has("reduction");
        compare(
                example,
                reduced
                        ? SoftmaxCrossEntropy.MEAN.of(logits, targets)
                        : SoftmaxCrossEntropy.MEAN.perSample(logits, targets));
    }

    private static void compare(JsonNode example, Variable loss) {
        JsonNode expected = example.get("expected");
        double[] numbers =
                expected.isNumber()
                        ? new double[] {expected.asDouble()}
                        : Reference.doubles(expected.get("data"));
        JsonNode tolerance = example.get("tolerance");
        double largest =
                tolerance.has("decimal")
                        ? 1.5 * Math.pow(10, -tolerance.get("decimal").asDouble())
                        : tolerance.get("atol").asDouble();
        assertThat(loss.value().toDoubles())
                .as(example.get("test").asString())
                .containsExactly(numbers, within(largest));
    }

    private static Tensor tensor(JsonNode array) {
        return Tensor.of(
                DType.FLOAT64,
                Shape.of(Reference.ints(array.get("shape"))),
                Reference.doubles(array.get("data")));
    }
}
