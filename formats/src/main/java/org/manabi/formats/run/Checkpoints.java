package org.manabi.formats.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.StoredTensor;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.TrainState;

/// The checkpoints of a run:
///
///     step-1200.safetensors    a training after 1200 steps: weights, optimizer, place in the data
///     last.safetensors         the newest of them, or the model in the end
///     best.safetensors         the model as it was best on validation data
///
/// A checkpoint is a model file with more tensors: whoever only wants the model reads it as one.
public final class Checkpoints {

    private static final String STATE = "manabi.training";
    private static final String UPDATER = ModelFile.TRAINING + "updater/";
    private static final String BEST = ModelFile.TRAINING + "best/";
    private static final Pattern STEP = Pattern.compile("step-(\\d{1,18})\\.safetensors");

    private final Path folder;

    /// The checkpoints in a folder that exists.
    public Checkpoints(Path folder) {
        this.folder = folder;
    }

    /// Removes what trainings that were killed while they saved have left.
    public void sweep() {
        Durably.sweep(folder);
    }

    public Path last() {
        return folder.resolve("last.safetensors");
    }

    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /// The file of a training after so many steps.
    public Path step(long step) {
        return folder.resolve("step-" + step + ".safetensors");
    }

    /// Saves a training as it is; when this returns, it is on the disk. Older ones are removed but for
    /// the newest few.
    ///
    /// @param keep how many to have, this one among them, at least 1
    /// @return the file
    /// @throws WriteException if the disk refuses; all older checkpoints are then still there
    public Path save(Model<?> model, ModelCard card, TrainState state, JsonObject notes, int keep) {
        Map<String, Tensor> more = new LinkedHashMap<>();
        state.updater().forEach((name, tensor) -> more.put(UPDATER + name, tensor));
        state.bestWeights().forEach((name, tensor) -> more.put(BEST + name, tensor));
        Path file = step(state.step());
        ModelFile.save(file, model, card, more, Map.of(STATE, TrainingText.write(state, notes)));
        Durably.replaceByLink(last(), file);
        List<Long> steps = steps();
        for (long old : steps.subList(Math.min(keep, steps.size()), steps.size())) {
            remove(step(old));
        }
        return file;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Durably.failure(file, e);
        }
    }

    /// The steps of which there are checkpoints, the newest first.
    public List<Long> steps() {
        List<Long> steps = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = STEP.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    steps.add(Long.parseLong(name.group(1)));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        steps.sort(Comparator.reverseOrder());
        return steps;
    }

    /// The newest checkpoint; empty if there is none yet.
    ///
    /// @throws FormatException if it is damaged
    public Optional<Checkpoint> newest() {
        return steps().stream().findFirst().map(step -> load(step(step)));
    }

    /// Reads a checkpoint.
    ///
    /// @throws FormatException if it is damaged, or holds a model but no training
    public static Checkpoint load(Path file) {
        Map<String, Tensor> updater = new LinkedHashMap<>();
        Map<String, Tensor> best = new LinkedHashMap<>();
        List<String> text = new ArrayList<>();
        SavedModel model =
                ModelFile.load(
                        file,
                        header -> {
                            String state = header.metadata().get(STATE);
                            if (state == null) {
                                throw new FormatException(
                                        file.toString(),
                                        "holds a model, but not the training that made it, so"
                                                + " nothing can be resumed from it");
                            }
                            text.add(state);
                            Map<String, Tensor> more = new LinkedHashMap<>();
                            for (StoredTensor stored : header.tensors().values()) {
                                String name = stored.name();
                                if (name.startsWith(UPDATER)) {
                                    updater.put(
                                            name.substring(UPDATER.length()),
                                            Safetensors.zeros(file, stored));
                                    more.put(name, updater.get(name.substring(UPDATER.length())));
                                } else if (name.startsWith(BEST)) {
                                    best.put(
                                            name.substring(BEST.length()),
                                            Safetensors.zeros(file, stored));
                                    more.put(name, best.get(name.substring(BEST.length())));
                                }
                            }
                            return more;
                        });
        TrainingText training = TrainingText.read(text.getFirst(), file.toString(), updater, best);
        return new Checkpoint(model, training.state(), training.notes());
    }
}
