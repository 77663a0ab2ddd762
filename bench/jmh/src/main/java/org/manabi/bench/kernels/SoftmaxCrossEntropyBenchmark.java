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

/// Softmax and cross-entropy of rows in one pass, and its gradient.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SoftmaxCrossEntropyBenchmark {

    @Param({"128x10", "128x1000"})
    public String shape;

    private int rows;
    private int columns;
    private float[] logits;
    private int[] labels;
    private float[] losses;
    private float[] probabilities;
    private float[] factors;
    private float[] gradient;

    @Setup
    public void fill() {
        int[] sizes = Work.sizes(shape);
        rows = sizes[0];
        columns = sizes[1];
        logits = Work.numbers(rows * columns);
        labels = new int[rows];
        losses = new float[rows];
        probabilities = new float[rows * columns];
        factors = Work.numbers(rows);
        gradient = new float[rows * columns];
    }

    @Benchmark
    public float[] forward() {
        FloatKernels.best()
                .softmaxCrossEntropyRows(
                        rows, columns, logits, 0, labels, 0, losses, 0, probabilities, 0);
        return losses;
    }

    @Benchmark
    public float[] backward() {
        FloatKernels.best()
                .softmaxCrossEntropyRowsGradient(
                        rows, columns, probabilities, 0, labels, 0, factors, 0, gradient, 0);
        return gradient;
    }
}
