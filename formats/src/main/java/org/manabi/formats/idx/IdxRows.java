package org.manabi.formats.idx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.manabi.data.StoredRows;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Bytes in a mapped IDX file, such as pictures, for datasets larger than the memory. They stay bytes until
/// a batch is made of them:
///
///     Dataset.ofClasses("pictures", IdxRows.map(file), labels, names).dividedBy(255)
///
/// The file must not be changed while it is learned from.
public final class IdxRows implements StoredRows {

    private static final int MAGIC = 4;

    private final MemorySegment bytes;
    private final Shape shape;
    private final int width;

    private IdxRows(MemorySegment bytes, Shape shape) {
        this.bytes = bytes;
        this.shape = shape;
        this.width = shape.tail().size();
    }

    /// Maps a file that is not compressed.
    ///
    /// @throws FormatException if the file is absent, compressed, damaged, or holds no bytes
    public static IdxRows map(Path file) {
        IdxDescription described = Idx.describe(file);
        int[] dims = new int[described.dims().size()];
        for (int axis = 0; axis < dims.length; axis++) {
            long dim = described.dims().get(axis);
            if (dim < 1 || dim > Integer.MAX_VALUE) {
                throw new FormatException(
                        file.toString(), "axis %d is of length %d".formatted(axis, dim));
            }
            dims[axis] = (int) dim;
        }
        if (described.type() != IdxType.UINT8) {
            throw new FormatException(
                    file.toString(), "holds %s, not UINT8".formatted(described.type()));
        }
        Shape sample = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
        long from = MAGIC + 4L * dims.length;
        long length = (long) dims[0] * sample.size();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != from + length) {
                throw new FormatException(
                        file.toString(), "is compressed; only plain files can be mapped");
            }
            return new IdxRows(
                    channel.map(FileChannel.MapMode.READ_ONLY, from, length, Arena.ofAuto()),
                    sample.prepend(dims[0]));
        } catch (IOException e) {
            throw OpenedFile.failure(file.toString(), e);
        }
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public DType dtype() {
        return DType.UINT8;
    }

    @Override
    public void read(int[] rows, int from, int count, Tensor into) {
        byte[] out = ((ByteTensor) into).array();
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(
                    bytes,
                    ValueLayout.JAVA_BYTE,
                    (long) rows[from + i] * width,
                    out,
                    into.offset() + i * width,
                    width);
        }
    }
}
