package org.manabi.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The parameters of a model by their paths, in the order in which its layers ask for them, and its
/// state: numbers that layers keep from step to step but that no optimizer changes, such as the
/// running figures of batch normalization.
public final class Parameters {

    private static final int PIECE = 1 << 14;

    private final DType dtype;
    private final Source source;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final Map<String, Tensor> states = new LinkedHashMap<>();

    @FunctionalInterface
    private interface Source {
        Tensor tensor(String name, Shape shape, Initializer initializer);
    }

    private Parameters(DType dtype, Source source) {
        this.dtype = dtype;
        this.source = source;
    }

    /// Parameters that their initializers fill.
    static Parameters drawn(DType dtype, Seed seed) {
        return new Parameters(
                dtype,
                (name, shape, initializer) -> {
                    Tensor value = Tensor.zeros(dtype, shape);
                    initializer.fill(value, Fans.of(shape), seed.child(name).stream());
                    return value;
                });
    }

    /// Parameters that exist already.
    static Parameters from(DType dtype, ParameterSource known) {
        return new Parameters(dtype, (name, shape, initializer) -> known.parameter(name, shape));
    }

    @Nullable Parameter find(String name) {
        return byName.get(name);
    }

    Parameter add(String name, Shape shape, Initializer initializer) {
        Parameter parameter = Parameter.of(name, made(name, shape, initializer));
        byName.put(name, parameter);
        return parameter;
    }

    /// The state of this path, made when it is first asked for.
    Tensor state(String name, Shape shape, Initializer initializer) {
        Tensor known = states.get(name);
        if (known == null) {
            known = made(name, shape, initializer);
            states.put(name, known);
        }
        return known;
    }

    private Tensor made(String name, Shape shape, Initializer initializer) {
        Tensor value = source.tensor(name, shape, initializer);
        Checks.require(
                value.dtype() == dtype && value.shape().equals(shape),
                "parameter %s is %s %s, the layer needs %s %s",
                name,
                value.dtype(),
                value.shape(),
                dtype,
                shape);
        return value;
    }

    /// All parameters, in order.
    public Collection<Parameter> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /// The state by its paths, in order: the numbers themselves, not copies.
    public Map<String, Tensor> states() {
        return Collections.unmodifiableMap(states);
    }

    /// Everything that must be kept to have the same model again: the parameters, then the state, by
    /// their paths; the numbers themselves, not copies.
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        byName.forEach((name, parameter) -> tensors.put(name, parameter.tensor()));
        tensors.putAll(states);
        return tensors;
    }

    /// The parameter of this path.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists those there are
    public Parameter get(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "no parameter " + name + "; the model has " + byName.keySet());
        }
        return parameter;
    }

    /// The SHA-256 of [#tensors] in order, in hexadecimal: for each its name in UTF-8, a zero byte,
    /// and its numbers in little-endian IEEE 754. Two models are equal to the bit if theirs are equal.
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        tensors()
                .forEach(
                        (name, tensor) -> {
                            digest.update(name.getBytes(StandardCharsets.UTF_8));
                            digest.update((byte) 0);
                            update(digest, tensor);
                        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /// A piece at a time, since a model may fill most of the memory.
    private static void update(MessageDigest digest, Tensor tensor) {
        int bytes = tensor.dtype().bytes();
        ByteBuffer buffer = ByteBuffer.allocate(PIECE * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < tensor.size(); from += PIECE) {
            int count = Math.min(PIECE, tensor.size() - from);
            int at = tensor.offset() + from;
            switch (tensor) {
                case FloatTensor floats -> buffer.asFloatBuffer().put(floats.array(), at, count);
                case DoubleTensor doubles ->
                        buffer.asDoubleBuffer().put(doubles.array(), at, count);
                case IntTensor ints -> buffer.asIntBuffer().put(ints.array(), at, count);
                case ByteTensor raw -> buffer.duplicate().put(raw.array(), at, count);
            }
            digest.update(buffer.array(), 0, count * bytes);
        }
    }

    /// How many numbers they are together.
    public long count() {
        return byName.values().stream().mapToLong(parameter -> parameter.shape().size()).sum();
    }
}
