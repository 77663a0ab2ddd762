package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.CrossEntropyBatch.Cost;
import org.manabi.board.lesson.CrossEntropyBatch.Learned;
import org.manabi.board.lesson.CrossEntropyBatch.Row;
import org.manabi.board.lesson.CrossEntropyBatch.Settings;

class CrossEntropyBatchTests {

    private static final Heard HEARD = new Heard();
    private static final CrossEntropyBatch.Result RESULT =
            CrossEntropyBatch.compute(
                    Digits.mnist(3000, 1000), new Settings(0, 5, 3000, 20, 20, 2000, 4, 1), HEARD);

    @Test
    void labelAndOneHotGiveTheSameBits() {
        assertThat(RESULT.equal()).isEqualTo(RESULT.checked()).isEqualTo(3000);
        assertThat(Double.doubleToRawLongBits(RESULT.right()))
                .isEqualTo(Double.doubleToRawLongBits(RESULT.oneHot()));
        assertThat(RESULT.rows())
                .allMatch(row -> row.oneHot() == row.right().loss())
                .allMatch(row -> row.writtenOut() == row.oneHot());
    }

    @Test
    void meanDividesByTheNumberOfRows() {
        double sum = RESULT.rows().stream().mapToDouble(row -> row.right().loss()).sum();

        assertThat(RESULT.right()).isCloseTo(sum / 5, within(1e-15));
    }

    @Test
    void labelInsideTheLogarithmMakesAZeroInfinitelyWrong() {
        Row zero = RESULT.rows().get(1);

        assertThat(zero.label()).isZero();
        assertThat(zero.inside().loss()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(zero.inside().slope()).isNaN();
        assertThat(RESULT.inside()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void labelInsideTheLogarithmCostsLogOfTheLabelTooLittle() {
        for (Row row : RESULT.rows()) {
            if (row.label() > 0) {
                double withoutDelta = -Math.log(row.probability());
                assertThat(row.inside().loss())
                        .isCloseTo(withoutDelta - Math.log(row.label()), within(1e-12));
                assertThat(row.inside().slope()).isCloseTo(-1 / row.probability(), within(1e-9));
            }
        }
    }

    @Test
    void labelBehindTheLogarithmMakesAZeroFree() {
        assertThat(RESULT.rows().get(1).outside()).isEqualTo(new Cost(0, 0));
    }

    @Test
    void labelBehindTheLogarithmCostsTheLabelTimesTooMuch() {
        for (Row row : RESULT.rows()) {
            double withoutDelta = -Math.log(row.probability());
            assertThat(row.outside().loss()).isCloseTo(row.label() * withoutDelta, within(1e-12));
        }
    }

    @Test
    void onlyTheRightFormCostsTheSameForEveryLabel() {
        double right = -Math.log(0.6 + 1e-7);

        assertThat(RESULT.byLabel()).hasSize(10);
        for (CrossEntropyBatch.ByLabel costs : RESULT.byLabel()) {
            assertThat(costs.right()).isCloseTo(right, within(1e-15));
            assertThat(costs.outside()).isCloseTo(-costs.label() * Math.log(0.6), within(1e-14));
        }
        assertThat(RESULT.byLabel().get(9).inside()).isNegative();
    }

    @Test
    void rightFormLearnsEveryDigit() {
        Learned right = RESULT.learned().get(0);

        assertThat(right.divergedAt()).isEmpty();
        assertThat(right.accuracy()).isGreaterThan(0.8);
        assertThat(right.byDigit()).allMatch(share -> share > 0.4);
    }

    @Test
    void labelInsideTheLogarithmStopsTheTrainingAtOnce() {
        assertThat(RESULT.learned().get(1).divergedAt()).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void labelBehindTheLogarithmNeverLearnsTheZero() {
        Learned outside = RESULT.learned().get(2);

        assertThat(outside.divergedAt()).isEmpty();
        assertThat(outside.byDigit().getFirst()).isZero();
        assertThat(outside.accuracy()).isLessThan(RESULT.learned().getFirst().accuracy());
    }

    @Test
    void progressReachesTheEnd() {
        assertThat(HEARD.last()).isCloseTo(1, within(1e-9));
    }
}
