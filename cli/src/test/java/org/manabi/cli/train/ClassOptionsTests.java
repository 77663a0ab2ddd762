package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;

/// The options of `manabi train` around data: class weights, smoothing, folds, rates, warnings.
class ClassOptionsTests {

    @TempDir private Path folder;

    private CommandRun iris(Object... more) {
        Object[] args = new Object[more.length + 6];
        args[0] = "train";
        args[1] = "iris";
        args[2] = "--model=mlp:8";
        args[3] = "--epochs=20";
        args[4] = "--batch-size=16";
        args[5] = "--learning-rate=0.01";
        System.arraycopy(more, 0, args, 6, more.length);
        return CommandRun.of(args);
    }

    /// 100 things of one kind, 12 of another, and each of those 12 a second time.
    private Path uneven() throws IOException {
        StringBuilder text = new StringBuilder("size,weight,kind\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(',').append(i % 7).append(",common\n");
        }
        for (int i = 0; i < 24; i++) {
            text.append(200 + i / 2).append(',').append(i / 2 % 5).append(",rare\n");
        }
        return Files.writeString(folder.resolve("uneven.csv"), text);
    }

    @Test
    void balancedClassesAreKeptInTheRunAndChangeWhatIsLearned() throws IOException {
        Path data = uneven();
        String plain = weights(data);
        Path run = folder.resolve("balanced");
        CommandRun balanced = weighted(data, "--class-weights=balanced", "--out=" + run);
        assertThat(balanced.json().text("weightsSha256")).isNotEqualTo(plain);
        assertThat(RunDirectory.open(run).description().config().get("classWeights"))
                .hasValue(JsonValue.of("balanced"));
        assertThat(CommandRun.of("verify-resume", run, "--json").code()).isZero();
        assertThat(
                        weighted(data, "--label-smoothing=0.1", out("smooth"))
                                .json()
                                .text("weightsSha256"))
                .isNotEqualTo(plain);
    }

    private String out(String name) {
        return "--out=" + folder.resolve(name);
    }

    private String weights(Path data) {
        return weighted(data, out("plain")).json().text("weightsSha256");
    }

    private static CommandRun weighted(Path data, Object... more) {
        Object[] args = new Object[more.length + 6];
        args[0] = "train";
        args[1] = data;
        args[2] = "--label=kind";
        args[3] = "--model=mlp:4";
        args[4] = "--epochs=3";
        args[5] = "--json";
        System.arraycopy(more, 0, args, 6, more.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @Test
    void unevenClassesAndDuplicatesAreSaid() throws IOException {
        CommandRun run = weighted(uneven(), "--validation=0.3", out("told"));

        assertThat(run.err())
                .contains("The classes are uneven", "\"rare\"", "\"common\"")
                .contains("samples held back stand among the training samples too");
        assertThat(iris("--validation=0.2", out("iris")).err()).doesNotContain("uneven");
    }

    @Test
    void foldsGiveAMeanAndKeepNothing() {
        CommandRun run = iris("--folds=5", "--json", "--quiet");

        assertThat(run.code()).as(run.err()).isZero();
        JsonFields json = run.json();
        assertThat(json.array("folds")).hasSize(5);
        double sum = 0;
        for (JsonValue fold : json.array("folds")) {
            sum += JsonFields.of(fold, "", "").number("accuracy");
        }
        JsonFields accuracy = json.object("meanAccuracy");
        assertThat(accuracy.number("mean")).isCloseTo(sum / 5, within(1e-12)).isGreaterThan(0.8);
        assertThat(accuracy.number("standardDeviation")).isBetween(0.0, 0.3);
        assertThat(iris("--folds=5", "--json", "--quiet").json().object()).isEqualTo(json.object());
        assertThat(iris("--folds=3").out()).contains("3 folds", "accuracy");
    }

    @Test
    void learningRatesAreTried() {
        JsonFields json = iris("--find-learning-rate", "--json").json();

        assertThat(json.array("points")).hasSizeBetween(20, 100);
        assertThat(json.number("suggestion")).isBetween(1e-6, 1.0);
        assertThat(iris("--find-learning-rate").out()).contains("--learning-rate");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        refused("neither balanced nor numbers", "--class-weights=1,x,1");
        refused("neither balanced nor numbers", "--class-weights=0,0,0");
        refused("has 2 numbers, but there are 3 classes", "--class-weights=1,1");
        refused("--label-smoothing", "--label-smoothing=1");
        refused("do not go with the loss", "--label-smoothing=0.1", "--loss=mean-squared-error");
        refused("--folds", "--folds=1");
        refused("leave out --validation", "--folds=3", "--validation=0.1");
        refused("--folds", "--folds=3", "--find-learning-rate");
    }

    private void refused(String text, Object... options) {
        CommandRun run = iris(options);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains(text);
    }
}
