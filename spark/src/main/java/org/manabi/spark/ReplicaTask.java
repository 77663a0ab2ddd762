package org.manabi.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.run.Checkpoint;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.ShardGroup;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainEvent.Outcome;
import org.manabi.train.TrainState;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/// One replica: a task of the barrier stage.
///
/// A task that is lost makes the others fail, and Spark starts the stage again; the new attempt begins
/// at the newest checkpoint. A mistake of the user is no failure, since trying it again would not help:
/// it is told to all before they begin, and comes back as a result.
final class ReplicaTask<P extends Prediction, T extends Targets, R>
        extends AbstractFunction1<Iterator<R>, Iterator<ReplicaResult>> implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    /// The largest model that a task hands to the driver as its result.
    private static final long RESULT_BYTES = 64 << 20;

    private static final int PIECE = 1 << 20;
    private static final String FINGERPRINT = "fingerprint";

    /// The note that says in how many parts the optimizer's memory was saved, 0 if in one piece.
    private static final String PARTS = "optimizerParts";

    private final TrainingRecipe<P, T> recipe;
    private final RowSource<R> source;
    private final @Nullable TrainingData validation;
    private final ReplicaSettings settings;
    private final byte[] secret;

    ReplicaTask(
            TrainingRecipe<P, T> recipe,
            RowSource<R> source,
            @Nullable TrainingData validation,
            ReplicaSettings settings,
            byte[] secret) {
        this.recipe = recipe;
        this.source = source;
        this.validation = validation;
        this.settings = settings;
        this.secret = secret.clone();
    }

    /// Where the samples of a replica come from.
    ///
    /// @param <R> the rows of the stage's partitions
    interface RowSource<R> extends Serializable {

        /// How many samples all replicas have together.
        int samples() throws IOException;

        /// The samples `first … first + count − 1`, which are this partition's.
        Dataset load(Iterator<R> rows, int first, int count) throws IOException;
    }

    @Override
    public Iterator<ReplicaResult> apply(Iterator<R> rows) {
        BarrierTaskContext context = BarrierTaskContext.get();
        try {
            return CollectionConverters.asScala(List.of(run(context, rows)).iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "replica " + context.partitionId() + ": " + e.getMessage(), e);
        }
    }

    /// What is ready before the replicas meet.
    private record Ready<P extends Prediction, T extends Targets>(
            Model<? extends P> model,
            Loss<P, T> loss,
            TrainingConfig config,
            int samples,
            Dataset own,
            @Nullable Dataset validation) {}

    private ReplicaResult run(BarrierTaskContext context, Iterator<R> rows) throws IOException {
        int rank = context.partitionId();
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        try (Mesh mesh = new Mesh(host, rank, settings.timeoutMilliseconds())) {
            Ready<P, T> ready = null;
            String refusal = "";
            try {
                ready = prepare(rank, rows);
            } catch (ShapeException | FormatException | ReplicaException e) {
                refusal = String.valueOf(e.getMessage());
            }
            CheckpointStore store = store();
            long from = rank == 0 && store != null ? store.newest().orElse(0L) : 0;
            Greeting[] all = meet(context, new Greeting(host, mesh.port(), from, refusal));
            for (Greeting greeting : all) {
                if (!greeting.refusal().isEmpty()) {
                    return ReplicaResult.refused(rank, greeting.refusal());
                }
            }
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (Greeting greeting : all) {
                addresses.add(new InetSocketAddress(greeting.host(), greeting.port()));
            }
            mesh.connect(addresses, new Handshake(secret, context.stageAttemptNumber()));
            if (ready == null) {
                throw new IllegalStateException("neither ready nor refused");
            }
            return train(mesh, ready, store, all[0].checkpoint());
        }
    }

    private static Greeting[] meet(BarrierTaskContext context, Greeting own) {
        String[] texts = context.allGather(own.text());
        Greeting[] all = new Greeting[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = Greeting.of(texts[i]);
        }
        return all;
    }

    private @Nullable CheckpointStore store() throws IOException {
        String folder = settings.checkpoints();
        return folder == null ? null : CheckpointStore.open(folder, SparkHadoopUtil.get().conf());
    }

    private Ready<P, T> prepare(int rank, Iterator<R> rows) throws IOException {
        TrainingConfig config = recipe.config();
        int samples = source.samples();
        int first =
                ShardGroup.cut(
                        samples,
                        config.shards(),
                        Exchange.first(rank, settings.replicas(), config.shards()));
        int end =
                ShardGroup.cut(
                        samples,
                        config.shards(),
                        Exchange.first(rank + 1, settings.replicas(), config.shards()));
        TrainingData held = validation;
        return new Ready<>(
                recipe.model(),
                recipe.loss(),
                config,
                samples,
                source.load(rows, first, end - first),
                held == null ? null : held.rows(0, held.samples()));
    }

    private ReplicaResult train(
            Mesh mesh, Ready<P, T> ready, @Nullable CheckpointStore store, long from)
            throws IOException {
        long begin = System.nanoTime();
        Exchange exchange =
                new Exchange(
                        mesh,
                        settings.replicas(),
                        settings.sharded(),
                        ready.config().shards(),
                        ready.samples());
        Trainer<P, T> trainer =
                new Trainer<>(
                        ready.model(), ready.loss(), recipe.updates(), ready.config(), exchange);
        String fingerprint = fingerprint(ready);
        StepClock clock = new StepClock();
        Outcome outcome;
        try (Reporter reporter =
                Reporter.of(
                        mesh.rank() == 0 ? settings : null,
                        secret,
                        new EventLines(exchange),
                        RunKeeper.begin(
                                from,
                                ready.config().seed(),
                                ready.model().network().parameters().count()),
                        event -> {
                            if (event instanceof TrainEvent.StepDone) {
                                clock.tick();
                            }
                            if (store != null && isDue(event)) {
                                save(store, exchange, ready.model(), trainer.state(), fingerprint);
                                return true;
                            }
                            return false;
                        })) {
            if (from > 0 && store != null) {
                Checkpoint checkpoint = store.load(from);
                requireSame(checkpoint, fingerprint);
                take(checkpoint.model().model(), ready.model());
                TrainState state =
                        new OptimizerParts(ready.model().network().parameters(), exchange.share())
                                .complete(checkpoint.state(), store, parts(checkpoint));
                outcome = trainer.resume(state, ready.own(), ready.validation(), reporter);
            } else {
                outcome = trainer.train(ready.own(), ready.validation(), reporter);
            }
        } catch (ShapeException | ReplicaException e) {
            return ReplicaResult.refused(mesh.rank(), String.valueOf(e.getMessage()));
        }
        return new ReplicaResult(
                mesh.rank(),
                SparkEnv.get().executorId(),
                null,
                outcome.name(),
                ready.model().network().parameters().sha256(),
                trainer.state().step(),
                from,
                exchange.rounds(),
                exchange.bytesSent(),
                exchange.seconds(),
                (System.nanoTime() - begin) / 1e9,
                clock.median(),
                bytes(trainer.state()),
                mesh.rank() == 0 ? file(ready.model(), store) : null);
    }

    private static long bytes(TrainState state) {
        return state.updater().values().stream()
                .mapToLong(tensor -> (long) tensor.size() * tensor.dtype().bytes())
                .sum();
    }

    private boolean isDue(TrainEvent event) {
        return event instanceof TrainEvent.StepDone step
                && step.step() % settings.checkpointEvery() == 0;
    }

    private void save(
            CheckpointStore store,
            Exchange exchange,
            Model<?> model,
            TrainState state,
            String fingerprint) {
        try {
            TrainState whole = state;
            if (exchange.share().isPart()) {
                OptimizerParts parts =
                        new OptimizerParts(model.network().parameters(), exchange.share());
                store.savePart(state.step(), exchange.share(), parts.own(state));
                exchange.tellFirst();
                whole = parts.common(state);
            }
            if (exchange.rank() == 0) {
                JsonObject notes =
                        JsonObject.EMPTY
                                .with(FINGERPRINT, fingerprint)
                                .with(PARTS, exchange.share().isPart() ? exchange.replicas() : 0);
                store.save(model, recipe.card(), whole, notes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save a checkpoint: " + e.getMessage(), e);
        }
    }

    private static int parts(Checkpoint checkpoint) {
        return (int) JsonFields.of(checkpoint.notes(), "the checkpoint", "notes").integer(PARTS);
    }

    /// All that decides the bits, as text: not threads, not the number of replicas.
    private String fingerprint(Ready<P, T> ready) {
        return String.join(
                "; ",
                ready.model().toString(),
                ready.loss().toString(),
                recipe.updates().toString(),
                ready.config().withThreads(1).toString(),
                ready.samples() + " samples");
    }

    private static void requireSame(Checkpoint checkpoint, String fingerprint) {
        String noted =
                checkpoint.notes().get(FINGERPRINT).flatMap(value -> value.asText()).orElse("");
        if (!noted.equals(fingerprint)) {
            throw new ReplicaException(
                    "the checkpoints are of another training; choose another folder for this one."
                            + " Theirs: "
                            + noted
                            + ". This: "
                            + fingerprint);
        }
    }

    private static void take(Model<?> from, Model<?> to) {
        Map<String, Tensor> numbers = from.network().parameters().tensors();
        to.network()
                .parameters()
                .tensors()
                .forEach((name, tensor) -> tensor.copyFrom(numbers.get(name)));
    }

    private ReplicaResult.@Nullable ModelBytes file(Model<?> model, @Nullable CheckpointStore store)
            throws IOException {
        Path local = Files.createTempFile("manabi-model", ".safetensors");
        try {
            ModelFile.save(local, model, recipe.card());
            ReplicaResult.ModelBytes bytes =
                    Files.size(local) <= RESULT_BYTES ? pieces(Files.readAllBytes(local)) : null;
            if (store != null) {
                store.publishModel(local);
            }
            return bytes;
        } finally {
            Files.deleteIfExists(local);
        }
    }

    private static ReplicaResult.ModelBytes pieces(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += PIECE) {
            pieces.add(java.util.Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
        }
        return new ReplicaResult.ModelBytes(pieces);
    }
}
