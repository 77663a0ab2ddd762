package org.manabi.formats.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

class NpyTests {

    @TempDir private Path folder;

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = NpyTests.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /// An npy file of this version and dictionary with `data` zero bytes.
    private static byte[] file(int major, String dictionary, int data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
        byte[] text = (dictionary + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < (major == 1 ? 2 : 4); i++) {
            out.write(text.length >> (8 * i));
        }
        out.writeBytes(text);
        out.writeBytes(new byte[data]);
        return out.toByteArray();
    }

    private static NumericArray read(byte[] content) {
        return Npy.read(content, "a.npy");
    }

    @Test
    void numpysSamplesAreReadExactly() throws IOException {
        NumericArray big = read(sample("bigendian_f8.npy"));
        assertThat(big).isEqualTo(NumericArray.ofDoubles(new long[] {4}, 0, 1, 2, 3));
        NumericArray bool = read(sample("bool.npy"));
        assertThat(bool).isEqualTo(NumericArray.ofLongs(ElementType.BOOL, new long[] {3}, 1, 0, 1));
        // The columns lie one after the other in the file: 0 3, 1 4, 2 5.
        NumericArray fortran = read(sample("f_order_f4.npy"));
        assertThat(fortran).isEqualTo(NumericArray.ofFloats(new long[] {2, 3}, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void everyArrayComesBackToTheBitInBothOrders() {
        Path file = folder.resolve("a.npy");
        ForAll.seeds(
                200,
                random -> {
                    NumericArray array = AnyArray.of(random);
                    Order order = random.nextBoolean() ? Order.C : Order.FORTRAN;
                    Npy.write(file, array, order);
                    assertThat(Npy.read(file)).isEqualTo(array);
                    ArrayDescription described = Npy.describe(file);
                    assertThat(described.type()).isEqualTo(array.type());
                    assertThat(described.size()).isEqualTo(array.size());
                });
    }

    @Test
    void numpysOwnBytesAreWritten() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.write(file, read(sample("f_order_f4.npy")), Order.FORTRAN);
        assertThat(Files.readAllBytes(file)).isEqualTo(sample("f_order_f4.npy"));
        Npy.write(file, read(sample("bool.npy")));
        assertThat(Files.readAllBytes(file)).isEqualTo(sample("bool.npy"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "BFLOAT16"})
    void everyTypeIsReadInBothByteOrders(ElementType type) {
        Path file = folder.resolve("a.npy");
        NumericArray one = NumericArray.ofLongs(type, new long[] {1}, 1);
        Npy.write(file, one);
        byte[] little = readAll(file);
        byte[] big = little.clone();
        int descr = new String(big, StandardCharsets.ISO_8859_1).indexOf("'descr': '") + 10;
        big[descr] = '>';
        int width = type.bytes();
        for (int i = 0; i < width; i++) {
            big[big.length - width + i] = little[little.length - 1 - i];
        }
        assertThat(read(little)).isEqualTo(one);
        assertThat(read(big)).isEqualTo(one);
    }

    private static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void versionsTwoAndThreeAndOldHeadersAreRead() {
        for (int version = 1; version <= 3; version++) {
            NumericArray array =
                    read(
                            file(
                                    version,
                                    "{\"shape\": (2L, 3), 'fortran_order':False, 'descr':'<i2'}",
                                    12));
            assertThat(array).hasToString("INT16[2, 3]");
        }
        assertThat(read(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': ()}", 8)).size())
                .isEqualTo(1);
        assertThat(
                        read(file(
                                        1,
                                        "{'descr': '<f8', 'fortran_order': True, 'shape':"
                                                + " (0, 99999999999)}",
                                        0))
                                .dims())
                .containsExactly(0, 99_999_999_999L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}; pickle",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; fields",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}; '<c8' is not read",
                "{'descr': '|S8', 'fortran_order': False, 'shape': (1,)}; '|S8' is not read",
                "{'descr': '|f4', 'fortran_order': False, 'shape': (1,)}; order of its bytes",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}; neither True nor False",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}; not a tuple",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [2]}; '(' is expected",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}; negative",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}; no comma",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2**40)}; no comma",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)};"
                        + " 63 bits",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)};"
                        + " more elements than any file",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2305843009213693952,)};"
                        + " too many bytes",
                "{'descr': '<f4', 'fortran_order': False}; no 'shape'",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False}; twice",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}; the key 'x'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} 1; something follows",
                "{'descr': '<f4; not closed",
                "__import__('os').system('id'); '{' is expected",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}; cut short",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}; appended",
            })
    void otherHeadersAreRefusedWithTheirFault(String dictionary, String fault) {
        assertThatThrownBy(() -> read(file(1, dictionary, 8)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("a.npy: ")
                .hasMessageContaining(fault);
    }

    @Test
    void truncationAtEveryByteIsRefused() throws IOException {
        byte[] whole = sample("f_order_f4.npy");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void otherFilesAreNamedForWhatTheyLookLike() {
        assertThatThrownBy(() -> read("PK\3\4 and so on".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("looks like a zip archive");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("is empty");
        byte[] version = file(1, "{}", 0);
        version[6] = 9;
        assertThatThrownBy(() -> read(version)).hasMessageContaining("version 9.0");
        byte[] huge = file(2, "{}", 0);
        huge[11] = 0x7F;
        assertThatThrownBy(() -> read(huge)).hasMessageContaining("10000 are the most");
    }

    @Test
    void truthValuesAreZeroOrOne() {
        byte[] file = file(1, "{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", 2);
        file[file.length - 1] = 2;
        assertThatThrownBy(() -> read(file)).hasMessageContaining("truth value 1 is 2");
    }

    @Test
    void whatNumpyCannotHoldIsNotWritten() {
        NumericArray brain = NumericArray.zeros(ElementType.BFLOAT16, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npy.write(folder.resolve("b.npy"), brain))
                .withMessageContaining("bfloat16");
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Npy.read(folder)).hasMessageContaining("is a directory");
    }

    @Test
    void typesConvertByRoundingAndWrapping() {
        NumericArray numbers = NumericArray.ofDoubles(new long[] {3}, 1.9, -1.9, 300);
        assertThat(numbers.to(ElementType.UINT8).toLongs()).containsExactly(1, 255, 44);
        assertThat(numbers.to(ElementType.BFLOAT16).toDoubles())
                .containsExactly(1.8984375, -1.8984375, 300);
        assertThat(NumericArray.ofLongs(ElementType.UINT64, new long[] {1}, -1).getDouble(0))
                .isEqualTo(0x1p64);
        assertThat(List.of(NumericArray.count(3, 0), NumericArray.count(1L << 40, 1L << 40)))
                .containsExactly(0L, -1L);
    }
}
