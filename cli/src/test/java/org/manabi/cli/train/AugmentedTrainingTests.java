package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;

class AugmentedTrainingTests {

    @TempDir private Path folder;

    private String digest(String name, Object... more) {
        Object[] args = new Object[10 + more.length];
        Object[] usual = {
            "train",
            "digits",
            "--model",
            "mlp:16",
            "--epochs",
            2,
            "--json",
            "--quiet",
            "--out",
            folder.resolve(name)
        };
        System.arraycopy(usual, 0, args, 0, usual.length);
        System.arraycopy(more, 0, args, usual.length, more.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run.json().text("weightsSha256");
    }

    @Test
    void changedImagesAreTheSameForAnyThreadsAndAfterResume() {
        String plain = digest("plain");
        String one = digest("one", "--augment", "shift=1,rotate=10,noise=0.05", "--threads", 1);
        String two = digest("two", "--augment", "shift=1,rotate=10,noise=0.05", "--threads", 2);
        assertThat(one).isEqualTo(two).isNotEqualTo(plain);
        assertThat(CommandRun.of("verify-resume", folder.resolve("one")).code()).isZero();
    }

    @Test
    void wrongWordsAreNamed() {
        CommandRun unknown = CommandRun.of("train", "digits", "--augment", "shfit=2");
        assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(unknown.err()).contains("shfit", "did you mean shift");
        assertThat(CommandRun.of("train", "digits", "--augment", "shift").err())
                .contains("shift needs a number");
        assertThat(CommandRun.of("train", "digits", "--augment", "flip,flip").err())
                .contains("each kind comes once");
        assertThat(CommandRun.of("train", "digits", "--augment", "rotate=400").err())
                .contains("rotate 400.0 is outside");
        CommandRun flowers = CommandRun.of("train", "iris", "--augment", "flip");
        assertThat(flowers.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(flowers.err()).contains("images can be augmented");
    }
}
