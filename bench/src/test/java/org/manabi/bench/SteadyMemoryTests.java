package org.manabi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.data.Dataset;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent.StepDone;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// What a run of training leaves to the garbage collector.
class SteadyMemoryTests {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int MOST_BYTES = 2048;

    /// A vector is an object until its kernel is compiled, which takes some seconds and, on a busy
    /// machine, more: a run may take so long until it is steady.
    private static final long MOST_SECONDS = 90;

    /// Counts the steps in succession that allocate little.
    private static final class Quiet {
        private final int wanted;
        private int steps;
        private long before = -1;
        private long least = Long.MAX_VALUE;
        private final long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;

        Quiet(int wanted) {
            this.wanted = wanted;
        }

        boolean isOver() {
            long now = THREADS.getTotalThreadAllocatedBytes();
            if (before >= 0) {
                least = Math.min(least, now - before);
                steps = now - before < MOST_BYTES ? steps + 1 : 0;
            }
            before = THREADS.getTotalThreadAllocatedBytes();
            return steps >= wanted || System.nanoTime() > end;
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"W6A", "W6B"},
            mode = EnumSource.Mode.EXCLUDE)
    void steadyStepAllocatesLessThanTwoKilobytes(Workload workload) {
        Trainer<?, ?> trainer =
                Bench.trainer(workload, 2, Bench.model(workload), new Budget.Steps(1_000_000));
        Quiet quiet = new Quiet(workload == Workload.W5 ? 3 : 20);
        trainer.train(
                SyntheticData.of(workload),
                null,
                event -> {
                    if (event instanceof StepDone && quiet.isOver()) {
                        trainer.stop();
                    }
                });
        assertThat(quiet.steps)
                .as("steps in succession; the least that one allocated was %s B", quiet.least)
                .isEqualTo(quiet.wanted);
    }

    @Test
    void heapStaysFlatOverTenThousandSteps() {
        Network network =
                new Network(
                        Sequential.of(new Dense(8), new Relu(), new Dense(10)),
                        Workload.W1.sample,
                        DType.FLOAT32,
                        Seed.of(1));
        Dataset data = SyntheticData.of(Workload.W1);
        double[] megabytes = new double[2];
        new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Adam(1e-3),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Steps(10_000))
                                .withBatchSize(16)
                                .withThreads(2))
                .train(
                        data,
                        null,
                        event -> {
                            if (event instanceof StepDone step && step.step() == 1_000) {
                                megabytes[0] = Heap.liveMegabytes();
                            }
                            if (event instanceof StepDone step && step.step() == 10_000) {
                                megabytes[1] = Heap.liveMegabytes();
                            }
                        });
        // Half a megabyte: what the JVM itself keeps of classes that it loads late.
        assertThat(megabytes[1]).isCloseTo(megabytes[0], within(0.5));
    }
}
