package org.manabi.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.data.BatchCursor;
import org.manabi.data.RandomState;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.image.Colors;
import org.manabi.formats.image.ImageFile;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.LayerList;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.npy.Compression;
import org.manabi.formats.npy.Npy;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxAttribute;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxNode;
import org.manabi.formats.onnx.OnnxText;
import org.manabi.formats.onnx.OnnxValue;
import org.manabi.formats.run.Checkpoints;
import org.manabi.formats.run.MetricsLog;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.table.Column;
import org.manabi.formats.table.RawRows;
import org.manabi.formats.table.TableFile;
import org.manabi.formats.table.TableSchema;
import org.manabi.formats.tensorboard.EventFile;
import org.manabi.formats.tensorboard.EventWriter;
import org.manabi.formats.tensorboard.HistogramCounts;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Flatten;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Model;
import org.manabi.train.TrainState;

/// Every reader meets files that were damaged at random, always in the same way: it answers, or
/// refuses by a [FormatException], and does so soon. `-Dmanabi.fuzz=100000` makes it more.
class ReaderFuzzTests {

    private static final int MUTATIONS = Integer.getInteger("manabi.fuzz", 2_000);
    private static final long SLOW = 1_000_000_000L;
    private static final long ALLOCATED = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final TableSchema SCHEMA =
            new TableSchema(
                    List.of("color", "size", "kind"),
                    true,
                    List.of(
                            new Column.Categorical("color", List.of("blue", "red")),
                            new Column.Numeric("size", 2, 0.5)),
                    "kind",
                    List.of("a", "b"),
                    0,
                    1);

    @TempDir private static Path folder;

    /// A reader and a sound file for it.
    record Subject(String name, Path sample, Consumer<Path> reader) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Subject> subjects() throws IOException {
        NumericArray array = NumericArray.ofFloats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
        Path npy = folder.resolve("s.npy");
        Npy.write(npy, array);
        Map<String, NumericArray> arrays = new LinkedHashMap<>();
        arrays.put("a", array);
        arrays.put("b", NumericArray.zeros(ElementType.INT64, 40));
        Path stored = folder.resolve("s.npz");
        Npz.write(stored, arrays);
        Path deflated = folder.resolve("d.npz");
        Npz.write(deflated, arrays, Compression.DEFLATE);
        Path idx = folder.resolve("s.idx");
        IdxArray images = IdxArray.ofUnsignedBytes(new byte[18], 2, 3, 3);
        Idx.write(idx, images);
        Path gzip = folder.resolve("s.idx.gz");
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(idx));
        }
        Files.write(gzip, packed.toByteArray());
        Path safetensors = folder.resolve("s.safetensors");
        FloatTensor weights = FloatTensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        Safetensors.write(
                safetensors, Map.of("k", "v"), Map.of("0.weight", weights, "0.bias", weights));
        Path table = folder.resolve("s.csv");
        Files.writeString(table, "size,color,名前\n1,red,\"a,b\"\n2.5,blue,\n?,red,\"x\"\"y\"\n");
        Path rows = folder.resolve("r.csv");
        Files.writeString(rows, "color,size,kind\nred,1,a\n\"blue\",2.5,b\nred,?,a\n");
        return Stream.of(
                new Subject("npy", npy, Npy::read),
                new Subject("npz, stored", stored, Npz::read),
                new Subject("npz, deflated", deflated, Npz::describe),
                new Subject("idx", idx, Idx::read),
                new Subject("idx.gz", gzip, Idx::read),
                new Subject("safetensors", safetensors, Safetensors::read),
                new Subject("table", table, path -> TableFile.survey(path)),
                new Subject("rows", rows, path -> RawRows.read(path, SCHEMA).labeled(SCHEMA)),
                new Subject("onnx", onnx(array), path -> OnnxText.lines(Onnx.read(path).graph())),
                new Subject("events", events(), path -> EventFile.read(path, event -> {})),
                new Subject("model", model(), ModelFile::load),
                new Subject("checkpoint", checkpoint(), Checkpoints::load),
                new Subject("run", run(), ReaderFuzzTests::openRun),
                new Subject("log", log(), path -> new MetricsLog(path).read()),
                new Subject("layers", layers(), LayerList::read),
                new Subject("png", picture("png"), ReaderFuzzTests::see),
                new Subject("jpeg", picture("jpeg"), ReaderFuzzTests::see),
                new Subject("gif", picture("gif"), ReaderFuzzTests::see),
                new Subject("bmp", picture("bmp"), ReaderFuzzTests::see));
    }

    private static Path onnx(NumericArray array) {
        Path file = folder.resolve("s.onnx");
        OnnxValue value =
                new OnnxValue(
                        "x",
                        ElementType.FLOAT32,
                        List.of(OnnxValue.Dim.free("N"), OnnxValue.Dim.of(2)));
        OnnxNode product = OnnxNode.of("p", "MatMul", List.of("x", "W"), "h", Map.of());
        OnnxNode last =
                OnnxNode.of(
                        "l",
                        "Elu",
                        List.of("h"),
                        "y",
                        Map.of(
                                "alpha", OnnxAttribute.of(0.5f),
                                "axes", OnnxAttribute.ofIntegers(1, 2),
                                "value", new OnnxAttribute.Array(array)));
        Onnx.write(
                file,
                new OnnxModel(
                        8,
                        "manabi",
                        Map.of("", 17L),
                        new OnnxGraph(
                                "g",
                                List.of(product, last),
                                Map.of("W", array),
                                List.of(value),
                                List.of(new OnnxValue("y", null, null)))));
        return file;
    }

    private static Path events() {
        Path file = folder.resolve("events");
        try (EventWriter writer = new EventWriter(file, 1.7e9)) {
            writer.scalar("loss", 1, 1.7e9, 0.5);
            writer.histogram("weights", 1, 1.7e9, HistogramCounts.of(3, 1, 2, 3));
        }
        return file;
    }

    private static Model<?> network() {
        Sequential layers = Sequential.of(new Conv2d(2, 3), new Flatten(), new Dense(2));
        return Model.ofLogits(new Network(layers, Shape.of(1, 4, 4), DType.FLOAT32, Seed.of(0)));
    }

    private static Path model() {
        Path file = folder.resolve("m.safetensors");
        ModelFile.save(file, network(), ModelCard.EMPTY);
        return file;
    }

    private static Path checkpoint() throws IOException {
        Path checkpoints = Files.createDirectories(folder.resolve("c"));
        Model<?> model = network();
        TrainState state =
                new TrainState(
                        4,
                        new BatchCursor.Snapshot(1, 2, RandomState.of(7).snapshot()),
                        Map.of("m/a", FloatTensor.of(Shape.of(2), 1, 2)),
                        new TrainState.Sums(2, 0.5, 1, 1, true),
                        List.of(),
                        null,
                        Map.of());
        return new Checkpoints(checkpoints)
                .save(model, ModelCard.EMPTY, state, JsonObject.EMPTY, 1);
    }

    private static RunDescription plan() {
        JsonObject config = JsonObject.EMPTY.with("epochs", 3);
        return new RunDescription(config, "iris", "0a", JsonObject.EMPTY, 1, 10);
    }

    /// The `run.json` of a folder, which is read by the name of the folder.
    private static Path run() {
        return RunDirectory.createAt(folder.resolve("run"), plan()).folder().resolve("run.json");
    }

    private static void openRun(Path file) {
        try {
            Files.copy(file, folder.resolve("run/run.json"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            RunDirectory.open(folder.resolve("run"));
        } catch (FormatException e) {
            throw new FormatException(file.toString(), e.fault());
        }
    }

    private static Path log() {
        Path file = folder.resolve("metrics.jsonl");
        MetricsLog log = new MetricsLog(file);
        log.append(JsonObject.EMPTY.with("event", "epoch").with("loss", 0.5));
        log.append(JsonObject.EMPTY.with("event", "finished").with("steps", 3));
        log.flush();
        return file;
    }

    private static Path layers() throws IOException {
        return Files.writeString(
                folder.resolve("layers.yaml"),
                """
                layers:
                  - Conv2d: {filters: 32, kernel: 3, padding: same}
                  - Relu
                  - Residual: [Dense: 3, Tanh]
                  - Dense: classes
                """);
    }

    private static Path picture(String format) throws IOException {
        Path file = folder.resolve("picture." + format);
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 63; i++) {
            image.setRGB(i % 9, i / 9, 0x010203 * i);
        }
        ImageIO.write(image, format, file.toFile());
        return file;
    }

    private static void see(Path path) {
        ImageFile.verify(path);
        ImageFile.read(path, Colors.GRAY);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void damagedFilesAreAnsweredOrRefusedSoon(Subject subject) throws IOException {
        byte[] sound = Files.readAllBytes(subject.sample());
        String name = String.valueOf(subject.sample().getFileName());
        Path file = folder.resolve("damaged-" + name);
        long thread = Thread.currentThread().threadId();
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] damaged = damage(sound, new SplittableRandom(seed));
            Files.write(file, damaged);
            long began = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getThreadAllocatedBytes(thread);
            try {
                subject.reader().accept(file);
            } catch (FormatException e) {
                refused++;
                assertThat(e).hasMessageContaining(file.toString());
                assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            } catch (Throwable failure) {
                throw new AssertionError("fails for seed " + seed + ": " + failure, failure);
            }
            assertThat(THREADS.getCurrentThreadCpuTime() - began)
                    .as("nanoseconds of the processor for seed %d", seed)
                    .isLessThan(SLOW);
            // What is allocated is never less than what the heap must hold at once.
            assertThat(THREADS.getThreadAllocatedBytes(thread) - before)
                    .as("bytes allocated for seed %d", seed)
                    .isLessThan(damaged.length + ALLOCATED);
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 10);
    }

    private static byte[] damage(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
                case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) -1);
                case 5 -> {
                    int from = random.nextInt(bytes.length);
                    int count =
                            random.nextInt(Math.min(bytes.length - from, bytes.length - at) + 1);
                    System.arraycopy(bytes, from, bytes, at, count);
                }
                default -> {
                    byte[] word = WORDS[random.nextInt(WORDS.length)];
                    int count = Math.min(word.length, bytes.length - at);
                    System.arraycopy(word, 0, bytes, at, count);
                }
            }
        }
        return bytes;
    }

    private static final byte[][] WORDS = {
        "{\"a\":[1e999]}".getBytes(StandardCharsets.US_ASCII),
        "\"\"\n\r,,;;".getBytes(StandardCharsets.US_ASCII),
        {0, 0, 0, (byte) 0x80},
        {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0x7F},
        {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}
    };
}
