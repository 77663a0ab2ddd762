package org.manabi.cli.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.Checkpoint;
import org.manabi.formats.run.Checkpoints;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;
import org.manabi.train.Trainer;

/// Trains what a run trains, with and without interruptions, apart from the run itself.
final class Rehearsal {

    private final KeptTraining kept;

    Rehearsal(KeptTraining kept) {
        this.kept = kept;
    }

    /// How a training ended.
    ///
    /// @param sha256 the digest of its weights
    /// @param steps how many steps there were
    /// @param stops after which of them it was interrupted
    record Result(String sha256, long steps, List<Long> stops) {}

    Result undisturbed() {
        return part(kept.learner(null), null, Long.MAX_VALUE, null);
    }

    /// Interrupts at random steps; each time everything is written to a file, read from it, and set up
    /// anew.
    Result disturbed(int interruptions, long steps) {
        List<Long> stops = stops(interruptions, steps);
        try {
            Path folder = Files.createTempDirectory("manabi-verify-");
            try {
                return disturbed(stops, new Checkpoints(folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result disturbed(List<Long> stops, Checkpoints checkpoints) {
        Checkpoint from = null;
        for (long stop : stops) {
            part(kept.learner(from), from, stop, checkpoints);
            from = checkpoints.newest().orElseThrow();
        }
        Result end = part(kept.learner(from), from, Long.MAX_VALUE, null);
        return new Result(end.sha256(), end.steps(), stops);
    }

    private List<Long> stops(int count, long steps) {
        RandomStream random =
                Seed.of(kept.settings().config().seed()).child("interruptions").stream();
        TreeSet<Long> stops = new TreeSet<>();
        int bound = (int) Math.min(Integer.MAX_VALUE, steps - 1);
        while (stops.size() < Math.min(count, bound)) {
            stops.add(1L + random.nextInt(bound));
        }
        return List.copyOf(stops);
    }

    /// Trains from somewhere to some step, and saves there.
    private <P extends Prediction, T extends Targets> Result part(
            Learner<P, T> learner,
            @Nullable Checkpoint from,
            long stop,
            @Nullable Checkpoints checkpoints) {
        Trainer<P, T> trainer =
                learner.trainer(
                        kept.settings().updatesFor(kept.data().train().size()),
                        kept.settings().config());
        long[] last = {0};
        TrainListener listener =
                event -> {
                    if (event instanceof TrainEvent.StepDone done) {
                        last[0] = done.step();
                        if (done.step() == stop) {
                            trainer.stop();
                        }
                    }
                };
        if (from == null) {
            trainer.train(kept.data().train(), kept.data().validation(), listener);
        } else {
            trainer.resume(from.state(), kept.data().train(), kept.data().validation(), listener);
        }
        if (checkpoints != null) {
            checkpoints.save(
                    learner.model(), ModelCard.EMPTY, trainer.state(), JsonObject.EMPTY, 1);
        }
        return new Result(learner.model().network().parameters().sha256(), last[0], List.of());
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
