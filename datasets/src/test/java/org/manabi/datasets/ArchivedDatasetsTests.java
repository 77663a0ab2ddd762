package org.manabi.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;

/// Archives that are built here as those of CIFAR-10 and EMNIST are, only smaller.
class ArchivedDatasetsTests {

    private static final int RECORD = 3073;

    @TempDir private Path folder;

    private static void entry(OutputStream tar, String name, byte... content) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
        header[156] = '0';
        tar.write(header);
        tar.write(content);
        tar.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// Two images in each file: the first of the file's own label, the second of label 9.
    private Path cifar(int files) throws IOException {
        Path archive = folder.resolve(Cifar10.FILE);
        try (OutputStream tar = new GZIPOutputStream(Files.newOutputStream(archive))) {
            entry(tar, "cifar-10-batches-bin/readme.html", (byte) 1, (byte) 2);
            for (int batch = 1; batch <= files; batch++) {
                byte[] records = new byte[2 * RECORD];
                records[0] = (byte) (batch % 6);
                records[1] = (byte) (10 * batch); // red of the first pixel
                records[1 + 2048 + 33] = 77; // blue of row 1, column 1
                records[RECORD] = 9;
                entry(
                        tar,
                        batch == 6
                                ? "cifar-10-batches-bin/test_batch.bin"
                                : "cifar-10-batches-bin/data_batch_" + batch + ".bin",
                        records);
            }
            tar.write(new byte[1024]);
        }
        return archive;
    }

    @Test
    void cifarIsReadOutOfItsArchive() throws IOException {
        Split split = Cifar10.load(cifar(6), 2);
        assertThat(split.train().size()).isEqualTo(10);
        assertThat(split.test().size()).isEqualTo(2);
        assertThat(split.train().sampleShape().toArray()).containsExactly(3, 32, 32);
        assertThat(split.train().label(4)).isEqualTo(3);
        assertThat(split.train().label(5)).isEqualTo(9);
        assertThat(split.train().inputs().get(4, 0, 0, 0)).isEqualTo(30);
        assertThat(split.train().inputs().get(4, 2, 1, 1)).isEqualTo(77);
        assertThat(split.test().label(0)).isZero();
    }

    @Test
    void cifarThatIsNotWholeIsRefused() throws IOException {
        Path lacking = cifar(5);
        assertThatThrownBy(() -> Cifar10.load(lacking, 2))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("has not all of");
        Path archive = cifar(6);
        assertThatThrownBy(() -> Cifar10.load(archive, 3))
                .hasMessageContaining("data_batch_1.bin has 6146 bytes, not 9219");
    }

    private Path emnist() throws IOException {
        Path archive = folder.resolve(Emnist.FILE);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String part : new String[] {"train", "test"}) {
                byte[] images = new byte[2 * 9];
                images[1] = 5; // in the file: row 0, column 1
                idx(zip, part, "images-idx3", IdxArray.ofUnsignedBytes(images, 2, 3, 3));
                idx(zip, part, "labels-idx1", IdxArray.ofUnsignedBytes(new byte[] {7, 0}, 2));
            }
            zip.putNextEntry(new ZipEntry("gzip/emnist-letters-mapping.txt"));
            zip.write('a');
        }
        return archive;
    }

    private static void idx(ZipOutputStream zip, String part, String what, IdxArray array)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            Idx.write(gzip, array);
        }
        zip.putNextEntry(new ZipEntry("gzip/emnist-digits-%s-%s-ubyte.gz".formatted(part, what)));
        zip.write(bytes.toByteArray());
    }

    @Test
    void emnistIsTurnedUpright() throws IOException {
        IdxImages digits = Emnist.digits(emnist());
        assertThat(digits.trainImages().bytes()[3]).isEqualTo((byte) 5); // row 1, column 0
        assertThat(digits.trainImages().bytes()[1]).isZero();
        assertThat(Emnist.load(folder.resolve(Emnist.FILE)).test().label(0)).isEqualTo(7);
    }

    @Test
    void diabetesIsTheOriginal() {
        assertThat(Diabetes.csv().lines()).hasSize(443);
        assertThat(Diabetes.csv())
                .startsWith(
                        """
                        age,sex,bmi,bp,tc,ldl,hdl,tch,ltg,glu,progression
                        59,2,32.1,101.0,157,93.2,38.0,4.0,4.8598,87,151
                        """);
    }
}
