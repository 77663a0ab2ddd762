package org.manabi.formats.idx;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.manabi.formats.Sha256;

/// The content of an IDX file: a type, the lengths of the axes, and the elements in row-major
/// order.
///
/// Exactly one sequence of raw bytes stands for an array, so reading and writing are inverse to
/// each other, and [#sha256] is the digest of the uncompressed file that the array was read from.
///
/// The arrays are shared, not copied.
public final class IdxArray {

    /// More axes than this are refused; nobody has them, and a damaged header may promise 255.
    public static final int MAX_RANK = 32;

    private static final int CHUNK = 1 << 13;

    private final IdxType type;
    private final List<Long> dims;
    private final Object data;

    private IdxArray(IdxType type, long[] dims, Object data, int length) {
        this.type = type;
        this.dims = LongStream.of(dims).boxed().toList();
        this.data = data;
        if (dims.length < 1 || dims.length > MAX_RANK) {
            throw new IllegalArgumentException(
                    "an IDX array has 1 … %s axes, got %s".formatted(MAX_RANK, dims.length));
        }
        for (long dim : dims) {
            if (dim < 0 || dim > 0xFFFFFFFFL) {
                throw new IllegalArgumentException(
                        "axis length %s in %s is outside 0 … 4294967295".formatted(dim, this.dims));
            }
        }
        if (countElements(dims) != length) {
            throw new IllegalArgumentException(
                    "shape %s has not %s elements".formatted(this.dims, length));
        }
    }

    /// The product of the lengths: 0 if one of them is 0, however large the others are.
    ///
    /// @throws ArithmeticException if it is not below 2⁶³
    static long countElements(long[] dims) {
        if (LongStream.of(dims).anyMatch(dim -> dim == 0)) {
            return 0;
        }
        return LongStream.of(dims).reduce(1, Math::multiplyExact);
    }

    /// An array of bytes 0 … 255.
    public static IdxArray ofUnsignedBytes(byte[] data, long... dims) {
        return new IdxArray(IdxType.UINT8, dims, data, data.length);
    }

    /// An array of bytes −128 … 127.
    public static IdxArray ofBytes(byte[] data, long... dims) {
        return new IdxArray(IdxType.INT8, dims, data, data.length);
    }

    /// An array of 16-bit integers.
    public static IdxArray ofShorts(short[] data, long... dims) {
        return new IdxArray(IdxType.INT16, dims, data, data.length);
    }

    /// An array of 32-bit integers.
    public static IdxArray ofInts(int[] data, long... dims) {
        return new IdxArray(IdxType.INT32, dims, data, data.length);
    }

    /// An array of 32-bit floating point numbers.
    public static IdxArray ofFloats(float[] data, long... dims) {
        return new IdxArray(IdxType.FLOAT32, dims, data, data.length);
    }

    /// An array of 64-bit floating point numbers.
    public static IdxArray ofDoubles(double[] data, long... dims) {
        return new IdxArray(IdxType.FLOAT64, dims, data, data.length);
    }

    /// The array of these big-endian bytes, which are taken over where they need no conversion.
    static IdxArray decode(IdxType type, long[] dims, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = bytes.length / type.bytes();
        return switch (type) {
            case UINT8 -> ofUnsignedBytes(bytes, dims);
            case INT8 -> ofBytes(bytes, dims);
            case INT16 -> {
                short[] values = new short[length];
                buffer.asShortBuffer().get(values);
                yield ofShorts(values, dims);
            }
            case INT32 -> {
                int[] values = new int[length];
                buffer.asIntBuffer().get(values);
                yield ofInts(values, dims);
            }
            case FLOAT32 -> {
                float[] values = new float[length];
                buffer.asFloatBuffer().get(values);
                yield ofFloats(values, dims);
            }
            case FLOAT64 -> {
                double[] values = new double[length];
                buffer.asDoubleBuffer().get(values);
                yield ofDoubles(values, dims);
            }
        };
    }

    public IdxType type() {
        return type;
    }

    /// The lengths of the axes, outermost first, each `0 … 2³² − 1`.
    public List<Long> dims() {
        return dims;
    }

    /// The number of axes, at least 1.
    public int rank() {
        return dims.size();
    }

    /// The number of elements.
    public int size() {
        return switch (type) {
            case UINT8, INT8 -> ((byte[]) data).length;
            case INT16 -> ((short[]) data).length;
            case INT32 -> ((int[]) data).length;
            case FLOAT32 -> ((float[]) data).length;
            case FLOAT64 -> ((double[]) data).length;
        };
    }

    /// The elements of a `UINT8` or `INT8` array.
    ///
    /// @throws IllegalStateException if the array is of another type, as in all the accessors below
    public byte[] bytes() {
        if (data instanceof byte[] bytes) {
            return bytes;
        }
        throw refusal("bytes");
    }

    /// The elements of an `INT16` array.
    public short[] shorts() {
        if (data instanceof short[] shorts) {
            return shorts;
        }
        throw refusal("shorts");
    }

    /// The elements of an `INT32` array.
    public int[] ints() {
        if (data instanceof int[] ints) {
            return ints;
        }
        throw refusal("ints");
    }

    /// The elements of a `FLOAT32` array.
    public float[] floats() {
        if (data instanceof float[] floats) {
            return floats;
        }
        throw refusal("floats");
    }

    /// The elements of a `FLOAT64` array.
    public double[] doubles() {
        if (data instanceof double[] doubles) {
            return doubles;
        }
        throw refusal("doubles");
    }

    private IllegalStateException refusal(String wanted) {
        return new IllegalStateException("%s has no %s".formatted(this, wanted));
    }

    /// Element `index` of the row-major order; bytes of `UINT8` are 0 … 255.
    public double getAsDouble(int index) {
        return switch (type) {
            case UINT8 -> ((byte[]) data)[index] & 0xFF;
            case INT8 -> ((byte[]) data)[index];
            case INT16 -> ((short[]) data)[index];
            case INT32 -> ((int[]) data)[index];
            case FLOAT32 -> ((float[]) data)[index];
            case FLOAT64 -> ((double[]) data)[index];
        };
    }

    /// The length of the uncompressed file.
    public long rawBytes() {
        return 4 + 4L * rank() + (long) type.bytes() * size();
    }

    /// SHA-256 of the uncompressed file, as 64 hexadecimal digits.
    public String sha256() {
        MessageDigest digest = Sha256.create();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: nothing is written anywhere
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    void writeTo(OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * rank());
        header.putShort((short) 0).put((byte) type.code()).put((byte) rank());
        dims.forEach(dim -> header.putInt(dim.intValue()));
        out.write(header.array());
        if (data instanceof byte[] bytes) {
            out.write(bytes);
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * type.bytes());
        for (int from = 0; from < size(); from += CHUNK) {
            int count = Math.min(CHUNK, size() - from);
            encode(chunk, from, count);
            out.write(chunk.array(), 0, count * type.bytes());
        }
    }

    private void encode(ByteBuffer chunk, int from, int count) {
        switch (type) {
            case UINT8, INT8 -> chunk.put(0, (byte[]) data, from, count);
            case INT16 -> chunk.asShortBuffer().put((short[]) data, from, count);
            case INT32 -> chunk.asIntBuffer().put((int[]) data, from, count);
            case FLOAT32 -> chunk.asFloatBuffer().put((float[]) data, from, count);
            case FLOAT64 -> chunk.asDoubleBuffer().put((double[]) data, from, count);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdxArray that
                && type == that.type
                && dims.equals(that.dims)
                && Arrays.deepEquals(new Object[] {data}, new Object[] {that.data});
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {type, dims, data});
    }

    /// The type and the shape, as in `UINT8[60000, 28, 28]`.
    @Override
    public String toString() {
        return type + dims.toString();
    }
}
