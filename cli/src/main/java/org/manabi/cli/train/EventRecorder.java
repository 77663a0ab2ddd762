package org.manabi.cli.train;

import java.time.Instant;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.tensorboard.EventWriter;
import org.manabi.formats.tensorboard.HistogramCounts;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Writes the curves of a run for TensorBoard, into the run's directory.
final class EventRecorder implements TrainListener, AutoCloseable {

    /// Steps are thinned to about so many points.
    private static final int POINTS = 1_000;

    private static final String HOST = "manabi";

    private final EventWriter events;
    private long stride = 1;

    EventRecorder(RunDirectory run) {
        double began = now();
        String name = EventWriter.fileName((long) began, HOST, ProcessHandle.current().pid());
        events = new EventWriter(run.folder().resolve(name), began);
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1000.0;
    }

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started started -> stride = Math.max(1, started.steps() / POINTS);
            case TrainEvent.StepDone step -> {
                if (step.step() % stride == 0) {
                    events.scalar("train/loss", step.step(), now(), step.loss());
                    events.scalar("train/learning-rate", step.step(), now(), step.learningRate());
                }
            }
            case TrainEvent.EpochDone epoch -> {
                score("epoch", epoch.step(), epoch.running());
                if (epoch.validation() != null) {
                    score("validation", epoch.step(), epoch.validation());
                }
            }
            default -> {}
        }
    }

    /// How some numbers are spread after a step.
    void histogram(String tag, long step, HistogramCounts counts) {
        events.histogram(tag, step, now(), counts);
    }

    private void score(String name, long step, Score score) {
        events.scalar(name + "/loss", step, now(), score.loss());
        score.accuracy()
                .ifPresent(accuracy -> events.scalar(name + "/accuracy", step, now(), accuracy));
    }

    @Override
    public void close() {
        events.close();
    }
}
