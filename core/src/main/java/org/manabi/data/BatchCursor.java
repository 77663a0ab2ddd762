package org.manabi.data;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;

/// Goes through a dataset batch by batch, endlessly, one epoch after another. Which samples come in
/// which batch depends on the seed and the position alone.
public final class BatchCursor {

    private final Sampling sampling;
    private final LastBatch lastBatch;
    private final Seed seed;
    private final int size;
    private final int batchSize;
    private final int[] order;
    private final @Nullable RandomState random;
    private long epoch;
    private int position;

    /// A cursor before the first batch.
    ///
    /// @param size the number of samples
    /// @param seed for [Sampling#REPLACEMENT] it is NumPy's seed, 0 … 2³² − 1
    public BatchCursor(Sampling sampling, LastBatch lastBatch, int size, int batchSize, long seed) {
        Checks.require(batchSize >= 1, "batch size %d is not at least 1", batchSize);
        Checks.require(size >= 1, "there are no samples to draw from");
        Checks.require(
                lastBatch == LastBatch.KEEP || batchSize <= size,
                "batch size %d is larger than the %d samples, and short batches are dropped",
                batchSize,
                size);
        this.sampling = sampling;
        this.lastBatch = lastBatch;
        this.size = size;
        this.batchSize = batchSize;
        this.seed = Seed.of(seed).child("batches");
        order = new int[size];
        random = sampling == Sampling.REPLACEMENT ? RandomState.of(seed) : null;
        beginEpoch(0);
    }

    /// The number of batches in an epoch.
    public int batchesPerEpoch() {
        return sampling != Sampling.REPLACEMENT && lastBatch == LastBatch.KEEP
                ? Math.ceilDiv(size, batchSize)
                : Math.max(1, size / batchSize);
    }

    /// The number of samples in the largest batch.
    public int largestBatch() {
        return sampling == Sampling.REPLACEMENT ? batchSize : Math.min(batchSize, size);
    }

    /// The epoch of the next batch, from 0.
    public long epoch() {
        return epoch;
    }

    /// Writes the next batch's rows and returns how many there are.
    ///
    /// @param rows at least as long as the [#largestBatch]
    public int next(int[] rows) {
        int count;
        if (random != null) {
            count = batchSize;
            System.arraycopy(random.choice(size, count), 0, rows, 0, count);
        } else {
            count = Math.min(batchSize, size - position * batchSize);
            System.arraycopy(order, position * batchSize, rows, 0, count);
        }
        if (++position == batchesPerEpoch()) {
            beginEpoch(epoch + 1);
        }
        return count;
    }

    private void beginEpoch(long number) {
        epoch = number;
        position = 0;
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        if (sampling == Sampling.EPOCH) {
            shuffle(seed.child(number).stream());
        }
    }

    /// Fisher and Yates's shuffle: every order is equally likely.
    private void shuffle(RandomStream stream) {
        for (int i = size - 1; i > 0; i--) {
            int j = stream.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
    }
}
