package org.manabi.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.Checkpoint;
import org.manabi.formats.run.Checkpoints;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.TrainState;
import org.manabi.train.UpdateShare;

/// Checkpoints in a folder of a Hadoop file system (HDFS, S3, a local disk that all executors see), each
/// the same file as a run directory has. A checkpoint comes to be by a rename, so there is never half of
/// one under its name.
final class CheckpointStore {

    private static final Pattern STEP = Pattern.compile("step-(\\d{1,18})\\.safetensors");
    private static final Pattern PART =
            Pattern.compile("step-(\\d{1,18})\\.part-\\d+-of-\\d+\\.safetensors");
    private static final int KEPT = 2;

    private final FileSystem system;
    private final Path folder;

    private CheckpointStore(FileSystem system, Path folder) {
        this.system = system;
        this.folder = folder;
    }

    static CheckpointStore open(String folder, Configuration configuration) throws IOException {
        Path path = new Path(folder);
        FileSystem system = path.getFileSystem(configuration);
        system.mkdirs(path);
        return new CheckpointStore(system, path);
    }

    private Path file(long step) {
        return new Path(folder, "step-" + step + ".safetensors");
    }

    private Path part(long step, UpdateShare share) {
        return new Path(
                folder,
                "step-%d.part-%d-of-%d.safetensors".formatted(step, share.part(), share.parts()));
    }

    /// The steps of which there are checkpoints, the newest first.
    List<Long> steps() throws IOException {
        return files(STEP).keySet().stream().sorted(Comparator.reverseOrder()).toList();
    }

    private Map<Long, List<Path>> files(Pattern names) throws IOException {
        Map<Long, List<Path>> files = new HashMap<>();
        try {
            for (FileStatus file : system.listStatus(folder)) {
                Matcher name = names.matcher(file.getPath().getName());
                if (name.matches()) {
                    files.computeIfAbsent(Long.parseLong(name.group(1)), s -> new ArrayList<>())
                            .add(file.getPath());
                }
            }
        } catch (FileNotFoundException e) {
            return Map.of();
        }
        return files;
    }

    /// Saves one part of the optimizer's memory; [#save] makes it a checkpoint when all are there.
    void savePart(long step, UpdateShare share, Map<String, Tensor> tensors) throws IOException {
        java.nio.file.Path local = Files.createTempFile("manabi-part", ".safetensors");
        try {
            Safetensors.write(local, Map.of(), tensors);
            publish(local, part(step, share));
        } finally {
            Files.deleteIfExists(local);
        }
    }

    Map<String, Tensor> loadPart(long step, UpdateShare share) throws IOException {
        java.nio.file.Path local = Files.createTempFile("manabi-part", ".safetensors");
        try {
            system.copyToLocalFile(false, part(step, share), new Path(local.toUri()), true);
            return Safetensors.read(local).tensors();
        } finally {
            Files.deleteIfExists(local);
        }
    }

    Optional<Long> newest() throws IOException {
        return steps().stream().findFirst();
    }

    Checkpoint load(long step) throws IOException {
        java.nio.file.Path local = Files.createTempFile("manabi-checkpoint", ".safetensors");
        try {
            system.copyToLocalFile(false, file(step), new Path(local.toUri()), true);
            return Checkpoints.load(local);
        } finally {
            Files.deleteIfExists(local);
        }
    }

    /// Saves a training and removes all but the newest few.
    void save(Model<?> model, ModelCard card, TrainState state, JsonObject notes)
            throws IOException {
        java.nio.file.Path local = Files.createTempDirectory("manabi-checkpoint");
        try {
            java.nio.file.Path written = new Checkpoints(local).save(model, card, state, notes, 1);
            publish(written, file(state.step()));
        } finally {
            delete(local);
        }
        List<Long> steps = steps();
        for (long old : steps.subList(Math.min(KEPT, steps.size()), steps.size())) {
            system.delete(file(old), false);
        }
        long oldest = steps.get(Math.min(KEPT, steps.size()) - 1);
        for (Map.Entry<Long, List<Path>> parts : files(PART).entrySet()) {
            if (parts.getKey() < oldest) {
                for (Path part : parts.getValue()) {
                    system.delete(part, false);
                }
            }
        }
    }

    /// Saves the model that came out, as `model.safetensors`.
    Path publishModel(java.nio.file.Path written) throws IOException {
        Path model = new Path(folder, "model.safetensors");
        publish(written, model);
        return model;
    }

    private void publish(java.nio.file.Path written, Path target) throws IOException {
        Path unfinished = new Path(folder, "_" + target.getName() + ".unfinished");
        system.copyFromLocalFile(true, true, new Path(written.toUri()), unfinished);
        system.delete(target, false);
        if (!system.rename(unfinished, target)) {
            throw new IOException("could not rename " + unfinished + " to " + target);
        }
    }

    private static void delete(java.nio.file.Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (java.nio.file.Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
