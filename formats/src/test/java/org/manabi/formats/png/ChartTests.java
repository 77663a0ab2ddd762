package org.manabi.formats.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTests {

    private static final double[] XS = {0, 1, 2, 3, 4};
    private static final double[] RISING = {0, 1, 2, 3, 4};
    private static final int BLUE = 0x1B66C9;

    private static final Chart CHART =
            Chart.titled("A line").withX(Axis.of("x")).withY(Axis.of("y")).withSize(400, 300);

    private static int count(Picture picture, int color) {
        int count = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                count += picture.pixel(x, y) == color ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void sizeIsTwoPixelsPerUnit() {
        Picture picture = CHART.withLine("up", XS, RISING).draw();
        assertThat(picture.width()).isEqualTo(800);
        assertThat(picture.height()).isEqualTo(600);
        assertThat(picture.pixel(0, 0)).isEqualTo(0xFFFFFF);
    }

    @Test
    void theSameChartGivesTheSameFile() {
        assertThat(CHART.withLine("up", XS, RISING).draw().png())
                .isEqualTo(CHART.withLine("up", XS, RISING).draw().png());
    }

    /// A rising line without a name: leftmost and lowest, rightmost and highest blue pixels agree.
    @Test
    void lineRises() {
        Picture picture = CHART.withLine("", XS, RISING).draw();
        assertThat(firstRow(picture, picture.width() / 2 + 100))
                .isLessThan(firstRow(picture, picture.width() / 2 - 100));
    }

    private static int firstRow(Picture picture, int x) {
        for (int y = 0; y < picture.height(); y++) {
            if (picture.pixel(x, y) == BLUE) {
                return y;
            }
        }
        throw new AssertionError("no line at column " + x);
    }

    @Test
    void stepsAreFlatBetweenPoints() {
        Picture picture = CHART.withSteps("", XS, RISING).draw();
        int left = picture.width() / 2 + 20;
        assertThat(firstRow(picture, left)).isEqualTo(firstRow(picture, left + 40));
        assertThat(firstRow(picture, left)).isNotEqualTo(firstRow(picture, left + 180));
    }

    @Test
    void gapsAndInfinitiesAreLeftOut() {
        double[] broken = {0, Double.NaN, 2, Double.POSITIVE_INFINITY, 4};
        int whole = count(CHART.withLine("", XS, RISING).draw(), BLUE);
        int parts = count(CHART.withLine("", XS, broken).draw(), BLUE);
        assertThat(parts).isPositive().isLessThan(whole / 4);
    }

    @Test
    void oddDataIsDrawnAllTheSame() {
        double[] nothing = {Double.NaN, Double.NaN};
        double[] two = {1, 2};
        assertThat(CHART.draw()).isNotNull();
        assertThat(CHART.withLine("none", two, nothing).withMarker(1.5, "here").draw()).isNotNull();
        assertThat(CHART.withLine("one", new double[] {3}, new double[] {-3}).draw()).isNotNull();
        assertThat(CHART.withPoints("flat", two, new double[] {5, 5}).draw()).isNotNull();
        assertThat(
                        CHART.withY(Axis.of("").logarithmic())
                                .withLine("negative", two, new double[] {-1, 0})
                                .draw())
                .isNotNull();
        assertThat(CHART.withLine("huge", two, new double[] {-1e308, 1e308}).draw()).isNotNull();
    }

    @Test
    void stackedChartsAreAligned() {
        Chart wideLabels = CHART.withLine("", XS, new double[] {0, 1e6, 2e6, 3e6, 4e6});
        Picture picture = Chart.stacked(List.of(CHART.withLine("", XS, RISING), wideLabels));
        assertThat(picture.height()).isEqualTo(1200);
        assertThat(firstColumn(picture, 0, 600)).isEqualTo(firstColumn(picture, 600, 1200));
    }

    private static int firstColumn(Picture picture, int top, int bottom) {
        for (int x = 0; x < picture.width(); x++) {
            for (int y = top; y < bottom; y++) {
                if (picture.pixel(x, y) == BLUE) {
                    return x;
                }
            }
        }
        throw new AssertionError("no line");
    }

    @Test
    void wrongRequestsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHART.withLine("loss", XS, new double[3]))
                .withMessage(
                        "series loss: 5 values of x and 3 of y; equally many, at least 1, are"
                                + " needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHART.withLine("loss", new double[] {Double.NaN}, new double[1]))
                .withMessage("series loss: x is NaN at point 0; it must be finite");
        assertThatIllegalArgumentException().isThrownBy(() -> CHART.withSize(10, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.of("x").between(1, 1));
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        Picture picture =
                BarChart.titled("Accuracy")
                        .withBar("short", 0.25, "25 %")
                        .withBar("long", 0.5, "50 %")
                        .draw();
        double ratio = (double) count(picture, BLUE) / count(picture, 0xE4691B);
        assertThat(ratio).isBetween(0.47, 0.53);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BarChart.titled("").withBar("a", Double.NaN, ""));
    }

    @Test
    void contactSheetShowsInkBlack(@TempDir Path folder) throws IOException {
        byte[] ink = {(byte) 255, 0, (byte) 255, 0};
        ContactSheet sheet =
                ContactSheet.of(2, 2)
                        .withColumns(3)
                        .with(ink, "1", ContactSheet.Mark.NONE)
                        .with(ink, "7, not 1", ContactSheet.Mark.WRONG);
        Picture picture = sheet.draw();
        assertThat(count(picture, 0)).isEqualTo(2 * 2 * 4 * 4);
        assertThat(count(picture, 0xD0342C)).isPositive();
        sheet.save(folder.resolve("sheet.png"));
        assertThat(Files.readAllBytes(folder.resolve("sheet.png"))).isEqualTo(picture.png());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sheet.with(new byte[3], "", ContactSheet.Mark.NONE))
                .withMessage("picture 2 has 3 pixels, not 2 × 2");
    }
}
