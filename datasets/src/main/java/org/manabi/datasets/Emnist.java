package org.manabi.datasets;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.idx.IdxType;
import org.manabi.formats.zip.ZipArchive;
import org.manabi.formats.zip.ZipEntryPlace;

/// The digits of EMNIST: 240 000 images to learn from and 40 000 to test on, 28 × 28 pixels each, of
/// NIST's archive `gzip.zip`. The images lie there with rows and columns exchanged, and are turned
/// upright.
///
/// Source: G. Cohen, S. Afshar, J. Tapson, A. van Schaik, *EMNIST: an extension of MNIST to
/// handwritten letters* (2017).
public final class Emnist {

    /// The archive's name.
    public static final String FILE = "gzip.zip";

    private Emnist() {}

    /// The digits with the default options: pixels 0 … 1 as `[784]`, labels as class numbers.
    ///
    /// @throws FormatException if it is not the archive, or damaged
    public static Split load(Path archive) {
        return ImageDatasets.split(
                "emnist-digits", digits(archive), Mnist.CLASS_NAMES, ImageOptions.DEFAULTS);
    }

    /// Reads the digits out of the archive.
    ///
    /// @throws FormatException if it is not the archive, or damaged
    public static IdxImages digits(Path archive) {
        Map<String, IdxArray> found =
                OpenedFile.read(
                        archive,
                        "the archive of EMNIST",
                        file -> {
                            ZipArchive zip = new ZipArchive(file);
                            Map<String, IdxArray> arrays = new HashMap<>();
                            for (ZipEntryPlace entry : zip.entries()) {
                                String path = entry.name();
                                String name = path.substring(path.lastIndexOf('/') + 1);
                                if (name.startsWith("emnist-digits-") && name.endsWith(".gz")) {
                                    byte[] bytes = zip.read(entry, InputStream::readAllBytes);
                                    arrays.put(name, Idx.read(bytes, archive + ": " + name));
                                }
                            }
                            return arrays;
                        });
        IdxArray trainImages = upright(array(found, "train", "images-idx3", archive), archive);
        IdxArray testImages = upright(array(found, "test", "images-idx3", archive), archive);
        IdxArray trainLabels = array(found, "train", "labels-idx1", archive);
        IdxArray testLabels = array(found, "test", "labels-idx1", archive);
        requireLabels(trainLabels, trainImages, archive);
        requireLabels(testLabels, testImages, archive);
        return new IdxImages(trainImages, trainLabels, testImages, testLabels);
    }

    private static IdxArray array(
            Map<String, IdxArray> found, String part, String what, Path archive) {
        String name = "emnist-digits-%s-%s-ubyte.gz".formatted(part, what);
        IdxArray array = found.get(name);
        if (array == null) {
            throw new FormatException(archive.toString(), "has no " + name);
        }
        return array;
    }

    private static IdxArray upright(IdxArray images, Path archive) {
        if (images.type() != IdxType.UINT8
                || images.rank() != 3
                || !images.dims().get(1).equals(images.dims().get(2))
                || images.size() == 0) {
            throw new FormatException(
                    archive.toString(), "holds " + images + ", not square images");
        }
        int count = images.dims().get(0).intValue();
        int side = images.dims().get(1).intValue();
        byte[] from = images.bytes();
        byte[] to = new byte[from.length];
        for (int i = 0; i < count; i++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    to[(i * side + y) * side + x] = from[(i * side + x) * side + y];
                }
            }
        }
        return IdxArray.ofUnsignedBytes(to, count, side, side);
    }

    private static void requireLabels(IdxArray labels, IdxArray images, Path archive) {
        boolean fit =
                labels.type() == IdxType.UINT8
                        && labels.rank() == 1
                        && labels.size() == images.dims().get(0);
        if (fit) {
            for (byte label : labels.bytes()) {
                fit &= label >= 0 && label <= 9;
            }
        }
        if (!fit) {
            throw new FormatException(
                    archive.toString(), "has labels %s for images %s".formatted(labels, images));
        }
    }
}
