package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxValue;

/// The node tests of the ONNX standard, each through `manabi run`.
class OnnxNodeTests {

    private static final Path NODES = Path.of("/usr/share/libonnx-testdata/data/node");
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-7;

    /// All that are left in version 1.12 of the tests, which is Debian 12's.
    private static final int AT_LEAST = 777;

    /// Parts of the names of tests whose data are texts, sequences or optional values.
    private static final Set<String> NO_ARRAYS =
            Set.of(
                    "STRING",
                    "_opt",
                    "_seq",
                    "sequence",
                    "optional",
                    "strnormalizer",
                    "tfidfvectorizer");

    private static final String CONTRADICTION = "its data has another shape than its model says";

    /// Tests by a part of their name, and why they are left out.
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "training_dropout", "random numbers of the reference's own",
                    "castlike_BFLOAT16_to_FLOAT", CONTRADICTION,
                    "castlike_FLOAT_to_BFLOAT16", CONTRADICTION);

    /// Operators that networks of this program's kind do not have.
    private static final Set<String> NOT_SUPPORTED =
            Set.of(
                    "Bernoulli",
                    "BlackmanWindow",
                    "ConvInteger",
                    "DFT",
                    "DequantizeLinear",
                    "Det",
                    "DynamicQuantizeLinear",
                    "Einsum",
                    "GridSample",
                    "HammingWindow",
                    "HannWindow",
                    "Loop",
                    "MatMulInteger",
                    "MaxUnpool",
                    "MelWeightMatrix",
                    "NonMaxSuppression",
                    "QLinearConv",
                    "QLinearMatMul",
                    "QuantizeLinear",
                    "RandomUniformLike",
                    "Resize",
                    "RoiAlign",
                    "STFT",
                    "Scan",
                    "TfIdfVectorizer",
                    "Unique",
                    "Upsample",
                    "ai.onnx.preview.training.Adagrad",
                    "ai.onnx.preview.training.Adam",
                    "ai.onnx.preview.training.Momentum");

    @TempDir private Path folder;

    /// A test that cannot be run here, and why.
    private static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String reason) {
            super(reason);
        }
    }

    private static NumericArray tensor(Path file) throws IOException, Skipped {
        try {
            return Onnx.readTensor(Files.readAllBytes(file), file.toString());
        } catch (FormatException e) {
            throw noArray(file.toString(), e);
        }
    }

    /// A file that is refused is a failure, unless its test is known to hold something else.
    private static Skipped noArray(String test, FormatException refused) {
        if (NO_ARRAYS.stream().noneMatch(test::contains)) {
            throw refused;
        }
        return new Skipped("its data is no array of numbers");
    }

    private static List<Path> files(Path set, String prefix) throws IOException, Skipped {
        List<Path> files = new ArrayList<>();
        for (int i = 0; Files.exists(set.resolve(prefix + i + ".pb")); i++) {
            files.add(set.resolve(prefix + i + ".pb"));
        }
        return files;
    }

    private void runTest(Path test) throws IOException, Skipped {
        String name = String.valueOf(test.getFileName());
        for (Map.Entry<String, String> left : LEFT_OUT.entrySet()) {
            // With a ratio of 0, dropout is the identity even in training.
            if (name.contains(left.getKey()) && !name.contains("zero_ratio")) {
                throw new Skipped(left.getValue());
            }
        }
        Path path = test.resolve("model.onnx");
        OnnxModel model;
        try {
            model = Onnx.read(path);
        } catch (FormatException e) {
            throw noArray(name, e);
        }
        Path set = test.resolve("test_data_set_0");
        Map<String, NumericArray> inputs = new LinkedHashMap<>();
        List<Path> given = files(set, "input_");
        for (int i = 0; i < given.size(); i++) {
            NumericArray array = tensor(given.get(i));
            inputs.put(model.graph().inputs().get(i).name(), array);
        }
        Map<String, NumericArray> expected = new LinkedHashMap<>();
        List<Path> wanted = files(set, "output_");
        for (int i = 0; i < wanted.size(); i++) {
            expected.put(model.graph().outputs().get(i).name(), tensor(wanted.get(i)));
        }
        for (OnnxValue output : model.graph().outputs()) {
            if (output.type() == null) {
                throw noArray(name, new FormatException(name, "an output has no type"));
            }
        }
        compare(path, inputs, expected);
    }

    private void compare(
            Path model, Map<String, NumericArray> inputs, Map<String, NumericArray> expected)
            throws Skipped {
        Path in = folder.resolve("in.npz");
        Path out = folder.resolve("out.npz");
        Npz.write(in, inputs);
        CommandRun run = CommandRun.of("run", model, in, "--out", out);
        if (run.err().contains("the operator is not supported")) {
            String operator = run.err().replaceFirst("(?s).*\\((\\S+)\\): the op.*", "$1");
            assertThat(NOT_SUPPORTED).contains(operator);
            throw new Skipped("no " + operator);
        }
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, NumericArray> actual = Npz.read(out);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, array) -> assertClose(name, array, actual));
    }

    private static void assertClose(
            String name, NumericArray expected, Map<String, NumericArray> outputs) {
        NumericArray actual = Objects.requireNonNull(outputs.get(name), name);
        assertThat(actual).as(name).hasToString(expected.toString());
        for (int i = 0; i < expected.size(); i++) {
            double right = expected.getDouble(i);
            double got = actual.getDouble(i);
            boolean close =
                    Double.compare(right, got) == 0
                            || Math.abs(right - got) <= ABSOLUTE + RELATIVE * Math.abs(right);
            assertThat(close).as("%s[%d]: expected %s, got %s", name, i, right, got).isTrue();
        }
    }

    @Test
    void nodeTestsOfTheStandardPass() throws IOException {
        assumeThat(Files.isDirectory(NODES))
                .as("the tests of the standard are not installed (Debian: libonnx-testdata)")
                .isTrue();
        int passed = 0;
        Map<String, List<String>> skipped = new TreeMap<>();
        Map<String, String> failed = new TreeMap<>();
        List<Path> tests;
        try (Stream<Path> found = Files.list(NODES)) {
            tests = found.sorted().toList();
        }
        for (Path test : tests) {
            String name = String.valueOf(test.getFileName());
            try {
                runTest(test);
                passed++;
            } catch (Skipped e) {
                skipped.computeIfAbsent(String.valueOf(e.getMessage()), r -> new ArrayList<>())
                        .add(name);
            } catch (AssertionError | RuntimeException e) {
                failed.put(name, String.valueOf(e.getMessage()));
            }
        }
        StringBuilder report = new StringBuilder();
        report.append("%d node tests passed, %d failed\n".formatted(passed, failed.size()));
        failed.forEach((name, fault) -> report.append("FAILED %s: %s\n".formatted(name, fault)));
        skipped.forEach(
                (reason, names) -> report.append("skipped, %s: %s\n".formatted(reason, names)));
        Files.writeString(Path.of("target", "onnx-node-tests.txt"), report);
        assertThat(failed).isEmpty();
        assertThat(passed).isGreaterThanOrEqualTo(AT_LEAST);
    }
}
