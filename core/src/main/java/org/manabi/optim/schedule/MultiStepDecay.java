package org.manabi.optim.schedule;

import java.util.List;
import org.manabi.tensor.Checks;

/// A rate that drops at given steps: `γ^k` after the first k of them. A drop counts from its step on.
///
/// Source: `torch.optim.lr_scheduler.MultiStepLR`.
///
/// @param at the steps of the drops, ascending
/// @param gamma γ, the factor of a drop, at least 0
public record MultiStepDecay(List<Long> at, double gamma) implements Schedule {

    public MultiStepDecay {
        at = List.copyOf(at);
        for (int i = 1; i < at.size(); i++) {
            Checks.require(
                    at.get(i) > at.get(i - 1), "the steps of the drops are not ascending: %s", at);
        }
        Steps.requireFactor("gamma", gamma);
    }

    @Override
    public double factor(long step) {
        return StrictMath.pow(gamma, (double) at.stream().filter(drop -> step >= drop).count());
    }
}
