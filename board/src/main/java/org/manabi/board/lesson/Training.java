package org.manabi.board.lesson;

import org.manabi.data.Dataset;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.Started;
import org.manabi.train.TrainEvent.StepDone;
import org.manabi.train.TrainListener;
import org.manabi.train.Trainer;

/// Runs a trainer as a step of a lesson.
final class Training {

    private Training() {}

    /// Trains until the end, telling how far it has come.
    static void run(Trainer<?, ?> trainer, Dataset data, Progress progress) {
        run(trainer, data, progress, event -> {});
    }

    /// Trains until the end, telling how far it has come, and shows the events to a listener.
    static void run(
            Trainer<?, ?> trainer, Dataset data, Progress progress, TrainListener listener) {
        long[] steps = {1};
        trainer.train(
                data,
                null,
                event -> {
                    listener.on(event);
                    report(event, steps, progress);
                });
    }

    private static void report(TrainEvent event, long[] steps, Progress progress) {
        switch (event) {
            case Started started -> steps[0] = started.steps();
            case StepDone done when done.step() % 10 == 0 ->
                    progress.at((double) done.step() / steps[0]);
            case EpochDone done -> progress.at((double) done.step() / steps[0]);
            default -> {}
        }
    }
}
