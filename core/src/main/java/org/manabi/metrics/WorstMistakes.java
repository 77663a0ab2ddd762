package org.manabi.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.manabi.tensor.Checks;

/// The wrong answers that cost most, of any number of samples, in memory for a few.
public final class WorstMistakes {

    private static final Comparator<Mistake> BY_COST =
            Comparator.comparingDouble(Mistake::loss)
                    .thenComparing(Comparator.comparingLong(Mistake::id).reversed());

    private final int keep;
    private final PriorityQueue<Mistake> worst = new PriorityQueue<>(BY_COST);
    private long count;

    /// None yet.
    ///
    /// @param keep how many to remember, at least 1
    public WorstMistakes(int keep) {
        Checks.require(keep >= 1, "worst mistakes: keep at least 1, got %d", keep);
        this.keep = keep;
    }

    /// A wrong answer.
    ///
    /// @param id the sample's number in its data
    /// @param label its class
    /// @param predicted what was taken for it; −1 if the scores were NaN
    /// @param confidence the probability of what was predicted
    /// @param loss what it cost
    public record Mistake(long id, int label, int predicted, double confidence, double loss) {}

    /// Counts one answer; right ones are no mistakes. Of equal losses the lower id is worse, and NaN is
    /// the worst loss.
    public void add(long id, int label, int predicted, double confidence, double loss) {
        if (label == predicted) {
            return;
        }
        count++;
        worst.add(new Mistake(id, label, predicted, confidence, loss));
        if (worst.size() > keep) {
            worst.remove();
        }
    }

    /// How many mistakes there were, remembered or not.
    public long count() {
        return count;
    }

    /// Those remembered, the worst first.
    public List<Mistake> worst() {
        List<Mistake> sorted = new ArrayList<>(worst);
        sorted.sort(BY_COST.reversed());
        return sorted;
    }
}
