package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTests {

    private static final double[] XS = {0, 1, 2, 3};

    @Test
    void axesNameTheEndsOfTheValues() {
        List<String> lines =
                new Plot(60, "epoch", "%.1f")
                        .with("loss", XS, new double[] {4, 3, 2, 1})
                        .lines(false);

        assertThat(lines).hasSize(12);
        assertThat(lines.getFirst()).startsWith("4.0 ┤");
        assertThat(lines.get(9)).startsWith("1.0 ┤").endsWith("loss");
        assertThat(lines.getLast()).contains("0").contains("epoch").endsWith("3");
    }

    @Test
    void stepsHoldTheirValueUntilTheNextPoint() {
        List<String> lines =
                new Plot(60, "", "%.0f")
                        .withSteps("", new double[] {0, 1, 2}, new double[] {1, 1, 0})
                        .lines(false);

        assertThat(lines.getFirst().strip()).contains("⠉".repeat(40));
    }

    @Test
    void levelLineIsDrawnToo() {
        assertThat(new Plot(60, "", "%.0f").with("", XS, new double[] {1, 1, 1, 1}).lines(false))
                .anyMatch(line -> line.chars().anyMatch(letter -> letter > 0x2800));
    }

    @Test
    void colorsAreForTerminalsOnly() {
        Plot plot = new Plot(60, "", "%.0f").with("loss", XS, new double[] {4, 3, 2, 1});

        assertThat(String.join("", plot.lines(true))).contains("\u001b[36m");
        assertThat(String.join("", plot.lines(false))).doesNotContain("\u001b");
    }
}
