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
import org.manabi.tensor.Product;
import org.manabi.tensor.kernel.Accumulation;
import org.manabi.tensor.kernel.FloatKernels;
import org.manabi.tensor.kernel.Workers;

/// Matrix products of the shapes m×n×k that layers have.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ProductBenchmark {

    @Param({
        "1024x1024x1024",
        "512x512x512",
        "2048x2048x2048",
        "128x512x784",
        "128x512x512",
        "784x512x128",
        "100x50x784",
        "784x50x100",
        "100x10x50"
    })
    public String shape;

    @Param({"AB", "ATB", "ABT"})
    public Product layout;

    @Param({"1", "2"})
    public int threads;

    private Workers workers;
    private int m;
    private int n;
    private int k;
    private float[] a;
    private float[] b;
    private float[] c;

    @Setup
    public void fill() {
        int[] sizes = Work.sizes(shape);
        m = sizes[0];
        n = sizes[1];
        k = sizes[2];
        workers = Workers.of(threads);
        a = Work.numbers(m * k);
        b = Work.numbers(k * n);
        c = new float[m * n];
    }

    @Benchmark
    public float[] product(Work work) {
        FloatKernels.best()
                .product(
                        workers,
                        layout,
                        m,
                        n,
                        k,
                        a,
                        0,
                        b,
                        0,
                        c,
                        0,
                        Accumulation.OVERWRITE,
                        null,
                        0,
                        Activation.IDENTITY);
        work.add(2.0 * m * n * k);
        return c;
    }
}
