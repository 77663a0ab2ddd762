package org.manabi.formats.safetensors;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What the header of a safetensors file says about one tensor. All numbers are unsigned; those of
/// a header that was accepted lie within the file.
public final class StoredTensor {

    private final String name;
    private final StoredType type;
    private final long[] shape;
    private final long begin;
    private final long end;

    StoredTensor(String name, StoredType type, long[] shape, long begin, long end) {
        this.name = name;
        this.type = type;
        this.shape = shape.clone();
        this.begin = begin;
        this.end = end;
    }

    public String name() {
        return name;
    }

    public StoredType type() {
        return type;
    }

    /// The axes, outermost first; an axis of an empty tensor may be larger than a `long` counts.
    public long[] shape() {
        return shape.clone();
    }

    /// Whether the axes are these.
    public boolean hasShape(int... axes) {
        return Arrays.equals(shape, Arrays.stream(axes).asLongStream().toArray());
    }

    /// The first byte, counted from the beginning of the data.
    public long begin() {
        return begin;
    }

    /// The byte after the last one.
    public long end() {
        return end;
    }

    /// How many bytes it takes in the file.
    public long bytes() {
        return end - begin;
    }

    /// How many elements it has.
    public long size() {
        return bytes() * 8 / type.bits();
    }

    /// The shape in the form of [org.manabi.tensor.Shape].
    public String shapeText() {
        return Arrays.stream(shape)
                .mapToObj(Long::toUnsignedString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String toString() {
        return name + " " + type + shapeText();
    }
}
