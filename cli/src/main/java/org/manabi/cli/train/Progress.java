package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Shows how training goes: a line for each epoch that is over and, on a terminal, a line below it
/// that moves.
final class Progress implements TrainListener {

    private static final long REDRAW_NANOSECONDS = 100_000_000;
    private static final int BAR = 24;

    private final Console console;
    private final StatusLine status;
    private final TrainingClock clock;
    private final long began = System.nanoTime();
    private TrainEvent.Started started = new TrainEvent.Started(0, 1, 1, 0);
    private double losses;
    private long samples;
    private long drawn;
    private OptionalDouble accuracy = OptionalDouble.empty();

    Progress(Console console, TrainingClock clock) {
        this.console = console;
        this.status = new StatusLine(console);
        this.clock = clock;
    }

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started begin -> started = begin;
            case TrainEvent.StepDone step -> step(step);
            case TrainEvent.EpochDone epoch -> epoch(epoch);
            case TrainEvent.Paused paused -> say("train.paused", Numbers.count(paused.step()));
            case TrainEvent.Resumed resumed -> say("train.resumed", Numbers.count(resumed.step()));
            case TrainEvent.LearningRateChanged changed ->
                    say(
                            "train.learning-rate-changed",
                            Numbers.brief(changed.learningRate()),
                            Numbers.count(changed.step()));
            case TrainEvent.RestoringBest best ->
                    say("train.best-restored", best.epoch(), Numbers.loss(best.validation()));
            case TrainEvent.OverfittingSeen seen -> {
                status.clear();
                console.say(new OverfittingText(console).explain(seen.found()));
            }
            case TrainEvent.LayersProbed _, TrainEvent.Ending _ -> {}
            case TrainEvent.Diverged _, TrainEvent.Finished _ -> status.clear();
        }
    }

    private void say(String key, Object... values) {
        status.clear();
        console.say(console.text(key, values));
    }

    private void step(TrainEvent.StepDone step) {
        if (!status.isLive()) {
            return;
        }
        losses += step.loss() * step.samples();
        samples += step.samples();
        long now = System.nanoTime();
        if (now - drawn >= REDRAW_NANOSECONDS) {
            drawn = now;
            status.show(live(step));
        }
    }

    private String live(TrainEvent.StepDone step) {
        long before = (step.epoch() - 1) * started.batchesPerEpoch();
        long inEpoch = Math.min(started.batchesPerEpoch(), started.steps() - before);
        double share = (double) (step.step() - before) / inEpoch;
        long done = step.step() - started.done();
        double left = secondsBegun() * (started.steps() - step.step()) / done;
        return console.text(
                "train.live",
                place(step.epoch()),
                bar(share),
                Math.round(100 * share),
                Numbers.loss(losses / samples),
                accuracy.isPresent()
                        ? console.text(
                                "train.live.accuracy", Numbers.percent(accuracy.getAsDouble()))
                        : "",
                Numbers.count(Math.round(clock.samplesPerSecond())),
                Numbers.clock(left));
    }

    private double secondsBegun() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "━".repeat(full) + "╌".repeat(BAR - full);
    }

    private void epoch(TrainEvent.EpochDone epoch) {
        losses = 0;
        samples = 0;
        accuracy = epoch.running().accuracy();
        console.say(
                console.text(
                        "train.epoch",
                        place(epoch.epoch()),
                        score(epoch.running()),
                        validation(epoch.validation()),
                        Numbers.clock(secondsBegun())));
    }

    private String validation(@Nullable Score validation) {
        return validation == null ? "" : console.text("train.validation-score", score(validation));
    }

    private String score(Score score) {
        String loss = Numbers.loss(score.loss());
        return score.accuracy().isPresent()
                ? console.text("train.score", loss, Numbers.percent(score.accuracy().getAsDouble()))
                : console.text("train.score-of-values", loss);
    }

    /// Such as ` 3/12`.
    private String place(long epoch) {
        long epochs = Math.ceilDiv(started.steps(), (long) started.batchesPerEpoch());
        String all = Long.toString(epochs);
        return " ".repeat(all.length() - Long.toString(epoch).length()) + epoch + "/" + all;
    }
}
