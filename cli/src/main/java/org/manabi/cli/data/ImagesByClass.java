package org.manabi.cli.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.ImageFolder;
import org.manabi.datasets.ImageSize;
import org.manabi.formats.FormatException;
import org.manabi.formats.image.Colors;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

/// A directory of images with a directory for each class. Which images are held back for the test
/// never changes, so that a model can be measured later by those that it has not seen.
///
/// @param options what the images are brought to
public record ImagesByClass(Path folder, ImageFolder.Options options) implements DataSource {

    private static final Seed SEED = Seed.of(0).child("test data");

    /// The same images as a model wants them.
    ///
    /// @param sample the shape of what the model takes, `[C, H, W]` or the pixels of a gray square
    /// @throws FormatException if a model of such a shape does not take images
    public ImagesByClass fitting(Shape sample) {
        return new ImagesByClass(folder, optionsFor(sample, folder));
    }

    /// What images are brought to for a model.
    ///
    /// @param sample the shape of what the model takes, `[C, H, W]` or the pixels of a gray square
    /// @param images what is to be shown to the model, for messages
    /// @throws FormatException if a model of such a shape does not take images
    public static ImageFolder.Options optionsFor(Shape sample, Path images) {
        int side = (int) Math.round(Math.sqrt(sample.size()));
        if (sample.rank() == 1 && side * side == sample.size()) {
            return options(side, side, Colors.GRAY);
        }
        if (sample.rank() == 3 && (sample.dim(0) == 1 || sample.dim(0) == 3)) {
            return options(
                    sample.dim(1), sample.dim(2), sample.dim(0) == 1 ? Colors.GRAY : Colors.RGB);
        }
        throw new FormatException(
                images.toString(), "is of images, but the model takes inputs of shape " + sample);
    }

    private static ImageFolder.Options options(int height, int width, Colors colors) {
        return new ImageFolder.Options(
                Optional.of(new ImageSize(width, height)), Optional.of(colors));
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public String path() {
        return folder.toAbsolutePath().normalize().toString();
    }

    @Override
    public String label() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public Split load() {
        return ImageFolder.load(folder, options, SEED);
    }

    /// Of the pixels and labels of all images and the names of the classes.
    @Override
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Split split = load();
            for (Dataset part : new Dataset[] {split.train(), split.test()}) {
                digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
                for (String name : part.classNames()) {
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                }
                if (part.inputs() instanceof ByteTensor bytes
                        && part.targets() instanceof IntTensor labels) {
                    digest.update(bytes.array(), bytes.offset(), bytes.size());
                    for (int row = 0; row < labels.size(); row++) {
                        digest.update((byte) part.label(row));
                        digest.update((byte) (part.label(row) >>> 8));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
