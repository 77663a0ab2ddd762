package org.manabi.optim.schedule;

/// A rate that drops every so many steps: `γ^⌊t/s⌋`.
///
/// Source: `torch.optim.lr_scheduler.StepLR`.
///
/// @param every s, the steps between two drops, at least 1
/// @param gamma γ, the factor of a drop, at least 0
public record StepDecay(long every, double gamma) implements Schedule {

    public StepDecay {
        Steps.require("every", every);
        Steps.requireFactor("gamma", gamma);
    }

    @Override
    public double factor(long step) {
        long drops = Math.max(0, step) / every;
        return StrictMath.pow(gamma, (double) drops);
    }
}
