package org.manabi.cli.lesson;

import java.util.Locale;

/// The lessons of the chapter by the names that people type, in their order.
enum LessonName {
    DATA_DRIVEN,
    TRAIN_AND_TEST,
    LOSS_FUNCTIONS,
    MINI_BATCH,
    CROSS_ENTROPY_BATCH,
    WHY_NOT_ACCURACY;

    /// The lesson itself.
    Lesson<?> lesson() {
        return switch (this) {
            case DATA_DRIVEN -> new DataDrivenLesson();
            case TRAIN_AND_TEST -> new TrainAndTestLesson();
            case LOSS_FUNCTIONS -> new LossFunctionsLesson();
            case MINI_BATCH -> new MiniBatchLesson();
            case CROSS_ENTROPY_BATCH -> new CrossEntropyBatchLesson();
            case WHY_NOT_ACCURACY -> new WhyNotAccuracyLesson();
        };
    }

    /// The name as it is typed, such as `mini-batch`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
