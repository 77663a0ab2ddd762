package org.manabi.cli.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.manabi.optim.schedule.Constant;
import org.manabi.optim.schedule.CosineDecay;
import org.manabi.optim.schedule.CosineRestarts;
import org.manabi.optim.schedule.ExponentialDecay;
import org.manabi.optim.schedule.Interpolation;
import org.manabi.optim.schedule.OneCycle;
import org.manabi.optim.schedule.PolynomialDecay;
import org.manabi.optim.schedule.Schedule;
import org.manabi.optim.schedule.StepDecay;

/// The schedules by the names that people type, each with one number that has a usual value.
enum ScheduleName {
    CONSTANT(Double.NaN),
    /// Down to 0 along a cosine.
    COSINE(Double.NaN),
    /// Down to 0 in a straight line.
    LINEAR(Double.NaN),
    /// Up and down again once.
    ONE_CYCLE(Double.NaN),
    /// A tenth after so many epochs.
    STEP(10),
    /// That part of it after each epoch.
    EXPONENTIAL(0.9),
    /// A cosine that begins anew after so many epochs.
    RESTARTS(10),
    /// A tenth after so many epochs without a better loss.
    PLATEAU(10);

    private final double usual;

    ScheduleName(double usual) {
        this.usual = usual;
    }

    static Optional<ScheduleName> named(String word) {
        return Arrays.stream(values()).filter(name -> name.toString().equals(word)).findFirst();
    }

    /// Whether it has a number that may be given.
    boolean hasNumber() {
        return !Double.isNaN(usual);
    }

    /// What its number usually is.
    double usual() {
        return usual;
    }

    /// Whether its number counts epochs, so that it is whole and at least 1.
    boolean countsEpochs() {
        return hasNumber() && this != EXPONENTIAL;
    }

    /// The schedule of a training; a plateau alone is none, since it looks at the losses.
    ///
    /// @param number the schedule's own
    /// @param steps updates altogether
    /// @param perEpoch updates in an epoch
    Schedule with(double number, long steps, long perEpoch) {
        return switch (this) {
            case CONSTANT, PLATEAU -> Constant.ONE;
            case COSINE -> new CosineDecay(steps);
            case LINEAR -> PolynomialDecay.linear(steps, 0);
            case ONE_CYCLE -> new OneCycle(Math.max(2, steps));
            case STEP -> new StepDecay(Math.round(number) * perEpoch, 0.1);
            case EXPONENTIAL -> new ExponentialDecay(perEpoch, number, Interpolation.STAIRCASE);
            case RESTARTS -> new CosineRestarts(Math.round(number) * perEpoch);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
