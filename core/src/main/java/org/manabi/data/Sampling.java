package org.manabi.data;

/// How mini-batches are drawn from a dataset.
public enum Sampling {
    /// Each epoch is a new Fisher–Yates shuffle: every sample is seen exactly once.
    EPOCH,
    /// The chapter's way: each batch is `np.random.choice(n, batchSize)` of one generator, so that a
    /// sample may come twice or never.
    REPLACEMENT,
    /// Each epoch goes through the samples in their order.
    SEQUENTIAL
}
