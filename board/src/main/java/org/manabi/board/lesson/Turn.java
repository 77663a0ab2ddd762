package org.manabi.board.lesson;

import java.util.List;
import java.util.Optional;
import org.manabi.tensor.Checks;

/// Where a loss on data that are not learned from stops falling and begins to rise: from here on
/// the network learns its training data by heart.
///
/// @param epoch of the lowest loss, from 1
/// @param lowest the loss there
/// @param last the loss after the last epoch, higher than `lowest`
public record Turn(int epoch, double lowest, double last) {

    /// A rise that is smaller, as a share of the lowest loss, may be chance.
    private static final double LEAST_RISE = 0.01;

    /// The turn of losses measured after each epoch; empty if the loss still falls at the end, or
    /// has hardly risen.
    public static Optional<Turn> of(List<Double> losses) {
        Checks.require(!losses.isEmpty(), "there are no losses to find a turn in");
        int best = 0;
        for (int i = 1; i < losses.size(); i++) {
            if (losses.get(i) < losses.get(best)) {
                best = i;
            }
        }
        double lowest = losses.get(best);
        double last = losses.getLast();
        return last > lowest * (1 + LEAST_RISE)
                ? Optional.of(new Turn(best + 1, lowest, last))
                : Optional.empty();
    }
}
