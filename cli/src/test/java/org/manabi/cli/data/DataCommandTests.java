package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonFields;

class DataCommandTests {

    @TempDir private Path folder;
    private Path digits = Path.of("");

    @BeforeEach
    void write() throws IOException {
        digits = SmallDigits.in(folder.resolve("digits"));
    }

    @Test
    void listNamesMnist() {
        assertThat(CommandRun.of("data", "list").out()).startsWith("mnist ");
        assertThat(CommandRun.of("data", "list", "--json").out()).contains("\"name\":\"mnist\"");
    }

    @Test
    void showTellsShapesCountsLabelsAndDigestsOfMnist() {
        JsonFields json = CommandRun.of("data", "show", "mnist", "--json").json();
        JsonFields train = json.object("train");
        assertThat(train.require("images")).hasToString("[60000,784]");
        assertThat(train.require("labels")).hasToString("[60000,10]");
        assertThat(train.require("firstLabels")).hasToString("[5,0,4,1,9,2,1,3,1,4]");
        assertThat(train.require("classCounts"))
                .hasToString("[5923,6742,5958,6131,5842,5421,5918,6265,5851,5949]");
        assertThat(train.object("sha256").text("images")).isEqualTo(Mnist.TRAIN_IMAGES.sha256());
        JsonFields test = json.object("test");
        assertThat(test.require("images")).hasToString("[10000,784]");
        assertThat(test.require("firstLabels")).hasToString("[7,2,1,0,4,1,4,9,5,9]");
        assertThat(test.object("sha256").text("labels")).isEqualTo(Mnist.TEST_LABELS.sha256());
    }

    @Test
    void showDrawsThePicturesAndSavesThemAsASheet() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        CommandRun run = CommandRun.of("data", "show", digits, "--out", sheet);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("[1000, 784]", "▀", "█").doesNotContain("\u001b");
        assertThat(run.err()).contains("Saved " + sheet);
        assertThat(Arrays.copyOf(Files.readAllBytes(sheet), 4))
                .containsExactly(0x89, 'P', 'N', 'G');
    }

    @Test
    void checkReadsEverythingAndKnowsTheOriginal() {
        assertThat(CommandRun.of("data", "check", "mnist").out())
                .contains("(the original MNIST)", "mnist is sound");
        assertThat(CommandRun.of("data", "check", digits).out())
                .contains(digits + " is sound")
                .doesNotContain("original");
        assertThat(CommandRun.of("data", "check", digits, "--json").json().truth("sound")).isTrue();
    }

    @Test
    void unknownDatasetIsGuessedAndThePathIsExplained() {
        assertThat(refusal("data", "show", "mnits"))
                .contains("\"mnits\"; did you mean mnist?", "Known datasets: mnist", "./my-digits");
        assertThat(refusal("data", "show", "./nowhere")).contains("./nowhere: there is no such");
        assertThat(CommandRun.in(Language.JA, "data", "show", "mnits").err())
                .startsWith("manabi: 「mnits」というデータセットはありません。mnist のことでしょうか。");
    }

    @Test
    void truncatedFileIsNamedWithWhatIsMissing() throws IOException {
        Path file = digits.resolve("train-images-idx3-ubyte");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5_000));
        for (String command : new String[] {"check", "show"}) {
            assertThat(refusal("data", command, digits)).contains(file.toString(), "5000 bytes");
        }
        assertThat(refusal("train", digits)).contains(file.toString(), "5000 bytes");
        assertThat(refusal("inspect", file)).contains(file.toString(), "5000 bytes");
    }

    @Test
    void unequalCountsNameBothFiles() throws IOException {
        Files.copy(
                digits.resolve("t10k-labels-idx1-ubyte"),
                digits.resolve("train-labels-idx1-ubyte"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusal("train", digits)).contains("1000 pictures", "200 labels");
        CommandRun inspect =
                CommandRun.of(
                        "inspect",
                        digits.resolve("train-images-idx3-ubyte"),
                        digits.resolve("train-labels-idx1-ubyte"));
        assertThat(inspect.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(inspect.err()).contains("1000 pictures", "200 labels");
    }

    @Test
    void labelTenIsNamedWithItsRow() throws IOException {
        Path file = digits.resolve("t10k-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(file);
        bytes[8 + 7] = 10;
        Files.write(file, bytes);
        assertThat(refusal("train", digits))
                .contains(file.toString(), "label 10 at row 7", "0 … 9");
    }

    @Test
    void inspectDescribesAndPairsFiles() {
        CommandRun run =
                CommandRun.of(
                        "inspect",
                        digits.resolve("t10k-images-idx3-ubyte"),
                        digits.resolve("t10k-labels-idx1-ubyte"));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("UINT8[200, 28, 28]", "belong together");
    }

    @Test
    void inspectAsJsonHasEachFileAndEachPair() {
        JsonFields json =
                CommandRun.of(
                                "inspect",
                                digits.resolve("t10k-images-idx3-ubyte"),
                                digits.resolve("t10k-labels-idx1-ubyte"),
                                "--json")
                        .json();
        assertThat(json.array("files")).hasSize(2);
        assertThat(json.array("pairs")).hasSize(1);
    }

    private static String refusal(Object... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("manabi: ").doesNotContain("\tat ");
        return run.err();
    }
}
