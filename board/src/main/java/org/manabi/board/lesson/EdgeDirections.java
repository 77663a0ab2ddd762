package org.manabi.board.lesson;

import org.manabi.data.Dataset;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Features that a person thought out: how much edge of which direction lies where. The picture is
/// cut into 4 × 4 cells; in each, the slopes of brightness are added up by their direction, six in
/// all. A picture of 784 pixels becomes 96 numbers.
///
/// Source: Dalal and Triggs, *Histograms of Oriented Gradients for Human Detection* (CVPR 2005),
/// here with cells that do not overlap and one norm for the whole picture.
final class EdgeDirections {

    private static final int CELLS = 4;
    private static final int DIRECTIONS = 6;
    private static final int COUNT = CELLS * CELLS * DIRECTIONS;

    private static final double[] COSINES = new double[DIRECTIONS];
    private static final double[] SINES = new double[DIRECTIONS];

    static {
        for (int d = 0; d < DIRECTIONS; d++) {
            COSINES[d] = StrictMath.cos(Math.PI * d / DIRECTIONS);
            SINES[d] = StrictMath.sin(Math.PI * d / DIRECTIONS);
        }
    }

    private EdgeDirections() {}

    /// The features in place of the pictures, with the same labels.
    static Dataset of(Dataset pictures, Progress progress) {
        FloatTensor features = FloatTensor.zeros(Shape.of(pictures.size(), COUNT));
        for (int row = 0; row < pictures.size(); row++) {
            write(GrayImage.of(pictures, row), features.array(), row * COUNT);
            if (row % 1000 == 0) {
                progress.at(row / (double) pictures.size());
            }
        }
        return Dataset.ofClasses(
                pictures.name(), features, (IntTensor) pictures.targets(), pictures.classNames());
    }

    private static void write(GrayImage image, float[] features, int from) {
        for (int y = 0; y < image.side(); y++) {
            for (int x = 0; x < image.side(); x++) {
                double dx = image.at(x + 1, y) - image.at(x - 1, y);
                double dy = image.at(x, y + 1) - image.at(x, y - 1);
                if (dx != 0 || dy != 0) {
                    int cell = y * CELLS / image.side() * CELLS + x * CELLS / image.side();
                    features[from + cell * DIRECTIONS + direction(dx, dy)] +=
                            (float) Math.sqrt(dx * dx + dy * dy);
                }
            }
        }
        normalize(features, from);
    }

    /// The direction along which the slope is steepest; up and down are the same.
    private static int direction(double dx, double dy) {
        int best = 0;
        double steepest = -1;
        for (int d = 0; d < DIRECTIONS; d++) {
            double along = Math.abs(dx * COSINES[d] + dy * SINES[d]);
            if (along > steepest) {
                steepest = along;
                best = d;
            }
        }
        return best;
    }

    /// Divides by the root of the mean square, so that thick and thin pens look alike.
    private static void normalize(float[] features, int from) {
        double squares = 0;
        for (int i = from; i < from + COUNT; i++) {
            squares += (double) features[i] * features[i];
        }
        if (squares > 0) {
            float scale = (float) Math.sqrt(COUNT / squares);
            for (int i = from; i < from + COUNT; i++) {
                features[i] *= scale;
            }
        }
    }
}
