package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.LossFunctions.DeltaEffect;
import org.manabi.board.lesson.LossFunctions.Judged;
import org.manabi.board.lesson.LossFunctions.Settings;
import org.manabi.tensor.ShapeException;

class LossFunctionsTests {

    private static final LossFunctions.Result RESULT = LossFunctions.compute(Settings.DEFAULTS);

    @Test
    void chapterExamplesGiveTheChapterNumbers() {
        Judged right = RESULT.examples().get(0);
        Judged wrong = RESULT.examples().get(1);

        assertThat(right.squares()).isCloseTo(0.0975, within(1e-15));
        assertThat(wrong.squares()).isCloseTo(0.5975, within(1e-15));
        assertThat(right.crossEntropy()).isEqualTo(0.510825457099338);
        assertThat(wrong.crossEntropy()).isEqualTo(2.302584092994546);
    }

    @Test
    void onlyTheSquaresSeeTheOtherClasses() {
        Judged spread = RESULT.examples().get(0);
        Judged gathered = RESULT.examples().get(2);

        assertThat(gathered.right()).isEqualTo(spread.right());
        assertThat(gathered.crossEntropy()).isEqualTo(spread.crossEntropy());
        assertThat(gathered.squares()).isGreaterThan(spread.squares());
    }

    @Test
    void bothLossesFallAsTheRightProbabilityRises() {
        List<Judged> sweep = RESULT.sweep();

        assertThat(sweep).hasSize(201);
        for (int i = 1; i < sweep.size(); i++) {
            assertThat(sweep.get(i).squares()).isLessThan(sweep.get(i - 1).squares());
            assertThat(sweep.get(i).crossEntropy()).isLessThan(sweep.get(i - 1).crossEntropy());
        }
    }

    @Test
    void slopesAreThoseOfTheFormulas() {
        Judged half = RESULT.sweep().get(100);

        assertThat(half.right()).isEqualTo(0.5);
        assertThat(half.squaresSlopes().get(2)).isCloseTo(0.5 - 1, within(1e-15));
        assertThat(half.crossEntropySlopes().get(2)).isCloseTo(-1 / 0.5000001, within(1e-12));
        assertThat(half.crossEntropySlopes().get(3)).isZero();
    }

    @Test
    void deltaKeepsTheLossFinite() {
        DeltaEffect none = RESULT.deltas().getFirst();
        DeltaEffect book = RESULT.deltas().get(2);

        assertThat(none.certainAndWrong()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(book.delta()).isEqualTo(1e-7);
        assertThat(book.certainAndWrong()).isCloseTo(-Math.log(1e-7), within(1e-12));
        assertThat(book.certainAndRight()).isCloseTo(-1e-7, within(1e-13));
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThatThrownBy(() -> LossFunctions.judge(List.of(0.5, 1.5), 0, 1e-7))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1.5");
    }
}
