package org.manabi.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.tensor.Engine;
import org.manabi.tensor.ShapeException;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The application behind `spark/bin/train`: trains a classifier on a folder of IDX files and tests it.
/// It prints one line of JSON.
@Command(
        name = "spark/bin/train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains a network on a cluster, on four IDX files named as MNIST's are.")
public final class DigitsTraining implements Callable<Integer> {

    private static final int CLASSES = 10;

    @Parameters(
            paramLabel = "FOLDER",
            description = "on a file system that all executors see, plain or with .gz")
    private String folder = "";

    @Option(
            names = "--replicas",
            defaultValue = "1,2",
            split = ",",
            description =
                    "tasks that share the work; several numbers are trained one after another")
    private List<Integer> replicas = List.of();

    @Option(names = "--shards", defaultValue = "12", description = "virtual shards")
    private int shards;

    @Option(
            names = "--hidden",
            defaultValue = "256",
            split = ",",
            description = "sizes of the hidden layers")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--optimizer",
            defaultValue = "adam",
            description = "adam, adamw, momentum, sgd")
    private String optimizer = "";

    @Option(names = "--learning-rate", defaultValue = "0.001", description = "the step size")
    private double learningRate;

    @Option(names = "--epochs", defaultValue = "5", description = "passes over the data")
    private int epochs;

    @Option(names = "--batch-size", defaultValue = "120", description = "a multiple of the shards")
    private int batchSize;

    @Option(names = "--seed", defaultValue = "0", description = "of weights and order")
    private long seed;

    @Option(
            names = "--sharded-optimizer",
            description = "each replica keeps its part of the optimizer's state only (ZeRO-1)")
    private boolean shardedOptimizer;

    @Option(names = "--threads", defaultValue = "1", description = "of each replica")
    private int threads;

    @Option(
            names = "--checkpoints",
            description = "a folder of a Hadoop file system, to go on from after a failure")
    private @Nullable String checkpoints;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "200",
            description = "mini-batches between two checkpoints")
    private long checkpointEvery;

    @Option(
            names = "--patience",
            defaultValue = "25",
            description = "seconds that executors may take to come")
    private long patience;

    @Option(names = "--out", description = "a run directory for the board, on the driver's machine")
    private @Nullable Path out;

    @Option(
            names = "--compare",
            description = "also train on the driver's machine alone, and compare the weights")
    private boolean compare;

    @Option(names = "--alone", description = "train on this machine alone, without Spark")
    private boolean alone;

    private DigitsTraining() {}

    /// Runs the application.
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new DigitsTraining());
        command.setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                    if (failure instanceof ReplicaException
                            || failure instanceof ShapeException
                            || failure instanceof FormatException) {
                        line.getErr().println(failure.getMessage());
                        return 2;
                    }
                    throw failure;
                });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        NetworkSettings settings =
                new NetworkSettings(
                        hidden,
                        "relu",
                        optimizer,
                        learningRate,
                        epochs,
                        batchSize,
                        shards,
                        threads,
                        seed);
        if (alone) {
            return alone(settings);
        }
        try (JavaSparkContext context = new JavaSparkContext(conf())) {
            IdxData data = IdxData.trainingOf(folder);
            Dataset tested = tested();
            ClassifierRecipe recipe = recipe(settings, tested);
            List<String> weights = new ArrayList<>();
            for (int count : replicas) {
                weights.add(train(context, recipe, data, tested, count));
            }
            if (compare) {
                weights.add(onThisMachine(recipe, data, tested));
            }
            return weights.stream().distinct().count() <= 1 ? 0 : 1;
        }
    }

    private int alone(NetworkSettings settings) throws IOException {
        Dataset tested = tested();
        onThisMachine(recipe(settings, tested), IdxData.trainingOf(folder), tested);
        return 0;
    }

    private Dataset tested() throws IOException {
        IdxData test = IdxData.testOf(folder);
        return test.rows(0, test.samples());
    }

    private static ClassifierRecipe recipe(NetworkSettings settings, Dataset tested) {
        return new ClassifierRecipe(
                settings, tested.sampleShape().size(), CLASSES, tested.divisor());
    }

    /// What `spark-submit` has not set: a run on this machine, and Manabi's own jars for the executors.
    private SparkConf conf() {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "Manabi");
        int slots = replicas.stream().mapToInt(Integer::intValue).max().orElse(1);
        conf.setIfMissing("spark.master", "local[" + slots + "]");
        conf.setIfMissing("spark.stage.maxConsecutiveAttempts", "20");
        return conf;
    }

    private String train(
            JavaSparkContext context,
            ClassifierRecipe recipe,
            IdxData data,
            Dataset tested,
            int count) {
        SparkTrainer<Logits, ClassTargets> trainer =
                new SparkTrainer<>(context, recipe)
                        .withReplicas(count)
                        .withTimeouts(Duration.ofMinutes(1), Duration.ofSeconds(patience));
        if (shardedOptimizer) {
            trainer = trainer.withShardedOptimizer();
        }
        String suffix = replicas.size() == 1 ? "" : "-" + count;
        if (checkpoints != null) {
            trainer = trainer.withCheckpoints(checkpoints + suffix, checkpointEvery);
        }
        if (out != null) {
            trainer = trainer.withRun(Path.of(out + suffix));
        }
        long begin = System.nanoTime();
        SparkTraining training = trainer.train(data);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Model<?> model = training.model().model();
        print(
                JsonObject.EMPTY
                        .with("replicas", count)
                        .with("executors", training.executors())
                        .with("sha256", training.sha256())
                        .with("testAccuracy", accuracy(recipe, model, tested))
                        .with("steps", training.steps())
                        .with("continuedFrom", training.continuedFrom())
                        .with("seconds", seconds)
                        .with("secondsPerRound", training.secondsPerRound())
                        .with("exchangeSecondsPerRound", training.exchangeSecondsPerRound())
                        .with("bytesPerRound", training.bytesPerRound()));
        return training.sha256();
    }

    private static String onThisMachine(ClassifierRecipe recipe, IdxData data, Dataset tested)
            throws IOException {
        Model<Logits> model = recipe.model();
        long begin = System.nanoTime();
        Trainer<Logits, ClassTargets> trainer =
                new Trainer<>(model, recipe.loss(), recipe.updates(), recipe.config());
        trainer.train(data.rows(0, data.samples()), null, event -> {});
        double seconds = (System.nanoTime() - begin) / 1e9;
        long steps = trainer.state().step();
        String sha256 = model.network().parameters().sha256();
        print(
                JsonObject.EMPTY
                        .with("machine", "alone")
                        .with("sha256", sha256)
                        .with("testAccuracy", accuracy(recipe, model, tested))
                        .with("steps", steps)
                        .with("seconds", seconds)
                        .with("secondsPerRound", seconds / Math.max(1, steps)));
        return sha256;
    }

    private static double accuracy(ClassifierRecipe recipe, Model<?> model, Dataset tested) {
        Model<Logits> logits = Model.ofLogits(model.network());
        return new Evaluator<Logits, ClassTargets>(Engine.serial(), logits, recipe.loss())
                .score(tested)
                .accuracy()
                .orElseThrow();
    }

    private static void print(JsonObject line) {
        System.out.println(String.format(Locale.ROOT, "%s", line));
    }
}
