package org.manabi.formats.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.OnnxAttribute;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxNode;
import org.manabi.formats.onnx.OnnxValue;

/// Operators on numbers and shapes that the standard's own tests do not have.
class OperatorTests {

    /// What one node gives for constants.
    private static NumericArray run(
            String operator, Map<String, OnnxAttribute> attributes, NumericArray... inputs) {
        return run(1, operator, attributes, inputs).getFirst();
    }

    private static List<NumericArray> run(
            int outputs,
            String operator,
            Map<String, OnnxAttribute> attributes,
            NumericArray... inputs) {
        Map<String, NumericArray> initializers = new LinkedHashMap<>();
        for (NumericArray input : inputs) {
            initializers.put("x" + initializers.size(), input);
        }
        List<String> names = new ArrayList<>();
        List<OnnxValue> values = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add("y" + i);
            values.add(new OnnxValue("y" + i, null, null));
        }
        OnnxNode node =
                new OnnxNode(
                        "n", operator, "", List.copyOf(initializers.keySet()), names, attributes);
        OnnxGraph graph = new OnnxGraph("g", List.of(node), initializers, List.of(), values);
        OnnxModel model = new OnnxModel(8, "", Map.of("", 18L), graph);
        Map<String, NumericArray> found = new GraphRunner(model, "a.onnx").run(Map.of());
        return names.stream().map(name -> Objects.requireNonNull(found.get(name))).toList();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            String operator, Map<String, OnnxAttribute> attributes, NumericArray... inputs) {
        return assertThatThrownBy(() -> run(operator, attributes, inputs))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("a.onnx: node \"n\" (" + operator + "): ");
    }

    private static NumericArray floats(long[] dims, float... values) {
        return NumericArray.ofFloats(dims, values);
    }

    private static NumericArray longs(long... values) {
        return NumericArray.ofLongs(ElementType.INT64, new long[] {values.length}, values);
    }

    @Test
    void logSumExpLosesNoGroupBesideAnother() {
        NumericArray x = floats(new long[] {2, 2}, 1000, 1000, -1000, -1000);
        Map<String, OnnxAttribute> rows =
                Map.of("axes", OnnxAttribute.ofIntegers(1), "keepdims", OnnxAttribute.of(0));
        double log2 = Math.log(2);
        assertThat(run("ReduceLogSumExp", rows, x).toDoubles())
                .containsExactly((float) (1000 + log2), (float) (-1000 + log2));
        float endless = Float.NEGATIVE_INFINITY;
        NumericArray nothing = floats(new long[] {1, 2}, endless, endless);
        assertThat(run("ReduceLogSumExp", rows, nothing).toDoubles()).containsExactly(endless);
    }

    @Test
    void convolutionInDoubleKeepsItsDigits() {
        double small = 1 + 0x1p-40;
        NumericArray x = NumericArray.ofDoubles(new long[] {1, 1, 2}, small, 3);
        NumericArray w = NumericArray.ofDoubles(new long[] {1, 1, 2}, 1, 0x1p-45);
        NumericArray b = NumericArray.ofDoubles(new long[] {1}, 0x1p-50);
        double bias = 0x1p-50;
        assertThat(run("Conv", Map.of(), x, w, b).toDoubles())
                .containsExactly(bias + small + 3 * 0x1p-45);
        NumericArray one = NumericArray.ofDoubles(new long[] {1, 1, 1}, 1);
        NumericArray exact = NumericArray.ofDoubles(new long[] {1}, small);
        assertThat(run("ConvTranspose", Map.of(), one, one, exact).toDoubles())
                .containsExactly(1 + small);
    }

    @Test
    void emptyAxesAreSlicedAndPadded() {
        NumericArray empty = floats(new long[] {0});
        assertThat(run("Slice", Map.of(), empty, longs(5), longs(-5), longs(0), longs(-1)))
                .hasToString("FLOAT32[0]");
        assertThat(run("Pad", Map.of(), empty, longs(1, 1)).toDoubles()).containsExactly(0, 0);
        assertRefused("Pad", Map.of("mode", OnnxAttribute.of("edge")), empty, longs(1, 1))
                .hasMessageContaining("has no elements");
        Map<String, OnnxAttribute> window =
                Map.of(
                        "kernel_shape",
                        OnnxAttribute.ofIntegers(1),
                        "pads",
                        OnnxAttribute.ofIntegers(1, 1));
        assertThat(run("AveragePool", window, floats(new long[] {1, 1, 0})))
                .hasToString("FLOAT32[1, 1, 2]");
    }

    @Test
    void partsAreAsManyAsTheOutputs() {
        NumericArray x = floats(new long[] {3}, 1, 2, 3);
        List<NumericArray> parts = run(2, "Split", Map.of("num_outputs", OnnxAttribute.of(2)), x);
        assertThat(parts.get(0).toDoubles()).containsExactly(1, 2);
        assertThat(parts.get(1).toDoubles()).containsExactly(3);
        for (long wrong : new long[] {0, -1, 2, 1L << 31, 1L << 33, Long.MAX_VALUE}) {
            assertRefused("Split", Map.of("num_outputs", OnnxAttribute.of(wrong)), x)
                    .hasMessageContaining("num_outputs=" + wrong + " is outside 1 … 1");
        }
    }

    @Test
    void shapesAreBounded() {
        NumericArray one = floats(new long[] {1}, 1);
        long[] many = new long[65];
        Arrays.fill(many, 1);
        assertRefused("Reshape", Map.of(), one, longs(many)).hasMessageContaining("65 axes");
        assertRefused("ConstantOfShape", Map.of(), longs(1 << 20, 1 << 20))
                .hasMessageContaining("more than 268435456 elements");
        // Nothing is in it, but whoever goes along its first axis needs a day.
        NumericArray weights = floats(new long[] {1L << 30, 0, 1});
        NumericArray x = floats(new long[] {1, 0, 1});
        assertThatThrownBy(() -> run("Conv", Map.of(), x, weights))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 268435456 elements");
    }
}
