package org.manabi.formats.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.ForAll;

class PictureTests {

    /// Reads a PNG with one IDAT chunk and no filters, checking each chunk's checksum.
    private static Picture decode(byte[] png) {
        ByteBuffer in = ByteBuffer.wrap(png);
        assertThat(in.getLong()).isEqualTo(0x89504E470D0A1A0AL);
        ByteBuffer header = ByteBuffer.wrap(chunk(in, "IHDR"));
        int width = header.getInt();
        int height = header.getInt();
        assertThat(header.get()).as("bits per channel").isEqualTo((byte) 8);
        int channels = header.get() == 0 ? 1 : 3;
        byte[] rows = new byte[height * (channels * width + 1)];
        Inflater inflater = new Inflater();
        inflater.setInput(chunk(in, "IDAT"));
        try {
            assertThat(inflater.inflate(rows)).isEqualTo(rows.length);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
        assertThat(chunk(in, "IEND")).isEmpty();
        assertThat(in.remaining()).isZero();
        byte[] pixels = new byte[channels * width * height];
        for (int y = 0; y < height; y++) {
            int start = y * (channels * width + 1);
            assertThat(rows[start]).as("filter of row %d", y).isZero();
            System.arraycopy(rows, start + 1, pixels, y * channels * width, channels * width);
        }
        return channels == 1
                ? Picture.ofGrey(width, height, pixels)
                : Picture.ofRgb(width, height, pixels);
    }

    private static byte[] chunk(ByteBuffer in, String type) {
        byte[] data = new byte[in.getInt()];
        byte[] name = new byte[4];
        in.get(name).get(data);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        assertThat(new String(name, StandardCharsets.US_ASCII)).isEqualTo(type);
        assertThat(in.getInt()).as("checksum of %s", type).isEqualTo((int) crc.getValue());
        return data;
    }

    @Test
    void pixelsComeBackFromPng() {
        ForAll.seeds(
                50,
                random -> {
                    int width = random.nextInt(1, 40);
                    int height = random.nextInt(1, 40);
                    byte[] rgb = new byte[3 * width * height];
                    random.nextBytes(rgb);
                    Picture picture = Picture.ofRgb(width, height, rgb);
                    Picture decoded = decode(picture.png());
                    assertThat(decoded.width()).isEqualTo(width);
                    assertThat(decoded.height()).isEqualTo(height);
                    assertThat(decoded.rgb()).isEqualTo(rgb);
                });
    }

    @Test
    void greyPicturesHaveOneChannel() {
        Picture grey = Picture.ofGrey(2, 1, new byte[] {0, (byte) 200});
        assertThat(grey.pixel(1, 0)).isEqualTo(0xC8C8C8);
        assertThat(grey.png()[25]).as("color type").isZero();
        assertThat(decode(grey.png()).rgb()).isEqualTo(grey.rgb());
    }

    /// The bytes before the pixels, by hand from the specification; the last four are a checksum.
    @Test
    void theSamePixelsGiveTheSameFile() {
        byte[] red = Picture.ofRgb(1, 1, new byte[] {(byte) 255, 0, 0}).png();
        assertThat(HexFormat.of().formatHex(red, 0, 33))
                .isEqualTo("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de");
        assertThat(Picture.ofRgb(1, 1, new byte[] {(byte) 255, 0, 0}).png()).isEqualTo(red);
    }

    @Test
    void stackedPicturesKeepTheirPixels() {
        Picture wide = Picture.ofGrey(3, 1, new byte[] {1, 2, 3});
        Picture narrow = Picture.ofGrey(1, 2, new byte[] {4, 5});
        Picture stacked = Picture.stacked(List.of(wide, narrow));
        assertThat(stacked.height()).isEqualTo(3);
        assertThat(stacked.pixel(2, 0)).isEqualTo(0x030303);
        assertThat(stacked.pixel(0, 2)).isEqualTo(0x050505);
        assertThat(stacked.pixel(1, 2)).isEqualTo(0xFFFFFF);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Picture.ofRgb(2, 2, new byte[4]))
                .withMessage("4 bytes are no picture of 2 × 2 pixels");
        assertThatIllegalArgumentException().isThrownBy(() -> Picture.ofGrey(0, 2, new byte[0]));
    }

    @Test
    void savedFileIsThePng(@TempDir Path folder) throws IOException {
        byte[] grey = new byte[6];
        Arrays.fill(grey, (byte) 7);
        Picture picture = Picture.ofGrey(3, 2, grey);
        picture.save(folder.resolve("a.png"));
        assertThat(Files.readAllBytes(folder.resolve("a.png"))).isEqualTo(picture.png());
    }
}
