package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.data.SmallDigits;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;

/// `evaluate` and `predict`, on a model that `train` saved.
class ModelCommandsTests {

    @TempDir private static Path shared;
    private static Path digits = Path.of("");
    private static Path run = Path.of("");
    private static JsonObject trained = JsonObject.EMPTY;

    @BeforeAll
    static void train() throws IOException {
        digits = SmallDigits.in(shared.resolve("digits"));
        run = shared.resolve("run");
        trained =
                CommandRun.of(
                                "train",
                                digits,
                                "--model",
                                "mlp:16",
                                "--epochs",
                                3,
                                "--out",
                                run,
                                "--json",
                                "--quiet")
                        .json()
                        .object();
    }

    @Test
    void evaluationAgreesWithTheEndOfTraining() {
        JsonFields test = CommandRun.of("evaluate", run, digits, "--json").json();
        assertThat(test.require("loss")).isEqualTo(score("test", "loss"));
        assertThat(test.require("accuracy")).isEqualTo(score("test", "accuracy"));
        JsonFields train =
                CommandRun.of("evaluate", run, digits, "--part", "train", "--json").json();
        assertThat(train.require("loss")).isEqualTo(score("train", "loss"));
    }

    @Test
    void evaluationKnowsEachClassAndEachMistake() {
        JsonFields json = CommandRun.of("evaluate", run, digits, "--json").json();
        assertThat(json.integer("samples")).isEqualTo(SmallDigits.TEST);
        assertThat(json.array("classes")).hasSize(10);
        assertThat(json.array("confusion")).hasSize(10);
        assertThat(json.number("calibrationError")).isBetween(0.0, 1.0);
        assertThat(json.number("logLoss")).isCloseTo(json.number("loss"), within(1e-5));
        assertThat(json.number("brier")).isBetween(0.0, 2.0);
        assertThat(json.number("rocAuc")).isBetween(0.5, 1.0);
        assertThat(json.number("prAuc")).isBetween(0.1, 1.0);
        assertThat(json.object("weighted").number("recall"))
                .isCloseTo(json.number("accuracy"), within(1e-12));
        assertThat(json.object("micro").number("f1"))
                .isCloseTo(json.number("accuracy"), within(1e-12));
        List<Double> top =
                json.array("topAccuracy").stream()
                        .map(item -> item.asDouble().orElseThrow())
                        .toList();
        assertThat(top).hasSize(5).isSorted();
        assertThat(top.getFirst()).isEqualTo(json.number("accuracy"));
        assertThat(top.getLast()).isGreaterThan(json.number("accuracy")).isLessThanOrEqualTo(1);
        assertThat(json.object("macro").number("f1")).isBetween(0.0, 1.0);
        assertThat(json.array("reliability")).hasSize(15);
        long right = 0;
        long all = 0;
        for (int k = 0; k < 10; k++) {
            var row = (org.manabi.formats.json.JsonValue.Array) json.array("confusion").get(k);
            right += row.items().get(k).asLong().orElseThrow();
            all += row.items().stream().mapToLong(item -> item.asLong().orElseThrow()).sum();
        }
        assertThat(all).isEqualTo(SmallDigits.TEST);
        assertThat((double) right / all).isEqualTo(json.number("accuracy"));
        assertThat(json.integer("mistakes")).isEqualTo(all - right);
        assertThat(CommandRun.of("evaluate", run, digits).out())
                .contains(
                        "precision",
                        "weighted",
                        "Brier",
                        "likeliest",
                        "Confusion",
                        "is taken for",
                        "Worst:");
    }

    @Test
    void predictionsOfOneSampleOfAnIdxFileAndOfADatasetAgree() {
        JsonFields named = CommandRun.of("predict", run, digits + ":test:7", "--json").json();
        Path file = digits.resolve("t10k-images-idx3-ubyte");
        JsonFields picture = CommandRun.of("predict", run, file + ":7", "--json").json();
        JsonFields one = JsonFields.of(named.array("predictions").getFirst(), "", "");
        JsonFields other = JsonFields.of(picture.array("predictions").getFirst(), "", "");
        assertThat(one.require("probabilities")).isEqualTo(other.require("probabilities"));
        assertThat(one.text("label")).isEqualTo("9");
        assertThat(other.has("label")).isFalse();
        double sum =
                one.array("probabilities").stream()
                        .mapToDouble(p -> p.asDouble().orElseThrow())
                        .sum();
        assertThat(sum).isBetween(0.999, 1.001);
    }

    @Test
    void predictionsAreALineEach() {
        CommandRun ten = CommandRun.of("predict", run, digits + ":test:0-9");
        assertThat(ten.out().lines()).hasSize(10).allMatch(line -> line.contains("%"));
        Path file = digits.resolve("t10k-images-idx3-ubyte");
        assertThat(CommandRun.of("predict", run, file).out().lines()).hasSize(SmallDigits.TEST);
    }

    @Test
    void inspectKnowsRunsAndTheirWeights() {
        CommandRun both =
                CommandRun.of("inspect", run, run.resolve("checkpoints/last.safetensors"));
        assertThat(both.code()).isZero();
        assertThat(both.out())
                .contains("run, finished", "12,730 weights", "0.weight F32[784, 16]", "a model:");
        JsonFields json = CommandRun.of("inspect", run, "--json").json();
        assertThat(JsonFields.of(json.array("files").getFirst(), "", "").text("state"))
                .isEqualTo("finished");
        assertThat(CommandRun.of("inspect", digits).out()).contains("data, ", "10 classes");
        assertThat(refusal("inspect", shared)).contains("neither a run nor data");
    }

    @Test
    void wrongRequestsAreExplained() {
        assertThat(refusal("evaluate", shared.resolve("nothing"), digits)).contains("no such run");
        assertThat(refusal("evaluate", digits, digits)).contains("not a run");
        assertThat(refusal("evaluate", digits.resolve("t10k-labels-idx1-ubyte"), digits))
                .contains("t10k-labels-idx1-ubyte");
        assertThat(refusal("predict", run, digits + ":test:200")).contains("0 to 199");
        assertThat(refusal("predict", run, digits.resolve("t10k-labels-idx1-ubyte")))
                .contains("not pictures");
        assertThat(refusal("predict", run, "mnits:test:7")).contains("did you mean mnist?");
    }

    private static org.manabi.formats.json.JsonValue score(String part, String name) {
        return JsonFields.of(trained, "", "").object(part).require(name);
    }

    private static String refusal(Object... words) {
        CommandRun refused = CommandRun.of(words);
        assertThat(refused.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith("manabi: ").doesNotContain("\tat ");
        return refused.err();
    }
}
