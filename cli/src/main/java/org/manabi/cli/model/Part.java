package org.manabi.cli.model;

import java.util.Locale;

/// A part of a dataset.
enum Part {
    /// What the model may have learned from.
    TRAIN,
    /// What it has never seen.
    TEST;

    /// The key of the text that introduces it.
    String title() {
        return this == TEST ? "evaluate.title.test" : "evaluate.title.train";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
