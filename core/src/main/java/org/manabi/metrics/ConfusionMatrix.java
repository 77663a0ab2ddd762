package org.manabi.metrics;

import org.manabi.tensor.Checks;

/// Counts of samples by their right class (row) and the class that was predicted (column).
public final class ConfusionMatrix {

    private final long[][] counts;
    private long undecided;

    /// An empty matrix.
    public ConfusionMatrix(int classes) {
        Checks.require(
                classes >= 2, "a confusion matrix needs at least 2 classes, got %d", classes);
        counts = new long[classes][classes];
    }

    /// Counts one sample; a prediction of −1 (NaN scores) is wrong for every class.
    public void add(int label, int predicted) {
        if (predicted < 0) {
            undecided++;
        } else {
            counts[label][predicted]++;
        }
    }

    public int classes() {
        return counts.length;
    }

    public long count(int label, int predicted) {
        return counts[label][predicted];
    }

    /// All samples counted, those with NaN scores among them.
    public long total() {
        long total = undecided;
        for (long[] row : counts) {
            for (long count : row) {
                total += count;
            }
        }
        return total;
    }

    /// The share of samples on the diagonal.
    public double accuracy() {
        long correct = 0;
        for (int k = 0; k < counts.length; k++) {
            correct += counts[k][k];
        }
        return (double) correct / total();
    }

    /// The number of samples of a class.
    public long support(int label) {
        long support = 0;
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
}
