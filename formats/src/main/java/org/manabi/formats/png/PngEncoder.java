package org.manabi.formats.png;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes PNG: 8 bits per channel, grey where all pixels are, else red, green and blue. Rows are
/// not filtered: line drawings come out smaller so than with any of the filters.
///
/// Source: *Portable Network Graphics (PNG) Specification* (W3C, second edition), sections 5 and
/// 11.2.
final class PngEncoder {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PngEncoder() {}

    static byte[] encode(Picture picture) {
        PngEncoder encoder = new PngEncoder();
        boolean grey = isGrey(picture.rgb());
        encoder.out.writeBytes(SIGNATURE);
        encoder.chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(picture.width())
                        .putInt(picture.height())
                        .put((byte) 8)
                        .put((byte) (grey ? 0 : 2))
                        .array());
        byte[] pixels = grey ? everyThird(picture.rgb()) : picture.rgb();
        encoder.chunk("IDAT", deflated(unfiltered(pixels, picture.height())));
        encoder.chunk("IEND", new byte[0]);
        return encoder.out.toByteArray();
    }

    private static boolean isGrey(byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] everyThird(byte[] rgb) {
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = rgb[3 * i];
        }
        return grey;
    }

    /// Puts the filter's number, 0, before each row.
    private static byte[] unfiltered(byte[] pixels, int height) {
        int width = pixels.length / height;
        byte[] rows = new byte[pixels.length + height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, rows, y * (width + 1) + 1, width);
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private void chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
