package org.manabi.train;

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
public record TrainingConfig(
        Budget budget,
        int batchSize,
        Sampling sampling,
        LastBatch lastBatch,
        long seed,
        int threads) {

    /// Five epochs of shuffled batches of 100, on one thread.
    public static final TrainingConfig DEFAULTS =
            new TrainingConfig(new Budget.Epochs(5), 100, Sampling.EPOCH, LastBatch.KEEP, 0, 1);

    public TrainingConfig {
        Checks.require(batchSize >= 1, "batch size %d is not at least 1", batchSize);
        Checks.require(threads >= 1, "%d threads are too few; give at least 1", threads);
        Checks.require(
                sampling != Sampling.REPLACEMENT || (seed >= 0 && seed < 1L << 32),
                "seed %d is outside 0 … 4294967295, the seeds of NumPy that sampling with"
                        + " replacement follows",
                seed);
    }

    public TrainingConfig withBudget(Budget other) {
        return new TrainingConfig(other, batchSize, sampling, lastBatch, seed, threads);
    }

    public TrainingConfig withBatchSize(int other) {
        return new TrainingConfig(budget, other, sampling, lastBatch, seed, threads);
    }

    public TrainingConfig withSampling(Sampling other) {
        return new TrainingConfig(budget, batchSize, other, lastBatch, seed, threads);
    }

    public TrainingConfig withLastBatch(LastBatch other) {
        return new TrainingConfig(budget, batchSize, sampling, other, seed, threads);
    }

    public TrainingConfig withSeed(long other) {
        return new TrainingConfig(budget, batchSize, sampling, lastBatch, other, threads);
    }

    public TrainingConfig withThreads(int other) {
        return new TrainingConfig(budget, batchSize, sampling, lastBatch, seed, other);
    }
}
