package org.manabi.bench.kernels;

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
import org.manabi.tensor.kernel.FloatKernels;

/// Adam's update, in the cache and beyond it.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AdamBenchmark {

    @Param({"4096", "669706", "16777216"})
    public int parameters;

    private float[] gradient;
    private float[] first;
    private float[] second;
    private float[] theta;

    @Setup
    public void fill() {
        gradient = Work.numbers(parameters);
        first = new float[parameters];
        second = new float[parameters];
        theta = Work.numbers(parameters);
    }

    @Benchmark
    public float[] update() {
        FloatKernels.best()
                .adam(
                        parameters,
                        1e-3f,
                        0.9,
                        0.999,
                        1,
                        1e-8f,
                        gradient,
                        0,
                        first,
                        0,
                        second,
                        0,
                        theta,
                        0);
        return theta;
    }
}
