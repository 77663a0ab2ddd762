package org.manabi.spark;

import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;

/// Events as the lines of a run's `metrics.jsonl`.
final class EventLines {

    /// Steps are thinned to about so many lines.
    private static final int STEP_LINES = 1_000;

    private final long begin = System.nanoTime();
    private final Exchange exchange;
    private long stride = 1;
    private double losses;
    private long samples;
    private long allSamples;
    private long rounds;
    private double waited;
    private long sent;

    EventLines(Exchange exchange) {
        this.exchange = exchange;
    }

    private JsonObject line(String event) {
        return JsonObject.EMPTY.with("event", event).with("seconds", seconds());
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    JsonObject checkpoint(long step) {
        return line("checkpoint").with("step", step);
    }

    /// The line for an event; `null` if it has none.
    @Nullable JsonObject of(TrainEvent event) {
        return switch (event) {
            case TrainEvent.Started started -> {
                stride = Math.max(1, started.steps() / STEP_LINES);
                yield (started.done() == 0
                                ? line("started")
                                : line("continued").with("step", started.done()))
                        .with("steps", started.steps())
                        .with("batchesPerEpoch", started.batchesPerEpoch());
            }
            case TrainEvent.StepDone step -> step(step);
            case TrainEvent.EpochDone epoch -> epoch(epoch);
            case TrainEvent.RestoringBest best ->
                    line("restoring-best")
                            .with("step", best.step())
                            .with("epoch", best.epoch())
                            .with("loss", best.validation());
            case TrainEvent.Diverged diverged ->
                    line("diverged")
                            .with("step", diverged.step())
                            .with("epoch", diverged.epoch())
                            .with("loss", diverged.loss())
                            .with("place", diverged.first().place());
            default -> null;
        };
    }

    private @Nullable JsonObject step(TrainEvent.StepDone step) {
        losses += step.loss() * step.samples();
        samples += step.samples();
        allSamples += step.samples();
        if (step.step() % stride != 0) {
            return null;
        }
        JsonObject line =
                line("step")
                        .with("step", step.step())
                        .with("epoch", step.epoch())
                        .with("loss", losses / samples)
                        .with("learningRate", step.learningRate())
                        .with("samplesPerSecond", samplesPerSecond());
        if (exchange.rounds() > rounds) {
            long passed = exchange.rounds() - rounds;
            line =
                    line.with("exchangeSecondsPerRound", (exchange.seconds() - waited) / passed)
                            .with("bytesSentPerRound", (exchange.bytesSent() - sent) / passed);
        }
        rounds = exchange.rounds();
        waited = exchange.seconds();
        sent = exchange.bytesSent();
        losses = 0;
        samples = 0;
        return line;
    }

    private double samplesPerSecond() {
        return Math.rint(allSamples / seconds());
    }

    private JsonObject epoch(TrainEvent.EpochDone epoch) {
        JsonObject line =
                line("epoch")
                        .with("epoch", epoch.epoch())
                        .with("step", epoch.step())
                        .with("train", score(epoch.running()));
        Score validation = epoch.validation();
        if (validation != null) {
            line =
                    line.with("validation", score(validation).with("samples", validation.samples()))
                            .with("best", epoch.isBest());
        }
        return line.with("samplesPerSecond", samplesPerSecond())
                .with("exchangeSeconds", exchange.seconds())
                .with("bytesSent", exchange.bytesSent());
    }

    private static JsonObject score(Score score) {
        JsonObject loss = JsonObject.EMPTY.with("loss", score.loss());
        return score.accuracy().isPresent()
                ? loss.with("accuracy", score.accuracy().getAsDouble())
                : loss;
    }
}
