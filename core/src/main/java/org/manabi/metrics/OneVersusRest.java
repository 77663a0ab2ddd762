package org.manabi.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.manabi.tensor.Tensor;

/// The curves of [RankedScores] for one class of many at a time: is it this class or another one?
///
/// Source: scikit-learn's `roc_auc_score(multi_class="ovr", average="macro")`.
public final class OneVersusRest {

    private final List<RankedScores> classes = new ArrayList<>();
    private long left;

    /// No samples yet.
    public OneVersusRest(int classes) {
        for (int k = 0; k < classes; k++) {
            this.classes.add(new RankedScores());
        }
    }

    /// Counts the row of a sample; one with a NaN is left out, and counted by [#leftOut].
    ///
    /// @param probabilities `[N, K]`
    public void add(Tensor probabilities, int row, int label) {
        int count = classes.size();
        for (int k = 0; k < count; k++) {
            if (Double.isNaN(probabilities.getAsDouble(row * count + k))) {
                left++;
                return;
            }
        }
        for (int k = 0; k < count; k++) {
            classes.get(k).add(k == label, probabilities.getAsDouble(row * count + k));
        }
    }

    /// How many samples were left out because of a NaN.
    public long leftOut() {
        return left;
    }

    /// The scores of one class.
    public RankedScores of(int label) {
        return classes.get(label);
    }

    /// The mean area under the ROC curve of the classes that have one; NaN if none has.
    public double macroRocAuc() {
        return macro(RankedScores::rocAuc);
    }

    /// The mean average precision of the classes that have one; NaN if none has.
    public double macroPrAuc() {
        return macro(RankedScores::prAuc);
    }

    private double macro(ToDoubleFunction<RankedScores> area) {
        return classes.stream()
                .mapToDouble(area)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
