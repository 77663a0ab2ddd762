package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;

class LessonCommandTests {

    /// Enough for every lesson to say what it has to say, and quick.
    private static final int SAMPLES = 300;

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(LessonName.class)
    void everyLessonIsTaughtInEnglish(LessonName lesson) throws IOException {
        CommandRun run = teach(Language.EN, lesson);

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .startsWith(place(lesson) + ". ")
                .contains("The idea", "The numbers", "What to see", "In Java", "Pictures")
                .doesNotContain("%s", "%d");
        assertThatTablesFit(run.out());
        assertThat(run.err()).contains("computed in");
        assertThatPicturesAreNamedIn(run.out());
    }

    @ParameterizedTest
    @EnumSource(LessonName.class)
    void everyLessonIsTaughtInJapanese(LessonName lesson) throws IOException {
        CommandRun run = teach(Language.JA, lesson);

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .startsWith(place(lesson) + ". ")
                .contains("考え方", "数で見る", "ここから読みとれること", "Java で書くと", "図")
                .doesNotContain("The ", "%s", "%d");
        assertThatTablesFit(run.out());
        assertThatPicturesAreNamedIn(run.out());
    }

    /// The lesson's number, from 1.
    private static int place(LessonName lesson) {
        return List.of(LessonName.values()).indexOf(lesson) + 1;
    }

    private CommandRun teach(Language language, LessonName lesson) {
        return CommandRun.in(
                language,
                "lesson",
                lesson,
                "--samples",
                SAMPLES,
                "--threads",
                1,
                "--out",
                folder.resolve("pictures"));
    }

    /// Nothing but commands, which are one line each, and paths is wider than a terminal.
    private static void assertThatTablesFit(String text) {
        assertThat(text.lines())
                .filteredOn(line -> !line.startsWith("  manabi ") && !line.endsWith(".png"))
                .allMatch(line -> DisplayWidth.of(line) <= 80);
    }

    /// Each saved file is named, and begins as a PNG file does.
    private void assertThatPicturesAreNamedIn(String text) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
            List<Path> pictures = files.toList();
            assertThat(pictures).isNotEmpty();
            for (Path picture : pictures) {
                assertThat(text).contains(picture.toString());
                assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
            }
        }
    }

    @Test
    void withoutANameTheLessonsAreListed() {
        CommandRun run = CommandRun.of("lesson");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out().lines()).hasSize(6);
        for (LessonName lesson : LessonName.values()) {
            assertThat(run.out()).contains(lesson.toString());
        }
    }

    @Test
    void listAsJsonHasNamesAndSummaries() {
        CommandRun run = CommandRun.in(Language.JA, "lesson", "--json");

        assertThat(run.out())
                .startsWith("{\"command\":\"lesson\",\"lessons\":[{\"name\":\"data-driven\"")
                .contains("損失関数");
    }

    @Test
    void jsonGivesTheNumbers() {
        CommandRun run = CommandRun.of("lesson", "loss-functions", "--json", "--out", folder);

        assertThat(run.out().lines()).hasSize(1);
        JsonFields json = run.json();
        assertThat(json.text("lesson")).isEqualTo("loss-functions");
        assertThat(run.out())
                .contains(
                        "\"crossEntropy\":0.510825457099338", "\"crossEntropy\":2.302584092994546")
                .contains("\"certainAndWrong\":\"Infinity\"")
                .contains("loss-functions.png");
    }

    @Test
    void jsonOfAMiniBatchHasTheNumbersOfNumPy() {
        CommandRun run =
                CommandRun.of(
                        "lesson",
                        "mini-batch",
                        "--json",
                        "--samples",
                        SAMPLES,
                        "--seed",
                        3,
                        "--out",
                        folder);
        CommandRun sample = CommandRun.of("sample", SAMPLES, 10, "--seed", 3, "--json");

        JsonObject numbers = sample.json().object();
        assertThat(run.out()).contains("\"rows\":" + numbers.get("sample").orElseThrow());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(CommandRun.of("lesson", "mini-bach").code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(CommandRun.of("lesson", "mini-bach").err())
                .contains("mini-bach", "mini-batch", "why-not-accuracy");
        assertThat(CommandRun.of("lesson", "mini-batch", "--seed", -1).err())
                .contains("-1", "4294967295");
        assertThat(CommandRun.of("lesson", "mini-batch", "--samples", 5).err()).contains("100");
        assertThat(CommandRun.of("lesson", "mini-batch", "--threads", 0).err()).contains("0");
    }

    @Test
    void folderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        CommandRun run = CommandRun.of("lesson", "loss-functions", "--out", file);

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains(file.toString()).doesNotContain("\tat ");
    }
}
