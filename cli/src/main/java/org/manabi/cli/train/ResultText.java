package org.manabi.cli.train;

import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.train.Score;

/// The result of a training run for people.
final class ResultText {

    private final Console console;

    ResultText(Console console) {
        this.console = console;
    }

    void print(TrainResult result) {
        console.say("");
        print("train.result.test", result.test());
        print("train.result.train", result.train());
        if (result.validation() != null) {
            print("train.result.validation", result.validation());
        }
        console.print(
                console.text(
                        "train.result.effort",
                        Numbers.count(result.steps()),
                        Numbers.count(result.epochs()),
                        Numbers.fixed(result.trainingSeconds(), 1),
                        Numbers.count(Math.round(result.samplesPerSecond())),
                        Numbers.fixed(result.totalSeconds(), 1)));
        console.print(console.text("train.result.weights", result.weightsSha256()));
        console.print(console.text("train.result.run", result.run()));
        console.say("");
        console.say(console.text("train.result.next", result.run(), result.data()));
    }

    private void print(String key, Score score) {
        String accuracy =
                score.accuracy().isPresent()
                        ? console.text(
                                "train.result.accuracy",
                                Numbers.percent(score.accuracy().getAsDouble()))
                        : "";
        console.print(
                console.text(
                        key, Numbers.loss(score.loss()), accuracy, Numbers.count(score.samples())));
    }
}
