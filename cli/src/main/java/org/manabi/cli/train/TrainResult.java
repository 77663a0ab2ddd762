package org.manabi.cli.train;

import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.Score;

/// What came out of a training run.
///
/// @param epochs the epoch in which it ended
/// @param validation measured with the final weights; `null` if nothing was held back
/// @param totalSeconds from the command's beginning, loading and testing included
/// @param trainingSeconds of learning alone
record TrainResult(
        String data,
        String model,
        long parameters,
        long seed,
        int threads,
        long steps,
        long epochs,
        Score train,
        @Nullable Score validation,
        Score test,
        double totalSeconds,
        double trainingSeconds,
        double samplesPerSecond,
        String weightsSha256,
        String run) {

    JsonObject toJson() {
        JsonObject begin =
                JsonObject.EMPTY
                        .with("command", "train")
                        .with("data", data)
                        .with("model", model)
                        .with("parameters", parameters)
                        .with("seed", seed)
                        .with("threads", threads)
                        .with("steps", steps)
                        .with("epochs", epochs)
                        .with("train", RunRecorder.score(train));
        JsonObject held =
                validation == null
                        ? begin
                        : begin.with("validation", RunRecorder.score(validation));
        return held.with("test", RunRecorder.score(test))
                .with(
                        "seconds",
                        JsonObject.EMPTY
                                .with("total", rounded(totalSeconds))
                                .with("training", rounded(trainingSeconds)))
                .with("samplesPerSecond", rounded(samplesPerSecond))
                .with("weightsSha256", weightsSha256)
                .with("run", run);
    }

    /// A measured time or speed, whose further digits mean nothing.
    private static double rounded(double measured) {
        return Math.round(measured * 1000) / 1000.0;
    }
}
