package org.manabi.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.protobuf.WireReader;

/// Reads one `TensorProto`.
final class TensorReader {

    private static final int MAX_RANK = 64;

    /// The most numbers that may be given one by one; larger arrays give their raw bytes.
    private static final int MAX_NUMBERS = 8 << 20;

    private final WireReader in;
    private final @Nullable ExternalData external;
    private long[] dims = new long[0];
    private long code;
    private String name = "";
    private @Nullable ByteBuffer raw;
    private boolean hasText;
    private boolean isExternal;
    private long[] numbers = new long[0];
    private int count;
    private String form = "";
    private final Map<String, String> entries = new LinkedHashMap<>();

    /// @param external where data outside of the file is found; `null` if there can be none
    private TensorReader(WireReader in, @Nullable ExternalData external) {
        this.in = in;
        this.external = external;
    }

    /// An array and its name.
    record Named(String name, NumericArray array) {}

    static Named read(WireReader in, @Nullable ExternalData external) {
        TensorReader reader = new TensorReader(in, external);
        while (in.next()) {
            reader.field();
        }
        return new Named(reader.name, reader.array());
    }

    private void field() {
        switch (in.field()) {
            case 1 -> in.integers(this::dim);
            case 2 -> code = in.integer();
            case 3 -> throw in.fault("a tensor in segments is not read");
            case 4 -> fixed("float_data", 4);
            case 5 -> whole("int32_data");
            case 6 -> {
                hasText = true;
                in.skip();
            }
            case 7 -> whole("int64_data");
            case 8 -> name = in.text();
            case 9 -> {
                if (raw != null) {
                    throw in.fault("a tensor has raw_data twice");
                }
                raw = in.bytes();
            }
            case 10 -> fixed("double_data", 8);
            case 11 -> whole("uint64_data");
            case 13 -> entry(in.message());
            case 14 -> isExternal = in.integer() == 1;
            default -> in.skip();
        }
    }

    private void dim(long dim) {
        if (dims.length == MAX_RANK) {
            throw in.fault("a tensor has more than %d axes".formatted(MAX_RANK));
        }
        dims = Arrays.copyOf(dims, dims.length + 1);
        dims[dims.length - 1] = dim;
    }

    private void form(String other) {
        if (!form.isEmpty() && !form.equals(other)) {
            throw in.fault("tensor %s has both %s and %s".formatted(name, form, other));
        }
        form = other;
    }

    private void whole(String field) {
        form(field);
        in.integers(this::number);
    }

    private void fixed(String field, int width) {
        form(field);
        if (!in.isBytes()) {
            number(
                    width == 4
                            ? Float.floatToRawIntBits(in.real32())
                            : Double.doubleToRawLongBits(in.real64()));
            return;
        }
        ByteBuffer bytes = in.bytes();
        if (bytes.remaining() % width != 0) {
            throw in.fault("%s has a part of a number".formatted(field));
        }
        while (bytes.hasRemaining()) {
            number(width == 4 ? bytes.getInt() : bytes.getLong());
        }
    }

    private void number(long number) {
        if (count == MAX_NUMBERS) {
            throw in.fault(
                    "tensor %s has more than %d numbers one by one; they belong into raw_data"
                            .formatted(name, MAX_NUMBERS));
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(16, 2 * count));
        }
        numbers[count++] = number;
    }

    private void entry(WireReader entry) {
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.text();
                default -> entry.skip();
            }
        }
        if (entries.size() == MAX_RANK || entries.put(key, value) != null) {
            throw in.fault("tensor %s names its external data twice".formatted(name));
        }
    }

    private NumericArray array() {
        ElementType type =
                OnnxTypes.ofCode(code)
                        .orElseThrow(
                                () ->
                                        fault(
                                                code == 0
                                                        ? "has no type"
                                                        : "holds %s, which are not read"
                                                                .formatted(OnnxTypes.name(code))));
        long size = NumericArray.count(dims);
        if (size < 0 || size > Integer.MAX_VALUE / type.bytes()) {
            throw fault("has the shape %s, 2 GiB or more".formatted(Arrays.toString(dims)));
        }
        int bytes = (int) size * type.bytes();
        if (isExternal) {
            if (raw != null || count > 0 || hasText || external == null) {
                throw fault("has its data both inside and outside of the file");
            }
            return checked(NumericArray.of(type, dims, external.read(name, entries, bytes)));
        }
        if (raw != null) {
            if (!form.isEmpty() || hasText) {
                throw fault("has both raw_data and %s".formatted(form));
            }
            if (raw.remaining() != bytes) {
                throw fault(
                        "%s%s needs %d bytes, but its raw_data has %d"
                                .formatted(type, Arrays.toString(dims), bytes, raw.remaining()));
            }
            return checked(NumericArray.of(type, dims, raw));
        }
        if (count != size || hasText) {
            throw fault(
                    "%s%s needs %d numbers, but has %d"
                            .formatted(type, Arrays.toString(dims), size, count));
        }
        return NumericArray.of(type, dims, packed(type, bytes));
    }

    private NumericArray checked(NumericArray array) {
        if (array.type() == ElementType.BOOL) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getLong(i) > 1) {
                    throw fault("has the truth value %d".formatted(array.getLong(i)));
                }
            }
        }
        return array;
    }

    private ByteBuffer packed(ElementType type, int bytes) {
        String right =
                switch (type) {
                    case FLOAT32 -> "float_data";
                    case FLOAT64 -> "double_data";
                    case INT64 -> "int64_data";
                    case UINT32, UINT64 -> "uint64_data";
                    default -> "int32_data";
                };
        if (count > 0 && !form.equals(right)) {
            throw fault("of type %s has its numbers in %s, not %s".formatted(type, form, right));
        }
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            switch (type.bytes()) {
                case 1 -> out.put((byte) (type == ElementType.BOOL ? truth(i) : numbers[i]));
                case 2 -> out.putShort((short) numbers[i]);
                case 4 -> out.putInt((int) numbers[i]);
                default -> out.putLong(numbers[i]);
            }
        }
        return out.flip();
    }

    private long truth(int i) {
        if (numbers[i] != 0 && numbers[i] != 1) {
            throw fault("has the truth value %d".formatted(numbers[i]));
        }
        return numbers[i];
    }

    private FormatException fault(String fault) {
        return in.fault("tensor %s %s".formatted(name, fault));
    }
}
