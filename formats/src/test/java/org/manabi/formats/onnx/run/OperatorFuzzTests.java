package org.manabi.formats.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.OnnxAttribute;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxNode;
import org.manabi.formats.onnx.OnnxValue;

/// Every operator meets inputs and settings drawn at random, always the same: it answers, or refuses
/// by a [FormatException] that names the node. `-Dmanabi.fuzz=100000` makes it more.
class OperatorFuzzTests {

    private static final int GRAPHS = Integer.getInteger("manabi.fuzz", 2_000);

    private static final List<String> OPERATORS = List.copyOf(Operators.names());

    private static final List<String> SETTINGS =
            List.of(
                    ("axis axes keepdims num_outputs split perm shape allowzero pads strides"
                                    + " dilations")
                            .split(" ", -1));

    private static final List<String> MORE =
            List.of(
                    ("kernel_shape group ceil_mode count_include_pad blocksize size k to depth"
                                    + " batch_dims hidden_size direction output_shape auto_pad mode"
                                    + " output_padding start end axis epsilon alpha p largest upper"
                                    + " num_groups noop_with_empty_axes training_mode transA transB"
                                    + " approximate reduction value")
                            .split(" ", -1));

    private static final long[] WHOLES = {
        0,
        1,
        1,
        2,
        2,
        3,
        -1,
        -2,
        5,
        7,
        64,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final float[] REALS = {
        0, 1, -1, 0.5f, 2, -3, 1e30f, Float.NaN, Float.POSITIVE_INFINITY
    };

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "edge",
                    "reflect",
                    "wrap",
                    "SAME_UPPER",
                    "VALID",
                    "bidirectional",
                    "CRD",
                    "x");

    private static final ElementType[] TYPES = {
        ElementType.FLOAT32,
        ElementType.FLOAT32,
        ElementType.FLOAT32,
        ElementType.INT64,
        ElementType.INT64,
        ElementType.FLOAT64,
        ElementType.BOOL,
        ElementType.FLOAT16,
        ElementType.UINT8
    };

    private static NumericArray array(SplittableRandom random) {
        int rank = random.nextInt(5);
        long[] dims = new long[rank];
        for (int i = 0; i < rank; i++) {
            dims[i] = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
        }
        int size = (int) NumericArray.count(dims);
        ElementType type = TYPES[random.nextInt(TYPES.length)];
        if (type.isFloating()) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = REALS[random.nextInt(REALS.length)];
            }
            return NumericArray.ofDoubles(dims, values).to(type);
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] =
                    type == ElementType.INT64
                            ? WHOLES[random.nextInt(WHOLES.length)]
                            : random.nextInt(2);
        }
        return NumericArray.ofLongs(type, dims, values);
    }

    private static OnnxAttribute setting(SplittableRandom random) {
        long[] several = new long[random.nextInt(5)];
        for (int i = 0; i < several.length; i++) {
            several[i] = WHOLES[random.nextInt(WHOLES.length)];
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> OnnxAttribute.of(WHOLES[random.nextInt(WHOLES.length)]);
            case 2, 3 -> OnnxAttribute.ofIntegers(several);
            case 4 -> OnnxAttribute.of(REALS[random.nextInt(REALS.length)]);
            default -> OnnxAttribute.of(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private static OnnxModel model(SplittableRandom random) {
        Map<String, NumericArray> initializers = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            initializers.put("x" + initializers.size(), array(random));
        }
        Map<String, OnnxAttribute> settings = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> names = random.nextBoolean() ? SETTINGS : MORE;
            settings.put(names.get(random.nextInt(names.size())), setting(random));
        }
        List<String> names = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            names.add("y" + i);
            outputs.add(new OnnxValue("y" + i, null, null));
        }
        String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        List<String> inputs = new ArrayList<>(initializers.keySet());
        if (random.nextInt(5) == 0) {
            inputs.set(random.nextInt(inputs.size()), "");
        }
        OnnxNode node = new OnnxNode("n", operator, "", inputs, names, settings);
        long opset = 7L + random.nextInt(12);
        return new OnnxModel(
                8,
                "",
                Map.of("", opset),
                new OnnxGraph("g", List.of(node), initializers, List.of(), outputs));
    }

    @Test
    void everyOperatorAnswersOrRefusesByName() {
        int answered = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            OnnxModel model = model(new SplittableRandom(seed));
            String node = model.graph().nodes().getFirst().toString();
            try {
                new GraphRunner(model, "a.onnx").run(Map.of());
                answered++;
            } catch (FormatException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("a.onnx: node \"n\" (");
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed + " " + node + ": " + failure, failure);
            }
        }
        assertThat(answered).isGreaterThan(GRAPHS / 20);
    }
}
