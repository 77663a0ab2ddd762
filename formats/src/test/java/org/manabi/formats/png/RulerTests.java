package org.manabi.formats.png;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.formats.ForAll;
import org.manabi.formats.png.Ruler.Ends;
import org.manabi.formats.png.Ruler.Tick;

class RulerTests {

    private static List<String> labels(Axis axis, double smallest, double largest, Ends ends) {
        return Ruler.of(axis, smallest, largest, ends, 5).ticks().stream()
                .map(Tick::label)
                .toList();
    }

    @Test
    void ticksAreRoundNumbersAroundTheData() {
        Axis axis = Axis.of("loss");
        assertThat(labels(axis, 0.03, 0.48, Ends.ROUND))
                .containsExactly("0", "0.1", "0.2", "0.3", "0.4", "0.5");
        assertThat(labels(axis, -7, 9, Ends.ROUND)).containsExactly("−10", "−5", "0", "5", "10");
        assertThat(labels(axis, 0, 20_000, Ends.ROUND))
                .containsExactly("0", "5,000", "10,000", "15,000", "20,000");
        assertThat(labels(axis, 0.9402, 0.9698, Ends.ROUND))
                .containsExactly("0.94", "0.95", "0.96", "0.97");
    }

    @Test
    void tightAxesEndAtTheData() {
        Ruler ruler = Ruler.of(Axis.of("epoch"), 1, 20, Ends.TIGHT, 5);
        assertThat(ruler.low()).isEqualTo(1);
        assertThat(ruler.high()).isEqualTo(20);
        assertThat(labels(Axis.of("epoch"), 1, 20, Ends.TIGHT))
                .containsExactly("5", "10", "15", "20");
    }

    @Test
    void givenEndsAreKept() {
        Ruler ruler = Ruler.of(Axis.of("accuracy").between(0, 1), 0.3, 0.9, Ends.ROUND, 5);
        assertThat(ruler.low()).isZero();
        assertThat(ruler.high()).isEqualTo(1);
        assertThat(ruler.place(0.25)).isEqualTo(0.25);
    }

    @Test
    void logarithmicTicksAreDecades() {
        Axis axis = Axis.of("loss").logarithmic();
        assertThat(labels(axis, 0.0004, 2.3, Ends.ROUND))
                .containsExactly("0.0001", "0.001", "0.01", "0.1", "1", "10");
        assertThat(labels(axis, 0.3, 2.3, Ends.ROUND)).containsExactly("0.2", "0.5", "1", "2", "5");
        Ruler ruler = Ruler.of(axis, 0.01, 1, Ends.ROUND, 5);
        assertThat(ruler.place(0.1)).isEqualTo(0.5);
        assertThat(ruler.place(0)).isNaN();
    }

    @Test
    void anyRangeHasAFewTicksWithinIt() {
        ForAll.seeds(
                2000,
                random -> {
                    double scale = Math.pow(10, random.nextInt(-12, 13));
                    double smallest = scale * random.nextDouble(-1, 1);
                    double largest =
                            random.nextInt(10) == 0
                                    ? smallest
                                    : smallest + scale * random.nextDouble();
                    boolean log = random.nextBoolean();
                    Axis axis = log ? Axis.of("").logarithmic() : Axis.of("");
                    Ends ends = random.nextBoolean() ? Ends.ROUND : Ends.TIGHT;
                    double shift = log ? Math.abs(smallest) * 2 + scale * 1e-3 : 0;
                    Ruler ruler = Ruler.of(axis, smallest + shift, largest + shift, ends, 5);
                    assertThat(ruler.high()).isGreaterThan(ruler.low());
                    assertThat(ruler.ticks()).hasSizeBetween(1, 12);
                    assertThat(ruler.ticks().stream().map(Tick::label)).doesNotHaveDuplicates();
                    for (Tick tick : ruler.ticks()) {
                        assertThat(ruler.place(tick.value())).isBetween(-1e-6, 1 + 1e-6);
                    }
                });
    }
}
