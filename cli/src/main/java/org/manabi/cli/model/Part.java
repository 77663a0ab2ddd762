package org.manabi.cli.model;

import java.util.Locale;

/// A part of a dataset.
enum Part {
    /// What the model may have learned from.
    TRAIN,
    /// What it has never seen.
    TEST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
