package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.DataDriven.Approach;
import org.manabi.board.lesson.DataDriven.Outcome;
import org.manabi.board.lesson.DataDriven.RuleUse;
import org.manabi.data.Split;

class DataDrivenTests {

    private static final Split DIGITS = Digits.mnist(3000, 1000);
    private static final Heard HEARD = new Heard();
    private static final DataDriven.Result RESULT =
            DataDriven.compute(DIGITS, new DataDriven.Settings(0, 30, 5, 5, 1), HEARD);

    @Test
    void allThreeApproachesReadDigits() {
        assertThat(RESULT.outcomes())
                .extracting(Outcome::approach)
                .containsExactly(Approach.values());
        assertThat(RESULT.outcomes()).extracting(Outcome::accuracy).allMatch(a -> a > 0.75);
        assertThat(RESULT.outcomes().getFirst().accuracy())
                .isLessThan(RESULT.outcomes().getLast().accuracy());
    }

    @Test
    void ruleLearnsNothingAndTheOthersDo() {
        assertThat(RESULT.outcomes())
                .extracting(Outcome::learned)
                .containsExactly(0L, 96L * 10 + 10, 784L * 30 + 30 + 30 * 10 + 10);
    }

    @Test
    void mistakesAreTheSamplesThatAreNotRight() {
        for (Outcome outcome : RESULT.outcomes()) {
            assertThat(outcome.mistakes().size() / 1000.0)
                    .isCloseTo(1 - outcome.accuracy(), within(1e-12));
            assertThat(outcome.mistakes())
                    .allMatch(mistake -> mistake.label() != mistake.guess())
                    .allMatch(mistake -> DIGITS.test().label(mistake.row()) == mistake.label());
        }
    }

    @Test
    void everyPictureIsDecidedByOneRule() {
        assertThat(RESULT.rules()).hasSize(HandRule.values().length);
        assertThat(RESULT.rules().stream().mapToInt(RuleUse::used).sum()).isEqualTo(1000);
        assertThat(RESULT.rules().stream().mapToInt(RuleUse::right).sum() / 1000.0)
                .isCloseTo(RESULT.outcomes().getFirst().accuracy(), within(1e-12));
    }

    @Test
    void progressReachesTheEnd() {
        assertThat(HEARD.last()).isCloseTo(1, within(1e-9));
    }
}
