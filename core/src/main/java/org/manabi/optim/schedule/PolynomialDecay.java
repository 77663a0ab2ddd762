package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// A rate that falls to its end along a power: `(1 − e)(1 − t/T)^p + e`, with e the `end`; p = 1 is a
/// straight line.
///
/// Source: `keras.optimizers.schedules.PolynomialDecay`.
///
/// @param steps T, at least 1
/// @param end e, the factor at T and after it, at least 0
/// @param power p, greater than 0
/// @param after what happens at T
public record PolynomialDecay(long steps, double end, double power, After after)
        implements Schedule {

    /// What happens when T is reached.
    public enum After {
        /// The rate stays at its end.
        STAY,
        /// T is doubled, tripled …, so that the rate rises again by less each time: Keras's
        /// `cycle=True`.
        CYCLE
    }

    public PolynomialDecay {
        Steps.require("steps", steps);
        Steps.requireFactor("end", end);
        Checks.require(power > 0, "power %s is not greater than 0", power);
    }

    /// A straight line from 1 to `end`.
    public static PolynomialDecay linear(long steps, double end) {
        return new PolynomialDecay(steps, end, 1, After.STAY);
    }

    @Override
    public double factor(long step) {
        long cycles =
                after == After.CYCLE ? Math.max(1, Math.ceilDiv(Math.max(0, step), steps)) : 1;
        double left = 1 - Steps.part(step, steps * cycles);
        return (1 - end) * StrictMath.pow(left, power) + end;
    }
}
