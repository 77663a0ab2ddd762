package org.manabi.formats.idx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;

class IdxTests {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static IdxArray read(byte[] content) {
        return Idx.read(content, "a.idx");
    }

    private static byte[] raw(IdxArray array) {
        var out = new ByteArrayOutputStream();
        try {
            Idx.write(out, array);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static IdxType anyType(SplittableRandom random) {
        List<IdxType> types = List.copyOf(EnumSet.allOf(IdxType.class));
        return types.get(random.nextInt(types.size()));
    }

    private static IdxArray random(IdxType type, SplittableRandom random) {
        long[] dims = new long[1 + random.nextInt(4)];
        int length = 1;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.nextInt(8);
            length *= (int) dims[i];
        }
        byte[] bytes = new byte[length * type.bytes()];
        random.nextBytes(bytes);
        return IdxArray.decode(type, dims, bytes);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsRead(IdxType type) {
        ForAll.seeds(
                100,
                random -> {
                    IdxArray array = random(type, random);
                    byte[] raw = raw(array);
                    assertThat(raw).hasSize((int) array.rawBytes());
                    assertThat(read(raw)).isEqualTo(array).hasSameHashCodeAs(array);
                    assertThat(read(gzip(raw))).isEqualTo(array);
                });
    }

    /// By hand from the format's definition, each with the same two values.
    @ParameterizedTest
    @CsvSource({
        "00 00 08 01 00 00 00 02 01 FF,                                              UINT8,   255",
        "00 00 09 01 00 00 00 02 01 FF,                                              INT8,    -1",
        "00 00 0B 01 00 00 00 02 00 01 FF FE,                                        INT16,   -2",
        "00 00 0C 01 00 00 00 02 00 00 00 01 7F FF FF FF,                   INT32,   2147483647",
        "00 00 0D 01 00 00 00 02 3F 80 00 00 BE 80 00 00,                   FLOAT32, -0.25",
        "00 00 0E 01 00 00 00 02 3F F0 00 00 00 00 00 00 C0 08 00 00 00 00 00 00,    FLOAT64, -3",
    })
    void elementsAreBigEndian(String file, IdxType type, double second) {
        IdxArray array = read(hex(file));
        assertThat(array.type()).isEqualTo(type);
        assertThat(array.dims()).containsExactly(2L);
        assertThat(array.getAsDouble(0)).isEqualTo(1);
        assertThat(array.getAsDouble(1)).isEqualTo(second);
        assertThat(raw(array)).isEqualTo(hex(file));
    }

    @Test
    void accessorsGiveTheirTypeOnly() {
        IdxArray array = IdxArray.ofShorts(new short[] {1, 2, 3}, 3, 1);
        assertThat(array.shorts()).containsExactly(1, 2, 3);
        assertThat(array).hasToString("INT16[3, 1]");
        assertThatIllegalStateException()
                .isThrownBy(array::bytes)
                .withMessage("INT16[3, 1] has no bytes");
    }

    @Test
    void arraysAreCheckedWhenMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdxArray.ofInts(new int[5], 2, 3))
                .withMessage("shape [2, 3] has not 5 elements");
        assertThatIllegalArgumentException().isThrownBy(() -> IdxArray.ofInts(new int[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdxArray.ofInts(new int[0], 1L << 32, 0));
    }

    @Test
    void emptyAxesAreLegalHoweverLargeTheOthersAre() {
        IdxArray array = read(hex("00 00 0E 04 FF FF FF FF FF FF FF FF FF FF FF FF 00 00 00 00"));
        assertThat(array.size()).isZero();
        assertThat(array.dims()).containsExactly(0xFFFFFFFFL, 0xFFFFFFFFL, 0xFFFFFFFFL, 0L);
        assertThat(IdxDescription.of(array).toString()).endsWith("no values");
    }

    /// SHA-256 of the eleven bytes, by sha256sum.
    @Test
    void digestIsThatOfTheRawFile() {
        byte[] raw = hex("00 00 08 01 00 00 00 03 05 00 04");
        assertThat(read(gzip(raw)).sha256())
                .isEqualTo("d229e0bc81fa2cb9dfab445bf40dd0a1b6516dd17c6b48c15a016dfd84e4c526");
    }

    @Test
    void descriptionNamesTypeShapeSizeAndValues() {
        assertThat(IdxDescription.of(read(hex("00 00 08 01 00 00 00 04 05 00 04 02"))).toString())
                .isEqualTo("IDX labels UINT8[4], 12 bytes raw, values 0 … 5, mean 2.75000");
        assertThat(IdxDescription.of(IdxArray.ofFloats(new float[] {0.5f, 1.5f}, 1, 2)).toString())
                .isEqualTo(
                        "IDX array FLOAT32[1, 2], 20 bytes raw, values 0.500000 … 1.50000, mean 1");
    }

    private static void assertRefused(byte[] content, String fault) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(FormatException.class)
                .hasMessage("a.idx: " + fault);
    }

    @Test
    void truncatedFilesAreRefusedWithTheCounts() {
        String fault =
                "ends after 11 bytes; the header promises UINT8[5], 13 bytes in all,"
                        + " so 2 are missing; copy or download it again";
        byte[] raw = hex("00 00 08 01 00 00 00 05 01 02 03");
        assertRefused(raw, fault);
        assertRefused(gzip(raw), fault);
    }

    @Test
    void trailingBytesAreRefusedWithTheCounts() {
        byte[] raw = hex("00 00 0B 02 00 00 00 01 00 00 00 01 00 07 00");
        assertRefused(
                raw,
                "the header promises INT16[1, 1], 14 bytes in all, but the file has 15;"
                        + " the header is wrong or something was appended");
        assertRefused(
                gzip(raw),
                "the header promises INT16[1, 1], 14 bytes in all, but the file has more;"
                        + " the header is wrong or something was appended");
    }

    @Test
    void brokenHeadersAreNamed() {
        assertRefused(hex(""), "is empty; an IDX file begins with 00 00, a type and a rank");
        assertRefused(hex("00 00 08"), "ends after 3 of the 4 bytes of the magic number");
        assertRefused(hex("00 00 08 00"), "byte 3: the rank is 0, outside 1 … 32");
        assertRefused(hex("00 00 08 FF"), "byte 3: the rank is 255, outside 1 … 32");
        assertRefused(
                hex("00 00 0A 01 00 00 00 00"),
                "byte 2: 0A is no IDX type; there are 08 (UINT8), 09 (INT8), 0B (INT16),"
                        + " 0C (INT32), 0D (FLOAT32) and 0E (FLOAT64)");
        assertRefused(
                hex("00 00 08 03 00 00 00 01 00"),
                "ends after 9 bytes, inside the 3 axis lengths of the header");
        assertRefused(
                hex("00 00 0E 02 FF FF FF FF FF FF FF FF"),
                "the header promises FLOAT64[4294967295, 4294967295], more bytes than any file has;"
                        + " it is damaged");
    }

    @Test
    void otherFormatsAreRecognized() {
        assertRefused(
                hex("89 50 4E 47 0D 0A 1A 0A"),
                "begins with 89 50 4E 47, not with the 00 00 of IDX;"
                        + " this looks like a PNG picture");
        assertRefused(
                "label,pixel1,pixel2\n5,0,0\n".getBytes(UTF_8),
                "begins with 6C 61 62 65, not with the 00 00 of IDX; this looks like text");
        assertRefused(
                gzip(gzip(hex("00 00 08 01 00 00 00 00"))),
                "begins with 1F 8B 08 00, not with the 00 00 of IDX; this looks like gzip data");
        assertRefused(
                hex("01 08 00 00 05 00 00 00"),
                "begins with 01 08 00 00, not with the 00 00 of IDX; the bytes of the header are in"
                        + " the reverse order; IDX is big-endian, write it anew");
        assertRefused(
                hex("DE AD BE EF"),
                "begins with DE AD BE EF, not with the 00 00 of IDX;"
                        + " is it the file that you meant?");
    }

    @Test
    void promisesOfGigabytesFailQuickly() {
        byte[] header = hex("00 00 08 02 FF FF FF FF 00 00 00 01 00 00 00 00 00 00 00 00");
        assertRefused(
                header,
                "ends after 20 bytes; the header promises UINT8[4294967295, 1],"
                        + " 4294967307 bytes in all, so 4294967287 are missing;"
                        + " copy or download it again");
        byte[] file = gzip(header);
        assertRefused(
                file,
                ("the header promises UINT8[4294967295, 1], 4294967307 bytes in all,"
                                + " but a gzip file of this size is taken to hold at most %d;"
                                + " copy or download it again")
                        .formatted((64 << 20) + 200 * file.length));
    }

    @Test
    void gzipMayHaveSeveralMembersButNothingElse() {
        byte[] first = gzip(hex("00 00 08 01 00 00"));
        byte[] second = gzip(hex("00 02 07 08"));
        byte[] file = join(first, second);
        assertThat(read(file).bytes()).containsExactly(7, 8);

        assertThatThrownBy(() -> read(join(file, new byte[] {0})))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("a.idx: gzip, byte %d: ".formatted(file.length));
    }

    @Test
    void largeGzipGrowsToItsSize() {
        byte[] data = new byte[3_000_000];
        Arrays.fill(data, (byte) 9);
        IdxArray array = IdxArray.ofUnsignedBytes(data, 3000, 1000);
        assertThat(read(gzip(raw(array)))).isEqualTo(array);
    }

    @Test
    void filesAreReadAndWritten(@TempDir Path folder) throws IOException {
        IdxArray array = IdxArray.ofInts(new int[] {3, 1, 4, 1, 5, 9}, 2, 3);
        for (String name : new String[] {"plain", "packed.gz"}) {
            Path file = folder.resolve(name);
            Idx.write(file, array);
            assertThat(Idx.read(file)).isEqualTo(array);
        }
        assertThat(Files.readAllBytes(folder.resolve("packed.gz"))).startsWith(0x1F, 0x8B);
        assertThat(Files.size(folder.resolve("plain"))).isEqualTo(array.rawBytes());
    }

    @Test
    void filesThatAreNotThereAreNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing.idx");
        assertThatThrownBy(() -> Idx.read(missing))
                .isInstanceOf(FormatException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> Idx.read(folder))
                .isInstanceOf(FormatException.class)
                .hasMessage(folder + ": is a directory, not an IDX file");
    }

    /// Whatever is done to a file, the answer is an array or a [FormatException].
    @Test
    void mutatedFilesAreReadOrRefused() {
        ForAll.seeds(
                2000,
                random -> {
                    byte[] file = raw(random(anyType(random), random));
                    boolean compressed = random.nextBoolean();
                    byte[] changed = mutate(compressed ? gzip(file) : file, random);
                    try {
                        IdxArray array = read(changed);
                        assertThat(array.rawBytes()).isLessThan(1 << 20);
                    } catch (FormatException refused) {
                        assertThat(refused).hasMessageStartingWith("a.idx: ");
                    }
                });
    }

    private static byte[] mutate(byte[] file, SplittableRandom random) {
        byte[] changed = file;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(changed.length + 1);
            changed =
                    switch (random.nextInt(4)) {
                        case 0 -> Arrays.copyOf(changed, place);
                        case 1 -> Arrays.copyOf(changed, changed.length + random.nextInt(20));
                        default -> {
                            byte[] copy = changed.clone();
                            if (place < copy.length) {
                                copy[random.nextBoolean() ? place : Math.min(place, 8)] =
                                        (byte) random.nextInt();
                            }
                            yield copy;
                        }
                    };
        }
        return changed;
    }
}
