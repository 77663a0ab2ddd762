package org.manabi.optim.schedule;

import java.util.List;
import org.manabi.tensor.Checks;

/// Given rates between given steps: `factors[k]` up to and with `boundaries[k]`, then the next.
///
/// Source: `keras.optimizers.schedules.PiecewiseConstantDecay`, which counts a boundary to the piece
/// before it.
///
/// @param boundaries the last step of each piece but the last, ascending
/// @param factors one more than boundaries, each at least 0
public record PiecewiseConstant(List<Long> boundaries, List<Double> factors) implements Schedule {

    public PiecewiseConstant {
        boundaries = List.copyOf(boundaries);
        factors = List.copyOf(factors);
        Checks.require(
                factors.size() == boundaries.size() + 1,
                "%d boundaries need %d factors, got %d",
                boundaries.size(),
                boundaries.size() + 1,
                factors.size());
        for (int i = 1; i < boundaries.size(); i++) {
            Checks.require(
                    boundaries.get(i) > boundaries.get(i - 1),
                    "the boundaries are not ascending: %s",
                    boundaries);
        }
        factors.forEach(factor -> Steps.requireFactor("factor", factor));
    }

    @Override
    public double factor(long step) {
        int piece = 0;
        while (piece < boundaries.size() && step > boundaries.get(piece)) {
            piece++;
        }
        return factors.get(piece);
    }
}
