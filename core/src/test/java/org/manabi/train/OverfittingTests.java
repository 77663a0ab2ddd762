package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.manabi.train.Overfitting.Kind;
import org.manabi.train.Overfitting.Remedy;

class OverfittingTests {

    /// Curves of validation data of 1000 samples, one row for each epoch: training loss, validation
    /// loss, validation accuracy.
    private static List<EpochScores> curves(double[]... rows) {
        List<EpochScores> epochs = new ArrayList<>();
        for (double[] row : rows) {
            long epoch = epochs.size() + 1L;
            Score train = new Score(9_000, row[0], OptionalDouble.of(1));
            OptionalDouble accuracy =
                    Double.isNaN(row[2]) ? OptionalDouble.empty() : OptionalDouble.of(row[2]);
            epochs.add(
                    new EpochScores(
                            epoch, 90 * epoch, train, null, new Score(1_000, row[1], accuracy)));
        }
        return epochs;
    }

    private static double[] row(double train, double validation, double accuracy) {
        return new double[] {train, validation, accuracy};
    }

    private static final double[][] OVERCONFIDENT = {
        row(0.5, 0.50, 0.85), row(0.3, 0.40, 0.88), row(0.2, 0.43, 0.88), row(0.1, 0.50, 0.89)
    };

    @Test
    void lossUpAndAccuracyUpIsTooMuchConfidence() {
        Overfitting found = Overfitting.in(curves(OVERCONFIDENT)).orElseThrow();

        assertThat(found.sinceEpoch()).isEqualTo(3);
        assertThat(found.kind()).isEqualTo(Kind.OVERCONFIDENT);
        assertThat(found.best().loss()).isEqualTo(0.40);
        assertThat(found.now().loss()).isEqualTo(0.50);
        assertThat(found.gap()).isCloseTo(0.4, within(1e-12));
        assertThat(found.remedies()).contains(Remedy.LABEL_SMOOTHING);
    }

    /// The standard error at 0.88 of 1000 samples is 0.0103.
    @Test
    void lossUpAndAccuracyDownBeyondChanceIsFewerRight() {
        double[][] rows = OVERCONFIDENT.clone();
        rows[3] = row(0.1, 0.50, 0.868);
        assertThat(Overfitting.in(curves(rows)).orElseThrow().kind()).isEqualTo(Kind.FEWER_RIGHT);
        rows[3] = row(0.1, 0.50, 0.872);
        assertThat(Overfitting.in(curves(rows)).orElseThrow().kind()).isEqualTo(Kind.OVERCONFIDENT);
    }

    @Test
    void realNumbersAreFartherOff() {
        Overfitting found =
                Overfitting.in(
                                curves(
                                        row(4, 5, Double.NaN),
                                        row(2, 6, Double.NaN),
                                        row(1, 7, Double.NaN)))
                        .orElseThrow();

        assertThat(found.kind()).isEqualTo(Kind.FARTHER_OFF);
        assertThat(found.sinceEpoch()).isEqualTo(2);
    }

    @Test
    void nothingIsSaidWhileTheValidationLossFalls() {
        assertThat(Overfitting.in(curves(row(5, 5, 0), row(4, 4, 0), row(1, 3.9, 0)))).isEmpty();
    }

    @Test
    void nothingIsSaidOfOneEpochOrOfARiseThatCannotBeNoticed() {
        assertThat(Overfitting.in(curves(row(5, 5, 0), row(4, 6, 0)))).isEmpty();
        assertThat(Overfitting.in(curves(row(5, 5, 0), row(4, 5.09, 0), row(3, 5.09, 0))))
                .isEmpty();
        assertThat(Overfitting.in(curves(row(5, 5, 0), row(4, 5.09, 0), row(3, 9, 0)))).isEmpty();
    }

    /// Both losses rise when the steps are too long: that is another fault.
    @Test
    void aTrainingLossThatRisesTooIsNoOverfitting() {
        assertThat(Overfitting.in(curves(row(1, 1, 0), row(2, 2, 0), row(3, 3, 0)))).isEmpty();
    }

    @Test
    void withoutValidationThereIsNothingToSay() {
        Score score = new Score(10, 1, OptionalDouble.empty());
        assertThat(Overfitting.in(List.of(new EpochScores(1, 1, score, null, null)))).isEmpty();
        assertThat(Overfitting.in(List.of())).isEmpty();
    }

    /// The score on frozen weights, where there is one, is the one to compare with.
    @Test
    void frozenWeightsCountBeforeRunningOnes() {
        List<EpochScores> epochs = new ArrayList<>();
        for (EpochScores epoch : curves(OVERCONFIDENT)) {
            Score frozen = new Score(1_000, 0.01 * (5 - epoch.epoch()), OptionalDouble.of(1));
            epochs.add(
                    new EpochScores(
                            epoch.epoch(),
                            epoch.step(),
                            epoch.running(),
                            frozen,
                            epoch.validation()));
        }
        assertThat(Overfitting.in(epochs).orElseThrow().train().loss()).isEqualTo(0.01);
    }

    @Test
    void newsIsToldOnce() {
        List<EpochScores> epochs = curves(OVERCONFIDENT);
        var earlier = Overfitting.in(epochs);
        assertThat(earlier.orElseThrow().isNewsAfter(earlier)).isFalse();
        assertThat(earlier.orElseThrow().isNewsAfter(Overfitting.in(epochs.subList(0, 3))))
                .isTrue();
    }
}
