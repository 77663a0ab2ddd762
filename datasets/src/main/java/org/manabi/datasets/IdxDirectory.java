package org.manabi.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.idx.IdxType;

/// A directory with four IDX files named as MNIST's are: `train-images-idx3-ubyte`,
/// `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`. A dot in the
/// place of the second hyphen is as good, and so is `.gz` at the end.
public final class IdxDirectory {

    private static final List<String> NAMES =
            Stream.of(Mnist.TRAIN_IMAGES, Mnist.TRAIN_LABELS, Mnist.TEST_IMAGES, Mnist.TEST_LABELS)
                    .map(Mnist.Source::name)
                    .toList();

    /// A file and what it holds.
    private record Content(Path file, IdxArray array) {

        FormatException fault(String fault) {
            return new FormatException(file.toString(), fault);
        }
    }

    private IdxDirectory() {}

    /// Pictures of the ten classes 0 … 9, with the default options.
    ///
    /// @throws FormatException if a file is missing or faulty, or if they do not belong together
    public static Split load(Path directory) {
        return load(directory, Mnist.CLASS_NAMES, ImageOptions.DEFAULTS);
    }

    /// Pictures of the named classes.
    ///
    /// @throws FormatException if a file is missing or faulty, or if they do not belong together
    public static Split load(Path directory, List<String> classNames, ImageOptions options) {
        IdxImages images = raw(directory, classNames.size());
        return ImageDatasets.split(directory.toString(), images, classNames, options);
    }

    /// The four files' content, checked to be pictures and labels that belong together.
    ///
    /// @param classes labels are `0 … classes − 1`
    /// @throws FormatException if a file is missing or faulty, or if they do not belong together
    public static IdxImages raw(Path directory, int classes) {
        List<Path> files = find(directory);
        Content trainImages = images(files.get(0));
        Content trainLabels = labels(files.get(1), trainImages, classes);
        Content testImages = images(files.get(2));
        Content testLabels = labels(files.get(3), testImages, classes);
        requireEqualSizes(trainImages, testImages);
        return new IdxImages(
                trainImages.array(), trainLabels.array(), testImages.array(), testLabels.array());
    }

    /// Whether the directory has a file with one of the four names.
    public static boolean hasFilesIn(Path directory) {
        return NAMES.stream().anyMatch(name -> find(directory, name).isPresent());
    }

    private static List<Path> find(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new FormatException(
                    directory.toString(),
                    Files.exists(directory)
                            ? "is a file; a directory with four IDX files is expected"
                            : "there is no such directory");
        }
        List<Path> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : NAMES) {
            find(directory, name).ifPresentOrElse(found::add, () -> missing.add(name));
        }
        if (!missing.isEmpty()) {
            throw new FormatException(
                    directory.toString(),
                    "has no file %s, plain or with .gz; a directory of IDX files has the four %s"
                            .formatted(String.join(" and no ", missing), String.join(", ", NAMES)));
        }
        return found;
    }

    private static Optional<Path> find(Path directory, String name) {
        String dotted = name.replace("-idx", ".idx");
        return Stream.of(name, dotted, name + ".gz", dotted + ".gz")
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    private static Content images(Path file) {
        Content images = new Content(file, Idx.read(file));
        IdxArray array = images.array();
        if (array.type() != IdxType.UINT8 || array.rank() != 3) {
            throw images.fault(
                    "holds %s, not pictures, which are UINT8[count, height, width]"
                            .formatted(array));
        }
        if (array.dims().contains(0L)) {
            throw images.fault("is empty: its pictures are %s".formatted(array));
        }
        return images;
    }

    private static Content labels(Path file, Content images, int classes) {
        Content labels = new Content(file, Idx.read(file));
        IdxArray array = labels.array();
        if (array.type() != IdxType.UINT8 || array.rank() != 1) {
            throw labels.fault("holds %s, not labels, which are UINT8[count]".formatted(array));
        }
        long count = images.array().dims().get(0);
        if (array.size() != count) {
            throw images.fault(
                    "has %s pictures, but %s has %s labels; the two files do not belong together"
                            .formatted(count, file, array.size()));
        }
        byte[] bytes = array.bytes();
        for (int row = 0; row < bytes.length; row++) {
            int label = bytes[row] & 0xFF;
            if (label >= classes) {
                throw labels.fault(
                        "label %s at row %s is outside 0 … %s, the %s classes"
                                .formatted(label, row, classes - 1, classes));
            }
        }
        return labels;
    }

    private static void requireEqualSizes(Content train, Content test) {
        List<Long> trainSize = train.array().dims().subList(1, 3);
        List<Long> testSize = test.array().dims().subList(1, 3);
        if (!trainSize.equals(testSize)) {
            throw test.fault(
                    "its pictures have %s pixels, those of %s have %s; they must be alike"
                            .formatted(testSize, train.file(), trainSize));
        }
    }
}
