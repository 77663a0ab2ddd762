package org.manabi.data.augment;

import static org.manabi.tensor.Checks.require;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Changes images at random each time that they are learned from, so that a network learns what
/// does not matter. How a sample is changed is a function of (seed, epoch, sample) alone: neither
/// the order of samples nor the batch nor the number of threads matters, and a training that is
/// continued sees the same images.
///
/// Moves, turns, sizes, crops and flips are put into one map from new to old pixels, and each new
/// pixel is interpolated once, linearly, between the four old ones around its place. Then rectangles
/// are erased and noise is added.
///
/// @param transforms in any order, each kind once
public record Augmentation(List<Transform> transforms) {

    public Augmentation {
        transforms = List.copyOf(transforms);
        require(!transforms.isEmpty(), "an augmentation has at least one transform");
        long kinds = transforms.stream().map(Transform::getClass).distinct().count();
        require(kinds == transforms.size(), "each kind of transform comes once: %s", transforms);
    }

    /// What is needed to work on images of a shape.
    ///
    /// @param sample `[C, H, W]`, `[H, W]`, or `[side · side]`
    /// @throws org.manabi.tensor.ShapeException if these are no images
    public static void requireImages(Shape sample) {
        ImagePlane.of(sample);
    }

    /// Changes a sample of a batch.
    ///
    /// @param batch floating, `[count, …]`
    /// @param at the sample's place in the batch
    /// @param sample the shape of one sample
    /// @param seed of this sample in this epoch
    public void apply(Tensor batch, int at, Shape sample, Seed seed) {
        ImagePlane image = ImagePlane.of(sample);
        int size = sample.size();
        double[] pixels = new double[size];
        for (int i = 0; i < size; i++) {
            pixels[i] = batch.getAsDouble(at * size + i);
        }
        AffineMap map = new AffineMap(image.height(), image.width());
        List<Transform> later = new ArrayList<>();
        for (Transform transform : transforms) {
            // A stream for each kind: a further transform leaves the others as they are.
            RandomStream random = seed.child(transform.getClass().getSimpleName()).stream();
            if (!map.add(transform, random)) {
                later.add(transform);
            }
        }
        double[] changed = map.isIdentity() ? pixels : map.apply(pixels, image);
        for (Transform transform : later) {
            RandomStream random = seed.child(transform.getClass().getSimpleName()).stream();
            switch (transform) {
                case Transform.Erase(double share) -> erase(changed, image, share, random);
                case Transform.Noise(double deviation) -> {
                    for (int i = 0; i < size; i++) {
                        changed[i] += deviation * random.nextGaussian();
                    }
                }
                default -> throw new IllegalStateException(transform + " moves pixels");
            }
        }
        for (int i = 0; i < size; i++) {
            batch.setFromDouble(at * size + i, changed[i]);
        }
    }

    private static void erase(
            double[] pixels, ImagePlane image, double share, RandomStream random) {
        int high = (int) Math.round(random.nextDouble() * share * image.height());
        int wide = (int) Math.round(random.nextDouble() * share * image.width());
        int top = random.nextInt(image.height() - high + 1);
        int left = random.nextInt(image.width() - wide + 1);
        for (int c = 0; c < image.channels(); c++) {
            for (int y = top; y < top + high; y++) {
                int row = (c * image.height() + y) * image.width();
                for (int x = left; x < left + wide; x++) {
                    pixels[row + x] = 0;
                }
            }
        }
    }
}
