package org.manabi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;

/// What all commands have in common: help, errors, exit codes.
class CommandLineTests {

    static Stream<String> commands() {
        return Stream.concat(
                Commands.NAMES.stream(), Stream.of("data list", "data show", "data check"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfInBothLanguages(String command) {
        for (Language language : Language.values()) {
            CommandRun run = CommandRun.in(language, (Object[]) (command + " --help").split(" "));
            assertThat(run.code()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines().toList().getFirst())
                    .as("the first line says what the command is for")
                    .matches(language == Language.EN ? "[A-Z].*[.]" : ".*。");
            assertThat(run.out()).contains("manabi " + command).contains("--lang");
            assertThat(run.out())
                    .as("an option without a description")
                    .doesNotContainPattern("(?m)^ +(-\\w, )?--[\\w=.-]+ *$(?!\\n +\\S)");
        }
    }

    @Test
    void withoutACommandItListsThem() {
        CommandRun run = CommandRun.of();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: manabi").contains(Commands.NAMES);
    }

    @Test
    void helpWordIsAsGoodAsTheOption() {
        assertThat(CommandRun.of("help", "loss")).isEqualTo(CommandRun.of("loss", "--help"));
        assertThat(CommandRun.of("help")).isEqualTo(CommandRun.of("--help"));
    }

    @Test
    void helpInJapaneseIsJapanese() {
        assertThat(CommandRun.in(Language.JA, "--help").out()).contains("使い方: manabi", "コマンド:");
    }

    @Test
    void versionNamesManabiAndJava() {
        assertThat(CommandRun.of("--version").out()).startsWith("manabi ").contains("Java ");
    }

    @Test
    void mistypedCommandIsGuessed() {
        CommandRun run = CommandRun.of("trian", "mnist");
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("manabi: there is no command \"trian\"; did you mean train?")
                .doesNotContain("\tat ");
    }

    @Test
    void mistypedOptionIsGuessedEvenWhenAnotherIsMissingForIt() {
        CommandRun run = CommandRun.of("loss", "cross-entropy", "--predictd", "1");
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err())
                .isEqualTo(
                        """
                        manabi: there is no option --predictd; did you mean --predicted?
                        Help: manabi loss --help
                        """);
    }

    @Test
    void valueThatAnOptionDoesNotTakeIsNamedWithThoseItTakes() {
        assertThat(CommandRun.of("train", "mnist", "--sampling", "random").err())
                .startsWith(
                        "manabi: --sampling: \"random\" is not one of epoch, replacement,"
                                + " sequential");
        assertThat(CommandRun.of("train", "mnist", "--batch-size", "many").err())
                .startsWith("manabi: --batch-size: \"many\" is not a whole number");
        assertThat(CommandRun.of("train", "mnist", "--lang", "fr").err())
                .startsWith("manabi: --lang: \"fr\" is not one of en, ja");
    }

    @Test
    void missingWordAndOptionGivenTwiceAreNamed() {
        assertThat(CommandRun.of("train").err()).startsWith("manabi: DATA is missing");
        assertThat(CommandRun.of("sample", "5", "1", "--seed", "1", "--seed", "2").err())
                .startsWith("manabi: --seed is given twice");
        assertThat(CommandRun.of("train", "mnist", "--steps", "1", "--epochs", "1").err())
                .startsWith("manabi: give only one of --epochs or --steps");
    }

    @Test
    void completionIsAScriptOfAllCommands() {
        CommandRun run = CommandRun.of("completion");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains(Commands.NAMES);
    }

    @Test
    void ourOwnMistakeGoesToAFileAndAsksToBeReported() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(OutputStream.nullOutputStream(), err, Language.EN);
        int code = new Failures(console).report(new IllegalStateException("index is 3"));
        assertThat(code).isEqualTo(ExitCode.FAILED);
        String message = err.toString(StandardCharsets.UTF_8);
        assertThat(message).contains("not yours", "index is 3").doesNotContain("\tat ");
        Matcher log = Pattern.compile("the file (\\S+)").matcher(message);
        assertThat(log.find()).isTrue();
        Path file = Path.of(log.group(1));
        assertThat(Files.readString(file)).contains("IllegalStateException", "\tat org.manabi");
        Files.delete(file);
    }

    @Test
    void wrongArgumentThatWePassedToTheJdkIsOurMistake() {
        assertThat(reportedAs(() -> List.of(1).subList(1, 0))).contains("not yours");
        assertThat(reportedAs(() -> org.manabi.data.RandomState.of(-1)))
                .startsWith("manabi: seed -1 is outside");
    }

    private static String reportedAs(Runnable failing) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(OutputStream.nullOutputStream(), err, Language.EN);
        try {
            failing.run();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            new Failures(console).report(e);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void resultThatCannotBeWrittenIsAFailure() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        int code = Main.run(Console.of(full, err, Language.EN), "sample", "5", "1");
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not be written");
    }

    @Test
    void readerThatHasSeenEnoughIsNoReasonToComplain() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        Main.run(Console.of(closed, err, Language.EN), "sample", "5", "1");
        assertThat(err.size()).isZero();
    }
}
