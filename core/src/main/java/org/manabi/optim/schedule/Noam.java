package org.manabi.optim.schedule;

/// The schedule of the Transformer: a straight rise over W steps, then a fall with the root of the
/// time.
///
///     d^−½ · min(t^−½, t·W^−1.5),   t from 1
///
/// It is meant for an optimizer with a rate of 1.
///
/// Source: Vaswani et al., *Attention Is All You Need* (NeurIPS 2017), eq. 3.
///
/// @param width d, the width of the model, at least 1
/// @param warmUp W, at least 1
public record Noam(int width, long warmUp) implements Schedule {

    public Noam {
        Steps.require("width", width);
        Steps.require("warm-up", warmUp);
    }

    @Override
    public double factor(long step) {
        double t = Math.max(0, step) + 1.0;
        double rising = t / (warmUp * Math.sqrt((double) warmUp));
        return Math.min(1 / Math.sqrt(t), rising) / Math.sqrt((double) width);
    }
}
