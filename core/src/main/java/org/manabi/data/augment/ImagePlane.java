package org.manabi.data.augment;

import static org.manabi.tensor.Checks.require;

import org.manabi.tensor.Shape;

/// How the numbers of a sample lie as pixels.
record ImagePlane(int channels, int height, int width) {

    /// The smallest side of a row of numbers that is taken for a square image.
    private static final int SMALLEST = 4;

    /// @throws org.manabi.tensor.ShapeException if the numbers are no image
    static ImagePlane of(Shape sample) {
        int side = (int) Math.round(Math.sqrt(sample.size()));
        require(
                sample.rank() == 3
                        || sample.rank() == 2
                        || (sample.rank() == 1 && side * side == sample.size() && side >= SMALLEST),
                "images can be augmented: [C, H, W], [H, W] or a square's pixels; samples of shape"
                        + " %s are none",
                sample);
        return switch (sample.rank()) {
            case 3 -> new ImagePlane(sample.dim(0), sample.dim(1), sample.dim(2));
            case 2 -> new ImagePlane(1, sample.dim(0), sample.dim(1));
            default -> new ImagePlane(1, side, side);
        };
    }
}
