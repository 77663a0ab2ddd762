package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.Checks;
import org.manabi.train.TrainingConfig;
import scala.reflect.ClassTag$;

/// Trains a model on a cluster, in synchronous data parallelism: each task of one barrier stage holds a
/// replica of the model and its share of the samples; after every mini-batch the replicas add their
/// gradients over connections of their own and make the same update.
///
///     SparkTraining training =
///             new SparkTrainer<>(context, recipe)
///                     .withReplicas(8)
///                     .withCheckpoints("hdfs:///runs/digits", 500)
///                     .train(IdxData.trainingOf("hdfs:///data/mnist"));
///
/// The weights are a function of the recipe, the data and its [TrainingConfig#shards]: whatever the
/// number of replicas, and after whatever failures, they are those of one machine to the bit. Samples
/// and weights never pass through the driver, but for a model of up to 64 MiB at the end.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
public final class SparkTrainer<P extends Prediction, T extends Targets> {

    private final JavaSparkContext context;
    private final TrainingRecipe<P, T> recipe;
    private final Options options;

    /// What can be chosen.
    ///
    /// @param checkpoints a folder of a Hadoop file system
    /// @param run a folder on the driver's machine
    private record Options(
            int replicas,
            boolean sharded,
            @Nullable String checkpoints,
            long checkpointEvery,
            @Nullable Path run,
            @Nullable TrainingData validation,
            Duration silence,
            Duration patience) {}

    /// A trainer with one replica, no checkpoints and no run directory.
    public SparkTrainer(JavaSparkContext context, TrainingRecipe<P, T> recipe) {
        this(
                context,
                recipe,
                new Options(
                        1,
                        false,
                        null,
                        Long.MAX_VALUE,
                        null,
                        null,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20)));
    }

    private SparkTrainer(JavaSparkContext context, TrainingRecipe<P, T> recipe, Options options) {
        this.context = context;
        this.recipe = recipe;
        this.options = options;
    }

    private SparkTrainer<P, T> with(Options other) {
        return new SparkTrainer<>(context, recipe, other);
    }

    /// How many tasks share the work, each in a slot of its own; at most one for each virtual shard.
    public SparkTrainer<P, T> withReplicas(int replicas) {
        return with(
                new Options(
                        replicas,
                        options.sharded,
                        options.checkpoints,
                        options.checkpointEvery,
                        options.run,
                        options.validation,
                        options.silence,
                        options.patience));
    }

    /// Each replica keeps and uses its part of the optimizer's state only, and gets the other parts of
    /// the weights from those that have updated them. That changes no bit. It saves memory (of Adam's
    /// state 8 bytes a weight become 8 / replicas) and time. Rules that look at a whole parameter (LAMB,
    /// L-BFGS) and clipping by norm are refused.
    ///
    /// Source: Rajbhandari et al., *ZeRO* (SC 2020), stage 1.
    public SparkTrainer<P, T> withShardedOptimizer() {
        return with(
                new Options(
                        options.replicas,
                        true,
                        options.checkpoints,
                        options.checkpointEvery,
                        options.run,
                        options.validation,
                        options.silence,
                        options.patience));
    }

    /// Where the training is saved, and after how many mini-batches. A training that finds checkpoints
    /// of its own there goes on from the newest: after a lost executor, and after a lost driver when it
    /// is started again.
    ///
    /// @param folder of a Hadoop file system that all executors see, one for each training
    public SparkTrainer<P, T> withCheckpoints(String folder, long every) {
        Checks.require(every >= 1, "a checkpoint every %d mini-batches is not possible", every);
        return with(
                new Options(
                        options.replicas,
                        options.sharded,
                        folder,
                        every,
                        options.run,
                        options.validation,
                        options.silence,
                        options.patience));
    }

    /// Where progress and metrics are written, on the driver's machine: a run directory for the board
    /// and for TensorBoard.
    public SparkTrainer<P, T> withRun(Path folder) {
        return with(
                new Options(
                        options.replicas,
                        options.sharded,
                        options.checkpoints,
                        options.checkpointEvery,
                        folder,
                        options.validation,
                        options.silence,
                        options.patience));
    }

    /// Data that is measured after each epoch, by every replica for itself; it is never learned from.
    public SparkTrainer<P, T> withValidation(TrainingData validation) {
        return with(
                new Options(
                        options.replicas,
                        options.sharded,
                        options.checkpoints,
                        options.checkpointEvery,
                        options.run,
                        validation,
                        options.silence,
                        options.patience));
    }

    /// How long a replica may keep silent before it counts as lost (60 s unless set), and how long
    /// executors may take to come (20 s).
    public SparkTrainer<P, T> withTimeouts(Duration silence, Duration patience) {
        return with(
                new Options(
                        options.replicas,
                        options.sharded,
                        options.checkpoints,
                        options.checkpointEvery,
                        options.run,
                        options.validation,
                        silence,
                        patience));
    }

    /// Trains on data that the executors read.
    ///
    /// @throws ReplicaException if it cannot be done, saying what to do
    public SparkTraining train(TrainingData data) {
        List<Integer> ranks = new ArrayList<>();
        for (int rank = 0; rank < options.replicas; rank++) {
            ranks.add(rank);
        }
        check();
        return train(
                context.parallelize(ranks, options.replicas), new FileRows(data), data.toString());
    }

    private void check() {
        TrainingConfig config = recipe.config();
        Checks.require(
                options.replicas >= 1,
                "%d replicas are too few; give at least 1",
                options.replicas);
        Checks.require(
                config.shards() >= options.replicas,
                "%d replicas cannot share %d virtual shards; set TrainingConfig.withShards to a"
                        + " multiple of the replicas, or ask for fewer replicas",
                options.replicas,
                config.shards());
        Preflight.check(context, options.replicas, options.patience);
    }

    /// Trains on the rows of a DataFrame.
    SparkTraining trainRows(FrameRows.Numbered numbered, FrameRows source) {
        check();
        return train(
                FrameRows.partitions(numbered, recipe.config().shards(), options.replicas),
                source,
                "rows of a DataFrame");
    }

    /// Trains on the rows of an RDD whose partitions are the replicas' own samples, in order.
    private <R> SparkTraining train(
            JavaRDD<R> partitions, ReplicaTask.RowSource<R> source, String dataName) {
        byte[] secret = Handshake.newSecret();
        Path folder = options.run;
        if (folder == null) {
            return run(partitions, source, null, secret);
        }
        String host = context.sc().conf().get("spark.driver.host");
        try (RunKeeper keeper = new RunKeeper(folder, description(), dataName)) {
            SparkTraining training;
            try (Feed feed = new Feed(host, secret, keeper::accept)) {
                training = run(partitions, source, feed, secret);
            }
            keeper.finish(training);
            return training;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private JsonObject description() {
        TrainingConfig config = recipe.config();
        return JsonObject.EMPTY
                .with("loss", recipe.loss().toString())
                .with("updates", recipe.updates().toString())
                .with("training", config.toString())
                .with("replicas", options.replicas)
                .with("shards", config.shards());
    }

    private <R> SparkTraining run(
            JavaRDD<R> partitions,
            ReplicaTask.RowSource<R> source,
            @Nullable Feed feed,
            byte[] secret) {
        ReplicaSettings settings =
                new ReplicaSettings(
                        options.replicas,
                        options.sharded,
                        options.checkpoints,
                        options.checkpointEvery,
                        feed == null ? null : feed.address().getHostString(),
                        feed == null ? 0 : feed.address().getPort(),
                        (int) options.silence.toMillis());
        ReplicaTask<P, T, R> task =
                new ReplicaTask<>(recipe, source, options.validation, settings, secret);
        // Spark never tries a barrier stage again whose results go to the driver, only one whose
        // results
        // go to another stage: hence the next one, of one task.
        List<ReplicaResult> results =
                new ArrayList<>(
                        partitions
                                .rdd()
                                .barrier()
                                .mapPartitions(
                                        task, false, ClassTag$.MODULE$.apply(ReplicaResult.class))
                                .toJavaRDD()
                                .repartition(1)
                                .collect());
        results.sort(Comparator.comparingInt(ReplicaResult::rank));
        for (ReplicaResult result : results) {
            String refusal = result.refusal();
            if (refusal != null) {
                throw new ReplicaException(refusal);
            }
            if (!result.sha256().equals(results.getFirst().sha256())) {
                throw new IllegalStateException(
                        "replica " + result.rank() + " has other weights than the first");
            }
        }
        return new SparkTraining(results);
    }
}
