package org.manabi.formats.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

class NpzTests {

    @TempDir private Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("a.npz");
    }

    private void sample(String name) throws IOException {
        try (InputStream in = NpzTests.class.getResourceAsStream(name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
    }

    private static Map<String, NumericArray> arrays(SplittableRandom random) {
        Map<String, NumericArray> arrays = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            arrays.put("layer/" + i + " ä", AnyArray.of(random));
        }
        return arrays;
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        assertThatThrownBy(() -> Npz.describe(file)).isInstanceOf(FormatException.class);
        return assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(FormatException.class);
    }

    @Test
    void numpysSamplesAreReadExactly() throws IOException {
        NumericArray a = NumericArray.ofDoubles(new long[] {2, 3}, 0, 1, 2, 3, 4, 5);
        sample("sample_uncompressed.npz");
        assertThat(Npz.read(file))
                .containsExactly(
                        Map.entry("a", a),
                        Map.entry(
                                "b",
                                NumericArray.ofLongs(ElementType.INT64, new long[] {3}, 1, 2, 3)),
                        Map.entry("s", NumericArray.ofFloats(new long[0], 3.5f)));
        sample("sample_compressed.npz");
        assertThat(Npz.read(file))
                .containsExactly(
                        Map.entry("a", a),
                        Map.entry(
                                "u",
                                NumericArray.ofLongs(
                                        ElementType.UINT8, new long[] {5}, 0, 1, 2, 3, 4)));
    }

    @Test
    void arraysComeBackToTheBit() {
        ForAll.seeds(
                100,
                random -> {
                    Map<String, NumericArray> arrays = arrays(random);
                    Compression compression =
                            random.nextBoolean() ? Compression.NONE : Compression.DEFLATE;
                    Npz.write(file, arrays, compression);
                    assertThat(Npz.read(file)).isEqualTo(arrays);
                    assertThat(Npz.describe(file)).hasSameSizeAs(arrays.keySet());
                });
    }

    @Test
    void sameArraysMakeTheSameFile() throws IOException {
        Map<String, NumericArray> arrays = arrays(new SplittableRandom(1));
        Npz.write(file, arrays);
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, arrays);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void numpyReadsWhatIsWritten() throws IOException, InterruptedException {
        Npz.write(
                file,
                Map.of("x", NumericArray.ofDoubles(new long[] {2, 2}, 1, 2, 3, 4.5)),
                Compression.DEFLATE);
        String program =
                "import numpy, sys; a = numpy.load(sys.argv[1])['x'];"
                        + " print(a.dtype, a.shape, a.sum())";
        Process python;
        try {
            python =
                    new ProcessBuilder("/usr/bin/python3", "-c", program, file.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            python = null;
        }
        String said =
                python == null
                        ? ""
                        : new String(
                                python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeThat(python != null && python.waitFor() == 0)
                .as("NumPy is not installed (Debian: python3-numpy)")
                .isTrue();
        assertThat(said.strip()).isEqualTo("float64 (2, 2) 10.5");
    }

    @Test
    void everyDamagedByteIsFoundOrHarmless() throws IOException {
        sample("sample_compressed.npz");
        Map<String, NumericArray> whole = Npz.read(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            try {
                // Names, times and attributes are guarded by no checksum; numbers are.
                assertThat(Npz.read(file).values()).containsExactlyElementsOf(whole.values());
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void truncationIsRefused() throws IOException {
        sample("sample_uncompressed.npz");
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertRefused();
        }
    }

    @Test
    void duplicateNamesAreRefused() throws IOException {
        sample("sample_uncompressed.npz");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 5 < bytes.length; i++) {
            if (new String(bytes, i, 5, StandardCharsets.ISO_8859_1).equals("b.npy")) {
                bytes[i] = 'a';
            }
        }
        Files.write(file, bytes);
        assertRefused().hasMessageContaining("two entries named a.npy");
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void bombsAreRefusedBeforeTheyInflate() throws IOException {
        Files.write(file, zip("a.npy", new byte[80 << 20]));
        assertRefused().hasMessageContaining("inflates to 83886080 bytes");
    }

    /// PyTorch names the values of its ONNX graphs so. Nothing is ever extracted.
    @Test
    void namesThatAreWrittenAreRead() {
        Map<String, NumericArray> arrays =
                Map.of("/fc1/Gemm_output_0", NumericArray.ofFloats(new long[] {1}, 3));
        Npz.write(file, arrays);
        assertThat(Npz.read(file)).isEqualTo(arrays);
        for (String name : List.of("", "..", "a/../b", "a\\b", "a\nb")) {
            assertThatThrownBy(
                            () ->
                                    Npz.write(
                                            file,
                                            Map.of(name, NumericArray.ofFloats(new long[0], 1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be written");
        }
    }

    @Test
    void otherArchivesAndSuspiciousNamesAreRefused() throws IOException {
        Files.write(file, zip("word/document.xml", new byte[3]));
        assertRefused().hasMessageContaining("entry word/document.xml is no array");
        for (String name : List.of("../a.npy", "a/..", "x/../a.npy", "x\\a.npy")) {
            Files.write(file, zip(name, new byte[3]));
            assertRefused().hasMessageContaining("suspicious name");
        }
        Files.writeString(file, "no zip at all");
        assertRefused().hasMessageContaining("looks like text");
        Files.write(file, new byte[0]);
        assertRefused().hasMessageContaining("is empty");
    }

    @Test
    void overlappingEntriesAreRefused() throws IOException {
        sample("sample_uncompressed.npz");
        byte[] bytes = Files.readAllBytes(file);
        // The second directory entry is pointed at the first one's data.
        int second = -1;
        for (int i = 0, seen = 0; i + 4 < bytes.length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && ++seen == 2) {
                second = i;
            }
        }
        Arrays.fill(bytes, second + 42, second + 46, (byte) 0);
        Files.write(file, bytes);
        assertRefused().hasMessageContaining("overlaps");
    }

    @Test
    void faultsOfAnEntryNameIt() throws IOException {
        Files.write(file, zip("bad.npy", new byte[] {1, 2, 3}));
        assertRefused().hasMessageContaining("a.npz: entry bad.npy: does not begin with");
    }
}
