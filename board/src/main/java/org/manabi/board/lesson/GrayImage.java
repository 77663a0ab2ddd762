package org.manabi.board.lesson;

import org.manabi.data.Dataset;

/// A square picture, its pixels from 0 (paper) to 1 (ink), as a person's rules look at it.
final class GrayImage {

    private final double[] pixels;
    private final int side;

    GrayImage(int side, double... pixels) {
        this.pixels = pixels;
        this.side = side;
    }

    /// One picture of a dataset whose inputs are square pictures, flat or not.
    static GrayImage of(Dataset data, int row) {
        int size = data.sampleShape().size();
        double[] pixels = new double[size];
        for (int i = 0; i < size; i++) {
            pixels[i] = data.inputs().getAsDouble(row * size + i) / data.divisor();
        }
        return new GrayImage((int) Math.sqrt(size), pixels);
    }

    int side() {
        return side;
    }

    /// The ink at a pixel; outside the picture there is none.
    double at(int x, int y) {
        return x < 0 || y < 0 || x >= side || y >= side ? 0 : pixels[y * side + x];
    }

    /// The ink between two neighbors in a row, in proportion to their distances.
    double at(double x, int y) {
        int left = (int) Math.floor(x);
        double share = x - left;
        return (1 - share) * at(left, y) + share * at(left + 1, y);
    }
}
