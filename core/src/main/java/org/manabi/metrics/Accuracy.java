package org.manabi.metrics;

import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Tensor;

/// The share of samples whose highest score is that of the right class.
public final class Accuracy {

    private Accuracy() {}

    /// The class with the highest score in a row; the first of several equal ones, and −1 if a score
    /// is NaN, which is right for no label.
    public static int argmax(Tensor scores, int row) {
        int classes = scores.shape().dim(-1);
        int start = row * classes;
        int best = 0;
        double highest = scores.getAsDouble(start);
        for (int k = 0; k < classes; k++) {
            double score = scores.getAsDouble(start + k);
            if (Double.isNaN(score)) {
                return -1;
            }
            if (score > highest) {
                best = k;
                highest = score;
            }
        }
        return best;
    }

    /// How many rows of `scores` `[N, K]` are highest at their label.
    public static int countCorrect(Tensor scores, IntTensor labels) {
        int correct = 0;
        for (int row = 0; row < labels.size(); row++) {
            if (argmax(scores, row) == labels.array()[labels.offset() + row]) {
                correct++;
            }
        }
        return correct;
    }
}
