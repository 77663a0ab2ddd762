package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTests {

    @Test
    void turnIsTheEpochOfTheLowestLoss() {
        assertThat(Turn.of(List.of(2.0, 1.0, 0.5, 0.6, 0.9))).contains(new Turn(3, 0.5, 0.9));
    }

    @Test
    void lossThatStillFallsHasNotTurned() {
        assertThat(Turn.of(List.of(2.0, 1.0, 0.5))).isEmpty();
    }

    @Test
    void hardlyAnyRiseIsNoTurn() {
        assertThat(Turn.of(List.of(2.0, 0.5, 0.5001))).isEmpty();
    }

    @Test
    void firstOfEqualLossesCounts() {
        assertThat(Turn.of(List.of(0.5, 0.5, 0.9))).contains(new Turn(1, 0.5, 0.9));
    }
}
