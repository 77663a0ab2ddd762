package org.manabi.optim.schedule;

/// A rate that falls along half a cosine: `e + ½(1 − e)(1 + cos πt/T)`, with e the `end`.
///
/// After T it stays at its end; PyTorch's `CosineAnnealingLR` rises again there.
///
/// Source: Loshchilov and Hutter, *SGDR* (ICLR 2017), eq. 5.
///
/// @param steps T, at least 1
/// @param end e, the factor at T and after it, at least 0
public record CosineDecay(long steps, double end) implements Schedule {

    public CosineDecay {
        Steps.require("steps", steps);
        Steps.requireFactor("end", end);
    }

    /// Down to 0.
    public CosineDecay(long steps) {
        this(steps, 0);
    }

    @Override
    public double factor(long step) {
        return end + (1 - end) * fall(Steps.part(step, steps));
    }

    /// From 1 to 0 as `part` goes from 0 to 1.
    static double fall(double part) {
        return 0.5 * (1 + StrictMath.cos(Math.PI * part));
    }
}
