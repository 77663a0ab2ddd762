package org.manabi.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.gzip.GzipInput;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// CIFAR-10: 50 000 color images to learn from and 10 000 to test on, 32 × 32 pixels each, of the
/// archive `cifar-10-binary.tar.gz`. A record is the label's byte and 3 · 1024 of red, green, blue.
///
/// Source: A. Krizhevsky, *Learning multiple layers of features from tiny images* (2009).
public final class Cifar10 {

    /// The archive's name.
    public static final String FILE = "cifar-10-binary.tar.gz";

    /// The names of the classes in the order of their labels.
    public static final List<String> CLASS_NAMES =
            List.of(
                    "airplane",
                    "automobile",
                    "bird",
                    "cat",
                    "deer",
                    "dog",
                    "frog",
                    "horse",
                    "ship",
                    "truck");

    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int RECORD = 1 + PIXELS;
    private static final int BATCHES = 5;

    private final String file;
    private final int perFile;
    private final byte[] train;
    private final byte[] test;
    private int found;

    private Cifar10(String file, int perFile) {
        this.file = file;
        this.perFile = perFile;
        this.train = new byte[BATCHES * perFile * RECORD];
        this.test = new byte[perFile * RECORD];
    }

    /// Reads the archive: uint8 `[n, 3, 32, 32]`, divided by 255 when it is used.
    ///
    /// @throws FormatException if it is not the archive, or damaged
    public static Split load(Path archive) {
        return load(archive, 10_000);
    }

    /// @param perFile how many images each of the six files has
    static Split load(Path archive, int perFile) {
        Cifar10 data = new Cifar10(archive.toString(), perFile);
        OpenedFile.read(
                archive,
                "the archive of CIFAR-10",
                file -> {
                    try (InputStream raw =
                                    new BufferedInputStream(
                                            Channels.newInputStream(file.channel()));
                            InputStream in = new GzipInput(raw, file.name())) {
                        new Tar(in, file.name()).each(data::visit);
                        return data;
                    }
                });
        if (data.found != (1 << (BATCHES + 1)) - 1) {
            throw data.fault("has not all of data_batch_1.bin … data_batch_5.bin, test_batch.bin");
        }
        return new Split(
                data.dataset(data.train, BATCHES * perFile), data.dataset(data.test, perFile));
    }

    private long visit(String path, long size, InputStream content) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isTest = name.equals("test_batch.bin");
        int batch =
                isTest ? 0 : name.matches("data_batch_[1-5]\\.bin") ? name.charAt(11) - '0' : -1;
        if (batch < 0) {
            return 0;
        }
        int length = perFile * RECORD;
        if (size != length) {
            throw fault("its %s has %d bytes, not %d".formatted(name, size, length));
        }
        byte[] target = isTest ? test : train;
        int at = isTest ? 0 : (batch - 1) * length;
        if (content.readNBytes(target, at, length) != length) {
            throw fault("ends within " + name);
        }
        found |= 1 << batch;
        return size;
    }

    private Dataset dataset(byte[] records, int count) {
        byte[] pixels = new byte[count * PIXELS];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = records[i * RECORD] & 0xFF;
            if (labels[i] >= CLASS_NAMES.size()) {
                throw fault("label %d of image %d is outside 0 … 9".formatted(labels[i], i));
            }
            System.arraycopy(records, i * RECORD + 1, pixels, i * PIXELS, PIXELS);
        }
        return Dataset.ofClasses(
                        "cifar-10",
                        ByteTensor.of(Shape.of(count, 3, SIDE, SIDE), pixels),
                        IntTensor.of(Shape.of(count), labels),
                        CLASS_NAMES)
                .dividedBy(255);
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
