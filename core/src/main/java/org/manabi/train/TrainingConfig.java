package org.manabi.train;

import org.jspecify.annotations.Nullable;
import org.manabi.data.LastBatch;
import org.manabi.data.Sampling;
import org.manabi.tensor.Checks;

/// How a model is trained, apart from its optimizer and loss.
///
/// @param budget how long
/// @param batchSize samples in a mini-batch, at least 1
/// @param sampling how mini-batches are drawn
/// @param lastBatch what becomes of an epoch's last, short batch
/// @param seed of the order of samples and of everything else that is random while training
/// @param threads how many threads compute; they change the speed, never a bit of the result
/// @param earlyStopping when to end before the budget does; `null` for never, and for the last weights
/// @param frozenSamples on how many samples of the training data the loss is measured again after each
///     epoch, with the weights as they are then; 0 for none
/// @param probeEvery at which distance of steps the layers are looked at; 0 for never
/// @param shards into how many virtual shards the samples and each mini-batch are split, see
///     [ShardGroup]; with 1 each mini-batch is computed at once. It changes the result, as the batch
///     size does; the number of replicas that share the shards does not
public record TrainingConfig(
        Budget budget,
        int batchSize,
        Sampling sampling,
        LastBatch lastBatch,
        long seed,
        int threads,
        @Nullable EarlyStopping earlyStopping,
        int frozenSamples,
        long probeEvery,
        int shards) {

    /// Five epochs of shuffled batches of 100, on one thread.
    public static final TrainingConfig DEFAULTS =
            new TrainingConfig(new Budget.Epochs(5), 100, Sampling.EPOCH, LastBatch.KEEP, 0, 1);

    /// To the end of the budget, with nothing measured but mini-batches and validation data.
    public TrainingConfig(
            Budget budget,
            int batchSize,
            Sampling sampling,
            LastBatch lastBatch,
            long seed,
            int threads) {
        this(budget, batchSize, sampling, lastBatch, seed, threads, null, 0, 0, 1);
    }

    public TrainingConfig {
        Checks.require(frozenSamples >= 0, "%d samples cannot be measured again", frozenSamples);
        Checks.require(probeEvery >= 0, "layers cannot be looked at every %d steps", probeEvery);
        Checks.require(batchSize >= 1, "batch size %d is not at least 1", batchSize);
        Checks.require(shards >= 1, "%d virtual shards are too few; give at least 1", shards);
        Checks.require(threads >= 1, "%d threads are too few; give at least 1", threads);
        Checks.require(
                sampling != Sampling.REPLACEMENT || (seed >= 0 && seed < 1L << 32),
                "seed %d is outside 0 … 4294967295, the seeds of NumPy that sampling with"
                        + " replacement follows",
                seed);
    }

    public TrainingConfig withBudget(Budget other) {
        return new TrainingConfig(
                other,
                batchSize,
                sampling,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withBatchSize(int other) {
        return new TrainingConfig(
                budget,
                other,
                sampling,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withSampling(Sampling other) {
        return new TrainingConfig(
                budget,
                batchSize,
                other,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withLastBatch(LastBatch other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                other,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withSeed(long other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                other,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withThreads(int other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                seed,
                other,
                earlyStopping,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withEarlyStopping(@Nullable EarlyStopping other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                seed,
                threads,
                other,
                frozenSamples,
                probeEvery,
                shards);
    }

    public TrainingConfig withFrozenSamples(int other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                other,
                probeEvery,
                shards);
    }

    public TrainingConfig withProbeEvery(long other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                other,
                shards);
    }

    public TrainingConfig withShards(int other) {
        return new TrainingConfig(
                budget,
                batchSize,
                sampling,
                lastBatch,
                seed,
                threads,
                earlyStopping,
                frozenSamples,
                probeEvery,
                other);
    }
}
