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
import org.manabi.tensor.Convolution;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Window;

/// The convolutions of the workloads W3 and W4, as batch×channels×size×filters×window.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ConvolutionBenchmark {

    @Param({"100x1x28x30x5", "64x1x28x32x3", "64x32x26x64x3"})
    public String shape;

    @Param({"1", "2"})
    public int threads;

    private Convolution convolution;
    private FloatTensor x;
    private FloatTensor weight;
    private FloatTensor bias;
    private FloatTensor y;
    private FloatTensor dy;
    private FloatTensor dx;
    private FloatTensor dw;
    private FloatTensor db;
    private double operations;

    @Setup
    public void fill() {
        int[] sizes = Work.sizes(shape);
        int side = sizes[2] - sizes[4] + 1;
        Shape inputs = Shape.of(sizes[0], sizes[1], sizes[2], sizes[2]);
        Shape weights = Shape.of(sizes[3], sizes[1], sizes[4], sizes[4]);
        Shape outputs = Shape.of(sizes[0], sizes[3], side, side);
        convolution =
                Engine.of(threads)
                        .convolution(Window.of(sizes[4], sizes[4]), 1, inputs, weights);
        x = random(inputs);
        weight = random(weights);
        bias = random(Shape.of(sizes[3]));
        y = FloatTensor.zeros(outputs);
        dy = random(outputs);
        dx = FloatTensor.zeros(inputs);
        dw = FloatTensor.zeros(weights);
        db = FloatTensor.zeros(bias.shape());
        operations = 2.0 * outputs.size() * sizes[1] * sizes[4] * sizes[4];
    }

    private static FloatTensor random(Shape shape) {
        return FloatTensor.of(shape, Work.numbers(shape.size()));
    }

    @Benchmark
    public FloatTensor forward(Work work) {
        convolution.forward(x, weight, bias, Activation.IDENTITY, y);
        work.add(operations);
        return y;
    }

    @Benchmark
    public FloatTensor inputGradient(Work work) {
        convolution.gradients(x, weight, y, dy, Activation.IDENTITY, dx, null, null);
        work.add(operations);
        return dx;
    }

    @Benchmark
    public FloatTensor weightGradient(Work work) {
        convolution.gradients(x, weight, y, dy, Activation.IDENTITY, null, dw, db);
        work.add(operations);
        return dw;
    }
}
