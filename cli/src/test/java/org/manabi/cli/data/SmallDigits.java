package org.manabi.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.Mnist;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;

/// A directory with the first digits of MNIST, small enough for a test.
public final class SmallDigits {

    public static final int TRAIN = 1_000;
    public static final int TEST = 200;

    private static final int PIXELS = 28 * 28;

    private SmallDigits() {}

    /// Writes the four files into a directory.
    public static Path in(Path directory) throws IOException {
        IdxImages all = Mnist.raw();
        Files.createDirectories(directory);
        images(directory, "train-images-idx3-ubyte", all.trainImages(), TRAIN);
        labels(directory, "train-labels-idx1-ubyte", all.trainLabels(), TRAIN);
        images(directory, "t10k-images-idx3-ubyte", all.testImages(), TEST);
        labels(directory, "t10k-labels-idx1-ubyte", all.testLabels(), TEST);
        return directory;
    }

    private static void images(Path directory, String name, IdxArray all, int count)
            throws IOException {
        byte[] first = Arrays.copyOf(all.bytes(), count * PIXELS);
        Idx.write(directory.resolve(name), IdxArray.ofUnsignedBytes(first, count, 28, 28));
    }

    private static void labels(Path directory, String name, IdxArray all, int count)
            throws IOException {
        byte[] first = Arrays.copyOf(all.bytes(), count);
        Idx.write(directory.resolve(name), IdxArray.ofUnsignedBytes(first, count));
    }
}
