package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.machine.VectorModule;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.train.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi sweep`: tries combinations of options and says which has the lowest validation loss.
@Command(name = "sweep")
public final class SweepCommand implements Callable<Integer> {

    /// In successive halving one of so many goes on, for so many times as long.
    private static final int SHARE = 3;

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "FILE", descriptionKey = "sweep.file")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            descriptionKey = "sweep.out")
    private Path out = Path.of("runs");

    public SweepCommand(Console console) {
        this.console = console;
    }

    /// One training that is over.
    ///
    /// @param options those with which it differs from others, or all
    /// @param loss on validation data; infinite if it diverged
    private record Trial(Map<String, String> options, double loss, JsonObject result) {}

    @Override
    public Integer call() {
        SweepPlan plan = SweepPlan.of(ExperimentFile.read(file));
        VectorModule.load();
        List<Trial> trials =
                plan.strategy() == SweepPlan.Strategy.HALVING
                        ? halving(plan)
                        : all(plan.trials(), plan);
        trials.sort(Comparator.comparingDouble(Trial::loss));
        if (json.chosen()) {
            console.printJson(report(plan, trials));
        } else {
            print(trials);
        }
        return ExitCode.DONE;
    }

    private List<Trial> all(List<Map<String, String>> trials, SweepPlan plan) {
        List<Trial> over = new ArrayList<>();
        for (Map<String, String> options : trials) {
            Trial trial = train(options, plan.data());
            over.add(trial);
            console.say(
                    console.text(
                            "sweep.trial",
                            over.size(),
                            trials.size(),
                            words(options),
                            Numbers.loss(trial.loss())));
        }
        return over;
    }

    /// Each round has a third of the trainings of the one before, each three times as long, and the
    /// last as long as was asked for.
    private List<Trial> halving(SweepPlan plan) {
        int rounds = 1;
        for (int left = plan.trials().size(); left > SHARE; left = Math.ceilDiv(left, SHARE)) {
            rounds++;
        }
        List<Map<String, String>> left = plan.trials();
        List<Trial> over = new ArrayList<>();
        for (int round = rounds - 1; round >= 0; round--) {
            long divisor = Math.round(Math.pow(SHARE, round));
            List<Map<String, String>> shorter = new ArrayList<>();
            for (Map<String, String> options : left) {
                Map<String, String> one = new LinkedHashMap<>(options);
                one.computeIfPresent("epochs", (_, epochs) -> shorter(epochs, divisor));
                shorter.add(one);
            }
            over = all(shorter, plan);
            List<Trial> sorted = new ArrayList<>(over);
            List<Map<String, String>> options = left;
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < options.size(); i++) {
                order.add(i);
            }
            order.sort(Comparator.comparingDouble(i -> sorted.get(i).loss()));
            left =
                    order.subList(0, Math.ceilDiv(order.size(), SHARE)).stream()
                            .map(options::get)
                            .toList();
        }
        return over;
    }

    private String shorter(String epochs, long divisor) {
        try {
            return Long.toString(Math.max(1, Long.parseLong(epochs) / divisor));
        } catch (NumberFormatException e) {
            throw CommandException.wrongRequest(console.text("sweep.error.epochs", epochs));
        }
    }

    private Trial train(Map<String, String> options, String data) {
        long began = System.nanoTime();
        JsonObject words = JsonObject.EMPTY;
        for (Map.Entry<String, String> option : options.entrySet()) {
            words = words.with(option.getKey(), option.getValue());
        }
        TrainOptions asked = TrainWords.read(words, List.of("--quiet"), console);
        TrainSettings typed = asked.settings(console);
        DataSource source = TrainCommand.source(data, asked, typed, console);
        TrainingData loaded =
                TrainingData.load(
                        source,
                        typed.validation(),
                        asked.augmentation(console),
                        typed.config().seed());
        TrainSettings settings = typed.fitting(loaded, asked.hasLength());
        Learner<?, ?> learner = KeptTraining.fresh(settings, loaded, console);
        RunDirectory run =
                RunDirectory.create(
                        out,
                        source.label() + "-" + settings.model(),
                        TrainCommand.description(settings, words, source, learner));
        TrainResult result;
        try (RunLock _ = TrainCommand.lock(run, console)) {
            result =
                    new TrainingRun<>(
                                    settings,
                                    loaded,
                                    learner,
                                    run,
                                    TrainingBoard.open(Optional.empty(), run, console),
                                    console)
                            .go(null, Verbosity.QUIET, began);
        } catch (CommandException e) {
            console.say(e.text());
            return new Trial(
                    options,
                    Double.POSITIVE_INFINITY,
                    JsonObject.EMPTY.with("run", run.folder().toString()));
        }
        if (result == null) {
            throw CommandException.failed(console.text("sweep.interrupted"));
        }
        Score held = result.validation();
        return new Trial(
                options, held == null ? Double.POSITIVE_INFINITY : held.loss(), result.toJson());
    }

    private static String words(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(", "));
    }

    private JsonObject report(SweepPlan plan, List<Trial> trials) {
        List<JsonValue> rows = new ArrayList<>();
        for (Trial trial : trials) {
            JsonObject options = JsonObject.EMPTY;
            for (Map.Entry<String, String> option : trial.options().entrySet()) {
                options = options.with(option.getKey(), option.getValue());
            }
            rows.add(
                    JsonObject.EMPTY
                            .with("options", options)
                            .with("validationLoss", trial.loss())
                            .with("result", trial.result()));
        }
        return JsonObject.EMPTY
                .with("command", "sweep")
                .with("data", plan.data())
                .with("strategy", TrainOptions.word(plan.strategy()))
                .with("trials", new JsonValue.Array(rows));
    }

    private void print(List<Trial> trials) {
        console.print(console.text("sweep.head"));
        for (Trial trial : trials) {
            String accuracy =
                    trial.result().get("validation").orElse(JsonValue.Null.NULL)
                                    instanceof JsonObject score
                            ? score.get("accuracy")
                                    .filter(value -> value.asDouble().isPresent())
                                    .map(value -> Numbers.percent(value.asDouble().orElseThrow()))
                                    .orElse("–")
                            : "–";
            console.print(
                    console.text(
                            "sweep.row",
                            Numbers.loss(trial.loss()),
                            accuracy,
                            words(trial.options()),
                            trial.result().get("run").flatMap(JsonValue::asText).orElse("")));
        }
        console.say(console.text("sweep.note"));
    }
}
