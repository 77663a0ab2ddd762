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
import org.manabi.tensor.Activation;
import org.manabi.tensor.kernel.FloatKernels;

/// Elementary functions of 4096 numbers, in the cache. With MANABI_JAVA_OPTS=-Dmanabi.vector.bits=0
/// their scalar form.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MathBenchmark {

    private static final int COUNT = 4096;

    @Param({"exp", "log", "tanh", "sigmoid", "erf"})
    public String function;

    private final float[] x = Work.numbers(COUNT);
    private final float[] y = new float[COUNT];

    @Setup
    public void makePositive() {
        if (function.equals("log")) {
            for (int i = 0; i < COUNT; i++) {
                x[i] = Math.abs(x[i]);
            }
        }
    }

    @Benchmark
    public float[] apply() {
        FloatKernels kernels = FloatKernels.best();
        switch (function) {
            case "exp" -> kernels.exp(COUNT, x, 0, y, 0);
            case "log" -> kernels.log(COUNT, x, 0, y, 0);
            case "erf" -> kernels.erf(COUNT, x, 0, y, 0);
            case "tanh" -> kernels.activate(Activation.TANH, COUNT, x, 0, y, 0);
            default -> kernels.activate(Activation.SIGMOID, COUNT, x, 0, y, 0);
        }
        return y;
    }
}
