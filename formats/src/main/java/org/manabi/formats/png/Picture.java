package org.manabi.formats.png;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A picture of red, green and blue bytes, which can be saved as PNG. The same pixels give the same
/// file.
public final class Picture {

    private final int width;
    private final int height;
    private final byte[] rgb;

    private Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%s bytes are no picture of %s × %s pixels"
                            .formatted(rgb.length, width, height));
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /// A picture of three bytes per pixel, row by row from the top; the array is taken over.
    public static Picture ofRgb(int width, int height, byte[] rgb) {
        return new Picture(width, height, rgb);
    }

    /// A picture of one byte per pixel, 0 black and 255 white, row by row from the top.
    public static Picture ofGrey(int width, int height, byte[] grey) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / 3];
        }
        return new Picture(width, height, rgb);
    }

    /// The pictures one below the other, from the left edge, on white.
    public static Picture stacked(List<Picture> pictures) {
        int width = pictures.stream().mapToInt(Picture::width).max().orElse(1);
        int height = pictures.stream().mapToInt(Picture::height).sum();
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) 255);
        int top = 0;
        for (Picture picture : pictures) {
            for (int y = 0; y < picture.height; y++) {
                int from = 3 * picture.width * y;
                System.arraycopy(picture.rgb, from, rgb, 3 * width * (top + y), 3 * picture.width);
            }
            top += picture.height;
        }
        return new Picture(width, height, rgb);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// One pixel as `0xRRGGBB`.
    public int pixel(int x, int y) {
        int at = 3 * (y * width + x);
        return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
    }

    byte[] rgb() {
        return rgb;
    }

    /// The bytes of a PNG file.
    public byte[] png() {
        return PngEncoder.encode(this);
    }

    /// Saves this as a PNG file.
    ///
    /// @throws IOException if the file cannot be written
    public void save(Path file) throws IOException {
        Files.write(file, png());
    }
}
