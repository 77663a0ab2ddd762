package org.manabi.data;

import java.util.Optional;
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
    private final @Nullable ClassOrder classes;
    private final @Nullable WeightedOrder weights;
    private @Nullable RandomState random;

    /// As it was before the latest batch.
    private final @Nullable RandomState earlier;

    private long epoch;
    private int position;

    /// A cursor before the first batch.
    ///
    /// @param size the number of samples
    /// @param seed for [Sampling#REPLACEMENT] it is NumPy's seed, 0 … 2³² − 1
    public BatchCursor(Sampling sampling, LastBatch lastBatch, int size, int batchSize, long seed) {
        this(sampling, lastBatch, size, batchSize, seed, Optional.empty());
    }

    /// A cursor before the first batch of a dataset, whose classes and weights some samplings need.
    ///
    /// @param seed for [Sampling#REPLACEMENT] it is NumPy's seed, 0 … 2³² − 1
    /// @throws org.manabi.tensor.ShapeException if the dataset lacks what the sampling needs
    public BatchCursor(
            Sampling sampling, LastBatch lastBatch, int batchSize, long seed, Dataset data) {
        this(
                sampling,
                lastBatch,
                data.size(),
                batchSize,
                seed,
                sampling.needsClasses() ? data.classes() : Optional.empty(),
                sampling == Sampling.WEIGHTED ? data.weights() : Optional.empty());
    }

    /// A cursor before the first batch, of samples with classes.
    ///
    /// @param labels of the samples, if they have any; [Sampling#needsClasses] some samplings need
    ///     them
    public BatchCursor(
            Sampling sampling,
            LastBatch lastBatch,
            int size,
            int batchSize,
            long seed,
            Optional<int[]> labels) {
        this(sampling, lastBatch, size, batchSize, seed, labels, Optional.empty());
    }

    private BatchCursor(
            Sampling sampling,
            LastBatch lastBatch,
            int size,
            int batchSize,
            long seed,
            Optional<int[]> labels,
            Optional<double[]> weightOfRow) {
        Checks.require(
                sampling != Sampling.WEIGHTED || weightOfRow.isPresent(),
                "weighted sampling needs the weights of the samples; see Dataset.weighted");
        Checks.require(
                !sampling.needsClasses() || labels.isPresent(),
                "%s sampling needs classes, but the targets are real numbers",
                sampling);
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
        classes = sampling.needsClasses() ? new ClassOrder(labels.orElseThrow()) : null;
        weights =
                sampling == Sampling.WEIGHTED ? new WeightedOrder(weightOfRow.orElseThrow()) : null;
        random = sampling == Sampling.REPLACEMENT ? RandomState.of(seed) : null;
        earlier = sampling == Sampling.REPLACEMENT ? RandomState.of(seed) : null;
        beginEpoch(0);
    }

    /// The number of batches in an epoch.
    public int batchesPerEpoch() {
        return batchesPerEpoch(sampling, lastBatch, size, batchSize);
    }

    /// The number of batches in an epoch of a cursor with these settings.
    public static int batchesPerEpoch(
            Sampling sampling, LastBatch lastBatch, int size, int batchSize) {
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

    /// Whether the next batch is the first of its epoch.
    public boolean isAtBeginningOfEpoch() {
        return position == 0;
    }

    /// Writes the next batch's rows and returns how many there are.
    ///
    /// @param rows at least as long as the [#largestBatch]
    public int next(int[] rows) {
        int count;
        RandomState numbers = random;
        if (numbers != null && earlier != null) {
            earlier.copyFrom(numbers);
            count = batchSize;
            System.arraycopy(numbers.choice(size, count), 0, rows, 0, count);
        } else {
            count = Math.min(batchSize, size - position * batchSize);
            System.arraycopy(order, position * batchSize, rows, 0, count);
        }
        if (++position == batchesPerEpoch()) {
            beginEpoch(epoch + 1);
        }
        return count;
    }

    /// Writes the rows of a later batch of the epoch and returns how many there are: 0 if it is of
    /// another epoch, or not yet drawn.
    ///
    /// @param rows at least as long as the [#largestBatch]
    /// @param distance 0 for the next batch, 1 for the one after it
    public int ahead(int[] rows, int distance) {
        int place = position + distance;
        if (random != null || place >= batchesPerEpoch()) {
            return 0;
        }
        int count = Math.min(batchSize, size - place * batchSize);
        System.arraycopy(order, place * batchSize, rows, 0, count);
        return count;
    }

    /// Goes back to before the latest batch, once.
    public void back() {
        if (position > 0) {
            position--;
        } else if (epoch > 0) {
            beginEpoch(epoch - 1);
            position = batchesPerEpoch() - 1;
        }
        if (random != null && earlier != null) {
            random.copyFrom(earlier);
        }
    }

    /// Where a cursor stands.
    ///
    /// @param epoch the epoch of the next batch, from 0
    /// @param position the next batch's number in its epoch, from 0
    /// @param random the state of NumPy's generator; `null` but for [Sampling#REPLACEMENT]
    public record Snapshot(long epoch, int position, RandomState.@Nullable Snapshot random) {

        public Snapshot {
            Checks.require(
                    epoch >= 0 && position >= 0,
                    "batch %d of epoch %d is no place in the data",
                    position,
                    epoch);
        }
    }

    /// The place before the next batch, as a value.
    public Snapshot snapshot() {
        return new Snapshot(epoch, position, random == null ? null : random.snapshot());
    }

    /// Goes to a place where a cursor with the same settings once stood, and on as that one did.
    ///
    /// @throws org.manabi.tensor.ShapeException if the place is of a cursor with other settings
    public void restore(Snapshot snapshot) {
        RandomState.Snapshot numbers = snapshot.random();
        Checks.require(
                (numbers != null) == (sampling == Sampling.REPLACEMENT)
                        && snapshot.position() < batchesPerEpoch(),
                "batch %d of an epoch is no place for %s batches of %d of %d samples; it was noted"
                        + " with other settings or other data",
                snapshot.position(),
                sampling,
                batchSize,
                size);
        beginEpoch(snapshot.epoch());
        position = snapshot.position();
        if (numbers != null) {
            random = RandomState.restore(numbers);
        }
    }

    private void beginEpoch(long number) {
        epoch = number;
        position = 0;
        if (classes != null) {
            RandomStream stream = seed.child(number).stream();
            if (sampling == Sampling.STRATIFIED) {
                classes.stratify(order, stream);
            } else {
                classes.balance(order, stream);
            }
            return;
        }
        if (weights != null) {
            weights.draw(order, seed.child(number).stream());
            return;
        }
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        if (sampling == Sampling.EPOCH) {
            shuffle(order, size, seed.child(number).stream());
        }
    }

    /// Fisher and Yates's shuffle: every order is equally likely.
    static void shuffle(int[] order, int size, RandomStream stream) {
        for (int i = size - 1; i > 0; i--) {
            int j = stream.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
    }
}
