package org.manabi.data;

/// How mini-batches are drawn from a dataset.
public enum Sampling {
    /// Each epoch is a new Fisher–Yates shuffle: every sample is seen exactly once.
    EPOCH,
    /// The chapter's way: each batch is `np.random.choice(n, batchSize)` of one generator, so that a
    /// sample may come twice or never.
    REPLACEMENT,
    /// Each epoch goes through the samples in their order.
    SEQUENTIAL,
    /// Each epoch is a new shuffle in which the classes lie evenly, so that every batch has them in
    /// about the proportions of all samples; every sample is seen exactly once.
    STRATIFIED,
    /// Each epoch draws as many samples as there are, each by first drawing its class, all alike, then
    /// one of the class's samples: rare classes come as often as others.
    BALANCED,
    /// Each epoch draws as many samples as there are, each with a probability in proportion to its weight,
    /// see [Dataset#weighted].
    WEIGHTED;

    /// Whether it needs to know the classes of the samples.
    public boolean needsClasses() {
        return this == STRATIFIED || this == BALANCED;
    }
}
