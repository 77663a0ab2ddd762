package org.manabi.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.gzip.GzipInput;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;

/// The MNIST database of handwritten digits, embedded: 60 000 pictures to learn from and 10 000 to
/// test on, 28 × 28 pixels each. The raw bytes are checked by SHA-256 whenever they are loaded.
///
/// © Yann LeCun and Corinna Cortes, CC BY-SA 3.0.
///
/// Source: LeCun, Bottou, Bengio, Haffner, *Gradient-based learning applied to document
/// recognition* (Proceedings of the IEEE 86, 1998).
public final class Mnist {

    /// The names of the classes: the digits.
    public static final List<String> CLASS_NAMES =
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /// One of the four files.
    ///
    /// @param name its usual name, without `.gz`
    /// @param bytes the length of the uncompressed file
    /// @param sha256 the digest of the uncompressed file
    public record Source(String name, long bytes, String sha256) {}

    public static final Source TRAIN_IMAGES =
            new Source(
                    "train-images-idx3-ubyte",
                    47_040_016,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

    public static final Source TRAIN_LABELS =
            new Source(
                    "train-labels-idx1-ubyte",
                    60_008,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

    public static final Source TEST_IMAGES =
            new Source(
                    "t10k-images-idx3-ubyte",
                    7_840_016,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");

    public static final Source TEST_LABELS =
            new Source(
                    "t10k-labels-idx1-ubyte",
                    10_008,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    private Mnist() {}

    /// The digits with the default options: pixels 0 … 1 as `[784]`, labels as class numbers.
    public static Split load() {
        return load(ImageOptions.DEFAULTS);
    }

    /// The digits, as the options say.
    public static Split load(ImageOptions options) {
        return ImageDatasets.split("mnist", raw(), CLASS_NAMES, options);
    }

    /// The four files' content.
    ///
    /// @throws FormatException if the embedded bytes are not the original ones
    public static IdxImages raw() {
        var others =
                new FutureTask<>(
                        () -> List.of(read(TRAIN_LABELS), read(TEST_IMAGES), read(TEST_LABELS)));
        Thread.ofPlatform().name("manabi-mnist").daemon().start(others);
        IdxArray trainImages = read(TRAIN_IMAGES);
        List<IdxArray> rest = join(others);
        return new IdxImages(trainImages, rest.get(0), rest.get(1), rest.get(2));
    }

    private static <T> T join(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FormatException fault) {
                throw fault;
            }
            throw new IllegalStateException("MNIST could not be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while MNIST was loaded", e);
        }
    }

    static IdxArray read(Source source) {
        String name = source.name();
        try (InputStream file =
                        Objects.requireNonNull(
                                Mnist.class.getResourceAsStream("mnist/" + name + ".gz"), name);
                GzipInput gzip = new GzipInput(file, name);
                Sha256Input raw = new Sha256Input(gzip)) {
            IdxArray array = Idx.readRaw(raw, source.bytes(), name);
            String sha256 = raw.sha256();
            if (!sha256.equals(source.sha256())) {
                throw new FormatException(
                        name,
                        "the embedded file has SHA-256 %s, the original %s; install Manabi again"
                                .formatted(sha256, source.sha256()));
            }
            return array;
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + e.getMessage(), e);
        }
    }
}
