package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.GlobalAveragePool;
import org.manabi.layers.GlobalMaxPool;
import org.manabi.layers.Layer;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Padding;
import org.manabi.layers.Size;
import org.manabi.tensor.AveragePooling.Divisor;
import org.manabi.tensor.Window;

/// Writes convolutions and pools. Padding is always written as numbers, which every runtime
/// understands alike; the size of the images is known.
final class WindowNodes {

    private final NetworkGraph graph;

    WindowNodes(NetworkGraph graph) {
        this.graph = graph;
    }

    /// The name of the layer's output; empty if it is none of these.
    Optional<String> write(Layer layer, String path, Flow in) {
        return Optional.ofNullable(
                switch (layer) {
                    case Conv2d conv -> conv(conv, path, in);
                    case Conv1d conv -> conv(conv, path, in);
                    case ConvTranspose2d conv -> transposed(conv, path, in);
                    case MaxPool2d pool ->
                            graph.node(
                                    path,
                                    "",
                                    "MaxPool",
                                    List.of(in.name()),
                                    settings(
                                            window(
                                                    in,
                                                    pool.kernel(),
                                                    pool.stride(),
                                                    pool.padding(),
                                                    Size.of(1))));
                    case AveragePool2d pool -> average(pool, path, in);
                    case GlobalAveragePool() -> global("GlobalAveragePool", path, in);
                    case GlobalMaxPool() -> global("GlobalMaxPool", path, in);
                    default -> null;
                });
    }

    private static Window window(Flow in, Size kernel, Size stride, Padding pad, Size dilation) {
        return pad.window(kernel, stride, dilation, in.sample().dim(1), in.sample().dim(2));
    }

    private String conv(Conv2d conv, String path, Flow in) {
        Map<String, OnnxAttribute> settings =
                settings(window(in, conv.kernel(), conv.stride(), conv.padding(), conv.dilation()));
        settings.put("group", OnnxAttribute.of(conv.groups()));
        return graph.node(path, "", "Conv", inputs(path, in, conv.bias() != null), settings);
    }

    private String conv(Conv1d conv, String path, Flow in) {
        Window.Axis axis =
                conv.padding()
                        .window(
                                new Size(1, conv.kernel()),
                                new Size(1, conv.stride()),
                                new Size(1, conv.dilation()),
                                1,
                                in.sample().dim(1))
                        .horizontal();
        Map<String, OnnxAttribute> settings = settings(axis);
        settings.put("group", OnnxAttribute.of(conv.groups()));
        return graph.node(path, "", "Conv", inputs(path, in, conv.bias() != null), settings);
    }

    private String transposed(ConvTranspose2d conv, String path, Flow in) {
        int height = in.sample().dim(1);
        int width = in.sample().dim(2);
        // Same padding is that of the convolution from H·stride to H.
        Window window =
                conv.padding()
                        .window(
                                conv.kernel(),
                                conv.stride(),
                                conv.dilation(),
                                height * conv.stride().height(),
                                width * conv.stride().width());
        Map<String, OnnxAttribute> settings = settings(window);
        settings.put("group", OnnxAttribute.of(conv.groups()));
        boolean same = conv.padding() instanceof Padding.Same;
        int rows = same ? missing(window.vertical()) : conv.added().height();
        int columns = same ? missing(window.horizontal()) : conv.added().width();
        settings.put("output_padding", OnnxAttribute.ofIntegers(rows, columns));
        return graph.node(
                path, "", "ConvTranspose", inputs(path, in, conv.bias() != null), settings);
    }

    private static int missing(Window.Axis axis) {
        return Math.max(0, axis.stride() - axis.span());
    }

    private List<String> inputs(String path, Flow in, boolean bias) {
        List<String> inputs = new ArrayList<>();
        inputs.add(in.name());
        inputs.add(graph.parameter(path, "weight"));
        if (bias) {
            inputs.add(graph.parameter(path, "bias"));
        }
        return inputs;
    }

    private String average(AveragePool2d pool, String path, Flow in) {
        Map<String, OnnxAttribute> settings =
                settings(window(in, pool.kernel(), pool.stride(), pool.padding(), Size.of(1)));
        settings.put(
                "count_include_pad", OnnxAttribute.of(pool.divisor() == Divisor.WINDOW ? 1 : 0));
        return graph.node(path, "", "AveragePool", List.of(in.name()), settings);
    }

    /// The operators keep axes of length 1, the layers do not. Without positions there is nothing
    /// to be pooled.
    private String global(String operator, String path, Flow in) {
        return in.rank() < 3
                ? in.name()
                : graph.node(
                        path,
                        "",
                        "Flatten",
                        List.of(graph.node(path, operator, in.name())),
                        Map.of("axis", OnnxAttribute.of(1)));
    }

    private static Map<String, OnnxAttribute> settings(Window window) {
        Window.Axis rows = window.vertical();
        Window.Axis columns = window.horizontal();
        Map<String, OnnxAttribute> settings = new TreeMap<>();
        settings.put("kernel_shape", OnnxAttribute.ofIntegers(rows.size(), columns.size()));
        settings.put("strides", OnnxAttribute.ofIntegers(rows.stride(), columns.stride()));
        settings.put(
                "pads",
                OnnxAttribute.ofIntegers(
                        rows.before(), columns.before(), rows.after(), columns.after()));
        if (rows.dilation() != 1 || columns.dilation() != 1) {
            settings.put(
                    "dilations", OnnxAttribute.ofIntegers(rows.dilation(), columns.dilation()));
        }
        return settings;
    }

    private static Map<String, OnnxAttribute> settings(Window.Axis axis) {
        Map<String, OnnxAttribute> settings = new TreeMap<>();
        settings.put("kernel_shape", OnnxAttribute.ofIntegers(axis.size()));
        settings.put("strides", OnnxAttribute.ofIntegers(axis.stride()));
        settings.put("pads", OnnxAttribute.ofIntegers(axis.before(), axis.after()));
        settings.put("dilations", OnnxAttribute.ofIntegers(axis.dilation()));
        return settings;
    }
}
