package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.data.StoredRows;
import org.manabi.tensor.DType;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A replica's rows as they come, one after the other: in memory if they fit, else in a file on the
/// executor's disk, from which each mini-batch is read. The file is gone when the task ends.
final class RowStore implements StoredRows {

    private static final int BUFFER = 1 << 20;

    private final int rows;
    private final int width;
    private final @Nullable FloatTensor held;
    private final @Nullable FileChannel file;
    private final ByteBuffer buffer;
    private int appended;

    /// @param memory how many bytes may be held in memory
    RowStore(int rows, int width, long memory) throws IOException {
        this.rows = rows;
        this.width = width;
        boolean fits = (long) rows * width * Float.BYTES <= memory;
        held = fits ? FloatTensor.zeros(Shape.of(rows, width)) : null;
        file = fits ? null : open();
        buffer =
                ByteBuffer.allocateDirect(fits ? 0 : Math.max(BUFFER, width * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
    }

    /// What an executor spares for the rows of one replica: a quarter of its heap, shared among its
    /// slots.
    static long executorMemory() {
        TaskContext task = TaskContext.get();
        int slots = task == null ? 1 : Math.max(1, task.cpus());
        return Runtime.getRuntime().maxMemory() / 4 / slots;
    }

    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("manabi-rows", ".bin");
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        TaskContext task = TaskContext.get();
        if (task != null) {
            TaskCompletionListener close =
                    context -> {
                        try {
                            file.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    };
            task.addTaskCompletionListener(close);
        }
        return file;
    }

    /// Takes the next row.
    void append(float[] row) throws IOException {
        if (held != null) {
            System.arraycopy(row, 0, held.array(), held.offset() + appended * width, width);
        } else {
            if (buffer.remaining() < width * Float.BYTES) {
                flush();
            }
            buffer.asFloatBuffer().put(row, 0, width);
            buffer.position(buffer.position() + width * Float.BYTES);
        }
        appended++;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (file != null && buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /// All rows with the labels of their classes.
    Dataset ofClasses(String name, IntTensor labels, List<String> classNames) throws IOException {
        flush();
        return held == null
                ? Dataset.ofClasses(name, this, labels, classNames)
                : Dataset.ofClasses(name, held, labels, classNames);
    }

    /// All rows with the numbers to be learned.
    Dataset ofValues(String name, Tensor values) throws IOException {
        flush();
        return held == null
                ? Dataset.ofValues(name, this, values)
                : Dataset.ofValues(name, held, values);
    }

    @Override
    public Shape shape() {
        return Shape.of(rows, width);
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    @Override
    public synchronized void read(int[] wanted, int from, int count, Tensor into) {
        if (!(into instanceof FloatTensor floats)) {
            throw new IllegalArgumentException("rows of float32 do not go into " + into.dtype());
        }
        try {
            for (int i = 0; i < count; i++) {
                buffer.clear().limit(width * Float.BYTES);
                long at = (long) wanted[from + i] * width * Float.BYTES;
                while (file != null && buffer.hasRemaining()) {
                    if (file.read(buffer, at + buffer.position()) < 0) {
                        throw new IOException(
                                "the file of rows ends within row " + wanted[from + i]);
                    }
                }
                buffer.flip();
                buffer.asFloatBuffer().get(floats.array(), floats.offset() + i * width, width);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
