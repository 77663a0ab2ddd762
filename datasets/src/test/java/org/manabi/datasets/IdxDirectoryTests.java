package org.manabi.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.tensor.Shape;

class IdxDirectoryTests {

    @TempDir private Path directory;

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static IdxArray images(int count, int height, int width) {
        return IdxArray.ofUnsignedBytes(new byte[count * height * width], count, height, width);
    }

    private static IdxArray labels(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        return IdxArray.ofUnsignedBytes(bytes, labels.length);
    }

    @BeforeEach
    void writeThreeAndTwoPictures() throws IOException {
        Idx.write(file("train-images-idx3-ubyte"), images(3, 4, 5));
        Idx.write(file("train-labels-idx1-ubyte"), labels(9, 0, 4));
        Idx.write(file("t10k-images-idx3-ubyte"), images(2, 4, 5));
        Idx.write(file("t10k-labels-idx1-ubyte"), labels(1, 2));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> IdxDirectory.load(directory))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }

    @Test
    void fourFilesAreTwoDatasets() {
        Split split = IdxDirectory.load(directory);
        assertThat(split.train().inputs().shape()).isEqualTo(Shape.of(3, 20));
        assertThat(split.train().divisor()).isEqualTo(255);
        assertThat(split.train().label(0)).isEqualTo(9);
        assertThat(split.test().inputs().shape()).isEqualTo(Shape.of(2, 20));
        assertThat(split.test().classNames()).hasSize(10);
    }

    @Test
    void dotsAndGzipAreAsGood() throws IOException {
        Files.delete(file("train-images-idx3-ubyte"));
        Files.delete(file("t10k-labels-idx1-ubyte"));
        Files.move(file("t10k-images-idx3-ubyte"), file("t10k-images.idx3-ubyte"));
        Idx.write(file("train-images-idx3-ubyte.gz"), images(3, 4, 5));
        Idx.write(file("t10k-labels.idx1-ubyte.gz"), labels(1, 2));

        assertThat(IdxDirectory.hasFilesIn(directory)).isTrue();
        assertThat(IdxDirectory.load(directory).train().size()).isEqualTo(3);
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(file("t10k-images-idx3-ubyte"));
        Files.delete(file("t10k-labels-idx1-ubyte"));
        assertRefused(
                directory
                        + ": has no file t10k-images-idx3-ubyte and no t10k-labels-idx1-ubyte,"
                        + " plain or with .gz; a directory of IDX files has the four"
                        + " train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                        + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte");
    }

    @Test
    void missingDirectoryIsNamed() {
        Path missing = file("nowhere");
        assertThat(IdxDirectory.hasFilesIn(missing)).isFalse();
        assertThatThrownBy(() -> IdxDirectory.load(missing))
                .hasMessage(missing + ": there is no such directory");
        Path plain = file("train-images-idx3-ubyte");
        assertThatThrownBy(() -> IdxDirectory.load(plain))
                .hasMessage(plain + ": is a file; a directory with four IDX files is expected");
    }

    @Test
    void unequalCountsNameBothFiles() throws IOException {
        Idx.write(file("train-labels-idx1-ubyte"), labels(1, 2, 3, 4));
        assertRefused(
                file("train-images-idx3-ubyte")
                        + ": has 3 pictures, but "
                        + file("train-labels-idx1-ubyte")
                        + " has 4 labels; the two files do not belong together");
    }

    @Test
    void labelOutsideTheClassesIsNamedWithItsRow() throws IOException {
        Idx.write(file("t10k-labels-idx1-ubyte"), labels(1, 10));
        assertRefused(
                file("t10k-labels-idx1-ubyte")
                        + ": label 10 at row 1 is outside 0 … 9, the 10 classes");
        List<String> eleven = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "none");
        Split split = IdxDirectory.load(directory, eleven, ImageOptions.DEFAULTS);
        assertThat(split.test().label(1)).isEqualTo(10);
    }

    @Test
    void emptyFilesAreRefused() throws IOException {
        Idx.write(file("train-images-idx3-ubyte"), images(0, 4, 5));
        Idx.write(file("train-labels-idx1-ubyte"), labels());
        assertRefused(
                file("train-images-idx3-ubyte") + ": is empty: its pictures are UINT8[0, 4, 5]");
    }

    @Test
    void swappedFilesAreRefused() throws IOException {
        Files.move(file("train-images-idx3-ubyte"), file("kept"));
        Files.move(file("train-labels-idx1-ubyte"), file("train-images-idx3-ubyte"));
        Files.move(file("kept"), file("train-labels-idx1-ubyte"));
        assertRefused(
                file("train-images-idx3-ubyte")
                        + ": holds UINT8[3], not pictures, which are UINT8[count, height, width]");
    }

    @Test
    void picturesOfUnequalSizeAreRefused() throws IOException {
        Idx.write(file("t10k-images-idx3-ubyte"), images(2, 5, 5));
        assertRefused(
                file("t10k-images-idx3-ubyte")
                        + ": its pictures have [5, 5] pixels, those of "
                        + file("train-images-idx3-ubyte")
                        + " have [4, 5]; they must be alike");
    }

    @Test
    void damagedFileIsNamed() throws IOException {
        Files.write(file("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1});
        assertRefused(
                file("train-labels-idx1-ubyte")
                        + ": ends after 9 bytes; the header promises UINT8[3], 11 bytes in all,"
                        + " so 2 are missing; copy or download it again");
    }
}
