package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class GradientsTests {

    @Test
    void theyComeInTheOrderAskedFor() {
        var a = Parameter.of("a", 1);
        var b = Parameter.of("b", 2);
        var c = Parameter.of("c", 3);

        Gradients gradients = a.times(b).times(c).gradients(c, a, b);

        assertThat(gradients.variables()).containsExactly(c, a, b);
    }

    @Test
    void addingThemAccumulates() {
        var w = Parameter.of("w", Tensor.of(DType.FLOAT64, Shape.of(2), 1, 10));
        Gradients first = w.square().sum().gradients(w);
        Gradients second = w.times(3).sum().gradients(w);

        Gradients sum = first.plus(second);

        assertThat(sum.of(w).toDoubles()).containsExactly(2 + 3, 20 + 3);
        assertThat(first.of(w).toDoubles()).containsExactly(2, 20);
    }

    @Test
    void theyAreAValueThatLaterRunsLeaveAlone() {
        var w = Parameter.of("w", 2);
        Gradients before = w.square().gradients(w);

        w.tensor().setFromDouble(0, 100);
        w.square().gradients(w);

        assertThat(before.of(w).item()).isEqualTo(4);
    }

    @Test
    void onlyThoseAskedForAreThere() {
        var a = Parameter.of("a", 1);
        var b = Parameter.of("b", 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> a.times(b).gradients(a).of(b))
                .withMessage("no gradient was asked for b[]");
    }

    @Test
    void gradientsOfDifferentParametersAreNotAdded() {
        var a = Parameter.of("a", 1);
        var b = Parameter.of("b", 2);
        Gradients ofA = a.times(b).gradients(a);
        Gradients ofB = a.times(b).gradients(b);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofA.plus(ofB))
                .withMessage("no gradient was asked for a[]");
    }
}
