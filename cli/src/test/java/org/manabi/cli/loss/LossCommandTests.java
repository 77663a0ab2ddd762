package org.manabi.cli.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.json.JsonFields;

/// The numbers are those of the chapter, section 4.2.
class LossCommandTests {

    private static final String LOGARITHMS = "-3,-3,-0.5,-9,-3,-3,-9,-3,-9,-9";

    private static final String RIGHT = "0.1,0.05,0.6,0,0.05,0.1,0,0.1,0,0";
    private static final String WRONG = "0.1,0.05,0.1,0,0.05,0.1,0,0.6,0,0";
    private static final String ONE_HOT = "0,0,1,0,0,0,0,0,0,0";

    @Test
    void sumOfSquaresIsTheChapters() {
        assertThat(loss("sum-of-squares", RIGHT)).isCloseTo(0.0975, within(1e-15));
        assertThat(loss("sum-of-squares", WRONG)).isCloseTo(0.5975, within(1e-15));
    }

    @Test
    void crossEntropyIsTheChaptersToTheLastDigit() {
        assertThat(CommandRun.of("loss", "cross-entropy", "--predicted", RIGHT, "--label", 2).out())
                .isEqualToIgnoringNewLines("0.510825457099338");
        assertThat(CommandRun.of("loss", "cross-entropy", "--predicted", WRONG, "--label", 2).out())
                .isEqualToIgnoringNewLines("2.302584092994546");
    }

    @Test
    void oneHotTargetGivesTheSameAsTheLabel() {
        for (LossName name : LossName.values()) {
            String predicted = name == LossName.NEGATIVE_LOG_LIKELIHOOD ? LOGARITHMS : RIGHT;
            CommandRun label =
                    CommandRun.of("loss", name, "--predicted=" + predicted, "--label", 2, "--json");
            CommandRun rows =
                    CommandRun.of(
                            "loss",
                            name,
                            "--predicted=" + predicted,
                            "--target",
                            ONE_HOT,
                            "--json");
            assertThat(label.code()).isZero();
            assertThat(rows).isEqualTo(label);
        }
    }

    @Test
    void gradientIsShownBesideTheLoss() {
        CommandRun run =
                CommandRun.of(
                        "loss", "sum-of-squares", "--predicted", "0.5,0.25", "--target", "0,1");
        assertThat(run.out()).isEqualToIgnoringNewLines("0.40625");
        assertThat(run.err()).isEqualToIgnoringNewLines("gradient  0.5,-0.75");
    }

    @Test
    void jsonHasTheLossAndItsGradient() {
        JsonFields one =
                CommandRun.of("loss", "cross-entropy", "--predicted", RIGHT, "--label", 2, "--json")
                        .json();
        assertThat(one.object().fields().keySet()).containsExactly("loss", "gradient");
        assertThat(one.number("loss")).isEqualTo(0.510825457099338);
        assertThat(one.array("gradient")).hasSize(10);
        assertThat(one.array("gradient").get(2).asDouble().orElseThrow())
                .isCloseTo(-1 / (0.6 + 1e-7), within(1e-15));
    }

    @Test
    void severalSamplesAreSeparatedBySemicolons() {
        JsonFields two =
                CommandRun.of(
                                "loss",
                                "softmax-cross-entropy",
                                "--predicted",
                                "0,0;0,0",
                                "--label",
                                "0;1",
                                "--json")
                        .json();
        assertThat(two.number("loss")).isCloseTo(Math.log(2), within(1e-15));
        assertThat(two.require("gradient")).hasToString("[[-0.25,0.25],[0.25,-0.25]]");
    }

    @Test
    void wrongNumbersAreNamedWithTheirPlace() {
        assertThat(refusal("cross-entropy", "--predicted", "0.1,b", "--label", "1"))
                .contains("--predicted", "\"b\"", "row 0, column 1");
        assertThat(refusal("cross-entropy", "--predicted", "0.1,1.5", "--label", "1"))
                .contains("1.5", "row 0, column 1");
        assertThat(refusal("cross-entropy", "--predicted", "0.1,0.9;0.5", "--label", "1;0"))
                .contains("row 1", "1 numbers");
        assertThat(refusal("cross-entropy", "--predicted", "0.1,0.9", "--label", "10"))
                .contains("label 10", "row 0", "0 … 1");
        assertThat(refusal("cross-entropy", "--predicted", "0.1,0.9", "--label", "x"))
                .contains("--label", "\"x\"");
        assertThat(refusal("cross-entropy", "--predicted", "0.1,0.9", "--target", "0,0.5"))
                .contains("0.5", "row 0, column 1", "one-hot");
        assertThat(refusal("sum-of-squares", "--predicted", "0.1,0.9", "--target", "0,1,0"))
                .contains("[1, 2]", "[1, 3]");
        assertThat(refusal("mean-squared-error", "--predicted", "NaN,0.9", "--target", "0,1"))
                .contains("NaN", "row 0, column 0");
        assertThat(refusal("cross-entropy", "--predicted", "", "--label", "0"))
                .contains("--predicted");
    }

    private static double loss(String name, String predicted) {
        return Double.parseDouble(
                CommandRun.of("loss", name, "--predicted", predicted, "--label", 2).out());
    }

    private static String refusal(String... words) {
        List<String> args = new java.util.ArrayList<>(List.of("loss"));
        args.addAll(List.of(words));
        CommandRun run = CommandRun.of(args.toArray());
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("manabi: ").doesNotContain("\tat ");
        return run.err();
    }
}
