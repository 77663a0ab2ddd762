package org.manabi.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Flatten;
import org.manabi.layers.Layer;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Normal;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.optim.Adam;
import org.manabi.optim.Momentum;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Sgd;
import org.manabi.tensor.Shape;

/// The workloads that Manabi and its peers are measured by.
enum Workload {
    /// The chapter's network.
    W1(Shape.of(784), 60_000, 100, 159_800) {
        @Override
        Layer layers() {
            return Sequential.of(new Dense(50, Normal.BOOK), new Sigmoid(), new Dense(10));
        }

        @Override
        Optimizer optimizer() {
            return new Sgd(0.1);
        }
    },
    /// A perceptron of two hidden layers.
    W2(Shape.of(784), 60_000, 128, 3_206_144) {
        @Override
        Layer layers() {
            return perceptron(512, 512);
        }

        @Override
        Optimizer optimizer() {
            return new Adam(1e-3);
        }
    },
    /// One convolutional layer.
    W3(Shape.of(1, 28, 28), 60_000, 100, 4_326_000) {
        @Override
        Layer layers() {
            return Sequential.of(
                    new Conv2d(30, 5),
                    new Relu(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Dense(100),
                    new Relu(),
                    new Dense(10));
        }

        @Override
        Optimizer optimizer() {
            return new Adam(1e-3);
        }
    },
    /// Two convolutional layers.
    W4(Shape.of(1, 28, 28), 60_000, 64, 71_565_312) {
        @Override
        Layer layers() {
            return Sequential.of(
                    new Conv2d(32, 3),
                    new Relu(),
                    new Conv2d(64, 3),
                    new Relu(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Dense(128),
                    new Relu(),
                    new Dense(10));
        }

        @Override
        Optimizer optimizer() {
            return new Adam(1e-3);
        }
    },
    /// A large perceptron, 33.6 million parameters.
    W5(Shape.of(4096), 4_096, 256, 167_936_000) {
        @Override
        Layer layers() {
            return perceptron(4096, 4096);
        }

        @Override
        Optimizer optimizer() {
            return new Momentum(0.01);
        }
    },
    /// W2's forward pass of one sample.
    W6A(Shape.of(784), 60_000, 1, 1_337_344) {
        @Override
        Layer layers() {
            return perceptron(512, 512);
        }

        @Override
        Optimizer optimizer() {
            throw new IllegalStateException("inference has no optimizer");
        }
    },
    /// W2's forward pass of a thousand samples.
    W6B(Shape.of(784), 60_000, 1000, 1_337_344) {
        @Override
        Layer layers() {
            return perceptron(512, 512);
        }

        @Override
        Optimizer optimizer() {
            throw new IllegalStateException("inference has no optimizer");
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a Shape cannot be changed, but is not annotated
    final Shape sample;

    final int samples;
    final int batchSize;

    /// Floating-point operations for each sample: two for each multiply-add of the forward pass, the
    /// weight gradients, and the input gradients except the first layer's.
    final double flopsPerSample;

    Workload(Shape sample, int samples, int batchSize, double flopsPerSample) {
        this.sample = sample;
        this.samples = samples;
        this.batchSize = batchSize;
        this.flopsPerSample = flopsPerSample;
    }

    abstract Layer layers();

    abstract Optimizer optimizer();

    /// As it is called in tables, such as `W6a`.
    String title() {
        return name().substring(0, 1) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    boolean fitsMnist() {
        return sample.size() == 28 * 28;
    }

    boolean isInference() {
        return this == W6A || this == W6B;
    }

    private static Layer perceptron(int... hidden) {
        List<Layer> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(new Dense(units));
            layers.add(new Relu());
        }
        layers.add(new Dense(10));
        return new Sequential(layers);
    }
}
