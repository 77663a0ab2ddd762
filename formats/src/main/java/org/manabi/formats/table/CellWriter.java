package org.manabi.formats.table;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.manabi.formats.Durably;

/// Where the rows of a table go while it is read.
interface CellWriter {

    /// Takes one row.
    ///
    /// @throws IOException if the disk refuses
    void row(long[] cells) throws IOException;

    /// Nothing is kept.
    CellWriter NONE = cells -> {};

    /// Into memory.
    final class ToMemory implements CellWriter {

        private long[] all = new long[1024];
        private int length;

        @Override
        public void row(long[] cells) {
            if (length + cells.length > all.length) {
                all =
                        Arrays.copyOf(
                                all, Math.max(length + cells.length, all.length + all.length / 2));
            }
            System.arraycopy(cells, 0, all, length, cells.length);
            length += cells.length;
        }

        CellStore finish(long rows, int columns) {
            long[] exact = Arrays.copyOf(all, length);
            all = new long[0];
            if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
                for (int i = 0; i < exact.length; i++) {
                    exact[i] = Long.reverseBytes(exact[i]);
                }
            }
            return new CellStore(MemorySegment.ofArray(exact), rows, columns);
        }
    }

    /// Into a file.
    final class ToFile implements CellWriter {

        private final FileChannel channel;
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.LITTLE_ENDIAN);

        ToFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void row(long[] cells) throws IOException {
            for (long cell : cells) {
                if (buffer.remaining() < 8) {
                    flush();
                }
                buffer.putLong(cell);
            }
        }

        void flush() throws IOException {
            buffer.flip();
            Durably.writeAll(channel, buffer);
            buffer.clear();
        }
    }
}
