package org.manabi.metrics;

import org.manabi.tensor.Checks;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
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

    /// How many rows of `scores` `[N, K]` are highest at their label, of `labels` `[N]`; divided by N
    /// it is the accuracy.
    ///
    /// @throws org.manabi.tensor.ShapeException if the shapes are not as above
    public static int countCorrect(Tensor scores, IntTensor labels) {
        Checks.require(
                scores.shape().rank() == 2
                        && labels.shape().equals(Shape.of(scores.shape().dim(0))),
                "accuracy needs scores [N, K] and labels [N], got %s and %s",
                scores.shape(),
                labels.shape());
        int correct = 0;
        for (int row = 0; row < labels.size(); row++) {
            int best = argmax(scores, row);
            if (best >= 0 && best == labels.array()[labels.offset() + row]) {
                correct++;
            }
        }
        return correct;
    }
}
