package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.data.LastBatch;
import org.manabi.data.Sampling;
import org.manabi.tensor.ShapeException;

class TrainingConfigTests {

    private static final TrainingConfig DEFAULTS = TrainingConfig.DEFAULTS;

    @Test
    void eachSettingIsChangedByItself() {
        var steps = new Budget.Steps(7);

        assertThat(DEFAULTS.withBudget(steps))
                .isEqualTo(new TrainingConfig(steps, 100, Sampling.EPOCH, LastBatch.KEEP, 0, 1));
        assertThat(
                        DEFAULTS.withBudget(steps)
                                .withBatchSize(3)
                                .withSampling(Sampling.SEQUENTIAL)
                                .withLastBatch(LastBatch.DROP)
                                .withSeed(9)
                                .withThreads(4))
                .isEqualTo(new TrainingConfig(steps, 3, Sampling.SEQUENTIAL, LastBatch.DROP, 9, 4));
    }

    @Test
    void shardsAreOneUnlessAskedFor() {
        assertThat(DEFAULTS.shards()).isEqualTo(1);
        assertThat(DEFAULTS.withShards(8).withProbeEvery(3).withThreads(2).shards()).isEqualTo(8);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> DEFAULTS.withShards(0))
                .withMessage("0 virtual shards are too few; give at least 1");
    }

    @Test
    void budgetsCountSteps() {
        assertThat(new Budget.Epochs(3).steps(600)).isEqualTo(1800);
        assertThat(new Budget.Steps(10_000).steps(600)).isEqualTo(10_000);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> DEFAULTS.withBatchSize(0))
                .withMessage("batch size 0 is not at least 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> DEFAULTS.withThreads(0))
                .withMessage("0 threads are too few; give at least 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Budget.Epochs(0))
                .withMessage("0 epochs are too few; give at least 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Budget.Steps(-1))
                .withMessage("-1 steps are too few; give at least 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32})
    void withReplacementTheSeedIsOneOfNumPys(long seed) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> DEFAULTS.withSeed(seed).withSampling(Sampling.REPLACEMENT))
                .withMessage(
                        "seed %d is outside 0 … 4294967295, the seeds of NumPy that sampling with"
                                + " replacement follows",
                        seed);
        assertThat(DEFAULTS.withSeed(seed).seed()).isEqualTo(seed);
    }
}
