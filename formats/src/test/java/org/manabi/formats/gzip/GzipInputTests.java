package org.manabi.formats.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;

class GzipInputTests {

    private static byte[] gzip(byte... content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gunzip(byte... file) {
        try (InputStream in = new GzipInput(new ByteArrayInputStream(file), "a.gz")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(FormatException.class).hasMessage(message);
    }

    @Test
    void whatWasCompressedComesBack() {
        ForAll.seeds(
                100,
                random -> {
                    byte[] content = new byte[random.nextInt(200_000)];
                    if (random.nextBoolean()) {
                        random.nextBytes(content);
                    }
                    assertThat(gunzip(gzip(content))).isEqualTo(content);
                });
    }

    @Test
    void membersAreJoined() {
        byte[] file =
                join(gzip("three ".getBytes(UTF_8)), join(gzip(), gzip("parts".getBytes(UTF_8))));
        assertThat(gunzip(file)).asString(UTF_8).isEqualTo("three parts");
    }

    /// RFC 1952: flags 1F = text, header checksum, extra field, name, comment.
    @Test
    void optionalFieldsAreSkippedAndTheirChecksumIsRead() {
        byte[] plain = gzip("x".getBytes(UTF_8));
        byte[] header =
                HexFormat.of().parseHex("1f8b081f0000000000ff" + "0200abcd" + "6e00" + "6300");
        var crc = new java.util.zip.CRC32();
        crc.update(header);
        byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);

        assertThat(gunzip(join(join(header, sum), body))).asString(UTF_8).isEqualTo("x");

        sum[0]++;
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> gunzip(join(join(header, sum), body)))
                .withMessageContaining("checksum of the header");
    }

    @Test
    void whatFollowsTheLastMemberIsRefusedWithItsPlace() {
        byte[] file = gzip("x".getBytes(UTF_8));
        assertRefused(
                () -> gunzip(join(file, "tail".getBytes(UTF_8))),
                "a.gz: gzip, byte %d: bytes follow the end of the gzip data; remove them"
                        .formatted(file.length));
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = gzip("a few letters, a few letters".getBytes(UTF_8));
        for (int length = 0; length < file.length; length++) {
            byte[] truncated = Arrays.copyOf(file, length);
            assertThatExceptionOfType(FormatException.class)
                    .as("length %d", length)
                    .isThrownBy(() -> gunzip(truncated));
        }
    }

    @Test
    void faultsAreNamed() {
        byte[] file = gzip("some letters".getBytes(UTF_8));
        assertRefused(() -> gunzip(), "a.gz: gzip, byte 0: is empty, not gzip");
        assertRefused(
                () -> gunzip("text".getBytes(UTF_8)),
                "a.gz: gzip, byte 0: is not gzip, whose first bytes are 1F 8B");
        assertThatThrownBy(() -> gunzip(with(file, 2, 7))).hasMessageContaining("method 7");
        assertThatThrownBy(() -> gunzip(with(file, 3, 0x80))).hasMessageContaining("reserved");
        assertThatThrownBy(() -> gunzip(with(file, 10, 7))).hasMessageContaining("damaged");
        assertThatThrownBy(() -> gunzip(with(file, file.length - 8, file[file.length - 8] + 1)))
                .hasMessageContaining("stored checksum is");
        assertThatThrownBy(() -> gunzip(with(file, file.length - 1, 1)))
                .hasMessageContaining("stored length modulo 2^32 is");
    }

    private static byte[] with(byte[] file, int place, int value) {
        byte[] changed = file.clone();
        changed[place] = (byte) value;
        return changed;
    }

    @Test
    void singleBytesCanBeRead() throws IOException {
        byte[] file = gzip((byte) 0xFE, (byte) 1);
        try (InputStream in = new GzipInput(new ByteArrayInputStream(file), "a.gz")) {
            assertThat(in.read()).isEqualTo(0xFE);
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }
}
