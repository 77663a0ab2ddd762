package org.manabi.cli.train;

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
                    TrainEvent.LearningRateChanged _,
                    TrainEvent.BestRestored _,
                    TrainEvent.Diverged _,
                    TrainEvent.Finished _ -> {}
        }
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
