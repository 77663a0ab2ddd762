package org.manabi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostModelTests {

    /// 1 GFLOP a sample at 100 GFLOP/s; 250 million weights are 1 GB, at 1 GB/s.
    private static final CostModel MODEL =
            new CostModel(1e9, 250e6, 2, 100e9, 1e9, 1e-4, 10e9, 0.5, 8, 0);

    @Test
    void oneReplicaSendsNothing() {
        CostModel.Round round = MODEL.round(1, 100);

        assertThat(round.compute()).isCloseTo(1, within(1e-12));
        assertThat(round.waiting()).isZero();
        assertThat(round.update()).isCloseTo(0.8, within(1e-12));
        assertThat(round.seconds()).isCloseTo(1.8, within(1e-12));
    }

    /// Two replicas compute 0.5 s each. Half a gigabyte goes each way, twice: 0.5002 s, of which the
    /// first time half of computing, 0.25 s, is hidden.
    @Test
    void sumsAreSentBesideTheBackwardPass() {
        CostModel.Round round = MODEL.round(2, 100);

        assertThat(round.bytes()).isCloseTo(1e9, within(1e-3));
        assertThat(round.waiting()).isCloseTo(0.2502 + 0.5002, within(1e-9));
        assertThat(round.update()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void aBatchIsSharedByAtMostItsSamples() {
        assertThatExceptionOfType(ReplicaException.class)
                .isThrownBy(() -> MODEL.round(101, 100))
                .withMessageContaining("give at least one each");
    }
}
