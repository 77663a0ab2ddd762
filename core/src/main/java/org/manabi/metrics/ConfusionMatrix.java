package org.manabi.metrics;

import java.util.function.IntToDoubleFunction;
import org.manabi.tensor.Checks;

/// Counts of samples by their right class (row) and the class that was predicted (column).
public final class ConfusionMatrix {

    private final long[][] counts;
    private final long[] undecided;

    /// An empty matrix.
    public ConfusionMatrix(int classes) {
        Checks.require(
                classes >= 2, "a confusion matrix needs at least 2 classes, got %d", classes);
        counts = new long[classes][classes];
        undecided = new long[classes];
    }

    /// Counts one sample; a prediction of −1 (NaN scores) is wrong for every class.
    ///
    /// @throws org.manabi.tensor.ShapeException if a class does not exist
    public void add(int label, int predicted) {
        requireClass("label", label, 0);
        requireClass("prediction", predicted, -1);
        if (predicted < 0) {
            undecided[label]++;
        } else {
            counts[label][predicted]++;
        }
    }

    private void requireClass(String what, int number, int lowest) {
        Checks.require(
                number >= lowest && number < counts.length,
                "confusion matrix: %s %d is outside 0 … %d",
                what,
                number,
                counts.length - 1);
    }

    public int classes() {
        return counts.length;
    }

    /// The number of samples of the class `label` that were taken for the class `predicted`.
    public long count(int label, int predicted) {
        return counts[label][predicted];
    }

    /// The number of samples of a class whose scores were NaN, so that nothing was predicted.
    public long undecided(int label) {
        return undecided[label];
    }

    /// All samples counted, those with NaN scores among them.
    public long total() {
        long total = 0;
        for (int label = 0; label < counts.length; label++) {
            total += support(label);
        }
        return total;
    }

    /// The share of all samples that are on the diagonal; 0 without samples.
    public double accuracy() {
        long correct = 0;
        for (int k = 0; k < counts.length; k++) {
            correct += counts[k][k];
        }
        long total = total();
        return total == 0 ? 0 : (double) correct / total;
    }

    /// The number of samples of a class, those with NaN scores among them.
    public long support(int label) {
        long support = undecided[label];
        for (long count : counts[label]) {
            support += count;
        }
        return support;
    }

    /// Of those predicted as the class, the share that are of it; 0 if none was predicted.
    public double precision(int label) {
        long predicted = 0;
        for (long[] row : counts) {
            predicted += row[label];
        }
        return predicted == 0 ? 0 : (double) counts[label][label] / predicted;
    }

    /// Of those of the class, the share that were predicted as it; 0 if there are none.
    public double recall(int label) {
        long support = support(label);
        return support == 0 ? 0 : (double) counts[label][label] / support;
    }

    /// The harmonic mean of precision and recall; 0 if both are 0.
    public double f1(int label) {
        double precision = precision(label);
        double recall = recall(label);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// Precision of all classes. Classes without samples count with 0 in the macro mean, as in
    /// scikit-learn; [#support] tells which they are.
    public double precision(Averaging averaging) {
        return averaging == Averaging.MICRO ? microPrecision() : mean(averaging, this::precision);
    }

    /// Recall of all classes, averaged as [#precision(Averaging)].
    public double recall(Averaging averaging) {
        return averaging == Averaging.MICRO ? accuracy() : mean(averaging, this::recall);
    }

    /// F1 of all classes, averaged as [#precision(Averaging)].
    public double f1(Averaging averaging) {
        if (averaging != Averaging.MICRO) {
            return mean(averaging, this::f1);
        }
        double precision = microPrecision();
        double sum = precision + accuracy();
        return sum == 0 ? 0 : 2 * precision * accuracy() / sum;
    }

    /// Right ones among those for which anything was predicted.
    private double microPrecision() {
        long decided = total();
        for (long none : undecided) {
            decided -= none;
        }
        return decided == 0 ? 0 : accuracy() * total() / decided;
    }

    private double mean(Averaging averaging, IntToDoubleFunction ofClass) {
        WeightedMean mean = new WeightedMean();
        for (int label = 0; label < counts.length; label++) {
            double weight = averaging == Averaging.WEIGHTED ? support(label) : 1;
            mean.add(ofClass.applyAsDouble(label), weight);
        }
        return mean.mean();
    }
}
