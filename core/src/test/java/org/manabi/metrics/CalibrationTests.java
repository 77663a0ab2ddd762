package org.manabi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.metrics.Calibration.Bin;
import org.manabi.tensor.ShapeException;

class CalibrationTests {

    /// Five bins; confidences that add without rounding.
    @Test
    void binsAndErrorByHand() {
        var calibration = new Calibration(5);
        calibration.add(0.5, true);
        calibration.add(0.5625, false);
        calibration.add(0.875, true);
        calibration.add(0.9375, true);
        calibration.add(1.0, false);

        assertThat(calibration.bins())
                .containsExactly(
                        new Bin(0, 0, 0),
                        new Bin(0, 0, 0),
                        new Bin(2, 0.53125, 0.5),
                        new Bin(0, 0, 0),
                        new Bin(3, 0.9375, 2 / 3.0));
        // 2/5 · 0.03125 + 3/5 · (0.9375 − 2/3)
        assertThat(calibration.expectedError()).isCloseTo(0.0125 + 0.1625, within(1e-15));
    }

    @Test
    void whoIsAsOftenRightAsConfidentIsCalibrated() {
        var calibration = new Calibration(10);
        for (int i = 0; i < 4; i++) {
            calibration.add(0.75, i < 3);
        }

        assertThat(calibration.expectedError()).isZero();
    }

    @Test
    void aBinHoldsItsLowerEdgeAndTheLastOneItsUpperToo() {
        var calibration = new Calibration(4);
        calibration.add(0, true);
        calibration.add(0.25, true);
        calibration.add(0.5, true);
        calibration.add(0.75, true);
        calibration.add(1, true);

        assertThat(calibration.bins()).extracting(Bin::count).containsExactly(1L, 1L, 1L, 2L);
    }

    @Test
    void withoutSamplesThereIsNoError() {
        assertThat(new Calibration(3).expectedError()).isZero();
    }

    @Test
    void aConfidenceThatIsNanIsLeftOut() {
        var calibration = new Calibration(2);
        calibration.add(Double.NaN, true);

        assertThat(calibration.bins()).extracting(Bin::count).containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.POSITIVE_INFINITY})
    void whatIsNoProbabilityIsRefused(double confidence) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Calibration(5).add(confidence, true))
                .withMessage("calibration: confidence %s is outside 0 … 1", confidence);
    }

    @Test
    void atLeastOneBinIsNeeded() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Calibration(0))
                .withMessage("calibration needs at least 1 bin, got 0");
    }
}
