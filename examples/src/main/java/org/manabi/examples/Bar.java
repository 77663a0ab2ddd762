package org.manabi.examples;

import org.manabi.train.Score;

/// What an example must reach; below it, it ends with an error.
final class Bar {

    private Bar() {}

    static void require(Score score, double accuracy) {
        if (!(score.accuracy().orElse(0) >= accuracy)) {
            throw new IllegalStateException(
                    "expected an accuracy of at least " + accuracy + ", got " + score);
        }
    }
}
