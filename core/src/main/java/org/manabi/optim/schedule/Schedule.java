package org.manabi.optim.schedule;

/// How the learning rate changes while training: a factor on the rate that the optimizer was given,
/// as a pure function of the step, so that a resumed training needs nothing but its step.
@FunctionalInterface
public interface Schedule {

    /// The factor for a step. Schedules that end keep their last factor for ever.
    ///
    /// @param step from 0, the first update
    double factor(long step);
}
