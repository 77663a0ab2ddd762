package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Elu;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.GlobalAveragePool;
import org.manabi.layers.GlobalMaxPool;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.He;
import org.manabi.layers.Initializer;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.RunningVariance;
import org.manabi.layers.Selu;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Size;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Standardize;
import org.manabi.layers.Tanh;
import org.manabi.tensor.AveragePooling.Divisor;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

/// The layers that the nodes of a graph stand for, one after the other, and their weights.
final class ImportedLayers {

    private final long opset;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, NumericArray> weights = new HashMap<>();

    /// How many axes a batch has at this place.
    private int rank;

    /// The length of a sample's only axis; 0 where it is not known.
    private final int features;

    /// Means that were taken off and wait for the deviations.
    private @Nullable List<Double> means;

    ImportedLayers(long opset, Shape sample) {
        this.opset = opset;
        rank = sample.rank() + 1;
        features = sample.rank() == 1 ? sample.dim(0) : 0;
    }

    List<Layer> finished() {
        requireNoMeans();
        return List.copyOf(layers);
    }

    /// By the paths of their layers.
    Map<String, NumericArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /// Adds the layer of a node.
    ///
    /// @param given the constants among its inputs, in order
    /// @throws ShapeException if it is none
    void add(OnnxNode node, List<NumericArray> given) {
        Settings settings = new Settings(node.attributes());
        if (!node.operator().equals("Div")) {
            requireNoMeans();
        }
        switch (node.domain().isEmpty() ? node.operator() : "?") {
            case "Identity", "Cast" -> {}
            case "Gemm" -> gemm(settings, given);
            case "MatMul" -> {
                Checks.require(
                        node.inputs().size() == 2 && given.size() == 1 && rank == 2,
                        "it is no product of a batch [N, in] and a matrix");
                dense(given.getFirst(), null);
            }
            case "Add" -> bias(one(given));
            case "Sub" -> means = perFeature(one(given));
            case "Div" -> deviations(one(given));
            case "Conv" -> convolution(settings, given);
            case "BatchNormalization" -> batchNorm(settings, given);
            case "LayerNormalization" -> layerNorm(settings, given);
            case "MaxPool" -> {
                settings.require("ceil_mode", 0);
                settings.require("storage_order", 0);
                Size kernel = settings.size("kernel_shape", null);
                settings.requireNoGaps();
                layers.add(
                        new MaxPool2d(
                                kernel, settings.size("strides", Size.of(1)), settings.padding()));
            }
            case "AveragePool" -> {
                settings.require("ceil_mode", 0);
                settings.requireNoGaps();
                Divisor divisor =
                        settings.whole("count_include_pad", 0) == 0
                                ? Divisor.INSIDE
                                : Divisor.WINDOW;
                layers.add(
                        new AveragePool2d(
                                settings.size("kernel_shape", null),
                                settings.size("strides", Size.of(1)),
                                settings.padding(),
                                divisor));
            }
            case "GlobalAveragePool" -> reduced(new GlobalAveragePool());
            case "GlobalMaxPool" -> reduced(new GlobalMaxPool());
            case "Flatten" -> {
                settings.require("axis", 1);
                flatten();
            }
            case "Reshape" -> reshape(one(given));
            case "Dropout" -> {
                double ratio =
                        given.isEmpty()
                                ? settings.real("ratio", 0.5)
                                : given.getFirst().getDouble(0);
                layers.add(new Dropout(ratio));
            }
            default -> layers.add(activation(node, settings, given));
        }
    }

    private static NumericArray one(List<NumericArray> given) {
        Checks.require(given.size() == 1, "it has %d constant inputs, not 1", given.size());
        return given.getFirst();
    }

    private void requireNoMeans() {
        Checks.require(means == null, "constants are taken off, but nothing divides after that");
    }

    private String path(String name) {
        return "%d.%s".formatted(layers.size() - 1, name);
    }

    private void gemm(Settings settings, List<NumericArray> given) {
        settings.require("transA", 0);
        Checks.require(
                settings.real("alpha", 1) == 1 && settings.real("beta", 1) == 1,
                "alpha and beta other than 1 are no layer's");
        Checks.require(!given.isEmpty() && rank == 2, "its second input is no constant matrix");
        NumericArray matrix = given.getFirst();
        dense(
                settings.whole("transB", 0) == 0 ? matrix : transposed(matrix),
                given.size() > 1 ? given.get(1) : null);
    }

    private void dense(NumericArray matrix, @Nullable NumericArray bias) {
        Checks.require(matrix.rank() == 2, "its weights are %s, no matrix", matrix);
        int units = Math.toIntExact(matrix.dim(1));
        layers.add(new Dense(units, He.NORMAL, bias == null ? null : Initializer.ZEROS));
        weights.put(path("weight"), matrix);
        if (bias != null) {
            weights.put(path("bias"), repeated(bias, units));
        }
    }

    private static NumericArray transposed(NumericArray matrix) {
        Checks.require(matrix.rank() == 2, "its weights are %s, no matrix", matrix);
        int rows = Math.toIntExact(matrix.dim(0));
        int columns = Math.toIntExact(matrix.dim(1));
        double[] values = new double[matrix.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getDouble(i % rows * columns + i / rows);
        }
        return NumericArray.ofDoubles(new long[] {columns, rows}, values);
    }

    /// One number may stand for all.
    private static NumericArray repeated(NumericArray numbers, int count) {
        if (numbers.size() == count) {
            return numbers;
        }
        Checks.require(numbers.size() == 1, "%s are not %d numbers", numbers, count);
        double[] values = new double[count];
        java.util.Arrays.fill(values, numbers.getDouble(0));
        return NumericArray.ofDoubles(new long[] {count}, values);
    }

    /// Constants are added after a layer that has no biases yet.
    private void bias(NumericArray numbers) {
        Layer last = layers.isEmpty() ? null : layers.getLast();
        int channels;
        switch (last) {
            case Dense dense when dense.bias() == null -> {
                channels = dense.units();
                layers.set(
                        layers.size() - 1, new Dense(channels, dense.weights(), Initializer.ZEROS));
            }
            case Conv2d conv when conv.bias() == null -> {
                Checks.require(
                        numbers.rank() >= 3 && numbers.dim(numbers.rank() - 3) == numbers.size(),
                        "it adds %s, not one number for each channel",
                        numbers);
                channels = conv.filters();
                layers.set(
                        layers.size() - 1,
                        new Conv2d(
                                channels,
                                conv.kernel(),
                                conv.stride(),
                                conv.padding(),
                                conv.dilation(),
                                conv.groups(),
                                conv.weights(),
                                Initializer.ZEROS));
            }
            case null, default ->
                    throw new ShapeException("there is no layer before it that lacks a bias");
        }
        weights.put(path("bias"), repeated(numbers, channels));
    }

    private List<Double> perFeature(NumericArray numbers) {
        Checks.require(
                rank == 2 && features > 0 && layers.isEmpty(),
                "only features can be standardized, before the first layer");
        NumericArray all = repeated(numbers, features);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            values.add(all.getDouble(i));
        }
        return values;
    }

    private void deviations(NumericArray numbers) {
        List<Double> divisors = perFeature(numbers);
        List<Double> centers = means == null ? Collections.nCopies(features, 0.0) : means;
        means = null;
        layers.add(new Standardize(centers, divisors));
    }

    private void convolution(Settings settings, List<NumericArray> given) {
        Checks.require(
                !given.isEmpty() && given.getFirst().rank() == rank,
                "its weights are no constant of the input's axes");
        NumericArray filters = given.getFirst();
        int count = Math.toIntExact(filters.dim(0));
        int groups = Math.toIntExact(settings.whole("group", 1));
        Initializer bias = given.size() > 1 ? Initializer.ZEROS : null;
        if (rank == 4) {
            Size kernel =
                    new Size(Math.toIntExact(filters.dim(2)), Math.toIntExact(filters.dim(3)));
            layers.add(
                    new Conv2d(
                            count,
                            kernel,
                            settings.size("strides", Size.of(1)),
                            settings.padding(),
                            settings.size("dilations", Size.of(1)),
                            groups,
                            He.NORMAL,
                            bias));
        } else {
            Checks.require(rank == 3, "it convolves %d axes; 1 and 2 are known", rank - 2);
            layers.add(
                    new Conv1d(
                            count,
                            Math.toIntExact(filters.dim(2)),
                            settings.single("strides"),
                            settings.paddingOfSequences(),
                            settings.single("dilations"),
                            groups,
                            He.NORMAL,
                            bias));
        }
        weights.put(path("weight"), filters);
        if (given.size() > 1) {
            weights.put(path("bias"), given.get(1));
        }
    }

    private void batchNorm(Settings settings, List<NumericArray> given) {
        settings.require("training_mode", 0);
        Checks.require(given.size() == 4, "it has %d constants, not 4", given.size());
        double momentum = 1 - settings.real("momentum", 0.9);
        double epsilon = settings.real("epsilon", 1e-5);
        layers.add(
                rank == 4
                        ? new BatchNorm2d(momentum, epsilon, RunningVariance.UNBIASED)
                        : new BatchNorm1d(momentum, epsilon, RunningVariance.UNBIASED));
        weights.put(path("weight"), given.get(0));
        weights.put(path("bias"), given.get(1));
        weights.put(path("runningMean"), given.get(2));
        weights.put(path("runningVariance"), given.get(3));
    }

    private void layerNorm(Settings settings, List<NumericArray> given) {
        long axis = settings.whole("axis", -1);
        Checks.require(
                (axis == -1 || axis == rank - 1) && given.size() == 2,
                "it does not normalize the last axis with a scale and a bias");
        layers.add(new LayerNorm(settings.real("epsilon", 1e-5)));
        weights.put(path("weight"), given.get(0));
        weights.put(path("bias"), given.get(1));
    }

    private void reduced(Layer pool) {
        layers.add(pool);
        rank = 2;
    }

    private void flatten() {
        if (rank > 2) {
            layers.add(new Flatten());
            rank = 2;
        }
    }

    /// The first axis stays as it is; the others may become one.
    private void reshape(NumericArray shape) {
        Checks.require(
                shape.rank() == 1 && shape.size() >= 2 && shape.type() == ElementType.INT64,
                "the shape %s is not one of batches",
                shape);
        boolean batch = shape.getLong(0) == 0 || shape.getLong(0) == -1;
        if (shape.size() == 2 && (shape.getLong(1) == -1 || batch) && rank > 2) {
            flatten();
            return;
        }
        int[] dims = new int[shape.size() - 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.toIntExact(shape.getLong(i + 1));
            Checks.require(batch && dims[i] > 0, "it moves elements between samples");
        }
        if (dims.length > 1 || rank > 2) {
            layers.add(Reshape.to(dims));
            rank = dims.length + 1;
        }
    }

    private Layer activation(OnnxNode node, Settings settings, List<NumericArray> given) {
        return switch (node.domain().isEmpty() ? node.operator() : "?") {
            case "Relu" -> new Relu();
            case "Sigmoid" -> new Sigmoid();
            case "Tanh" -> new Tanh();
            case "Softplus" -> new Softplus();
            case "Softsign" -> new Softsign();
            case "HardSwish" -> new HardSwish();
            case "Mish" -> new Mish();
            case "Gelu" ->
                    new Gelu(
                            settings.text("approximate", "none").equals("tanh")
                                    ? Gelu.Form.TANH
                                    : Gelu.Form.EXACT);
            case "Swish" -> {
                Checks.require(settings.real("alpha", 1) == 1, "alpha is not 1");
                yield new Silu();
            }
            case "Selu" -> {
                Checks.require(
                        settings.near("alpha", Selu.ALPHA) && settings.near("gamma", Selu.LAMBDA),
                        "alpha and gamma are not those of the paper");
                yield new Selu();
            }
            case "Elu" -> new Elu(settings.real("alpha", 1));
            case "LeakyRelu" -> new LeakyRelu(settings.real("alpha", 0.01));
            case "HardSigmoid" ->
                    new HardSigmoid(settings.real("alpha", 0.2), settings.real("beta", 0.5));
            case "Clip" -> {
                boolean old = opset < 11;
                Checks.require(old || given.size() == 2, "it does not have two bounds");
                yield new HardTanh(
                        old ? settings.real("min", -1) : given.get(0).getDouble(0),
                        old ? settings.real("max", 1) : given.get(1).getDouble(0));
            }
            case "PRelu" -> {
                NumericArray slope = one(given);
                weights.put(layers.size() + ".slope", slope);
                yield new Prelu(
                        slope.size() == 1 ? Prelu.Sharing.ALL : Prelu.Sharing.CHANNEL, 0.25);
            }
            case "Softmax", "LogSoftmax" -> {
                long axis = settings.whole("axis", opset < 13 ? 1 : -1);
                Checks.require(axis == -1 || axis == rank - 1, "it is not along the last axis");
                yield node.operator().equals("Softmax") ? new Softmax() : new LogSoftmax();
            }
            default -> throw new ShapeException("the operator is no layer that can be trained");
        };
    }
}
