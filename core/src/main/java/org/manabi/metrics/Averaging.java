package org.manabi.metrics;

/// How numbers of classes become one.
public enum Averaging {
    /// The mean over the classes, each counting the same.
    MACRO,
    /// From the counts of all classes together; precision, recall and F1 are then all the accuracy.
    MICRO,
    /// The mean over the classes, each counting as often as it has samples.
    WEIGHTED
}
