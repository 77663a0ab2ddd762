package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.manabi.board.lesson.WhyNotAccuracy.Attempt;
import org.manabi.board.lesson.WhyNotAccuracy.Place;
import org.manabi.board.lesson.WhyNotAccuracy.Settings;
import org.manabi.data.Dataset;
import org.manabi.layers.Network;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;
import org.manabi.train.Score;

class WhyNotAccuracyTests {

    private static final Dataset DIGITS = Digits.mnist(2000, 1).train();
    private static final Settings SETTINGS = new Settings(0, 200, 20, 40, 201, 4, 1e-4, 1, 5);
    private static final Heard HEARD = new Heard();
    private static final WhyNotAccuracy.Result RESULT =
            WhyNotAccuracy.compute(DIGITS, SETTINGS, HEARD);

    @Test
    void accuracyHasDerivativeZeroAlmostEverywhere() {
        // A step of the staircase within 1e-4 of one of 201 places is a rare accident.
        assertThat(RESULT.flat()).isBetween(198, 201);
        assertThat(RESULT.walk().stream().filter(place -> place.accuracySlope() == 0).count())
                .isEqualTo(RESULT.flat());
    }

    @Test
    void accuracyIsAStaircaseOfWholeSamples() {
        assertThat(RESULT.walk())
                .allSatisfy(
                        place ->
                                assertThat(place.accuracy() * 200)
                                        .isCloseTo(
                                                Math.rint(place.accuracy() * 200), within(1e-9)));
        Set<Double> levels =
                RESULT.walk().stream().map(Place::accuracy).collect(Collectors.toSet());
        assertThat(RESULT.levels()).isEqualTo(levels.size()).isBetween(5, 150);
        assertThat(RESULT.stairs()).isBetween(5, 150);
    }

    @Test
    void lossIsASlopeOnWhichBothDerivativesAgree() {
        // Central differences err by h² f‴/6 < 1e-8 and by 2⁻⁵² f/h < 1e-11.
        assertThat(RESULT.largestDifference()).isLessThan(1e-6);
        assertThat(RESULT.walk()).allMatch(place -> place.lossSlope() != 0);
    }

    @Test
    void walkGoesBothWaysFromTheWeight() {
        List<Place> walk = RESULT.walk();

        assertThat(walk).hasSize(201);
        assertThat(walk.getFirst().weight()).isEqualTo(RESULT.weight().value() - 4);
        assertThat(walk.get(100).weight()).isEqualTo(RESULT.weight().value());
        assertThat(walk.getLast().weight()).isEqualTo(RESULT.weight().value() + 4);
        assertThat(RESULT.closeUp().getFirst().weight()).isEqualTo(RESULT.weight().value() - 0.4);
        assertThat(RESULT.closeUp().get(100)).isEqualTo(walk.get(100));
    }

    @Test
    void trainingByAccuracyStandsStill() {
        Attempt attempt = RESULT.byAccuracy();

        assertThat(attempt.notZero()).containsOnly(0);
        assertThat(attempt.losses()).hasSize(6).containsOnly(attempt.losses().getFirst());
        assertThat(attempt.accuracies()).containsOnly(attempt.accuracies().getFirst());
    }

    @Test
    void trainingByLossMoves() {
        Attempt attempt = RESULT.byLoss();

        assertThat(attempt.notZero()).containsOnly(RESULT.parameters());
        for (int i = 1; i < attempt.losses().size(); i++) {
            assertThat(attempt.losses().get(i)).isLessThan(attempt.losses().get(i - 1));
        }
        assertThat(attempt.accuracies().getLast()).isGreaterThan(attempt.accuracies().getFirst());
    }

    @Test
    void bothTrainingsBeginAtTheSamePlace() {
        assertThat(RESULT.byAccuracy().losses().getFirst())
                .isEqualTo(RESULT.byLoss().losses().getFirst())
                .isEqualTo(RESULT.walk().get(100).loss());
    }

    @Test
    void lastLayerGivesWhatTheWholeNetworkGives() {
        Dataset few = DIGITS.first(100);
        Network network = TwoLayerNetwork.ofLogits(few, 20, DType.FLOAT64, 7);
        LastLayer layer = new LastLayer(network, few);
        layer.weight().setFromDouble(3, 2.5);

        Score score =
                new Evaluator<>(Engine.serial(), Model.ofLogits(network), SoftmaxCrossEntropy.MEAN)
                        .score(few);

        // Both add 100 numbers below 10 in double.
        assertThat(layer.loss()).isCloseTo(score.loss(), within(1e-12));
        assertThat(layer.accuracy()).isEqualTo(score.accuracy().orElseThrow());
    }

    @Test
    void sameSeedGivesTheSameNumbers() {
        Settings brief = new Settings(3, 50, 10, 5, 11, 1, 1e-4, 1, 1);

        assertThat(WhyNotAccuracy.compute(DIGITS, brief, Progress.NONE))
                .isEqualTo(WhyNotAccuracy.compute(DIGITS, brief, Progress.NONE));
    }

    @Test
    void progressReachesTheEnd() {
        assertThat(HEARD.last()).isCloseTo(1, within(1e-9));
    }
}
