package org.manabi.formats.image;

/// The pixels of an image as unsigned bytes, channel by channel, each row by row: `[C, H, W]`.
public final class Pixels {

    private final Colors colors;
    private final int height;
    private final int width;
    private final byte[] bytes;

    Pixels(Colors colors, int height, int width, byte[] bytes) {
        this.colors = colors;
        this.height = height;
        this.width = width;
        this.bytes = bytes;
    }

    public Colors colors() {
        return colors;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /// The bytes; shared, not copied.
    public byte[] bytes() {
        return bytes;
    }

    /// The same image in another size. Each new pixel is the mean of the area of the old ones that it
    /// covers; where it is smaller than an old one, the old ones stay visible as squares.
    ///
    /// Sums are of whole numbers, so that the result is the same everywhere.
    public Pixels resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        byte[] result = new byte[colors.channels() * newHeight * newWidth];
        for (int c = 0; c < colors.channels(); c++) {
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    result[(c * newHeight + y) * newWidth + x] =
                            (byte) area(c, y, newHeight, x, newWidth);
                }
            }
        }
        return new Pixels(colors, newHeight, newWidth, result);
    }

    /// The mean of what pixel (y, x) of the new size covers. Lengths are counted in parts of an old
    /// pixel: `newHeight` parts make its height, and a new pixel is `height` of them high.
    private int area(int c, int y, int newHeight, int x, int newWidth) {
        long top = (long) y * height;
        long bottom = top + height;
        long left = (long) x * width;
        long right = left + width;
        long sum = 0;
        for (int i = (int) (top / newHeight); (long) i * newHeight < bottom; i++) {
            long high =
                    Math.min(bottom, (i + 1L) * newHeight) - Math.max(top, (long) i * newHeight);
            for (int j = (int) (left / newWidth); (long) j * newWidth < right; j++) {
                long wide =
                        Math.min(right, (j + 1L) * newWidth) - Math.max(left, (long) j * newWidth);
                sum += high * wide * (bytes[(c * height + i) * width + j] & 0xFF);
            }
        }
        long whole = (long) height * width;
        return (int) ((2 * sum + whole) / (2 * whole)); // rounded
    }
}
