package org.manabi.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import org.manabi.cli.data.SmallDigits;

class ReportCommandTests {

    @TempDir private static Path shared;
    private static Path run = Path.of("");

    @BeforeAll
    static void train() throws IOException {
        run = shared.resolve("run");
        CommandRun trained =
                CommandRun.of(
                        "train",
                        SmallDigits.in(shared.resolve("digits")),
                        "--model=mlp:64",
                        "--epochs=30",
                        "--learning-rate=0.01",
                        "--validation=0.2",
                        "--out",
                        run);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("Overfitting since epoch", "What may help: stopping");
    }

    @Test
    void pageHoldsEverythingAndNeedsNothing() throws IOException {
        CommandRun report = CommandRun.of("report", run);

        assertThat(report.code()).as(report.err()).isZero();
        String page = Files.readString(run.resolve("report.html"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("lang=\"en\"", "<svg", "Class by class", "What was taken for what")
                .contains("Overfitting since epoch", "data:image/png;base64,")
                .endsWith("</body></html>\n");
        assertThat(page).doesNotContainPattern("(src|href)=\"(?!data:)").doesNotContain("<script");
        assertThat(page.split("<path class=\"line", -1).length - 1).isEqualTo(5);
    }

    @Test
    void pageIsJapaneseIfAsked() throws IOException {
        Path file = shared.resolve("ja.html");
        assertThat(CommandRun.in(Language.JA, "report", run, "--out", file).code()).isZero();
        assertThat(Files.readString(file)).contains("lang=\"ja\"", "学習曲線", "過学習");
    }

    @Test
    void runsAreComparedInWhatTheyDiffer() {
        Path other = shared.resolve("other");
        CommandRun.of("train", shared.resolve("digits"), "--steps=9", "--seed=4", "--out", other);

        CommandRun compared = CommandRun.of("compare", run, other);

        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.out().lines()).hasSize(3);
        assertThat(compared.out()).contains("seed", "learning-rate", "test accuracy", "finished");
        var json = CommandRun.of("compare", run, other, "--json").json();
        assertThat(json.texts("differing")).contains("seed", "model").doesNotContain("optimizer");
        assertThat(json.array("runs")).hasSize(2);
    }

    @Test
    void folderThatIsNoRunIsRefused() {
        assertThat(CommandRun.of("report", shared).code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(CommandRun.of("compare", shared).code()).isEqualTo(ExitCode.WRONG_REQUEST);
    }
}
