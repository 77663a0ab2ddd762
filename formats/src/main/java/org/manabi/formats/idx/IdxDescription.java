package org.manabi.formats.idx;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.manabi.formats.Sha256;

/// What an IDX file holds, without its elements.
///
/// @param dims the lengths of the axes, outermost first
/// @param sha256 of the uncompressed file, as 64 hexadecimal digits
/// @param values the range and the mean of the elements, in words
public record IdxDescription(IdxType type, List<Long> dims, String sha256, String values) {

    public IdxDescription {
        dims = List.copyOf(dims);
    }

    /// What an array is.
    public static IdxDescription of(IdxArray array) {
        long[] dims = array.dims().stream().mapToLong(Long::longValue).toArray();
        Survey survey = new Survey(array.type(), dims);
        try (OutputStream out = survey) {
            array.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: nothing is written anywhere
        }
        return survey.description();
    }

    /// The number of axes, at least 1.
    public int rank() {
        return dims.size();
    }

    /// The number of elements.
    public long size() {
        return IdxArray.countElements(dims.stream().mapToLong(Long::longValue).toArray());
    }

    /// The length of the uncompressed file.
    public long rawBytes() {
        return 4 + 4L * rank() + type.bytes() * size();
    }

    /// One line for people: what the array is, its raw size, and the range and mean of its values.
    ///
    ///     IDX pictures UINT8[60000, 28, 28], 47040016 bytes raw, values 0 … 255, mean 33.3184
    @Override
    public String toString() {
        String kind =
                type != IdxType.UINT8
                        ? "array"
                        : switch (rank()) {
                            case 1 -> "labels";
                            case 3 -> "pictures";
                            default -> "array";
                        };
        return "IDX %s %s%s, %s bytes raw, %s".formatted(kind, type, dims, rawBytes(), values);
    }

    /// Takes the bytes of a file one after the other and keeps none of them.
    static final class Survey extends OutputStream {

        private final IdxType type;
        private final long[] dims;
        private final MessageDigest digest = Sha256.create();
        private final ByteBuffer element;
        private int headerBytes;
        private long count;
        private double smallest = Double.POSITIVE_INFINITY;
        private double largest = Double.NEGATIVE_INFINITY;
        private double sum;

        Survey(IdxType type, long... dims) {
            this.type = type;
            this.dims = dims.clone();
            element = ByteBuffer.allocate(type.bytes());
            headerBytes = 4 + 4 * dims.length;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
            int skipped = Math.min(headerBytes, length);
            headerBytes -= skipped;
            for (int i = offset + skipped; i < offset + length; i++) {
                element.put(bytes[i]);
                if (!element.hasRemaining()) {
                    add(value());
                    element.clear();
                }
            }
        }

        private double value() {
            return switch (type) {
                case UINT8 -> element.get(0) & 0xFF;
                case INT8 -> element.get(0);
                case INT16 -> element.getShort(0);
                case INT32 -> element.getInt(0);
                case FLOAT32 -> element.getFloat(0);
                case FLOAT64 -> element.getDouble(0);
            };
        }

        private void add(double value) {
            count++;
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
            sum += value;
        }

        IdxDescription description() {
            String values =
                    count == 0
                            ? "no values"
                            : "values %s … %s, mean %s"
                                    .formatted(
                                            digits(smallest), digits(largest), digits(sum / count));
            return new IdxDescription(
                    type,
                    LongStream.of(dims).boxed().toList(),
                    HexFormat.of().formatHex(digest.digest()),
                    values);
        }

        private static String digits(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : String.format(Locale.ROOT, "%.6g", value);
        }
    }
}
