package org.manabi.cli.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.Mnist;
import org.manabi.formats.Sha256;
import org.manabi.formats.idx.IdxArray;

/// The four files of a dataset of pictures, with their digests.
public final class DataFiles {

    private static final Map<String, String> MNIST =
            Stream.of(Mnist.TRAIN_IMAGES, Mnist.TRAIN_LABELS, Mnist.TEST_IMAGES, Mnist.TEST_LABELS)
                    .collect(Collectors.toMap(Mnist.Source::sha256, Mnist.Source::name));

    /// One file.
    ///
    /// @param name its usual name
    /// @param array what it holds
    /// @param sha256 the digest of its uncompressed bytes
    public record Entry(String name, IdxArray array, String sha256) {

        /// Whether these are the bytes of a file of the original MNIST.
        public boolean isMnist() {
            return MNIST.containsKey(sha256);
        }
    }

    private final List<Entry> entries;

    private DataFiles(List<Entry> entries) {
        this.entries = entries;
    }

    public static DataFiles of(IdxImages images) {
        return new DataFiles(
                List.of(
                        entry(Mnist.TRAIN_IMAGES, images.trainImages()),
                        entry(Mnist.TRAIN_LABELS, images.trainLabels()),
                        entry(Mnist.TEST_IMAGES, images.testImages()),
                        entry(Mnist.TEST_LABELS, images.testLabels())));
    }

    private static Entry entry(Mnist.Source usual, IdxArray array) {
        return new Entry(usual.name(), array, array.sha256());
    }

    public List<Entry> entries() {
        return entries;
    }

    /// One digest for all of them.
    public String sha256() {
        return sha256(entries.stream().map(entry -> line(entry.sha256(), entry.name())));
    }

    /// The same digest of the original MNIST, without reading it.
    static String sha256OfMnist() {
        return sha256(
                Stream.of(
                                Mnist.TRAIN_IMAGES,
                                Mnist.TRAIN_LABELS,
                                Mnist.TEST_IMAGES,
                                Mnist.TEST_LABELS)
                        .map(source -> line(source.sha256(), source.name())));
    }

    /// As `sha256sum` prints it.
    private static String line(String sha256, String name) {
        return sha256 + "  " + name + "\n";
    }

    private static String sha256(Stream<String> lines) {
        String all = lines.collect(Collectors.joining());
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
    }
}
