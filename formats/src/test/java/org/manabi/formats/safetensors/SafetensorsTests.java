package org.manabi.formats.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class SafetensorsTests {

    @TempDir Path folder;

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("x.safetensors"), content);
    }

    /// A file of this header and as many zero bytes as data.
    private Path file(String header, int dataBytes) throws IOException {
        return write(bytes(header.getBytes(UTF_8), new byte[dataBytes]));
    }

    private static byte[] bytes(byte[] header, byte[] data) {
        return bytes(header.length, header, data);
    }

    private static byte[] bytes(long promised, byte[] header, byte[] data) {
        ByteBuffer all =
                ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return all.putLong(promised).put(header).put(data).array();
    }

    private static Tensor random(SplittableRandom random) {
        int[] dims = new int[random.nextInt(4)];
        Arrays.setAll(dims, axis -> random.nextInt(5));
        Shape shape = Shape.of(dims);
        DType[] types = DType.values();
        Tensor tensor = Tensor.zeros(types[random.nextInt(types.length)], shape);
        for (int i = 0; i < tensor.size(); i++) {
            switch (tensor) {
                case FloatTensor floats ->
                        floats.array()[i] = Float.intBitsToFloat(random.nextInt());
                case DoubleTensor doubles ->
                        doubles.array()[i] = Double.longBitsToDouble(random.nextLong());
                case IntTensor ints -> ints.array()[i] = random.nextInt();
                case ByteTensor raw -> raw.array()[i] = (byte) random.nextInt();
            }
        }
        return tensor;
    }

    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            name.append(
                    "a0./\"\\\n学😀é".codePoints().skip(random.nextInt(10)).limit(1).toArray()[0]);
        }
        return name.toString();
    }

    private static void assertSameBits(Tensor actual, Tensor expected) {
        assertThat(actual.dtype()).isEqualTo(expected.dtype());
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(bits(actual)).isEqualTo(bits(expected));
    }

    private static byte[] bits(Tensor tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.size() * tensor.dtype().bytes() + 8)
                        .order(ByteOrder.LITTLE_ENDIAN);
        Elements.encode(tensor, 0, bytes);
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }

    @Test
    void whatIsWrittenIsReadBackToTheBit() {
        Path file = folder.resolve("x.safetensors");
        ForAll.seeds(
                150,
                random -> {
                    Map<String, Tensor> tensors = new LinkedHashMap<>();
                    Map<String, String> metadata = new LinkedHashMap<>();
                    for (int i = random.nextInt(5); i > 0; i--) {
                        tensors.put(name(random), random(random));
                        metadata.put(name(random), name(random));
                    }
                    Safetensors.write(file, metadata, tensors);

                    SafetensorsFile read = Safetensors.read(file);
                    assertThat(read.tensors()).containsOnlyKeys(tensors.keySet());
                    tensors.forEach((name, tensor) -> assertSameBits(read.tensor(name), tensor));
                    assertThat(read.header().metadata())
                            .containsAllEntriesOf(metadata)
                            .containsKey(SafetensorsHeader.DIGEST);
                    assertThat(Safetensors.header(file).metadata())
                            .isEqualTo(read.header().metadata());
                    assertThat(read.header().dataBytes() + firstDataByte(file))
                            .isEqualTo(file.toFile().length());
                });
    }

    private static long firstDataByte(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long header = Long.reverseBytes(in.readLong());
            assertThat(header % 8).isZero();
            return 8 + header;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// 1.0f is 3f800000 and −2.0f is c0000000. The digest was taken of the nine bytes of the data
    /// with sha256sum.
    @Test
    void bytesAreThoseOfTheSpecification() throws IOException {
        Path file = folder.resolve("golden.safetensors");
        Safetensors.write(
                file,
                Map.of("by", "hand"),
                Map.of(
                        "b", ByteTensor.of(Shape.of(1), (byte) 7),
                        "a", FloatTensor.of(Shape.of(1, 2), 1, -2)));

        String header =
                "{\"__metadata__\":{\"by\":\"hand\",\"manabi.sha256\":"
                        + "\"e9a17dc6aa3290ec7e8613e3123a08efe6440a7b81891b08447924287ef01822\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[8,9]}}";
        assertThat(header).hasSize(220); // and four blanks make 224, or e0
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(HexFormat.of().parseHex("e000000000000000"));
        expected.writeBytes((header + "    ").getBytes(UTF_8));
        expected.writeBytes(HexFormat.of().parseHex("0000803f000000c007"));
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
    }

    @Test
    void widestTypesComeFirstThenNamesInUtf8Order() {
        Path file = folder.resolve("x.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", ByteTensor.of(Shape.of(1), (byte) 1));
        tensors.put("b", IntTensor.of(Shape.of(1), 1));
        tensors.put("😀", FloatTensor.of(Shape.of(1), 1));
        tensors.put("～", FloatTensor.of(Shape.of(1), 1)); // after 😀 in UTF-16, before it in UTF-8
        tensors.put("c", DoubleTensor.of(Shape.of(1), 1));
        Safetensors.write(file, Map.of(), tensors);
        assertThat(Safetensors.header(file).tensors().keySet())
                .containsExactly("c", "～", "😀", "b", "a");
    }

    @Test
    void viewsAreWrittenWithoutTheirSurroundings() {
        Path file = folder.resolve("x.safetensors");
        Tensor whole = FloatTensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
        Safetensors.write(file, Map.of(), Map.of("row", whole.rows(1, 1)));
        assertThat(Safetensors.read(file).tensor("row").toDoubles()).containsExactly(3, 4);
    }

    @Test
    void numbersOfManyBuffersAreReadInOrder() {
        Path file = folder.resolve("x.safetensors");
        int[] numbers = new int[200_001];
        Arrays.setAll(numbers, i -> i);
        Safetensors.write(
                file,
                Map.of(),
                Map.of(
                        "a",
                        IntTensor.of(Shape.of(numbers.length), numbers),
                        "b",
                        DoubleTensor.of(Shape.of(1), 0.5)));
        SafetensorsFile read = Safetensors.read(file);
        assertThat(((IntTensor) read.tensor("a")).toInts()).isEqualTo(numbers);
        assertThat(read.tensor("b").item()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F16 | FLOAT32 | 003c00fc0100ff7f | 1 -Infinity 5.9604644775390625E-8 NaN",
                "BF16 | FLOAT32 | 803f80ff0100c07f | 1 -Infinity 9.183549615799121E-41 NaN",
                "I8 | INT32 | 01ff807f | 1 -1 -128 127",
                "I16 | INT32 | 0100ffff0080ff7f | 1 -1 -32768 32767",
                "U16 | INT32 | 0100ffff0080ff7f | 1 65535 32768 32767",
                "BOOL | UINT8 | 00010001 | 0 1 0 1",
                "U8 | UINT8 | 0001ff80 | 0 1 255 128",
            })
    void otherTypesAreConvertedWhereThatIsExact(
            String type, DType dtype, String hex, String numbers) throws IOException {
        byte[] data = HexFormat.of().parseHex(hex);
        String header =
                "{\"x\":{\"dtype\":\"%s\",\"shape\":[2,2],\"data_offsets\":[0,%d]}}"
                        .formatted(type, data.length);
        Tensor read = Safetensors.read(write(bytes(header.getBytes(UTF_8), data))).tensor("x");
        assertThat(read.dtype()).isEqualTo(dtype);
        assertThat(read.toDoubles())
                .containsExactly(
                        Arrays.stream(numbers.split(" "))
                                .mapToDouble(Double::parseDouble)
                                .toArray());
    }

    @Test
    void typesWithoutAnExactCounterpartAreDescribedOnly() throws IOException {
        SafetensorsFile read =
                Safetensors.read(
                        file(
                                """
                                {"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
                                 "q":{"dtype":"F4","shape":[4],"data_offsets":[8,10]},
                                 "x":{"dtype":"F32","shape":[],"data_offsets":[10,14]}}""",
                                14));
        assertThat(read.tensors()).containsOnlyKeys("x");
        assertThat(stored(read, "q")).hasToString("q F4[4]");
        assertThat(stored(read, "q").size()).isEqualTo(4);
        assertThatThrownBy(() -> read.tensor("n"))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        "x.safetensors: tensor n I64[1]: there are no tensors of type I64; convert"
                                + " it to F32, F64, I32 or U8 first");
        assertThatThrownBy(() -> read.tensor("m"))
                .hasMessageEndingWith("x.safetensors: has no tensor m; there are n, q, x");
    }

    private static StoredTensor stored(SafetensorsFile file, String name) {
        return Objects.requireNonNull(file.header().tensors().get(name));
    }

    @Test
    void headerMayHaveBlanksAndUnknownFieldsAndAnyOrder() throws IOException {
        SafetensorsHeader read =
                Safetensors.header(
                        file(
                                """
                                 \n{"y":{"shape":[0,9223372036854775808],"data_offsets":[4,4],
                                 "dtype":"F64","new":{"a":[null,{}]}},
                                 "x":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  \n""",
                                4));
        assertThat(read.metadata()).isEmpty();
        assertThat(read.tensors().keySet()).containsExactly("x", "y");
        assertThat(read.tensors().get("y")).hasToString("y F64[0, 9223372036854775808]");
    }

    @Test
    void fileWithoutTensorsIsLegal() throws IOException {
        assertThat(Safetensors.read(file("{}", 0)).tensors()).isEmpty();
    }

    @Test
    void filesThatAreNoneAreRefusedByWhatTheyAre() throws IOException {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> Safetensors.read(absent))
                .isInstanceOf(FormatException.class)
                .hasMessage(absent + ": there is no such file");
        assertThatThrownBy(() -> Safetensors.read(folder))
                .isInstanceOf(FormatException.class)
                .hasMessage(folder + ": is a directory, not a safetensors file");
        assertThatThrownBy(() -> Safetensors.read(write(new byte[7])))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        ": has 7 bytes, too few for the 8 that a safetensors file begins with");
        byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
        assertThatThrownBy(() -> Safetensors.read(write(png)))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        ": promises a header of 727905341920923785 bytes, but 100000000 are the"
                                + " most; this looks like a PNG picture");
    }

    @Test
    void headerLengthIsUnsignedAndBounded() throws IOException {
        for (long length : new long[] {100_000_001, Long.MAX_VALUE, -1, 1L << 32}) {
            assertThatThrownBy(
                            () -> Safetensors.read(write(bytes(length, new byte[9], new byte[9]))))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(
                            "promises a header of "
                                    + Long.toUnsignedString(length)
                                    + " bytes, but 100000000 are the most");
        }
        assertThatThrownBy(() -> Safetensors.read(write(bytes(3, new byte[2], new byte[0]))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("promises a header of 3 bytes, but only 2 follow");
    }

    @Test
    void headerMustBeUtf8() throws IOException {
        byte[] header = "{\"é\":1}".getBytes(UTF_8);
        header[3] = '"';
        assertThatThrownBy(() -> Safetensors.read(write(bytes(header, new byte[0]))))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(": the header is not UTF-8 at byte 10 of the file");
        byte[] cut = Arrays.copyOf("{}   é".getBytes(UTF_8), 6);
        assertThatThrownBy(() -> Safetensors.read(write(bytes(cut, new byte[0]))))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(": the header is not UTF-8 at byte 13 of the file");
        byte[] long1 = (" ".repeat((1 << 18) - 1) + "é{}").getBytes(UTF_8);
        assertThatThrownBy(() -> Safetensors.read(write(bytes(long1, new byte[0]))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("header, line 1, column 262144: is not JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``| expected an object {…}, got the end",
                "[]| expected an object {…}, got an array",
                "{| is not JSON",
                "{}x| is not JSON",
                "{}{}| expected nothing more, got an object",
                "\uFEFF{}| is not JSON",
                "{\u0000}| is not JSON",
                "{\"__metadata__\":null}| expected an object {…}, got null",
                "{\"__metadata__\":[]}| expected an object {…}, got an array",
                "{\"__metadata__\":{\"a\":1}}| expected a text, got the number 1",
                "{\"__metadata__\":{\"a\":{}}}| expected a text, got an object",
                "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}| the name \"a\" comes twice",
                "{\"__metadata__\":{},\"__metadata__\":{}}| the name \"__metadata__\" comes twice",
                "{\"a\":1}| expected an object {…}, got the number 1",
                "{\"a\":{}}| tensor a has no dtype",
                "{\"a\":{\"dtype\":\"F32\"}}| tensor a has no shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}| tensor a has no data_offsets",
                "{\"a\":{\"dtype\":\"f32\"}}| tensor a has the unknown dtype f32; known are [BOOL",
                "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}| the name \"dtype\" comes twice",
                "{\"a\":{\"x\":{\"y\":1,\"y\":1}}}| the name \"y\" comes twice",
                "{\"a\":{\"shape\":[-1]}}| expected an integer 0 … 2⁶⁴−1, got -1",
                "{\"a\":{\"shape\":[-0]}}| expected an integer 0 … 2⁶⁴−1, got -0",
                "{\"a\":{\"shape\":[1.0]}}| expected an integer 0 … 2⁶⁴−1, got the number 1.0",
                "{\"a\":{\"shape\":[18446744073709551616]}}| got 18446744073709551616",
                "{\"a\":{\"shape\":\"2\"}}| expected an array […], got a text",
                "{\"a\":{\"data_offsets\":[0,1,2]}}| more numbers than 2 in data_offsets",
            })
    void headerThatIsNotOneIsRefused(String header, String message) throws IOException {
        assertThatThrownBy(() -> Safetensors.read(file(header, 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("x.safetensors: header, line 1, column ")
                .hasMessageContaining(message);
    }

    private static String entry(String name, String type, String shape, String begin, String end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
                .formatted(name, type, shape, begin, end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F32 | [1] | 1 | 5 | begins at byte 1 of the data, but the bytes before it end at"
                        + " 0; there is a hole",
                "F32 | [1] | 0 | 3 | needs 4 bytes, but its data_offsets span 3",
                "F32 | [2] | 0 | 4 | needs 8 bytes, but its data_offsets span 4",
                "F32 | [0] | 0 | 4 | needs 0 bytes, but its data_offsets span 4",
                "F4 | [1] | 0 | 0 | needs 0 bytes and a part of one, but its data_offsets span 0",
                "U8 | [4294967296,4294967296] | 0 | 0 | has more bits than 64 bits can count",
                "U8 | [2305843009213693952] | 0 | 0 | has more bits than 64 bits can count",
                "F64 | [4294967296,4294967296,0] | 0 | 0 | has more bits than 64 bits can count",
                "F32 | [1] | 0 | 18446744073709551615 | needs 4 bytes, but its data_offsets span"
                        + " 18446744073709551615",
            })
    void tensorThatDoesNotFitItsPlaceIsRefused(
            String type, String shape, String begin, String end, String message)
            throws IOException {
        Path file = file("{" + entry("a", type, shape, begin, end) + "}", 4);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("x.safetensors: tensor a " + type + shape.replace(",", ", "))
                .hasMessageEndingWith(message);
    }

    @Test
    void tensorsThatOverlapOrLeaveHolesAreRefused() throws IOException {
        String first = entry("a", "F32", "[2]", "0", "8");
        for (Map.Entry<String, String> bad :
                Map.of(
                                entry("b", "F32", "[2]", "4", "12"), "two tensors overlap",
                                entry("b", "F32", "[2]", "0", "8"), "two tensors overlap",
                                entry("b", "F32", "[1]", "9", "13"), "there is a hole",
                                entry("b", "F32", "[1]", "8", "4"), "before it begins at 8",
                                entry("b", "F32", "[1]", "0", "4"), "two tensors overlap")
                        .entrySet()) {
            Path file = file("{" + first + "," + bad.getKey() + "}", 12);
            assertThatThrownBy(() -> Safetensors.read(file))
                    .as(bad.getKey())
                    .isInstanceOf(FormatException.class)
                    .hasMessageEndingWith(bad.getValue());
        }
    }

    @Test
    void dataMustEndWithTheLastTensor() throws IOException {
        String header = "{" + entry("a", "F32", "[2]", "0", "8") + "}";
        assertThatThrownBy(() -> Safetensors.read(file(header, 7)))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        ": the header describes 8 bytes of data, but 7 are there; the file is cut"
                                + " short, copy it again");
        assertThatThrownBy(() -> Safetensors.read(file(header, 9)))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        ": the header describes 8 bytes of data, but 9 follow it; the rest belongs"
                                + " to no tensor");
    }

    @Test
    void tensorTooLargeForAnArrayIsRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        long size = 1L << 31;
        byte[] header =
                ("{" + entry("a", "U8", "[" + size + "]", "0", Long.toString(size)) + "}")
                        .getBytes(UTF_8);
        Files.write(file, bytes(header, new byte[0]));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(8 + header.length + size);
        }
        assertThat(Safetensors.header(file).dataBytes()).isEqualTo(size);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("tensor a U8[2147483648] is larger than");
        assertThatThrownBy(
                        () ->
                                Safetensors.read(
                                        file(
                                                "{"
                                                        + entry(
                                                                "a",
                                                                "U8",
                                                                "[0,4294967296]",
                                                                "0",
                                                                "0")
                                                        + "}",
                                                0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("tensor a U8[0, 4294967296] is larger than");
    }

    /// A terabyte would end any test run, were it ever asked for.
    @Test
    void promisesBeyondTheFileCostNothing() throws IOException {
        String size = Long.toString(1L << 40);
        Path file = file("{" + entry("a", "U8", "[" + size + "]", "0", size) + "}", 4);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the header describes 1099511627776 bytes of data, but 4");
    }

    @Test
    void deepHeaderIsRefused() throws IOException {
        String header = "{\"a\":{\"x\":" + "[".repeat(60_000) + "]".repeat(60_000) + "}}";
        assertThatThrownBy(() -> Safetensors.read(file(header, 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("nested deeper than 100 levels");
    }

    @Test
    void headerThatWouldFillTheMemoryIsRefused() throws IOException {
        String rest = entry("", "U8", "[0]", "0", "0").substring(1) + ",";
        StringBuilder tensors = new StringBuilder("{");
        StringBuilder names = new StringBuilder("{\"__metadata__\":{");
        for (int i = 0; i < 262_146; i++) {
            tensors.append("\"t").append(i).append(rest);
            names.append("\"m").append(i).append("\":\"\",");
        }
        assertThatThrownBy(() -> Safetensors.read(file(tensors.toString(), 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 262144 tensors in one file");
        assertThatThrownBy(() -> Safetensors.read(file(names.toString(), 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 65536 names in one object");
        String axes = "{\"a\":{\"shape\":[" + "1,".repeat(256);
        assertThatThrownBy(() -> Safetensors.read(file(axes, 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("tensor a: more numbers than 255 in a shape");
    }

    @Test
    void damagedDataIsFoundByItsDigest() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(
                file,
                Map.of(),
                Map.of("a", FloatTensor.of(Shape.of(2), 1, 2), "b", IntTensor.of(Shape.of(1), 3)));
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(": the data is damaged: its SHA-256 is ")
                .hasMessageEndingWith("; copy the file again or use an older one");
        assertThatThrownBy(() -> Safetensors.readInto(file, header -> Map.of()))
                .as("also when nothing of it is wanted")
                .isInstanceOf(FormatException.class);
        assertThat(Safetensors.header(file).tensors()).hasSize(2);
    }

    @Test
    void numbersGoOnlyWhereTheyFit() {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of(), Map.of("a", FloatTensor.of(Shape.of(2), 1, 2)));
        for (Map.Entry<Tensor, String> wrong :
                Map.<Tensor, String>of(
                                FloatTensor.zeros(Shape.of(1, 2)),
                                ": tensor a F32[2] does not have the shape [1, 2]",
                                DoubleTensor.zeros(Shape.of(2)),
                                ": tensor a F32[2] is not of type FLOAT64")
                        .entrySet()) {
            assertThatThrownBy(
                            () -> Safetensors.readInto(file, header -> Map.of("a", wrong.getKey())))
                    .isInstanceOf(FormatException.class)
                    .hasMessageEndingWith(wrong.getValue());
        }
        assertThatThrownBy(
                        () ->
                                Safetensors.readInto(
                                        file,
                                        header -> Map.of("z", FloatTensor.zeros(Shape.SCALAR))))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(": has no tensor z");
    }

    @Test
    void failedWriteLeavesTheFileBefore() {
        Path file = folder.resolve("none").resolve("x.safetensors");
        assertThatThrownBy(() -> Safetensors.write(file, Map.of(), Map.of()))
                .isInstanceOf(WriteException.class);
        assertThatThrownBy(
                        () ->
                                Safetensors.write(
                                        folder.resolve("y"),
                                        Map.of(),
                                        Map.of("__metadata__", FloatTensor.zeros(Shape.SCALAR))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        Path good = folder.resolve("good");
        Safetensors.write(
                good,
                Map.of("a", "b"),
                Map.of(
                        "w", FloatTensor.of(Shape.of(2, 2), 1, 2, 3, 4),
                        "v", IntTensor.of(Shape.of(3), 1, 2, 3)));
        byte[] seed = Files.readAllBytes(good);
        int header = (int) ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Path file = folder.resolve("x.safetensors");
        AtomicInteger refused = new AtomicInteger();
        ForAll.seeds(
                2_000,
                random -> {
                    byte[] mutated = mutate(seed, header, random);
                    try {
                        Files.write(file, mutated);
                        assertThat(Safetensors.read(file).header()).isNotNull();
                    } catch (FormatException e) {
                        assertThat(e.file()).isEqualTo(file.toString());
                        refused.incrementAndGet();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(refused.get()).isBetween(1_500, 2_000);
    }

    private static byte[] mutate(byte[] seed, int header, SplittableRandom random) {
        List<String> tokens = List.of("{", "}", "[", "]", ",", ":", "\"", "9", "-", "F16", "\\u");
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[random.nextInt(8)] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
                default -> {
                    byte[] token = tokens.get(random.nextInt(tokens.size())).getBytes(UTF_8);
                    int place = 8 + random.nextInt(header);
                    for (int k = 0; k < token.length && place + k < bytes.length; k++) {
                        bytes[place + k] = token[k];
                    }
                }
            }
        }
        return bytes;
    }
}
