package org.manabi.optim.schedule;

import java.util.List;

/// One schedule after another, each from its own beginning; the last one stays.
///
///     new Sequence(List.of(
///             new Stage(500, new Line(500, 0, 1)), new Stage(2_000, Constant.ONE)),
///         new CosineDecay(500))
///
/// is warm-up, stable, decay.
///
/// @param stages in order
/// @param last after them
public record Sequence(List<Stage> stages, Schedule last) implements Schedule {

    /// A schedule for so many steps.
    ///
    /// @param steps at least 1
    /// @param schedule from its step 0
    public record Stage(long steps, Schedule schedule) {

        public Stage {
            Steps.require("steps", steps);
        }
    }

    public Sequence {
        stages = List.copyOf(stages);
    }

    @Override
    public double factor(long step) {
        long within = step;
        for (Stage stage : stages) {
            if (within < stage.steps()) {
                return stage.schedule().factor(within);
            }
            within -= stage.steps();
        }
        return last.factor(within);
    }
}
