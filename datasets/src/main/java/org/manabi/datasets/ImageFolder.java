package org.manabi.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.formats.image.Colors;
import org.manabi.formats.image.ImageFile;
import org.manabi.formats.image.Pixels;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

/// A directory of images with a directory for each class:
///
///     pictures/cat/1.png   pictures/cat/2.jpg   pictures/dog/1.png …
///
/// A fifth of each class is held back for the test. Where there are directories `train` and `test`
/// (or `val`) with directories of classes in them, these are taken as they are.
public final class ImageFolder {

    private static final double TEST = 0.2;
    private static final Set<String> PARTS = Set.of("train", "test", "val", "valid", "validation");
    private static final List<String> TESTS = List.of("test", "val", "valid", "validation");

    /// What the images are brought to.
    ///
    /// @param size of all; if empty, they must be alike
    /// @param colors if empty, gray if all of them are
    public record Options(Optional<ImageSize> size, Optional<Colors> colors) {

        /// As the images are.
        public static final Options DEFAULTS = new Options(Optional.empty(), Optional.empty());
    }

    /// The images of a part with their classes.
    private record Part(List<Path> files, List<Integer> labels) {}

    private final Path directory;
    private final Options options;

    private ImageFolder(Path directory, Options options) {
        this.directory = directory;
        this.options = options;
    }

    /// Whether a directory has directories, and an image in one of them.
    public static boolean isOne(Path directory) {
        for (Path inner : directories(directory)) {
            if (!images(inner).isEmpty()) {
                return true;
            }
            if (PARTS.contains(name(inner))
                    && directories(inner).stream().anyMatch(deep -> !images(deep).isEmpty())) {
                return true;
            }
        }
        return false;
    }

    /// Reads all images: uint8 `[n, C, H, W]`, divided by 255 when they are used.
    ///
    /// @param seed decides which images are held back, if the directory does not
    /// @throws FormatException naming an image that is damaged or of another size
    public static Split load(Path directory, Options options, Seed seed) {
        return new ImageFolder(directory, options).load(seed);
    }

    private Split load(Seed seed) {
        List<Path> top = directories(directory);
        Optional<Path> train = top.stream().filter(path -> name(path).equals("train")).findFirst();
        Optional<Path> test =
                TESTS.stream()
                        .flatMap(word -> top.stream().filter(path -> name(path).equals(word)))
                        .findFirst();
        if (train.isPresent() && test.isPresent()) {
            List<String> names = classNames(train.get());
            Part first = part(train.get(), names);
            Part second = part(test.get(), names);
            Form form = form(List.of(first, second));
            return new Split(dataset(first, names, form), dataset(second, names, form));
        }
        List<String> names = classNames(directory);
        Part all = part(directory, names);
        try {
            return dataset(all, names, form(List.of(all))).split(TEST, seed);
        } catch (ShapeException e) {
            throw fault("has too few images to hold a fifth of each class back");
        }
    }

    private static List<String> classNames(Path parent) {
        List<String> names =
                directories(parent).stream()
                        .filter(path -> !images(path).isEmpty())
                        .map(ImageFolder::name)
                        .collect(Collectors.toCollection(ArrayList::new));
        if (names.size() < 2) {
            throw new FormatException(
                    parent.toString(),
                    "has images of %d classes, at least 2 are told apart; make a directory for each"
                                    .formatted(names.size())
                            + " class and put its PNG, JPEG, GIF or BMP files there");
        }
        boolean numbers = names.stream().allMatch(name -> name.matches("\\d{1,9}"));
        names.sort(
                numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
        return names;
    }

    private static Part part(Path parent, List<String> classNames) {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path path : directories(parent)) {
            List<Path> images = images(path);
            int label = classNames.indexOf(name(path));
            if (label < 0 && !images.isEmpty()) {
                throw new FormatException(
                        path.toString(),
                        "is no class of the training images, which are "
                                + String.join(", ", classNames));
            }
            files.addAll(images);
            images.forEach(_ -> labels.add(label));
        }
        if (files.isEmpty()) {
            throw new FormatException(parent.toString(), "has no images of any class");
        }
        return new Part(files, labels);
    }

    /// What all images have in common.
    private record Form(ImageSize size, Colors colors) {}

    private Form form(List<Part> parts) {
        ImageSize size = options.size().orElse(null);
        Path first = parts.getFirst().files().getFirst();
        boolean gray = true;
        if (size == null || options.colors().isEmpty()) {
            for (Path file : parts.stream().flatMap(part -> part.files().stream()).toList()) {
                ImageFile.Header header = ImageFile.header(file);
                gray &= header.isGray();
                ImageSize own = new ImageSize(header.width(), header.height());
                if (size == null) {
                    size = own;
                } else if (options.size().isEmpty() && !size.equals(own)) {
                    throw new FormatException(
                            file.toString(),
                            "has %s pixels, but %s has %s; --size %s brings all to one size"
                                    .formatted(own, first, size, size));
                }
            }
        }
        if (size == null) {
            throw fault("has no images");
        }
        return new Form(size, options.colors().orElse(gray ? Colors.GRAY : Colors.RGB));
    }

    private Dataset dataset(Part part, List<String> classNames, Form form) {
        int count = part.files().size();
        int height = form.size().height();
        int width = form.size().width();
        int channels = form.colors().channels();
        int length = channels * height * width;
        if ((long) count * length > Integer.MAX_VALUE - 64) {
            throw fault(
                    "has %d images of %s pixels, more than one array holds; choose a smaller --size"
                            .formatted(count, form.size()));
        }
        byte[] all = new byte[count * length];
        for (int i = 0; i < count; i++) {
            Pixels pixels = ImageFile.read(part.files().get(i), form.colors());
            System.arraycopy(pixels.resized(height, width).bytes(), 0, all, i * length, length);
        }
        return Dataset.ofClasses(
                        String.valueOf(directory.getFileName()),
                        ByteTensor.of(Shape.of(count, channels, height, width), all),
                        IntTensor.of(
                                Shape.of(count),
                                part.labels().stream().mapToInt(Integer::intValue).toArray()),
                        classNames)
                .dividedBy(255);
    }

    private static List<Path> images(Path parent) {
        return children(parent).stream()
                .filter(ImageFile::isImage)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> directories(Path parent) {
        return children(parent).stream().filter(Files::isDirectory).toList();
    }

    /// What lies in a directory and is not hidden, by name.
    private static List<Path> children(Path parent) {
        List<Path> children = new ArrayList<>();
        if (!Files.isDirectory(parent)) {
            return children;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
            for (Path child : stream) {
                if (!name(child).startsWith(".")) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(parent + ": cannot be listed", new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(parent + ": " + e.getMessage(), e);
        }
        children.sort(Comparator.comparing(ImageFolder::name));
        return children;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private FormatException fault(String fault) {
        return new FormatException(directory.toString(), fault);
    }
}
