package org.manabi.metrics;

import org.manabi.tensor.Checks;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The share of samples whose right class is among the k with the highest scores.
///
/// A class is among them if fewer than k classes come before it: those with a higher score, and of equal
/// scores those with a lower number. For k = 1 that is [Accuracy].
public final class TopK {

    private TopK() {}

    /// Whether a class is among the k highest of a row; never if a score of the row is NaN.
    ///
    /// @param scores `[N, K]`
    public static boolean holds(Tensor scores, int row, int label, int k) {
        return rank(scores, row, label) < k;
    }

    /// How many classes come before one: 0 … K − 1; K if there is no such class, or a score of the
    /// row is NaN.
    ///
    /// @param scores `[N, K]`
    public static int rank(Tensor scores, int row, int label) {
        int classes = scores.shape().dim(-1);
        if (label < 0 || label >= classes) {
            return classes;
        }
        double own = scores.getAsDouble(row * classes + label);
        int before = 0;
        for (int c = 0; c < classes; c++) {
            double score = scores.getAsDouble(row * classes + c);
            if (Double.isNaN(score)) {
                return classes;
            }
            if (score > own || (score == own && c < label)) {
                before++;
            }
        }
        return before;
    }

    /// How many rows of `scores` `[N, K]` have their label, of `labels` `[N]`, among the k highest.
    ///
    /// @throws org.manabi.tensor.ShapeException if the shapes are not as above, or k is less than 1
    public static int countCorrect(Tensor scores, IntTensor labels, int k) {
        Checks.require(k >= 1, "top-k needs a k of at least 1, got %d", k);
        Checks.require(
                scores.shape().rank() == 2
                        && labels.shape().equals(Shape.of(scores.shape().dim(0))),
                "top-k needs scores [N, K] and labels [N], got %s and %s",
                scores.shape(),
                labels.shape());
        int correct = 0;
        for (int row = 0; row < labels.size(); row++) {
            if (holds(scores, row, labels.array()[labels.offset() + row], k)) {
                correct++;
            }
        }
        return correct;
    }
}
