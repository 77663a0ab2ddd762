package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// One rise and one fall along half cosines: from 1/25 to 1 in the first 30 % of the steps, then down
/// to 1/250 000. The optimizer's rate is the peak.
///
/// PyTorch's `OneCycleLR` lets the momentum go the other way; here it stays as it is.
///
/// Source: Smith and Topin, *Super-Convergence* (2018); the numbers are PyTorch's.
///
/// @param steps of the whole cycle, at least 2
/// @param rise the part of them that rises, in (0, 1)
/// @param start the first factor
/// @param end the last factor
public record OneCycle(long steps, double rise, double start, double end) implements Schedule {

    public OneCycle {
        Checks.require(steps >= 2, "a cycle of %d steps is too short; give at least 2", steps);
        Checks.require(rise > 0 && rise < 1, "rise %s is outside (0, 1)", rise);
        Steps.requireFactor("start", start);
        Steps.requireFactor("end", end);
    }

    /// PyTorch's numbers.
    public OneCycle(long steps) {
        this(steps, 0.3, 1.0 / 25, 1 / 25e4);
    }

    @Override
    public double factor(long step) {
        double top = rise * steps - 1; // as PyTorch rounds: the last step of the rise
        double last = steps - 1.0;
        double now = Math.clamp((double) step, 0.0, last);
        return now <= top
                ? between(start, 1, top == 0 ? 1 : now / top)
                : between(1, end, (now - top) / (last - top));
    }

    private static double between(double from, double to, double part) {
        return to + (from - to) * CosineDecay.fall(part);
    }
}
