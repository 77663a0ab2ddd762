package org.manabi.board.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;

class ColumnsTests {

    @Test
    void numbersWithinObjectsHaveTheirPaths() {
        Columns columns = new Columns();
        columns.add(
                event(
                        """
                        {"step": 3, "best": true, "validation": {"loss": 0.5},
                         "layers": [{"parameter": "0.weight", "gradient": 2}]}"""));

        assertThat(columns.column("validation.loss")).containsExactly(0.5);
        assertThat(columns.column("layers.0.weight.gradient")).containsExactly(2);
        assertThat(columns.column("best")).containsExactly(1);
    }

    @Test
    void whatIsNotANumberIsNullInJson() {
        Columns columns = new Columns();
        columns.add(JsonObject.EMPTY.with("loss", Double.NaN).with("step", 1L));

        assertThat(columns.toJson().toString()).contains("\"loss\":[null]").doesNotContain("NaN");
    }

    @Test
    void aColumnThatComesLateIsEmptyBefore() {
        Columns columns = new Columns();
        columns.add(event("{\"step\": 1}"));
        columns.add(event("{\"step\": 2, \"loss\": 5}"));

        assertThat(columns.column("loss")).containsExactly(Double.NaN, 5);
    }

    @Test
    void aHundredThousandStepsStayBoundedAndKeepTheirMean() {
        Columns columns = new Columns();
        for (int step = 1; step <= 100_000; step++) {
            columns.add(JsonObject.EMPTY.with("step", (long) step).with("loss", 1.0 / step));
        }
        double[] steps = columns.column("step");
        double[] losses = columns.column("loss");

        assertThat(columns.rows()).isBetween(Columns.MAX_ROWS / 2, Columns.MAX_ROWS);
        assertThat(steps).isSorted();
        int merged = 100_000 / columns.rows() + 1;
        assertThat(steps[steps.length - 1]).isGreaterThan(100_000 - 2.0 * merged);
        // The first row is the mean of the first 2^k harmonic terms: H(n) / n.
        int first = (int) steps[0];
        double harmonic = 0;
        for (int step = 1; step <= first; step++) {
            harmonic += 1.0 / step;
        }
        // Halving adds in pairs, so the sum differs from this one in its order alone.
        assertThat(losses[0]).isCloseTo(harmonic / first, within(1e-12));
    }

    private static JsonObject event(String text) {
        JsonValue value = JsonReader.parse(text, "test");
        assertThat(List.of(value)).hasOnlyElementsOfType(JsonObject.class);
        return (JsonObject) value;
    }

    @Test
    void aShortRunTakesLittleRoom() {
        Columns columns = new Columns();
        for (int i = 0; i < 100; i++) {
            columns.add(JsonObject.EMPTY.with("step", (long) i).with("loss", 1.0 / (i + 1)));
        }
        assertThat(columns.room()).isLessThanOrEqualTo(2 * 128);
        assertThat(columns.column("loss")).hasSize(100).endsWith(0.01);
    }
}
