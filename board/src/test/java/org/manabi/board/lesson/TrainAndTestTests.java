package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.TrainAndTest.Point;
import org.manabi.board.lesson.TrainAndTest.Remedy;
import org.manabi.board.lesson.TrainAndTest.Settings;
import org.manabi.data.Split;

class TrainAndTestTests {

    private static final Split DIGITS = Digits.mnist(3000, 500);
    private static final Settings SETTINGS =
            new Settings(0, 150, List.of(1000, 3000, 1_000_000), 20, 30, 0.02, 60, 1);
    private static final Heard HEARD = new Heard();
    private static final TrainAndTest.Result RESULT = TrainAndTest.compute(DIGITS, SETTINGS, HEARD);

    @Test
    void fewSamplesAreLearnedByHeart() {
        assertThat(RESULT.end().trainAccuracy()).isEqualTo(1);
        assertThat(RESULT.end().testAccuracy()).isLessThan(0.9);
    }

    @Test
    void testLossTurnsAtTheEpochThatIsNamed() {
        Turn turn = RESULT.turn().orElseThrow();
        Point there = RESULT.curve().get(turn.epoch() - 1);

        assertThat(there.epoch()).isEqualTo(turn.epoch());
        assertThat(there.testLoss()).isEqualTo(turn.lowest());
        assertThat(RESULT.curve()).allMatch(point -> point.testLoss() >= turn.lowest());
        assertThat(turn.last()).isEqualTo(RESULT.end().testLoss());
        assertThat(RESULT.end().trainLoss()).isLessThan(there.trainLoss());
    }

    @Test
    void curveHasAPointForEachEpoch() {
        assertThat(RESULT.curve()).hasSize(60);
        assertThat(RESULT.steps()).isEqualTo(300);
    }

    @Test
    void moreSamplesCloseTheGap() {
        List<Remedy> remedies = RESULT.remedies();

        assertThat(remedies).extracting(Remedy::samples).containsExactly(150, 1000, 3000);
        assertThat(remedies.get(1).gap()).isLessThan(remedies.get(0).gap());
        assertThat(remedies.get(2).gap()).isLessThan(remedies.get(1).gap());
        assertThat(remedies.get(2).end().testAccuracy())
                .isGreaterThan(remedies.get(0).end().testAccuracy());
    }

    @Test
    void sameSeedGivesTheSameNumbersOnTwoThreads() {
        Settings brief = SETTINGS.withEpochs(3);

        assertThat(TrainAndTest.compute(DIGITS, brief.withThreads(2), Progress.NONE))
                .isEqualTo(TrainAndTest.compute(DIGITS, brief, Progress.NONE));
    }

    @Test
    void progressReachesTheEnd() {
        assertThat(HEARD.last()).isCloseTo(1, within(1e-9));
    }
}
