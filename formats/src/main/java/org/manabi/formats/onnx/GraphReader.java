package org.manabi.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.protobuf.WireReader;

/// Reads the messages of a model: what each says, not yet whether they fit together.
///
/// Source: `onnx.proto3`.
final class GraphReader {

    /// The most nodes, names, settings and numbers of settings in one file: many times what networks
    /// have, and few enough that a hostile file cannot fill the memory.
    private static final int MAX_PARTS = 1_000_000;

    private final @Nullable ExternalData external;
    private int parts;

    GraphReader(@Nullable ExternalData external) {
        this.external = external;
    }

    OnnxModel model(WireReader in) {
        long version = 0;
        String producer = "";
        Map<String, Long> opsets = new HashMap<>();
        OnnxGraph graph = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> version = in.integer();
                case 2 -> producer = in.text();
                case 7 -> {
                    if (graph != null) {
                        throw in.fault("the model has two graphs");
                    }
                    graph = graph(in.message());
                }
                case 8 -> opset(in.message(), opsets);
                case 25 -> throw in.fault("the model has functions of its own, which are not read");
                default -> in.skip();
            }
        }
        if (graph == null) {
            throw in.fault("there is no graph; is it an ONNX model?");
        }
        if (version < 1 || version > 1000) {
            throw in.fault("the version %d of the model is not known".formatted(version));
        }
        if (opsets.isEmpty() && version >= 3) {
            throw in.fault("the model does not say the version of its operators (opset_import)");
        }
        return new OnnxModel(version, producer, opsets, graph);
    }

    private void opset(WireReader in, Map<String, Long> opsets) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.integer();
                default -> in.skip();
            }
        }
        count(in);
        if (version < 1 || version > 10_000 || opsets.put(domain, version) != null) {
            throw in.fault(
                    "the version %d of the operators of \"%s\" is wrong or comes twice"
                            .formatted(version, domain));
        }
    }

    private OnnxGraph graph(WireReader in) {
        String name = "";
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, NumericArray> initializers = new LinkedHashMap<>();
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 1 -> nodes.add(node(in.message()));
                case 2 -> name = in.text();
                case 5 -> {
                    TensorReader.Named tensor = TensorReader.read(in.message(), external);
                    if (tensor.name().isEmpty()) {
                        throw in.fault("an initializer has no name");
                    }
                    if (initializers.put(tensor.name(), tensor.array()) != null) {
                        throw in.fault("two initializers are named " + tensor.name());
                    }
                }
                case 11 -> inputs.add(value(in.message()));
                case 12 -> outputs.add(value(in.message()));
                case 13 -> value(in.message());
                case 15 -> throw in.fault("sparse initializers are not read");
                default -> in.skip();
            }
        }
        return new OnnxGraph(name, nodes, initializers, inputs, outputs);
    }

    private OnnxNode node(WireReader in) {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, OnnxAttribute> attributes = new HashMap<>();
        while (in.next()) {
            count(in);
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> operator = in.text();
                case 5 -> attribute(in.message(), attributes);
                case 7 -> domain = in.text();
                default -> in.skip();
            }
        }
        if (operator.isEmpty()) {
            throw in.fault("a node has no operator");
        }
        String known = domain.equals("ai.onnx") ? "" : domain;
        return new OnnxNode(name, operator, known, inputs, outputs, attributes);
    }

    /// The fields of an attribute that hold a value.
    private static final class Fields {
        private float real;
        private long integer;
        private String text = "";
        private @Nullable NumericArray array;
        private @Nullable OnnxGraph graph;
        private final List<Float> reals = new ArrayList<>();
        private final List<Long> integers = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private int seen;
    }

    private void attribute(WireReader in, Map<String, OnnxAttribute> attributes) {
        String name = "";
        long type = 0;
        Fields fields = new Fields();
        while (in.next()) {
            int field = in.field();
            if ((field >= 2 && field <= 9)) {
                fields.seen |= 1 << field;
            }
            switch (field) {
                case 1 -> name = in.text();
                case 2 -> fields.real = in.real32();
                case 3 -> fields.integer = in.integer();
                case 4 -> fields.text = lenient(in);
                case 5 -> fields.array = tensor(in);
                case 6 -> fields.graph = graph(in.message());
                case 7 -> reals(in, fields.reals);
                case 8 ->
                        in.integers(
                                value -> {
                                    count(in);
                                    fields.integers.add(value);
                                });
                case 9 -> {
                    count(in);
                    fields.texts.add(lenient(in));
                }
                case 20 -> type = in.integer();
                case 21 -> throw in.fault("attribute %s refers to a function".formatted(name));
                default -> in.skip();
            }
        }
        if (name.isEmpty() || attributes.containsKey(name)) {
            throw in.fault("an attribute has no name or comes twice: \"%s\"".formatted(name));
        }
        attributes.put(name, attribute(in, name, type == 0 ? guess(fields.seen) : type, fields));
    }

    /// A value that cannot be read is none that a network runs by; it is told of when it is used.
    private @Nullable NumericArray tensor(WireReader in) {
        return TensorReader.read(in.message(), external).array();
    }

    private void reals(WireReader in, List<Float> reals) {
        if (!in.isBytes()) {
            count(in);
            reals.add(in.real32());
            return;
        }
        ByteBuffer packed = in.bytes();
        if (packed.remaining() % 4 != 0) {
            throw in.fault("the numbers of an attribute end within one");
        }
        while (packed.hasRemaining()) {
            count(in);
            reals.add(packed.getFloat());
        }
    }

    /// The type of an attribute that does not say it, as those of the first version need not.
    private static long guess(int seen) {
        for (int field = 2; field <= 9; field++) {
            if (seen == 1 << field) {
                return field - 1L;
            }
        }
        return 0;
    }

    private static OnnxAttribute attribute(WireReader in, String name, long type, Fields fields) {
        if (type < 1 || type > 14) {
            throw in.fault("attribute %s has the unknown type %d".formatted(name, type));
        }
        if (type <= 8 && Integer.bitCount(fields.seen) > 1) {
            throw in.fault("attribute %s has more than one value".formatted(name));
        }
        return switch ((int) type) {
            case 1 -> new OnnxAttribute.Real(fields.real);
            case 2 -> new OnnxAttribute.Whole(fields.integer);
            case 3 -> new OnnxAttribute.Text(fields.text);
            case 4 -> {
                if (fields.array == null) {
                    throw in.fault("attribute %s has no tensor".formatted(name));
                }
                yield new OnnxAttribute.Array(fields.array);
            }
            case 5 -> {
                if (fields.graph == null) {
                    throw in.fault("attribute %s has no graph".formatted(name));
                }
                yield new OnnxAttribute.Graph(fields.graph);
            }
            case 6 -> new OnnxAttribute.Reals(fields.reals);
            case 7 -> new OnnxAttribute.Wholes(fields.integers);
            case 8 -> new OnnxAttribute.Texts(fields.texts);
            default -> new OnnxAttribute.Unread("a value of type " + type);
        };
    }

    /// The text of a setting, which may hold bytes that are no characters.
    private static String lenient(WireReader in) {
        ByteBuffer bytes = in.bytes();
        if (bytes.remaining() > MAX_PARTS) {
            throw in.fault("a text of an attribute has more than %d bytes".formatted(MAX_PARTS));
        }
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private OnnxValue value(WireReader in) {
        String name = "";
        OnnxValue type = new OnnxValue("", null, null);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type = type(in.message());
                default -> in.skip();
            }
        }
        return new OnnxValue(name, type.type(), type.dims());
    }

    private OnnxValue type(WireReader in) {
        ElementType type = null;
        List<OnnxValue.Dim> dims = null;
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            WireReader tensor = in.message();
            while (tensor.next()) {
                switch (tensor.field()) {
                    case 1 -> type = OnnxTypes.ofCode(tensor.integer()).orElse(null);
                    case 2 -> dims = shape(tensor.message());
                    default -> tensor.skip();
                }
            }
        }
        return new OnnxValue("", type, dims);
    }

    private List<OnnxValue.Dim> shape(WireReader in) {
        List<OnnxValue.Dim> dims = new ArrayList<>();
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            count(in);
            WireReader dim = in.message();
            OnnxValue.Dim length = OnnxValue.Dim.free("");
            while (dim.next()) {
                switch (dim.field()) {
                    case 1 -> {
                        long value = dim.integer();
                        if (value < 0) {
                            // Some exporters write −1 for a length that is free.
                            length = OnnxValue.Dim.free("");
                        } else {
                            length = OnnxValue.Dim.of(value);
                        }
                    }
                    case 2 -> length = OnnxValue.Dim.free(dim.text());
                    default -> dim.skip();
                }
            }
            dims.add(length);
        }
        return dims;
    }

    private void count(WireReader in) {
        if (++parts > MAX_PARTS) {
            throw in.fault("the model has more than %d parts".formatted(MAX_PARTS));
        }
    }
}
