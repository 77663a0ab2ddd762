package org.manabi.cli.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.Checkpoint;
import org.manabi.formats.run.RunDirectory;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;

/// What a run's `run.json` says was to be trained, set up again.
record KeptTraining(TrainSettings settings, TrainingData data, Console console) {

    /// The names of the fields in `run.json` of what is needed for it.
    static final String SOURCE = "source";

    static final String OPTIONS = "options";

    /// @param threads how many to compute with; `null` for one for each processor
    /// @throws CommandException if the data is gone or has changed, or an option is unknown
    static KeptTraining of(RunDirectory run, @Nullable Integer threads, Console console) {
        JsonFields config =
                JsonFields.of(
                        run.description().config(),
                        run.folder().resolve("run.json").toString(),
                        "config");
        if (!config.has(OPTIONS)) {
            throw CommandException.wrongRequest(console.text("resume.error.old", run.folder()));
        }
        JsonObject words = config.object(OPTIONS).object();
        List<String> more = threads == null ? List.of() : List.of("--threads=" + threads);
        TrainOptions options = TrainWords.read(words, more, console);
        TrainSettings settings = options.settings(console);
        String place = config.text(SOURCE);
        DataSource source = TrainCommand.source(place, options, settings, console);
        if (!source.sha256().equals(run.description().dataDigest())) {
            throw CommandException.wrongRequest(
                    console.text("resume.error.data", place, run.folder()));
        }
        TrainingData data =
                TrainingData.load(
                        source,
                        settings.validation(),
                        options.augmentation(console),
                        settings.config().seed());
        return new KeptTraining(settings.fitting(data, options.hasLength()), data, console);
    }

    /// The model to go on with.
    ///
    /// @param from where to go on; `null` for the model as it is before the first step
    Learner<?, ?> learner(@Nullable Checkpoint from) {
        return from == null
                ? fresh(settings, data, console)
                : Learner.of(from.model().model(), settings.loss(), console)
                        .with(settings.classes().loss(settings.loss(), data.train(), console));
    }

    /// The model before the first step.
    ///
    /// @throws CommandException if the options about classes do not fit the loss or the data
    static Learner<?, ?> fresh(TrainSettings settings, TrainingData data, Console console) {
        return Learner.fresh(
                        settings.model(),
                        settings.loss(),
                        data.train(),
                        data.preparation(),
                        DType.FLOAT32,
                        Seed.of(settings.config().seed()).child("parameters"))
                .with(settings.classes().loss(settings.loss(), data.train(), console));
    }
}
