package org.manabi.train;

import org.jspecify.annotations.Nullable;

/// What was measured of one epoch: one point of the learning curves.
///
/// @param epoch its number, from 1
/// @param step its last step, from 1
/// @param running the epoch's mini-batches, each measured before its update
/// @param frozen samples of the training data, measured with the weights at the epoch's end; `null`
///     if they were not
/// @param validation the validation data, measured with the same weights; `null` without such data
public record EpochScores(
        long epoch, long step, Score running, @Nullable Score frozen, @Nullable Score validation) {

    /// The training score that may be compared with the validation's: the one on frozen weights if
    /// there is one.
    public Score train() {
        return frozen == null ? running : frozen;
    }
}
