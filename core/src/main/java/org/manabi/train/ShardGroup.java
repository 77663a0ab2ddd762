package org.manabi.train;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Tensor;

/// The replicas that share the virtual shards of one training, as one of them sees it. Every replica
/// has the same model, settings and number of shards, and its own shards' samples; after each
/// mini-batch all have the same sum, so all make the same update.
///
/// Virtual shard s of v has the samples `⌊s·N/v⌋ … ⌊(s+1)·N/v⌋ − 1` of all N, in an order of its own,
/// and gives each mini-batch `batchSize / v` of them. So the trained weights are a function of
/// (settings, v), never of the number of replicas.
public interface ShardGroup {

    /// The first virtual shard that is computed here.
    int first();

    /// The first virtual shard after [#first] that is not computed here; at least one is.
    int end();

    /// How many samples all replicas have together.
    int samples();

    /// The part of the parameters that is updated here, which [Meeting#total] is then right for; the
    /// other parts come by [#gather].
    default UpdateShare share() {
        return UpdateShare.WHOLE;
    }

    /// Begins to add up the shards of all replicas.
    ///
    /// @param own the sums of the shards that were computed here, as far as they go. Their figures are
    ///     complete, their numbers as [Meeting#ready] tells
    Meeting begin(ShardFold<ShardSum> own);

    /// One mini-batch's sum in the making.
    interface Meeting {

        /// Tells that a tensor of the own sums is complete.
        ///
        /// @param tensor its number among [ShardSum#numbers]; all replicas tell all of them
        void ready(int tensor);

        /// The sum over all shards, once all is ready: one of the own sums, which may be changed.
        ShardSum total();
    }

    /// Fills the parts of tensors that others have changed, as their [#share] says.
    default void gather(List<Tensor> tensors) {}

    /// The first sample of a virtual shard.
    static int cut(int samples, int shards, int shard) {
        Checks.require(
                samples >= shards,
                "%d samples are too few for %d virtual shards; use fewer shards",
                samples,
                shards);
        return (int) ((long) samples * shard / shards);
    }
}
