package org.manabi.formats.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;

/// Reads images: PNG, JPEG, GIF (its first picture) and BMP.
///
/// What the header announces is held against limits and against the length of the file before
/// anything is decoded, so that a small file cannot ask for much memory.
public final class ImageFile {

    /// What an image's header says.
    ///
    /// @param format such as PNG
    /// @param isGray whether its pixels have one number only, by its header
    public record Header(String format, int height, int width, boolean isGray) {}

    /// The largest number of pixels that is decoded.
    public static final int MAX_PIXELS = 64_000_000;

    /// How many bytes of pixels are decoded from a small file, and from each byte of any.
    private static final long ALLOWANCE = 64L << 20;

    private static final long RATIO = 200;

    /// To so many pixels an image is reduced where it is decoded only to see that it can be.
    private static final int ENOUGH = 1 << 20;

    /// How the JDK begins some messages.
    private static final String JDK_FAULT = "Error ";

    private static final String FORMAT = "an image (PNG, JPEG, GIF or BMP)";
    private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final List<String> FORMATS = List.of("png", "jpeg", "gif", "bmp");

    private ImageFile() {}

    /// Whether a file is an image by its name.
    public static boolean isImage(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /// What is done with a reader of an image.
    @FunctionalInterface
    private interface Use<T> {
        T of(ImageReader reader, Header header) throws IOException;
    }

    /// Reads the header alone.
    ///
    /// @throws FormatException if the file is no image, or too large a one
    public static Header header(Path path) {
        return open(path, (_, header) -> header);
    }

    /// Decodes all of an image, keeping but some of its pixels, and says what its header says.
    ///
    /// @throws FormatException if the file is no image, too large a one, or damaged
    public static Header verify(Path path) {
        return open(
                path,
                (reader, header) -> {
                    ImageReadParam some = reader.getDefaultReadParam();
                    long pixels = (long) header.height() * header.width();
                    int step = (int) Math.ceil(Math.sqrt((double) pixels / ENOUGH));
                    some.setSourceSubsampling(step, step, 0, 0);
                    reader.read(0, some);
                    return header;
                });
    }

    /// Reads an image. What is transparent is laid on white.
    ///
    /// @throws FormatException if the file is no image, too large a one, or damaged
    public static Pixels read(Path path, Colors colors) {
        return open(path, (reader, header) -> pixels(reader.read(0), colors));
    }

    private static <T> T open(Path path, Use<T> use) {
        return OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    try (ImageInputStream in = new FileImageInputStream(path.toFile())) {
                        ImageReader reader = reader(file, path, in);
                        try {
                            reader.setInput(in, true, true);
                            return use.of(reader, checked(file, reader));
                        } finally {
                            reader.dispose();
                        }
                    } catch (FormatException e) {
                        throw e;
                    } catch (IOException | RuntimeException e) {
                        // The JDK's decoders answer damaged files by exceptions of many kinds.
                        throw file.fault("is damaged: " + reason(e));
                    }
                });
    }

    private static ImageReader reader(OpenedFile file, Path path, ImageInputStream in)
            throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
        }
        byte[] head = file.bytes(0, (int) Math.min(FileKind.HEAD, file.length()));
        Optional<String> kind = FileKind.guess(head);
        throw new FormatException(
                path.toString(),
                file.length() == 0
                        ? "is empty, not " + FORMAT
                        : "is not "
                                + FORMAT
                                + kind.map(guess -> "; this looks like " + guess).orElse(""));
    }

    private static Header checked(OpenedFile file, ImageReader reader) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if (height < 1 || width < 1) {
            throw file.fault("announces %d × %d pixels".formatted(width, height));
        }
        long pixels = (long) height * width;
        if (pixels > MAX_PIXELS) {
            throw file.fault(
                    "announces %d × %d pixels; at most %d are read"
                            .formatted(width, height, MAX_PIXELS));
        }
        ImageTypeSpecifier type = reader.getRawImageType(0);
        long bits = type == null ? 32 : type.getColorModel().getPixelSize();
        if (pixels * bits / 8 > ALLOWANCE + RATIO * file.length()) {
            throw file.fault(
                    "announces %d × %d pixels, but has only %d bytes"
                            .formatted(width, height, file.length()));
        }
        boolean gray =
                type != null
                        && type.getNumBands() == 1
                        && !(type.getColorModel() instanceof IndexColorModel);
        return new Header(reader.getFormatName().toUpperCase(Locale.ROOT), height, width, gray);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        if (e instanceof EOFException) {
            return "it ends too soon";
        }
        if (message == null || message.isBlank()) {
            return "it cannot be decoded";
        }
        String line = message.lines().findFirst().orElse("");
        return line.startsWith(JDK_FAULT) ? line.substring(JDK_FAULT.length()) + " failed" : line;
    }

    private static Pixels pixels(BufferedImage image, Colors colors) {
        int height = image.getHeight();
        int width = image.getWidth();
        int plane = height * width;
        byte[] bytes = new byte[Math.multiplyExact(colors.channels(), plane)];
        int shift = grayShift(image);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            if (shift >= 0) {
                // Asked for RGB, the JDK would bend gray numbers by its idea of gamma.
                image.getRaster().getSamples(0, y, width, 1, 0, row);
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int x = 0; x < width; x++) {
                int color = shift >= 0 ? 0xFF000000 | (row[x] >> shift) * 0x010101 : row[x];
                put(color, colors, bytes, y * width + x, plane);
            }
        }
        return new Pixels(colors, height, width, bytes);
    }

    /// By how many bits a sample is too wide, −1 if it is not simply gray.
    private static int grayShift(BufferedImage image) {
        if (image.getRaster().getNumBands() != 1
                || image.getColorModel() instanceof IndexColorModel) {
            return -1;
        }
        int bits = image.getSampleModel().getSampleSize(0);
        return bits == 8 ? 0 : bits == 16 ? 8 : -1;
    }

    private static void put(int color, Colors colors, byte[] bytes, int at, int plane) {
        int alpha = color >>> 24;
        int red = onWhite((color >> 16) & 0xFF, alpha);
        int green = onWhite((color >> 8) & 0xFF, alpha);
        int blue = onWhite(color & 0xFF, alpha);
        switch (colors) {
            case GRAY ->
                    // In whole thousandths, rounded, so that gray stays exactly what it was.
                    bytes[at] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
            case RGB -> {
                bytes[at] = (byte) red;
                bytes[plane + at] = (byte) green;
                bytes[2 * plane + at] = (byte) blue;
            }
        }
    }

    private static int onWhite(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
