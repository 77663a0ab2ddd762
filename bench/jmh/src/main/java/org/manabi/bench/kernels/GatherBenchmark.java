package org.manabi.bench.kernels;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;

/// A batch of 100 of 60 000 pictures, from bytes to floats.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GatherBenchmark {

    private static final int PICTURES = 60_000;
    private static final int PIXELS = 784;
    private static final int BATCH = 100;

    @Param({"1", "2"})
    public int threads;

    private final ByteTensor pictures =
            ByteTensor.of(Shape.of(PICTURES, PIXELS), new byte[PICTURES * PIXELS]);
    private final FloatTensor batch = FloatTensor.zeros(Shape.of(BATCH, PIXELS));
    private final int[] rows = new Random(1).ints(PICTURES, 0, PICTURES).toArray();
    private Engine engine;
    private int next;

    @Setup
    public void start() {
        engine = Engine.of(threads);
    }

    @Benchmark
    public FloatTensor gather() {
        next = (next + BATCH) % (PICTURES - BATCH);
        engine.gather(pictures, 255, rows, next, batch);
        return batch;
    }
}
