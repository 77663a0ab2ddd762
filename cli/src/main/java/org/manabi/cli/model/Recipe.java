package org.manabi.cli.model;

/// How a network usually learns well: what `manabi train` takes where nobody says otherwise.
///
/// @param adamRate the learning rate, or its peak, with Adam; other optimizers have their own
/// @param schedule of the learning rate, as people type it
/// @param batchSize the samples of a mini-batch
public record Recipe(double adamRate, String schedule, int batchSize) {

    /// Adam's usual rate all the way, in batches of 100 as in the book.
    public static final Recipe PLAIN = new Recipe(0.001, "constant", 100);
}
