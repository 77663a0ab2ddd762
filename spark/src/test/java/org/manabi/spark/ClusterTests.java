package org.manabi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.train.Model;
import org.manabi.train.Trainer;

/// A real cluster of JVMs gives the bits of one machine, whatever happens to its executors.
class ClusterTests {

    private static final DigitsRecipe RECIPE = new DigitsRecipe(64, 32, 6, 60, 150);
    private static final GeneratedDigits DATA = new GeneratedDigits(1_999, 64, 3);

    /// A busy machine is slow to start JVMs.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir static Path home;
    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new LocalCluster(home);
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    private static String onOneMachine(DigitsRecipe recipe) {
        Model<Logits> model = recipe.model();
        new Trainer<Logits, ClassTargets>(model, recipe.loss(), recipe.updates(), recipe.config())
                .train(DATA.rows(0, DATA.samples()), null, event -> {});
        return model.network().parameters().sha256();
    }

    @Test
    void executorsChangeNoBit(@TempDir Path folder) {
        String expected = onOneMachine(RECIPE);
        try (JavaSparkContext context = cluster.context(3)) {
            for (int replicas = 1; replicas <= 3; replicas++) {
                Path run = folder.resolve("run-" + replicas);
                SparkTraining training =
                        new SparkTrainer<>(context, RECIPE)
                                .withReplicas(replicas)
                                .withTimeouts(PATIENCE, PATIENCE)
                                .withRun(run)
                                .train(DATA);

                assertThat(training.sha256()).isEqualTo(expected);
                assertThat(training.model().model().network().parameters().sha256())
                        .isEqualTo(expected);
                assertThat(RunDirectory.open(run).state()).isEqualTo(RunState.FINISHED);
                assertThat(RunDirectory.open(run).model().model().network().parameters().sha256())
                        .isEqualTo(expected);
                assertThat(events(run, "step")).isEqualTo(150);
            }
            assertThatExceptionOfType(ReplicaException.class)
                    .isThrownBy(
                            () ->
                                    new SparkTrainer<>(context, RECIPE)
                                            .withReplicas(4)
                                            .withTimeouts(
                                                    Duration.ofSeconds(60), Duration.ofSeconds(1))
                                            .train(DATA))
                    .withMessageStartingWith("4 replicas need as many task slots at once")
                    .withMessageContaining("offers 3; ask for at most 3 replicas");
        }
    }

    /// Three replicas train; then two, and one that keeps the optimizer's state whole, go on from the
    /// parts that the three have saved.
    @Test
    void shardedOptimizerStateChangesNoBit(@TempDir Path folder) {
        String expected = onOneMachine(RECIPE);
        String checkpoints = folder.toUri().toString();
        try (JavaSparkContext context = cluster.context(3)) {
            SparkTrainer<Logits, ClassTargets> trainer =
                    new SparkTrainer<>(context, RECIPE)
                            .withTimeouts(PATIENCE, PATIENCE)
                            .withCheckpoints(checkpoints, 40);

            SparkTraining three = trainer.withReplicas(3).withShardedOptimizer().train(DATA);
            SparkTraining two = trainer.withReplicas(2).withShardedOptimizer().train(DATA);
            SparkTraining one = trainer.withReplicas(1).train(DATA);

            assertThat(three.sha256()).isEqualTo(expected);
            assertThat(two.sha256()).isEqualTo(expected);
            assertThat(two.continuedFrom()).isEqualTo(120);
            assertThat(one.sha256()).isEqualTo(expected);
            assertThat(one.continuedFrom()).isEqualTo(120);
        }
    }

    @Test
    void aKilledExecutorChangesNoBit(@TempDir Path folder) throws Exception {
        DigitsRecipe recipe = new DigitsRecipe(64, 32, 4, 60, 1_500);
        String expected = onOneMachine(recipe);
        try (JavaSparkContext context = cluster.context(2)) {
            Path run = folder.resolve("run");
            CompletableFuture<SparkTraining> training =
                    CompletableFuture.supplyAsync(
                            () ->
                                    new SparkTrainer<>(context, recipe)
                                            .withReplicas(2)
                                            .withTimeouts(PATIENCE, PATIENCE)
                                            .withRun(run)
                                            .withCheckpoints(
                                                    folder.resolve("checkpoints")
                                                            .toUri()
                                                            .toString(),
                                                    100)
                                            .train(DATA));
            while (!training.isDone() && events(run, "checkpoint") < 2) {
                Thread.sleep(20);
            }
            cluster.executors().getFirst().destroyForcibly();

            assertThat(training.get().sha256()).isEqualTo(expected);
            assertThat(training.get().continuedFrom()).isGreaterThanOrEqualTo(200);
            assertThat(events(run, "continued")).isEqualTo(1);
        }
    }

    @Test
    void aLostDriverIsStartedAgain(@TempDir Path folder) throws Exception {
        DigitsRecipe recipe = new DigitsRecipe(64, 32, 4, 60, 1_500);
        Path run = folder.resolve("run");
        CompletableFuture<SparkTraining> lost;
        try (JavaSparkContext context = cluster.context(2)) {
            lost =
                    CompletableFuture.supplyAsync(
                            () -> continued(context, recipe, folder).withRun(run).train(DATA));
            while (!lost.isDone() && events(run, "checkpoint") < 2) {
                Thread.sleep(20);
            }
        }
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(lost::get);
        try (JavaSparkContext context = cluster.context(2)) {
            SparkTraining again = continued(context, recipe, folder).train(DATA);

            assertThat(again.sha256()).isEqualTo(onOneMachine(recipe));
            assertThat(again.continuedFrom()).isGreaterThanOrEqualTo(200);
        }
    }

    private static SparkTrainer<Logits, ClassTargets> continued(
            JavaSparkContext context, DigitsRecipe recipe, Path folder) {
        return new SparkTrainer<>(context, recipe)
                .withReplicas(2)
                .withTimeouts(PATIENCE, PATIENCE)
                .withCheckpoints(folder.resolve("checkpoints").toUri().toString(), 100);
    }

    /// An executor stands still for longer than a replica may keep silent, then goes on.
    @Test
    void aStragglerChangesNoBit(@TempDir Path folder) throws Exception {
        DigitsRecipe recipe = new DigitsRecipe(64, 32, 4, 60, 1_500);
        Path run = folder.resolve("run");
        try (JavaSparkContext context = cluster.context(2)) {
            CompletableFuture<SparkTraining> training =
                    CompletableFuture.supplyAsync(
                            () ->
                                    continued(context, recipe, folder)
                                            .withTimeouts(Duration.ofSeconds(5), PATIENCE)
                                            .withRun(run)
                                            .train(DATA));
            while (!training.isDone() && events(run, "checkpoint") < 2) {
                Thread.sleep(20);
            }
            long straggler = cluster.executors().getFirst().pid();
            signal("-STOP", straggler);
            Thread.sleep(8_000);
            signal("-CONT", straggler);

            assertThat(training.get().sha256()).isEqualTo(onOneMachine(recipe));
        }
    }

    private static void signal(String signal, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor())
                .isZero();
    }

    @Test
    void aMissingClassIsToldWithTheFix() {
        try (JavaSparkContext context = cluster.contextWithoutManabi()) {
            assertThatExceptionOfType(ReplicaException.class)
                    .isThrownBy(
                            () ->
                                    new SparkTrainer<>(context, RECIPE)
                                            .withTimeouts(PATIENCE, PATIENCE)
                                            .train(DATA))
                    .withMessageStartingWith(
                            "the executors lack a class; submit with --jars and the jars of"
                                    + " manabi-spark");
        }
    }

    private static long events(Path run, String name) {
        if (!run.resolve("run.json").toFile().exists()) {
            return 0;
        }
        return RunDirectory.open(run).metrics().stream()
                .map(event -> JsonFields.of(event, "metrics", "").text("event"))
                .filter(name::equals)
                .count();
    }
}
