package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.manabi.board.Board;
import org.manabi.board.web.Bind;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.loss.LossName;
import org.manabi.cli.model.ModelPreset;
import org.manabi.cli.model.Recipe;
import org.manabi.data.Sampling;
import org.manabi.data.augment.Augmentation;
import org.manabi.datasets.ImageFolder;
import org.manabi.datasets.ImageSize;
import org.manabi.formats.image.Colors;
import org.manabi.optim.Optimizer;
import org.manabi.train.Budget;
import org.manabi.train.EarlyStopping;
import org.manabi.train.TrainingConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `manabi train`, as they are typed.
final class TrainOptions {

    /// With the other defaults MNIST is then read with 97.8 to 98.1 % of the test data right, for
    /// the seeds 0 … 7.
    private static final long EPOCHS = 8;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "mlp:256",
            descriptionKey = "train.model")
    private String model = "";

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            defaultValue = "softmax-cross-entropy",
            descriptionKey = "train.loss")
    private LossName loss = LossName.SOFTMAX_CROSS_ENTROPY;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adam",
            descriptionKey = "train.optimizer")
    private OptimizerName optimizer = OptimizerName.ADAM;

    @Option(names = "--learning-rate", paramLabel = "X", descriptionKey = "train.learning-rate")
    private @Nullable Double learningRate;

    @Mixin private UpdateOptions updates = new UpdateOptions();

    @Mixin private ClassSettingsOptions classes = new ClassSettingsOptions();

    @Option(names = "--batch-size", paramLabel = "N", descriptionKey = "train.batch-size")
    private @Nullable Integer batchSize;

    @ArgGroup private @Nullable Length length;

    @Option(
            names = "--sampling",
            paramLabel = "HOW",
            defaultValue = "epoch",
            descriptionKey = "train.sampling")
    private Sampling sampling = Sampling.EPOCH;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", descriptionKey = "train.seed")
    private long seed;

    @Option(names = "--validation", paramLabel = "F", descriptionKey = "train.validation")
    private @Nullable Double validation;

    @Option(names = "--patience", paramLabel = "N", descriptionKey = "train.patience")
    private @Nullable Long patience;

    @ArgGroup private @Nullable Trial trial;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            descriptionKey = "train.checkpoint-every")
    private @Nullable Long checkpointEvery;

    @Option(names = "--keep", paramLabel = "N", defaultValue = "3", descriptionKey = "train.keep")
    private int keep;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "train.threads")
    private @Nullable Integer threads;

    @Mixin private TableOptions table = new TableOptions();

    @Option(names = "--augment", paramLabel = "HOW", descriptionKey = "train.augment")
    private @Nullable String augment;

    @Option(names = "--size", paramLabel = "WxH", descriptionKey = "train.size")
    private @Nullable String size;

    @Option(names = "--colors", paramLabel = "HOW", descriptionKey = "train.colors")
    private @Nullable Colors colors;

    @Option(names = "--out", paramLabel = "DIR", descriptionKey = "train.out")
    private @Nullable Path out;

    @Option(names = "--board", descriptionKey = "train.board")
    private boolean board;

    @Option(names = "--port", paramLabel = "N", descriptionKey = "train.port")
    private @Nullable Integer port;

    /// Only for the help and the parser: [ExperimentFile] has put the file's options in already.
    @SuppressWarnings("UnusedVariable") // see above
    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "train.config")
    private @Nullable Path config;

    @Option(names = "--quiet", descriptionKey = "train.quiet")
    private boolean quiet;

    /// How long: so many epochs or so many steps.
    static final class Length {

        @Option(names = "--epochs", paramLabel = "N", descriptionKey = "train.epochs")
        private @Nullable Long epochs;

        @Option(names = "--steps", paramLabel = "N", descriptionKey = "train.steps")
        private @Nullable Long steps;
    }

    /// What is done instead of a training.
    static final class Trial {

        @Option(names = "--folds", paramLabel = "K", descriptionKey = "train.folds")
        private @Nullable Integer folds;

        @Option(names = "--find-learning-rate", descriptionKey = "train.find-learning-rate")
        private boolean rates;
    }

    /// In how many parts the training data is to be cross-validated, if it is.
    ///
    /// @throws CommandException if that does not go with another option
    OptionalInt folds(Console console) {
        if (trial == null || trial.folds == null) {
            return OptionalInt.empty();
        }
        if (trial.folds < 2) {
            throw CommandException.wrongRequest(
                    console.text("train.error.range", "--folds", trial.folds));
        }
        if (validation != null || out != null || board) {
            throw CommandException.wrongRequest(console.text("train.error.folds"));
        }
        return OptionalInt.of(trial.folds);
    }

    /// Whether learning rates are to be tried.
    boolean triesRates() {
        return trial != null && trial.rates;
    }

    /// The folder of the run, if one is asked for.
    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    /// Where the web board is to listen, if it is asked for.
    ///
    /// @throws CommandException if there is no such port
    Optional<Bind> board(Console console) {
        int asked = port == null ? Board.PORT : port;
        if (asked < 0 || asked > 65_535) {
            throw CommandException.wrongRequest(console.text("listen.error.port", asked));
        }
        return board || port != null ? Optional.of(Bind.loopback(asked)) : Optional.empty();
    }

    /// What is said of tables.
    TableOptions table() {
        return table;
    }

    /// How images are to be changed at random, if they are.
    ///
    /// @throws CommandException naming the part that is wrong
    Optional<Augmentation> augmentation(Console console) {
        return Optional.ofNullable(augment).map(text -> AugmentationText.parse(text, console));
    }

    /// What images are to be brought to.
    ///
    /// @throws CommandException if there is no such size
    ImageFolder.Options images(Console console) {
        try {
            return new ImageFolder.Options(
                    Optional.ofNullable(size).map(ImageSize::of), Optional.ofNullable(colors));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongRequest(
                    console.text("train.error.size", String.valueOf(size)));
        }
    }

    /// Whether anything is said of images.
    boolean speaksOfImages() {
        return size != null || colors != null;
    }

    /// Whether the length of the training is asked for.
    boolean hasLength() {
        return length != null;
    }

    Verbosity verbosity() {
        return quiet ? Verbosity.QUIET : Verbosity.NORMAL;
    }

    /// The options, checked.
    ///
    /// @throws CommandException naming the first option that cannot be
    TrainSettings settings(Console console) {
        ModelPreset preset = ModelPreset.of(model, console);
        int batch = batchSize == null ? preset.recipe().batchSize() : batchSize;
        requireAtLeastOne(console, "--batch-size", batch);
        int team = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        requireAtLeastOne(console, "--threads", team);
        TrainingConfig config =
                TrainingConfig.DEFAULTS
                        .withBudget(budget(console))
                        .withBatchSize(batch)
                        .withSampling(sampling)
                        .withSeed(seed)
                        .withThreads(team)
                        .withEarlyStopping(earlyStopping(console));
        return new TrainSettings(
                preset,
                loss,
                optimizer,
                optimizer(preset.recipe(), console),
                updates.settings(preset.recipe(), console),
                config,
                classes.settings(console),
                validation(console),
                checkpoints(console));
    }

    /// Without patience the training goes on to its end, and takes its best weights then.
    private @Nullable EarlyStopping earlyStopping(Console console) {
        if (patience == null) {
            return validation == null ? null : EarlyStopping.BEST_WEIGHTS_ONLY;
        }
        requireAtLeastOne(console, "--patience", patience);
        if (validation == null) {
            throw CommandException.wrongRequest(console.text("train.error.patience"));
        }
        return new EarlyStopping(patience);
    }

    private CheckpointPlan checkpoints(Console console) {
        if (checkpointEvery != null) {
            requireAtLeastOne(console, "--checkpoint-every", checkpointEvery);
        }
        requireAtLeastOne(console, "--keep", keep);
        return new CheckpointPlan(checkpointEvery, keep);
    }

    private Budget budget(Console console) {
        if (length != null && length.steps != null) {
            requireAtLeastOne(console, "--steps", length.steps);
            return new Budget.Steps(length.steps);
        }
        if (length != null && length.epochs != null) {
            requireAtLeastOne(console, "--epochs", length.epochs);
            return new Budget.Epochs(length.epochs);
        }
        return new Budget.Epochs(EPOCHS);
    }

    private Optimizer optimizer(Recipe recipe, Console console) {
        double usual = optimizer == OptimizerName.ADAM ? recipe.adamRate() : optimizer.usualRate();
        double rate = learningRate == null ? usual : learningRate;
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw CommandException.wrongRequest(console.text("train.error.learning-rate", rate));
        }
        return optimizer.with(rate);
    }

    private OptionalDouble validation(Console console) {
        if (validation == null) {
            return OptionalDouble.empty();
        }
        if (!(validation > 0 && validation < 1)) {
            throw CommandException.wrongRequest(console.text("train.error.validation", validation));
        }
        return OptionalDouble.of(validation);
    }

    static void requireAtLeastOne(Console console, String option, long value) {
        if (value < 1) {
            throw CommandException.wrongRequest(
                    console.text("train.error.at-least-one", option, value));
        }
    }

    /// A constant as people type and read it.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
