package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class TargetKindTests {

    private static TargetKind kind(int width, float... values) {
        return TargetKind.of(FloatTensor.of(Shape.of(values.length / width, width), values));
    }

    @Test
    void kindsAreToldByTheNumbers() {
        assertThat(TargetKind.of(IntTensor.of(Shape.of(3), 0, 2, 1))).isEqualTo(TargetKind.LABELS);
        assertThat(kind(3, 0, 1, 0, 1, 0, 0)).isEqualTo(TargetKind.ONE_HOT);
        assertThat(kind(1, 0, 1, 1)).isEqualTo(TargetKind.BINARY);
        assertThat(kind(2, 0.25f, 0.75f, 1, 0)).isEqualTo(TargetKind.SOFT);
        assertThat(kind(3, 0, 1, 1, 0, 0, 0)).isEqualTo(TargetKind.MULTI_LABEL);
        assertThat(kind(2, 0.5f, 0.75f, 1, 0)).isEqualTo(TargetKind.VALUES);
        assertThat(kind(1, 0.5f, 1)).isEqualTo(TargetKind.VALUES);
    }

    /// Elsewhere `[n, 1]` against `[n]` is quietly compared as `[n, n]`.
    @Test
    void shapesThatWouldBeBroadcastAreRefusedWithTheWayOut() {
        FloatTensor flat = FloatTensor.of(Shape.of(2), 1, 2);
        assertThatThrownBy(() -> TargetKind.of(flat))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("got [2]; reshape them to [2, 1]");
        FloatTensor inputs = FloatTensor.of(Shape.of(2, 1), 1, 2);
        assertThatThrownBy(() -> Dataset.ofValues("a", inputs, flat))
                .hasMessageContaining("dataset a: expected values [n, K], got [2]; reshape them");
        IntTensor column = IntTensor.of(Shape.of(2, 1), 0, 1);
        assertThatThrownBy(() -> Dataset.ofClasses("a", inputs, column, List.of("x", "y")))
                .hasMessageContaining("expected labels [n], got [2, 1]; reshape them to [2]");
    }
}
