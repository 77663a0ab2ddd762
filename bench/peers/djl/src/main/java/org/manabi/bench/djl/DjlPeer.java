package org.manabi.bench.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.zip.GZIPInputStream;

/// DJL on PyTorch: `DjlPeer WORKLOAD THREADS [steady|cold MNIST_FOLDER]`, measured as the Python peers
/// are by `measure.py`.
public final class DjlPeer {

    private static final double WARMUP_SECONDS = 6;
    private static final double WINDOW_SECONDS = 1;
    private static final int WINDOWS = 7;
    private static final int CLASSES = 10;

    private final String workload;
    private final long[] sample;
    private final int count;
    private final int batch;
    private final NDManager manager = NDManager.newBaseManager();
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final Random random = new Random(7);
    private byte[] pixels = new byte[0];
    private int[] labels = new int[0];
    private List<Integer> order = new ArrayList<>();
    private int position;

    private DjlPeer(String workload) {
        this.workload = workload;
        boolean images = workload.equals("W3") || workload.equals("W4");
        sample =
                images
                        ? new long[] {1, 28, 28}
                        : new long[] {workload.equals("W5") ? 4096 : 784};
        count = workload.equals("W5") ? 4_096 : 60_000;
        batch =
                switch (workload) {
                    case "W1", "W3" -> 100;
                    case "W2" -> 128;
                    case "W4" -> 64;
                    case "W5" -> 256;
                    case "W6A" -> 1;
                    case "W6B" -> 1000;
                    default -> throw new IllegalArgumentException(workload);
                };
    }

    public static void main(String[] arguments) throws IOException {
        DjlPeer peer = new DjlPeer(arguments[0].toUpperCase(Locale.ROOT));
        String mode = arguments.length > 2 ? arguments[2] : "steady";
        System.setProperty("ai.djl.pytorch.num_threads", arguments[1]);
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        Engine.getInstance();
        String name = "djl " + peer.workload + " " + arguments[1] + " ";
        if (mode.equals("cold")) {
            peer.loadMnist(Path.of(arguments[3]));
            System.out.println(name + peer.cold());
        } else {
            peer.makeData();
            System.out.println(name + peer.steady());
        }
    }

    private SequentialBlock net() {
        SequentialBlock net = new SequentialBlock();
        switch (workload) {
            case "W1" -> net.add(linear(50)).add(Activation.sigmoidBlock()).add(linear(CLASSES));
            case "W3" -> {
                net.add(conv(30, 5)).add(Activation.reluBlock()).add(pool());
                net.add(Blocks.batchFlattenBlock());
                net.add(linear(100)).add(Activation.reluBlock()).add(linear(CLASSES));
            }
            case "W4" -> {
                net.add(conv(32, 3)).add(Activation.reluBlock());
                net.add(conv(64, 3)).add(Activation.reluBlock()).add(pool());
                net.add(Blocks.batchFlattenBlock());
                net.add(linear(128)).add(Activation.reluBlock()).add(linear(CLASSES));
            }
            default -> {
                int width = workload.equals("W5") ? 4096 : 512;
                net.add(linear(width)).add(Activation.reluBlock());
                net.add(linear(width)).add(Activation.reluBlock()).add(linear(CLASSES));
            }
        }
        return net;
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Conv2d conv(int filters, int size) {
        return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(size, size)).build();
    }

    private static ai.djl.nn.Block pool() {
        return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
    }

    private Optimizer optimizer() {
        return switch (workload) {
            case "W1" -> Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
            case "W5" ->
                    Optimizer.sgd()
                            .setLearningRateTracker(Tracker.fixed(0.01f))
                            .optMomentum(0.9f)
                            .build();
            default -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
        };
    }

    private Shape batchShape() {
        return new Shape(batch).addAll(new Shape(sample));
    }

    private String steady() {
        try (Model model = Model.newInstance("peer")) {
            model.setBlock(net());
            if (workload.startsWith("W6")) {
                model.getBlock().initialize(manager, DataType.FLOAT32, batchShape());
                NDArray inputs = batch(range());
                ParameterStore store = new ParameterStore(manager, false);
                return measure(
                        () -> {
                            try (NDManager scope = manager.newSubManager()) {
                                NDArray x = inputs.duplicate();
                                x.attach(scope);
                                NDList out = model.getBlock().forward(store, new NDList(x), false);
                                out.attach(scope);
                                return out.singletonOrThrow().toFloatArray()[0];
                            }
                        });
            }
            try (Trainer trainer = trainer(model)) {
                return measure(() -> learn(trainer));
            }
        }
    }

    private Trainer trainer(Model model) {
        Trainer trainer =
                model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer()));
        trainer.initialize(batchShape());
        return trainer;
    }

    private double learn(Trainer trainer) {
        int[] rows = nextRows();
        int[] right = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            right[i] = labels[rows[i]];
        }
        try (NDManager scope = trainer.getManager().newSubManager()) {
            NDArray x = batch(rows);
            x.attach(scope);
            NDArray y = scope.create(right);
            float value;
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList scores = trainer.forward(new NDList(x));
                scores.attach(scope);
                NDArray mean = loss.evaluate(new NDList(y), scores);
                mean.attach(scope);
                collector.backward(mean);
                value = mean.getFloat();
            }
            trainer.step();
            return value;
        }
    }

    private int[] nextRows() {
        if (position + batch > order.size()) {
            order = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            position = 0;
        }
        int[] rows = new int[batch];
        for (int i = 0; i < batch; i++) {
            rows[i] = order.get(position + i);
        }
        position += batch;
        return rows;
    }

    private int[] range() {
        int[] rows = new int[batch];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /// The rows as floats from 0 to 1, converted in Java: one copy, as a careful user does it.
    private NDArray batch(int[] rows) {
        int width = 1;
        for (long length : sample) {
            width *= (int) length;
        }
        float[] values = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            int from = rows[i] * width;
            for (int j = 0; j < width; j++) {
                values[i * width + j] = (pixels[from + j] & 0xFF) * (1 / 255f);
            }
        }
        return manager.create(values, new Shape(rows.length).addAll(new Shape(sample)));
    }

    private void makeData() {
        int width = 1;
        for (long length : sample) {
            width *= (int) length;
        }
        pixels = new byte[count * width];
        random.nextBytes(pixels);
        labels = new int[count];
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
    }

    private void loadMnist(Path folder) throws IOException {
        pixels = read(folder.resolve("train-images-idx3-ubyte.gz"), 16);
        byte[] bytes = read(folder.resolve("train-labels-idx1-ubyte.gz"), 8);
        labels = new int[bytes.length];
        Arrays.setAll(labels, i -> bytes[i]);
    }

    private static byte[] read(Path file, int header) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(header));
            int size = 1;
            for (int at = 4; at < header; at += 4) {
                size *= head.getInt(at);
            }
            return in.readNBytes(size);
        }
    }

    private String cold() {
        try (Model model = Model.newInstance("peer")) {
            model.setBlock(net());
            try (Trainer trainer = trainer(model)) {
                double total = 0;
                int steps = labels.length / batch;
                for (int i = 0; i < steps; i++) {
                    total += learn(trainer);
                }
                return String.format(Locale.ROOT, "loss=%.4f mode=cold", total / steps);
            }
        }
    }

    private String measure(DoubleSupplier step) {
        double first = step.getAsDouble();
        double last = first;
        long end = System.nanoTime() + (long) (WARMUP_SECONDS * 1e9);
        while (System.nanoTime() < end) {
            step.getAsDouble();
        }
        double[] rates = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            long start = System.nanoTime();
            int steps = 0;
            while (System.nanoTime() - start < WINDOW_SECONDS * 1e9) {
                last = step.getAsDouble();
                steps++;
            }
            rates[i] = steps * batch / ((System.nanoTime() - start) / 1e9);
        }
        Arrays.sort(rates);
        double rate = rates[WINDOWS / 2];
        return String.format(
                Locale.ROOT,
                "samples_per_s=%.0f latency_us=%.1f loss=%.4f->%.4f mode=steady",
                rate,
                1e6 * batch / rate,
                first,
                last);
    }
}
