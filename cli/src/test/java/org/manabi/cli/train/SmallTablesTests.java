package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.json.JsonFields;

/// The commands of the guide for the tables that come with Manabi.
class SmallTablesTests {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "iris, --model=mlp:16 --epochs=100 --batch-size=16 --learning-rate=0.01, 0.95",
        "wine, --model=mlp:32 --epochs=60 --batch-size=16, 0.95",
        "breast-cancer, --model=mlp:32 --epochs=60 --batch-size=16, 0.95",
        "digits, --model=mlp:256 --epochs=60 --batch-size=32, 0.97"
    })
    void documentedCommandsReachTheirAccuracyOnHeldOutData(
            String data, String options, double expected) {
        Path run = folder.resolve("run");
        Object[] words = (data + " " + options + " --json --quiet --out=" + run).split(" ", -1);
        Object[] args = new Object[words.length + 1];
        args[0] = "train";
        System.arraycopy(words, 0, args, 1, words.length);

        CommandRun trained = CommandRun.of(args);
        assertThat(trained.code()).as(trained.err()).isZero();
        double accuracy = trained.json().object("test").number("accuracy");
        assertThat(accuracy).isGreaterThanOrEqualTo(expected);

        JsonFields evaluated = CommandRun.of("evaluate", run, data, "--json").json();
        assertThat(evaluated.number("accuracy")).isEqualTo(accuracy);
        JsonFields predicted = CommandRun.of("predict", run, data + ":test:0-4", "--json").json();
        assertThat(predicted.array("predictions")).hasSize(5);
    }

    @Test
    void tablesAreListedShownAndChecked() {
        assertThat(CommandRun.of("data", "list").out())
                .contains("iris", "wine", "breast-cancer", "digits");
        JsonFields shown = CommandRun.of("data", "show", "iris", "--json").json();
        assertThat(shown.object("train").require("inputs")).hasToString("[111,4]");
        assertThat(shown.object("test").require("classCounts")).hasToString("[13,13,13]");
        assertThat(CommandRun.of("data", "check", "wine").out()).contains("178 rows");
        CommandRun pictures = CommandRun.of("data", "show", "iris", "--out", folder.resolve("a"));
        assertThat(pictures.code()).isEqualTo(ExitCode.WRONG_REQUEST);
    }
}
