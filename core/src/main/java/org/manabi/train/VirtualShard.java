package org.manabi.train;

import org.manabi.data.BatchCursor;
import org.manabi.data.Sampling;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Seed;

/// The samples of one virtual shard, in its own order.
final class VirtualShard {

    private final int number;
    private final int first;
    private final BatchCursor cursor;
    private final int[] rows;
    private int count;

    /// @param samples how many all shards have together
    VirtualShard(TrainingConfig config, int number, int samples) {
        int shards = config.shards();
        this.number = number;
        first = ShardGroup.cut(samples, shards, number);
        int size = ShardGroup.cut(samples, shards, number + 1) - first;
        cursor =
                new BatchCursor(
                        config.sampling(),
                        config.lastBatch(),
                        size,
                        config.batchSize() / shards,
                        Seed.of(config.seed()).child("shard").child(number).value());
        rows = new int[cursor.largestBatch()];
    }

    static void requirePossible(TrainingConfig config, int samples) {
        int shards = config.shards();
        Checks.require(
                config.batchSize() % shards == 0,
                "a batch of %d samples has no %d equal virtual shards; make the batch size a multiple"
                        + " of %d, such as %d",
                config.batchSize(),
                shards,
                shards,
                Math.ceilDiv(config.batchSize(), shards) * shards);
        Checks.require(
                config.sampling() == Sampling.EPOCH || config.sampling() == Sampling.SEQUENTIAL,
                "this sampling draws from all samples at once, which virtual shards do not have;"
                        + " use epochs, or 1 shard");
        Checks.require(
                samples >= config.batchSize(),
                "a batch of %d samples in %d virtual shards needs as many samples, but there are"
                        + " %d; use smaller batches",
                config.batchSize(),
                shards,
                samples);
    }

    int number() {
        return number;
    }

    /// Its first sample among those of all shards.
    int first() {
        return first;
    }

    /// Draws its samples of the mini-batch at this place; there may be none in an epoch's last, since
    /// shards differ by one sample.
    void draw(BatchCursor.Snapshot place) {
        if (cursor.epoch() < place.epoch()) {
            restore(place);
        }
        count = cursor.epoch() == place.epoch() ? cursor.next(rows) : 0;
    }

    void restore(BatchCursor.Snapshot place) {
        cursor.restore(
                place.position() < cursor.batchesPerEpoch()
                        ? place
                        : new BatchCursor.Snapshot(place.epoch() + 1, 0, null));
    }

    /// How many samples it has in the latest mini-batch.
    int count() {
        return count;
    }

    /// Those samples, numbered from its first, at least [#count] of them.
    int[] rows() {
        return rows;
    }
}
