package org.manabi.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.formats.FormatException;

class ImageFileTests {

    @TempDir private Path folder;

    private static BufferedImage grays() {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, i);
        }
        return image;
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path path = folder.resolve("a." + format);
        assertThat(ImageIO.write(image, format, path.toFile())).isTrue();
        return path;
    }

    /// The JDK itself would bend them by a gamma when asked for colors.
    @Test
    void grayStaysExactlyWhatItIs() throws IOException {
        Path path = write(grays(), "png");
        assertThat(ImageFile.header(path)).isEqualTo(new ImageFile.Header("PNG", 16, 16, true));
        byte[] gray = ImageFile.read(path, Colors.GRAY).bytes();
        byte[] rgb = ImageFile.read(path, Colors.RGB).bytes();
        for (int i = 0; i < 256; i++) {
            assertThat(gray[i] & 0xFF).isEqualTo(i);
            assertThat(rgb[512 + i] & 0xFF).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpeg"})
    void colorsAreReadChannelByChannel(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0xFF8000);
        }
        Pixels pixels = ImageFile.read(write(image, format), Colors.RGB);
        // JPEG loses a little: by its own rounding of the three numbers, at most 3 here.
        int tolerance = format.equals("jpeg") ? 3 : 0;
        assertThat(pixels.bytes()[0] & 0xFF).isBetween(255 - tolerance, 255);
        assertThat(pixels.bytes()[64] & 0xFF).isBetween(128 - tolerance, 128 + tolerance);
        assertThat(pixels.bytes()[128] & 0xFF).isBetween(0, tolerance);
        // 0.299 · 255 + 0.587 · 128 = 151.4
        int gray = ImageFile.read(folder.resolve("a." + format), Colors.GRAY).bytes()[0] & 0xFF;
        assertThat(gray).isBetween(151 - tolerance, 151 + tolerance);
    }

    @Test
    void transparencyIsLaidOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0xFF000000);
        assertThat(ImageFile.read(write(image, "png"), Colors.GRAY).bytes())
                .containsExactly(255, 0);
    }

    @Test
    void resizingTakesMeansOfAreas() {
        byte[] bytes = {0, 100, (byte) 200, 50};
        Pixels pixels = new Pixels(Colors.GRAY, 2, 2, bytes);
        assertThat(pixels.resized(1, 1).bytes()).containsExactly(88); // 350 / 4 = 87.5
        assertThat(pixels.resized(4, 4).bytes())
                .containsExactly(
                        0, 0, 100, 100, 0, 0, 100, 100, -56, -56, 50, 50, -56, -56, 50, 50);
        Pixels three = new Pixels(Colors.GRAY, 1, 3, new byte[] {0, 90, 120});
        // The first half covers the first pixel and half of the second.
        assertThat(three.resized(1, 2).bytes()).containsExactly(30, 110);
    }

    @Test
    void whatIsNoImageIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "hello, this is text\n");
        assertThatThrownBy(() -> ImageFile.read(text, Colors.GRAY))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(text + ": is not an image");
        Path empty = Files.createFile(folder.resolve("b.png"));
        assertThatThrownBy(() -> ImageFile.header(empty)).hasMessageContaining("is empty");
        byte[] sound = Files.readAllBytes(write(grays(), "png"));
        Path cut = Files.write(folder.resolve("c.png"), java.util.Arrays.copyOf(sound, 80));
        assertThatThrownBy(() -> ImageFile.read(cut, Colors.GRAY))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(cut + ": is damaged");
    }

    /// Asked of the header, before anything is decoded.
    @Test
    void hugePicturesInSmallFilesAreRefused() throws IOException {
        Path vast = Files.write(folder.resolve("a.png"), png(100_000, 100_000));
        assertThatThrownBy(() -> ImageFile.read(vast, Colors.RGB))
                .hasMessageContaining("announces 100000 × 100000 pixels; at most");
        Path bomb = Files.write(folder.resolve("b.png"), png(7_000, 7_000));
        assertThatThrownBy(() -> ImageFile.read(bomb, Colors.RGB))
                .hasMessageContaining("announces 7000 × 7000 pixels, but has only");
    }

    /// A PNG file that ends after its header.
    private static byte[] png(int width, int height) throws IOException {
        byte[] header =
                ByteBuffer.allocate(17)
                        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13});
        out.write(header);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        out.write(new byte[] {0, 0, 0, 0, 'I', 'D', 'A', 'T'});
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpeg"})
    void damagedImagesAreReadOrRefused(String format) throws IOException {
        byte[] sound = Files.readAllBytes(write(grays(), format));
        Path path = folder.resolve("damaged." + format);
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = sound.clone();
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(path, bytes);
            try {
                assertThat(ImageFile.read(path, Colors.RGB).height()).isPositive();
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith(path.toString());
            }
        }
    }
}
