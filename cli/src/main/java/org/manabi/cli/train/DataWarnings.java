package org.manabi.cli.train;

import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.data.Dataset;
import org.manabi.data.Duplicates;

/// What should be known about data before learning from it: samples on both sides of a split, and
/// classes that are much rarer than others.
final class DataWarnings {

    /// From so many times as many samples on, classes are called uneven.
    private static final double UNEVEN = 3;

    private final Console console;

    DataWarnings(Console console) {
        this.console = console;
    }

    void say(TrainingData data) {
        Dataset train = data.train();
        Dataset validation = data.validation();
        if (validation != null) {
            int twice = Duplicates.count(train, validation);
            if (twice > 0) {
                console.say(
                        console.text(
                                "train.duplicates",
                                Numbers.count(twice),
                                Numbers.count(validation.size())));
            }
        }
        if (train.hasClasses()) {
            uneven(train);
        }
    }

    private void uneven(Dataset train) {
        int[] counts = train.classCounts();
        int fewest = 0;
        int most = 0;
        for (int label = 0; label < counts.length; label++) {
            fewest = counts[label] < counts[fewest] ? label : fewest;
            most = counts[label] > counts[most] ? label : most;
        }
        if (counts[most] >= UNEVEN * counts[fewest]) {
            console.say(
                    console.text(
                            "train.uneven",
                            train.classNames().get(fewest),
                            Numbers.count(counts[fewest]),
                            train.classNames().get(most),
                            Numbers.count(counts[most]),
                            Numbers.percent((double) counts[most] / train.size())));
        }
    }
}
