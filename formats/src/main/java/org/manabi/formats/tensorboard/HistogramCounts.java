package org.manabi.formats.tensorboard;

import java.util.Arrays;

/// How many of some numbers lie between edges.
public final class HistogramCounts {

    private final double[] edges;
    private final double[] counts;
    private final double min;
    private final double max;
    private final double sum;
    private final double sumOfSquares;

    private HistogramCounts(double[] edges, double[] counts, double... moments) {
        this.edges = edges;
        this.counts = counts;
        min = moments[0];
        max = moments[1];
        sum = moments[2];
        sumOfSquares = moments[3];
    }

    /// Counts numbers in buckets of equal width between the smallest and the largest; those that are
    /// not finite are passed over.
    public static HistogramCounts of(int buckets, double... numbers) {
        double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
        double min = Arrays.stream(finite).min().orElse(0);
        double max = Arrays.stream(finite).max().orElse(0);
        double[] edges = new double[buckets];
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            edges[i] = min + (max - min) * (i + 1) / buckets;
        }
        edges[buckets - 1] = max; // without rounding
        double sum = 0;
        double squares = 0;
        for (double number : finite) {
            double place = max > min ? (number - min) / (max - min) * buckets : 0;
            counts[Math.clamp((long) place, 0, buckets - 1)]++;
            sum += number;
            squares += number * number;
        }
        return new HistogramCounts(edges, counts, min, max, sum, squares);
    }

    /// The right edge of each bucket.
    public double[] edges() {
        return edges.clone();
    }

    public double[] counts() {
        return counts.clone();
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double sum() {
        return sum;
    }

    public double sumOfSquares() {
        return sumOfSquares;
    }

    /// How many numbers there are.
    public double total() {
        return Arrays.stream(counts).sum();
    }
}
