package org.manabi.formats.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
import org.manabi.layers.GroupNorm;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.Network;
import org.manabi.layers.Parallel;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.RmsNorm;
import org.manabi.layers.Selu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Size;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Standardize;
import org.manabi.layers.Summary;
import org.manabi.layers.Tanh;
import org.manabi.tensor.AveragePooling.Divisor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// Writes the layers of a network as statements, each the call of a method.
final class LayerText {

    /// A variable of the generated method, and the shape of the sample in it.
    private record Value(String name, Shape sample) {}

    private final Network network;
    private final Map<String, Shape> outputs = new HashMap<>();
    private final StringBuilder statements = new StringBuilder();
    private final KernelText kernels = new KernelText();
    private final WeightText weights = new WeightText();
    private int count;

    LayerText(Network network) {
        this.network = network;
        for (Summary.Row row : network.summary().rows()) {
            outputs.put(row.path(), row.output());
        }
        kernels.use("weights");
    }

    String statements() {
        return statements.toString();
    }

    String kernels() {
        return kernels.toString();
    }

    String weights() {
        return weights.toString();
    }

    /// The call of a method, which the class then has.
    String call(String kernel, Object... arguments) {
        kernels.use(kernel);
        return kernel
                + "("
                + String.join(", ", Arrays.stream(arguments).map(Object::toString).toList())
                + ")";
    }

    /// Writes all layers and returns what they give.
    ///
    /// @param first what goes in
    String write(String first) {
        return write(network.layer(), "", new Value(first, network.sampleShape())).name();
    }

    private static String within(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Value write(Layer layer, String path, Value x) {
        return switch (layer) {
            case Sequential(List<Layer> layers) -> {
                Value current = x;
                for (int i = 0; i < layers.size(); i++) {
                    current = write(layers.get(i), within(path, Integer.toString(i)), current);
                }
                yield current;
            }
            case Residual(Layer body, @Nullable Layer shortcut) -> {
                Value added = write(body, within(path, "body"), x);
                Value kept = shortcut == null ? x : write(shortcut, within(path, "shortcut"), x);
                yield statement(
                        path, layer, call("add", added.name(), kept.name()), added.sample());
            }
            case Parallel parallel -> parallel(parallel, path, x);
            case Dropout _, Flatten _, Reshape _ ->
                    new Value(x.name(), outputs.getOrDefault(path, x.sample()));
            default ->
                    statement(
                            path,
                            layer,
                            expression(layer, path, x),
                            outputs.getOrDefault(path, x.sample()));
        };
    }

    private Value statement(String path, Layer layer, String expression, Shape sample) {
        String name = "y" + count++;
        String comment = (path + " " + layer).strip().replaceAll("[^ -~]", "?");
        statements.append("        // %s\n".formatted(comment));
        statements.append("        float[] %s = %s;\n".formatted(name, expression));
        return new Value(name, sample);
    }

    private Value parallel(Parallel parallel, String path, Value x) {
        List<Value> branches = new ArrayList<>();
        for (int i = 0; i < parallel.branches().size(); i++) {
            branches.add(write(parallel.branches().get(i), within(path, Integer.toString(i)), x));
        }
        Shape first = branches.getFirst().sample();
        if (parallel.merge() == Parallel.Merge.SUM) {
            String sum = branches.getFirst().name();
            for (Value branch : branches.subList(1, branches.size())) {
                sum = call("add", sum, branch.name());
            }
            return statement(path, parallel, sum, first);
        }
        int[] dims = first.toArray();
        dims[0] = branches.stream().mapToInt(branch -> branch.sample().dim(0)).sum();
        Object[] names = branches.stream().map(Value::name).toArray();
        return statement(path, parallel, call("concatenate", names), Shape.of(dims));
    }

    private String expression(Layer layer, String path, Value in) {
        String x = in.name();
        int columns = in.sample().dim(-1);
        return switch (layer) {
            case Dense dense ->
                    call(
                            "dense",
                            x,
                            parameter(path, "weight"),
                            bias(path, dense.bias() != null),
                            dense.units());
            case Conv2d conv -> convolution(conv, path, in);
            case Conv1d conv -> convolution(conv, path, in);
            case MaxPool2d pool ->
                    call("maxPool", pool(in, pool.kernel(), window(pool, in.sample())));
            case AveragePool2d pool -> {
                Window window =
                        pool.padding()
                                .window(
                                        pool.kernel(),
                                        pool.stride(),
                                        Size.of(1),
                                        in.sample().dim(1),
                                        in.sample().dim(2));
                int area = pool.divisor() == Divisor.WINDOW ? window.area() : 0;
                yield call("averagePool", pool(in, pool.kernel(), window) + ", " + area);
            }
            case GlobalAveragePool() -> call("globalAverage", x, in.sample().dim(0));
            case GlobalMaxPool() -> call("globalMax", x, in.sample().dim(0));
            case BatchNorm1d norm -> batchNorm(norm.epsilon(), path, x);
            case BatchNorm2d norm -> batchNorm(norm.epsilon(), path, x);
            case LayerNorm(double epsilon) ->
                    rows(path, x, bias(path, true), 1, columns, 1, true, epsilon);
            case RmsNorm(double epsilon) ->
                    rows(path, x, bias(path, false), 1, columns, 1, false, epsilon);
            case GroupNorm(int groups, double epsilon) -> {
                int size = in.sample().size();
                int span = size / in.sample().dim(0);
                yield rows(path, x, bias(path, true), groups, size / groups, span, true, epsilon);
            }
            case Standardize(List<Double> means, List<Double> deviations) ->
                    call("standardize", x, numbers(means), numbers(deviations));
            default -> activation(layer, path, x, columns);
        };
    }

    private String activation(Layer layer, String path, String x, int columns) {
        return switch (layer) {
            case Relu() -> call("relu", x);
            case Sigmoid() -> call("sigmoids", x);
            case Tanh() -> call("tanhs", x);
            case Softplus() -> call("softplus", x);
            case Softsign() -> call("softsign", x);
            case Silu() -> call("silu", x);
            case Mish() -> call("mish", x);
            case HardSwish() -> call("hardSwish", x);
            case Softmax() -> call("softmax", x, columns);
            case LogSoftmax() -> call("logSoftmax", x, columns);
            case Elu(double alpha) -> call("elu", x, number(alpha), number(1));
            case Selu() -> call("elu", x, number(Selu.ALPHA), number(Selu.LAMBDA));
            case LeakyRelu(double slope) -> call("leakyRelu", x, number(slope));
            case Prelu _ -> call("leakyRelu", x, parameter(path, "slope"));
            case HardSigmoid(double slope, double offset) ->
                    call("hardSigmoid", x, number(slope), number(offset));
            case HardTanh(double least, double most) ->
                    call("hardTanh", x, number(least), number(most));
            case Gelu(Gelu.Form form) -> call(form == Gelu.Form.EXACT ? "gelu" : "geluTanh", x);
            default ->
                    throw new ShapeException(
                            "the layer %s cannot be written as Java; export the model as .onnx"
                                    .formatted((path + " " + layer).strip()));
        };
    }

    private static String number(double value) {
        return JavaSource.number(value);
    }

    private float[] tensor(String path, String name) {
        Tensor tensor =
                Objects.requireNonNull(
                        network.parameters().tensors().get(within(path, name)),
                        "a layer has its tensors");
        float[] numbers = new float[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) tensor.getAsDouble(i);
        }
        return numbers;
    }

    private String parameter(String path, String name) {
        return weights.add(tensor(path, name));
    }

    private String bias(String path, boolean exists) {
        return exists ? parameter(path, "bias") : "new float[0]";
    }

    private String numbers(List<Double> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return weights.add(floats);
    }

    private static Window window(MaxPool2d pool, Shape sample) {
        return pool.padding()
                .window(pool.kernel(), pool.stride(), Size.of(1), sample.dim(1), sample.dim(2));
    }

    private static String pool(Value in, Size kernel, Window window) {
        return "%s, %s, %s, %s, %s, %s, %s"
                .formatted(
                        in.name(),
                        in.sample().dim(0),
                        in.sample().dim(1),
                        in.sample().dim(2),
                        kernel.height(),
                        kernel.width(),
                        places(window, in.sample().dim(1), in.sample().dim(2), ""));
    }

    /// Strides, padding, what is given between, and the sides of the output.
    private static String places(Window window, int height, int width, String between) {
        return "%s, %s, %s, %s, %s%s, %s"
                .formatted(
                        window.vertical().stride(),
                        window.horizontal().stride(),
                        window.vertical().before(),
                        window.horizontal().before(),
                        between,
                        window.vertical().positions(height),
                        window.horizontal().positions(width));
    }

    private String convolution(Conv2d conv, String path, Value in) {
        Shape sample = in.sample();
        Window window =
                conv.padding()
                        .window(
                                conv.kernel(),
                                conv.stride(),
                                conv.dilation(),
                                sample.dim(1),
                                sample.dim(2));
        return convolution(
                path,
                in.name(),
                conv.bias() != null,
                conv.groups(),
                Shape.of(sample.dim(0), sample.dim(1), sample.dim(2)),
                conv.filters(),
                window);
    }

    private String convolution(Conv1d conv, String path, Value in) {
        int length = in.sample().dim(1);
        Window.Axis axis =
                conv.padding()
                        .window(
                                new Size(1, conv.kernel()),
                                new Size(1, conv.stride()),
                                new Size(1, conv.dilation()),
                                1,
                                length)
                        .horizontal();
        return convolution(
                path,
                in.name(),
                conv.bias() != null,
                conv.groups(),
                Shape.of(in.sample().dim(0), 1, length),
                conv.filters(),
                new Window(Window.Axis.of(1), axis));
    }

    private String convolution(
            String path,
            String x,
            boolean bias,
            int groups,
            Shape image,
            int filters,
            Window window) {
        Window.Axis rows = window.vertical();
        Window.Axis columns = window.horizontal();
        return call(
                "convolve",
                x,
                parameter(path, "weight"),
                bias(path, bias),
                groups,
                image.dim(0),
                image.dim(1),
                image.dim(2),
                filters,
                rows.size(),
                columns.size(),
                places(
                        window,
                        image.dim(1),
                        image.dim(2),
                        "%s, %s, ".formatted(rows.dilation(), columns.dilation())));
    }

    /// Fixed figures make it a factor and a shift for each channel.
    private String batchNorm(double epsilon, String path, String x) {
        float[] variances = tensor(path, "runningVariance");
        float[] gains = tensor(path, "weight");
        float[] scales = new float[gains.length];
        for (int c = 0; c < scales.length; c++) {
            scales[c] = (float) (1 / Math.sqrt(variances[c] + epsilon) * gains[c]);
        }
        return call(
                "scaleChannels",
                x,
                parameter(path, "runningMean"),
                weights.add(scales),
                parameter(path, "bias"));
    }

    private String rows(
            String path,
            String x,
            String bias,
            int groups,
            int length,
            int span,
            boolean centered,
            double epsilon) {
        return call(
                "normalizeRows",
                x,
                parameter(path, "weight"),
                bias,
                groups,
                length,
                span,
                centered,
                epsilon);
    }
}
