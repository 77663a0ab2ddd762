package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.MiniBatch.Coverage;
import org.manabi.board.lesson.MiniBatch.Estimates;
import org.manabi.board.lesson.MiniBatch.Settings;
import org.manabi.data.Dataset;

class MiniBatchTests {

    private static final Dataset DIGITS = Digits.mnist(60_000, 1).train();
    private static final Dataset FEW = DIGITS.first(5000);
    private static final Heard HEARD = new Heard();
    private static final MiniBatch.Result RESULT =
            MiniBatch.compute(
                    FEW, new Settings(0, 10, List.of(10, 100, 1000), 1000, 100, 20, 100, 1), HEARD);

    @Test
    void drawsTheNumbersOfNumPy() {
        // numpy 1.24.2: np.random.seed(0); np.random.choice(60000, 10)
        assertThat(MiniBatch.drawWithReplacement(DIGITS, 10, 0).rows())
                .containsExactly(
                        2732, 43567, 42613, 52416, 45891, 21243, 30403, 32103, 41993, 57043);
    }

    @Test
    void drawnSamplesKeepTheirLabels() {
        MiniBatch.Draw draw = MiniBatch.drawWithoutReplacement(DIGITS, 100, 3);

        assertThat(draw.rows()).doesNotHaveDuplicates();
        assertThat(draw.labels())
                .containsExactlyElementsOf(draw.rows().stream().map(DIGITS::label).toList());
    }

    @Test
    void drawingWithReplacementMissesOneSampleInE() {
        Coverage coverage = RESULT.coverageWithReplacement();

        assertThat(coverage.draws()).isEqualTo(5000);
        // The share missed has mean 1/e and standard deviation below 0.005 for 5000 samples.
        assertThat(coverage.timesDrawn().getFirst() / 5000.0).isCloseTo(1 / Math.E, within(0.025));
        assertThat(coverage.timesDrawn().getFirst() + coverage.seen()).isEqualTo(5000);
    }

    @Test
    void shuffledEpochSeesEverySampleOnce() {
        assertThat(RESULT.coverageOfEpoch()).isEqualTo(new Coverage(5000, 5000, List.of(0, 5000)));
    }

    @Test
    void miniBatchesEstimateTheLossOnAll() {
        for (Estimates estimates : RESULT.estimates()) {
            // Four standard errors of the mean of 1000 estimates.
            double tolerance = 4 * estimates.expectedSpread() / Math.sqrt(1000);
            assertThat(estimates.mean()).isCloseTo(RESULT.loss(), within(tolerance));
        }
    }

    @Test
    void spreadFallsLikeOneOverTheRootOfTheSize() {
        for (Estimates estimates : RESULT.estimates()) {
            // A standard deviation told from 1000 numbers is off by about 1/√2000 = 2.2 %,
            // somewhat more for the skewed losses of small batches.
            assertThat(estimates.spread() / estimates.expectedSpread()).isCloseTo(1, within(0.15));
        }
    }

    @Test
    void progressReachesTheEnd() {
        assertThat(HEARD.last()).isBetween(0.85, 1.0);
    }
}
