package org.manabi.train;

import org.manabi.autodiff.Gradients;
import org.manabi.data.BatchCursor;
import org.manabi.tensor.Seed;

/// Draws one mini-batch after another and computes its loss and gradient.
interface MiniBatches {

    /// The place in the data.
    BatchCursor cursor();

    /// Goes to a place where mini-batches with the same settings once were.
    void restore(BatchCursor.Snapshot place);

    /// Draws the next mini-batch, computes its loss and counts it; returns the mean of its losses.
    double forward(Seed noise, Tally tally);

    /// The number of samples in the latest mini-batch.
    int size();

    /// The gradient of the latest mini-batch: the buffers themselves.
    Gradients backward();

    /// Goes back to before the latest mini-batch, once.
    void back();

    /// The cause of a loss of the latest mini-batch that is not finite.
    NonFinite causeOfLoss();

    /// The cause of a gradient of the latest mini-batch that is not finite although the loss is.
    NonFinite causeOfGradients();
}
