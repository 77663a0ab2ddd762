package org.manabi.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.train.TrainEvent.Outcome;

/// What a training on the cluster has come to.
public final class SparkTraining {

    private final List<ReplicaResult> replicas;

    SparkTraining(List<ReplicaResult> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    private ReplicaResult first() {
        return replicas.getFirst();
    }

    /// Why it ended.
    public Outcome outcome() {
        return Outcome.valueOf(first().outcome());
    }

    /// The SHA-256 of the weights, as [org.manabi.layers.Parameters#sha256] gives it: that of one
    /// machine with the same settings and virtual shards.
    public String sha256() {
        return first().sha256();
    }

    /// How many mini-batches were learned from.
    public long steps() {
        return first().steps();
    }

    /// The step of the checkpoint that the last attempt continued from; 0 if it began anew.
    public long continuedFrom() {
        return first().continuedFrom();
    }

    /// How many replicas there were.
    public int replicas() {
        return replicas.size();
    }

    /// On how many executors they ran.
    public int executors() {
        return (int) replicas.stream().map(ReplicaResult::executor).distinct().count();
    }

    /// The bytes that all replicas together sent to each other for one mini-batch.
    public double bytesPerRound() {
        double bytes = 0;
        for (ReplicaResult replica : replicas) {
            bytes += (double) replica.bytesSent() / Math.max(1, replica.rounds());
        }
        return bytes;
    }

    /// The seconds that a replica spent on the exchange of one mini-batch, waiting for the slowest
    /// among it: the mean over replicas.
    public double exchangeSecondsPerRound() {
        double seconds = 0;
        for (ReplicaResult replica : replicas) {
            seconds += replica.exchangeSeconds() / Math.max(1, replica.rounds());
        }
        return seconds / replicas.size();
    }

    /// The seconds of one mini-batch altogether: the mean over replicas of the last attempt.
    public double secondsPerRound() {
        double seconds = 0;
        for (ReplicaResult replica : replicas) {
            seconds += replica.trainSeconds() / Math.max(1, replica.rounds());
        }
        return seconds / replicas.size();
    }

    /// The median time of a mini-batch in seconds, which the first ones, when code is still compiled,
    /// do not change: the mean over replicas of the last attempt.
    public double medianSecondsPerRound() {
        return replicas.stream()
                .mapToDouble(ReplicaResult::medianStepSeconds)
                .average()
                .orElseThrow();
    }

    /// The bytes of the optimizer's state that a replica kept: the most that any did.
    public long optimizerBytes() {
        return replicas.stream().mapToLong(ReplicaResult::optimizerBytes).max().orElseThrow();
    }

    /// The model that came out.
    ///
    /// @throws ReplicaException if it is larger than what Spark hands to the driver; it is then in the
    ///     folder of the checkpoints
    public SavedModel model() {
        try {
            Path file = Files.createTempFile("manabi-model", ".safetensors");
            try {
                save(file);
                return ModelFile.load(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the model is small enough to be here.
    public boolean hasModel() {
        return first().model() != null;
    }

    /// The model's file.
    byte[] modelFile() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Writes the model's file.
    void save(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out);
        }
    }

    private void write(OutputStream out) throws IOException {
        ReplicaResult.@Nullable ModelBytes model = first().model();
        if (model == null) {
            throw new ReplicaException(
                    "the model is too large to pass through the driver; read model.safetensors in"
                            + " the folder given to withCheckpoints");
        }
        for (byte[] piece : model.pieces()) {
            out.write(piece);
        }
    }
}
