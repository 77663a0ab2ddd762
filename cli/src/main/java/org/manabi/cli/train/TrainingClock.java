package org.manabi.cli.train;

import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Measures how long learning itself takes, without the looks at validation data in between.
final class TrainingClock implements TrainListener {

    private static final double NANOSECONDS = 1e9;

    private long resumed;
    private long lastStep;
    private long learned;
    private long samples;

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started _, TrainEvent.Resumed _ -> resume();
            case TrainEvent.StepDone step -> {
                lastStep = System.nanoTime();
                samples += step.samples();
            }
            case TrainEvent.EpochDone _, TrainEvent.Paused _ -> {
                learned += lastStep - resumed;
                resume();
            }
            case TrainEvent.LayersProbed _,
                    TrainEvent.Ending _,
                    TrainEvent.OverfittingSeen _,
                    TrainEvent.LearningRateChanged _,
                    TrainEvent.RestoringBest _,
                    TrainEvent.Diverged _,
                    TrainEvent.Finished _ -> {}
        }
    }

    /// The times so far, to go on with in another process.
    JsonObject notes() {
        return JsonObject.EMPTY.with("seconds", seconds()).with("samples", samples);
    }

    /// Goes on where [#notes] were taken.
    void restore(JsonFields notes) {
        learned = Math.round(notes.number("seconds") * NANOSECONDS);
        samples = notes.integer("samples");
    }

    private void resume() {
        resumed = System.nanoTime();
        lastStep = resumed;
    }

    /// Seconds spent on learning, up to the last step.
    double seconds() {
        return (learned + (lastStep - resumed)) / NANOSECONDS;
    }

    /// Samples learned from, counted as often as they were.
    long samples() {
        return samples;
    }

    double samplesPerSecond() {
        double seconds = seconds();
        return seconds > 0 ? samples / seconds : 0;
    }
}
