package org.manabi.metrics;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Checks;

/// Whether a network is as often right as it says it is: samples are sorted into bins of equal width
/// by their highest probability, and each bin's mean probability is held against its accuracy.
///
///     ECE = Σ_b (n_b / n) · |accuracy_b − confidence_b|
///
/// Source: Guo et al., *On Calibration of Modern Neural Networks* (ICML 2017), eq. 3.
public final class Calibration {

    private final long[] counts;
    private final double[] confidences;
    private final long[] correct;

    /// No samples yet, in this many bins of [0, 1].
    public Calibration(int bins) {
        Checks.require(bins >= 1, "calibration needs at least 1 bin, got %d", bins);
        counts = new long[bins];
        confidences = new double[bins];
        correct = new long[bins];
    }

    /// Counts one sample; a confidence that is NaN is left out.
    ///
    /// @param confidence the highest probability, in 0 … 1
    /// @param right whether it is that of the right class
    public void add(double confidence, boolean right) {
        if (Double.isNaN(confidence)) {
            return;
        }
        Checks.require(
                confidence >= 0 && confidence <= 1,
                "calibration: confidence %s is outside 0 … 1",
                confidence);
        int bin = (int) Math.min(counts.length - 1, Math.floor(confidence * counts.length));
        counts[bin]++;
        confidences[bin] += confidence;
        if (right) {
            correct[bin]++;
        }
    }

    /// One bin of the reliability diagram.
    ///
    /// @param count the samples in it
    /// @param confidence their mean highest probability, 0 if there are none
    /// @param accuracy the share of them that is right, 0 if there are none
    public record Bin(long count, double confidence, double accuracy) {}

    /// The bins, from 0 to 1; a bin holds its lower edge, and the last one its upper edge too.
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < counts.length; b++) {
            double divisor = Math.max(1, counts[b]);
            bins.add(new Bin(counts[b], confidences[b] / divisor, correct[b] / divisor));
        }
        return bins;
    }

    /// The expected calibration error, in 0 … 1; 0 without samples.
    public double expectedError() {
        long total = 0;
        double sum = 0;
        for (Bin bin : bins()) {
            total += bin.count();
            sum += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
        }
        return total == 0 ? 0 : sum / total;
    }
}
