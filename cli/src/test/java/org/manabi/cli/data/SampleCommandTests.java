package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;

class SampleCommandTests {

    /// `np.random.seed(0); np.random.choice(60000, 10)` of NumPy 1.26.
    private static final String NUMPY =
            "2732 43567 42613 52416 45891 21243 30403 32103 41993 57043";

    @Test
    void numbersAreThoseOfNumPy() {
        CommandRun run = CommandRun.of("sample", 60_000, 10, "--seed", 0);
        assertThat(run)
                .isEqualTo(new CommandRun(ExitCode.DONE, NUMPY + System.lineSeparator(), ""));
        assertThat(CommandRun.of("sample", 60_000, 10).out()).isEqualTo(run.out());
    }

    @Test
    void withoutReplacementNoNumberComesTwice() {
        assertThat(CommandRun.of("sample", 100, 5, "--without-replacement").out().strip())
                .isEqualTo("26 86 2 55 75");
    }

    @Test
    void jsonHasTheSameNumbers() {
        assertThat(CommandRun.of("sample", 60_000, 3, "--json").out().strip())
                .isEqualTo(
                        "{\"command\":\"sample\",\"size\":60000,\"count\":3,\"seed\":0,"
                                + "\"replacement\":true,\"sample\":[2732,43567,42613]}");
    }

    @Test
    void impossibleRequestsAreRefused() {
        for (Object[] words :
                new Object[][] {
                    {0, 1}, {-5, 1}, {5, -1}, {5, 1, "--seed", -1}, {5, 1, "--seed", 4294967296L}
                }) {
            Object[] args = new Object[words.length + 1];
            args[0] = "sample";
            System.arraycopy(words, 0, args, 1, words.length);
            CommandRun run = CommandRun.of(args);
            assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
            assertThat(run.err()).startsWith("manabi: ").doesNotContain("\tat ");
        }
    }
}
