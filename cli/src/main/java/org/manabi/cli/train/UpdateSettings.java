package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.manabi.formats.json.JsonObject;
import org.manabi.optim.AdamW;
import org.manabi.optim.Clipping;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updates;
import org.manabi.optim.WeightDecay;
import org.manabi.optim.schedule.Plateau;
import org.manabi.optim.schedule.Schedule;
import org.manabi.optim.schedule.WarmUp;

/// What is around the optimizer of a training, checked.
///
/// @param schedule of the learning rate
/// @param number the schedule's own
/// @param warmUp steps in which the rate rises, 0 for none
/// @param weightDecay decoupled
/// @param clipNorm the greatest length of all gradients together
/// @param clipValue the greatest size of a number of a gradient
/// @param accumulation batches for one update
/// @param average the decay of the average of weights
record UpdateSettings(
        ScheduleName schedule,
        double number,
        long warmUp,
        OptionalDouble weightDecay,
        OptionalDouble clipNorm,
        OptionalDouble clipValue,
        int accumulation,
        OptionalDouble average) {

    /// The updates of a training of so many mini-batches.
    Updates around(Optimizer optimizer, long batches, long batchesPerEpoch) {
        long steps = Math.max(1, batches / accumulation);
        long perEpoch = Math.max(1, batchesPerEpoch / accumulation);
        Schedule after = schedule.with(number, Math.max(1, steps - warmUp), perEpoch);
        Updates updates =
                Updates.of(decayed(optimizer))
                        .withSchedule(warmUp == 0 ? after : new WarmUp(warmUp, after))
                        .withAccumulation(accumulation);
        if (schedule == ScheduleName.PLATEAU) {
            Plateau usual = Plateau.DEFAULTS;
            updates =
                    updates.withPlateau(
                            new Plateau(
                                    usual.drop(),
                                    (int) number,
                                    usual.threshold(),
                                    usual.cooldown(),
                                    usual.least()));
        }
        if (clipNorm.isPresent()) {
            updates = updates.withClipping(new Clipping.ByGlobalNorm(clipNorm.getAsDouble()));
        } else if (clipValue.isPresent()) {
            updates = updates.withClipping(new Clipping.ByValue(clipValue.getAsDouble()));
        }
        return average.isPresent() ? updates.withAverage(average.getAsDouble()) : updates;
    }

    /// AdamW has a decay of its own, which is replaced.
    private Optimizer decayed(Optimizer optimizer) {
        if (weightDecay.isEmpty()) {
            return optimizer;
        }
        double decay = weightDecay.getAsDouble();
        return optimizer instanceof AdamW adam
                ? new AdamW(adam.learningRate(), decay, adam.beta1(), adam.beta2(), adam.epsilon())
                : WeightDecay.decoupled(decay, optimizer);
    }

    /// The schedule as people type it.
    String scheduleWord() {
        return !schedule.hasNumber()
                ? schedule.toString()
                : schedule
                        + ":"
                        + (schedule.countsEpochs()
                                ? Long.toString(Math.round(number))
                                : Double.toString(number));
    }

    /// Adds what differs from the plainest training.
    JsonObject addTo(JsonObject json) {
        JsonObject all = json;
        if (schedule != ScheduleName.CONSTANT) {
            all = all.with("schedule", schedule.toString());
            all = schedule.hasNumber() ? all.with("scheduleNumber", number) : all;
        }
        all = warmUp > 0 ? all.with("warmUp", warmUp) : all;
        all = with(all, "weightDecay", weightDecay);
        all = with(all, "clipNorm", clipNorm);
        all = with(all, "clipValue", clipValue);
        all = accumulation > 1 ? all.with("accumulate", accumulation) : all;
        return with(all, "average", average);
    }

    private static JsonObject with(JsonObject json, String name, OptionalDouble value) {
        return value.isPresent() ? json.with(name, value.getAsDouble()) : json;
    }
}
